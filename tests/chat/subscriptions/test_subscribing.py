"""Subscribing to announcements, and ending that, over real HTTP and in a real database."""

import pytest

from bot.chat.texts import Locale, texts
from tests.support.telegram.group_talk import ANONYMOUS, CHANNEL, CHANNEL_BOT, POST, TELEGRAM, assert_silent, say

pytestmark = pytest.mark.asyncio

BOT = "@shushuo_test_bot"
ZH, EN = texts(Locale.SIMPLIFIED), texts(Locale.ENGLISH)


def subscribed(database):
    """The chat, topic and language of each subscription."""
    return database.rows(
        "SELECT chat_id, subscription_topic, language FROM chats WHERE subscribed IS NOT NULL ORDER BY chat_id"
    )


@pytest.mark.parametrize("locale", Locale)
async def test_somebody_subscribes_and_unsubscribes(server, database, locale) -> None:
    person = server.user(language_code=locale)
    text = texts(locale)
    assert (await person.ask("/subscribe")).text == text("subscribed")
    assert subscribed(database) == [(person.id, None, locale)]
    assert (await person.ask("/subscribe")).text == text("subscribed-already")
    assert (await person.ask("/unsubscribe")).text == text("unsubscribed")
    assert subscribed(database) == []
    assert (await person.ask("/unsubscribe")).text == text("unsubscribed-already")
    assert not server.calls("getChatMember")


async def test_a_forwarded_command_is_none(database, person) -> None:
    await person.ask("/subscribe", fields={"forward_origin": POST})
    assert subscribed(database) == []


@pytest.mark.parametrize(("status", "name"), [("administrator", ""), ("creator", BOT)])
async def test_an_administrator_subscribes_a_group(database, group, person, status, name) -> None:
    group.statuses[person.id] = status
    assert await say(person, f"/subscribe{name}", group) == ZH("subscribed")
    assert subscribed(database) == [(group.id, None, "zh-Hans")]
    assert await say(person, f"/subscribe{name}", group) == ZH("subscribed-already")
    assert await say(person, f"/unsubscribe{name}", group) == ZH("unsubscribed")
    assert await say(person, f"/unsubscribe{name}", group) == ZH("unsubscribed-already")
    assert subscribed(database) == []


async def test_others_are_told_once_that_this_is_for_administrators(server, database, group, admin, person) -> None:
    assert await say(person, "/subscribe", group) == ZH("subscribe-administrators")
    await person.send("/subscribe", group)
    await person.send(f"/unsubscribe{BOT}", group)
    await assert_silent(admin, group)
    assert subscribed(database) == []
    other = server.supergroup()
    assert await say(person, "/subscribe", other) == ZH("subscribe-administrators")
    await say(admin, "/subscribe", group)
    await person.send("/unsubscribe", group)
    await assert_silent(admin, group)
    assert len(subscribed(database)) == 1


async def test_who_is_no_administrator_any_more_decides_nothing(database, group, admin) -> None:
    await say(admin, "/subscribe", group)
    group.statuses[admin.id] = "member"
    assert await say(admin, "/unsubscribe", group) == ZH("subscribe-administrators")
    assert len(subscribed(database)) == 1


async def test_the_list_of_administrators_decides_where_telegram_is_silent(
    server, database, group, admin, person
) -> None:
    server.fail_next("getChatMember", 400, "Bad Request: member list is inaccessible", times=2)
    assert await say(person, "/subscribe", group) == ZH("subscribe-administrators")
    assert await say(admin, "/subscribe", group) == ZH("subscribed")
    assert len(server.calls("getChatAdministrators")) == 2
    assert len(subscribed(database)) == 1


async def test_commands_of_other_bots_and_other_words_subscribe_nobody(database, group, admin) -> None:
    for text in ("/subscribe@other_bot", f"{BOT} /subscribe", "subscribe", "/subscribed"):
        await admin.send(text, group)
    edited = await admin.send("订阅", group)
    await admin.edit(edited, "/subscribe")
    for fields in (
        {"forward_origin": POST},
        {"via_bot": {"id": 77, "is_bot": True, "first_name": "Other"}},
        {"forward_origin": POST, "is_automatic_forward": True, "sender_chat": CHANNEL, "from": TELEGRAM},
    ):
        await admin.send("/subscribe", group, fields=fields)
    await say(admin, "/ask 产值", group)
    assert [message.reply_to.text for message in group.bot_messages if message.reply_to] == [
        f"{BOT} /subscribe",
        "/ask 产值",
    ]
    assert subscribed(database) == []


async def test_an_anonymous_administrator_has_the_groups_language(server, memory, database, group, person) -> None:
    await memory.chats.seen(group.id, "supergroup", "街坊", "zh-Hant")
    anonymous = {"from": ANONYMOUS, "sender_chat": group.to_json()}
    said = await say(person, "/subscribe", group, fields=anonymous)
    assert said == texts(Locale.TRADITIONAL)("subscribed")
    assert subscribed(database) == [(group.id, None, "zh-Hant")]
    assert await say(person, "/unsubscribe", group, fields=anonymous) == texts(Locale.TRADITIONAL)("unsubscribed")
    assert not server.calls("getChatMember")


async def test_a_name_alone_makes_nobody_an_anonymous_administrator(server, database, group, admin) -> None:
    other = server.supergroup()
    for fields in (
        {"from": ANONYMOUS, "sender_chat": other.to_json()},
        {"from": CHANNEL_BOT, "sender_chat": CHANNEL},
        {"from": CHANNEL_BOT, "sender_chat": group.to_json()},
        {"from": {**ANONYMOUS, "id": 77}},
        {"from": ANONYMOUS},
    ):
        said = await say(admin, "/subscribe", group, fields=fields)
        assert said == EN("subscribe-administrators")
    assert subscribed(database) == []


async def test_announcements_go_to_the_topic_that_subscribed_last(server, database) -> None:
    forum, admin = server.supergroup(topics={7: "公告", 8: "其他"}), server.user(language_code="zh-hans")
    forum.statuses[admin.id] = "administrator"
    assert await say(admin, "/subscribe", forum, thread_id=7) == ZH("subscribed-topic")
    assert subscribed(database) == [(forum.id, 7, "zh-Hans")]
    assert forum.bot_messages[-1].thread_id == 7
    assert await say(admin, "/subscribe", forum, thread_id=7) == ZH("subscribed-already")
    assert await say(admin, "/subscribe", forum, thread_id=8) == ZH("subscribed-topic")
    assert subscribed(database) == [(forum.id, 8, "zh-Hans")]
    assert await say(admin, "/subscribe", forum) == ZH("subscribed")
    assert subscribed(database) == [(forum.id, None, "zh-Hans")]
    assert await say(admin, "/unsubscribe", forum, thread_id=7) == ZH("unsubscribed")


async def test_a_chain_of_replies_is_no_topic(database, group, admin) -> None:
    first = await admin.send("大家好", group)
    assert await say(admin, "/subscribe", group, reply_to=first) == ZH("subscribed")
    assert subscribed(database) == [(group.id, None, "zh-Hans")]


async def test_a_topic_that_the_bot_may_not_write_to_is_not_subscribed(server, memory, database) -> None:
    forum, admin = server.supergroup(topics={7: "公告"}), server.user(language_code="zh-hans")
    forum.statuses[admin.id] = "administrator"
    forum.closed.add(7)
    await admin.send("/subscribe", forum, thread_id=7)
    await assert_silent(admin, forum)
    known = await memory.chats.known(forum.id)
    assert subscribed(database) == []
    assert known.ended == "topic closed"


@pytest.mark.parametrize("language", Locale)
async def test_a_channel_subscribes_in_the_language_of_who_added_the_bot(server, memory, database, language) -> None:
    channel, person, text = server.channel(), server.user(), texts(language)
    await memory.chats.seen(channel.id, "channel", "频道", language)
    for command, key in (("/subscribe", "subscribed"), (f"/unsubscribe{BOT}", "unsubscribed")):
        post = await person.send(command, channel)
        assert (await channel.next_message()).text == text(key)
        assert channel.bot_messages[-1].reply_to is post
        assert subscribed(database) == ([(channel.id, None, language)] if key == "subscribed" else [])
    await person.send("产值", channel)
    await person.send("/help", channel)
    await person.send("/subscribe@other_bot", channel)
    assert (await person.ask(f"/subscribe{BOT}", channel)).text == text("subscribed")


async def test_a_database_that_is_away_is_told(database, group, admin, monkeypatch) -> None:
    await say(admin, "/subscribe", group)
    monkeypatch.setattr("bot.storage.chats._EARLIER", 0.05)
    async with database.away():
        assert (await admin.ask("/subscribe")).text == ZH("subscribe-trouble")
        assert await say(admin, "/unsubscribe", group) == ZH("subscribe-trouble")
    monkeypatch.undo()
    assert await say(admin, "/unsubscribe", group) == ZH("unsubscribed")
