"""Offering announcements to groups that the bot joins, and to those who come back, over real HTTP."""

from dataclasses import replace

import pytest

from bot.chat.texts import Locale, texts
from bot.rehearsal.telegram_server.content import parse_keyboard
from tests.support.telegram.group_talk import settle

pytestmark = pytest.mark.asyncio

ZH = texts(Locale.SIMPLIFIED)
BUTTON = ZH("subscribe-button")
SUBSCRIBING = {"text": BUTTON, "callback_data": "sub:on"}


@pytest.fixture
def group(group):
    """One that the bot is not in yet."""
    group.bot_status = "left"
    return group


async def offer(group, admin):
    """The introduction, once the bot has joined."""
    admin.set_bot_status(group, "member")
    return await group.next_message()


async def known(memory, chat):
    row = await memory.chats.known(chat.id)
    return row.language, row.subscribed, row.ended


@pytest.mark.parametrize("locale", Locale)
async def test_a_group_is_introduced_and_an_administrator_subscribes_it(server, memory, group, locale) -> None:
    person, text = server.user(language_code=locale), texts(locale)
    group.statuses[person.id] = "creator"
    message = await offer(group, person)
    assert message.text == text("subscribe-introduction")
    assert [[button.text for button in row] for row in message.buttons] == [[text("subscribe-button")]]
    assert not (await person.press(message, text("subscribe-button"))).text
    assert await group.next_edit() is message
    assert message.text == f"{text('subscribe-introduction')}\n\n{text('subscribed')}"
    assert not message.buttons
    assert await known(memory, group) == (locale, True, None)


async def test_the_button_is_for_administrators_alone(memory, group, admin, person) -> None:
    message = await offer(group, admin)
    for status in ("member", "left", "restricted", "kicked"):
        group.statuses[person.id] = status
        answer = await person.press(message, BUTTON)
        assert answer.text == ZH("subscribe-administrators")
        assert answer.show_alert
    assert await known(memory, group) == ("zh-Hans", False, None)
    assert not group.edited


async def test_a_second_press_finds_it_done(memory, group, admin) -> None:
    first = await offer(group, admin)
    admin.set_bot_status(group, "left")
    second = await offer(group, admin)
    for message in (first, second):
        await admin.press(message, BUTTON)
        await group.next_edit()
    assert second.text.endswith(ZH("subscribed-already"))
    assert (await admin.press(second, BUTTON)).text == ZH("gone")
    assert await known(memory, group) == ("zh-Hans", True, None)


async def test_a_press_that_the_database_does_not_take_is_told(database, group, admin, monkeypatch) -> None:
    message = await offer(group, admin)
    monkeypatch.setattr("bot.storage.chats._EARLIER", 0.05)
    async with database.away():
        answer = await admin.press(message, BUTTON)
    assert (answer.text, answer.show_alert) == (ZH("subscribe-trouble"), True)
    assert message.buttons


async def test_one_joining_is_one_introduction(memory, group, admin) -> None:
    await offer(group, admin)
    for status in ("administrator", "member", "administrator"):
        admin.set_bot_status(group, status)
    await settle(admin, group)
    assert len(group.bot_messages) == 2
    admin.set_bot_status(group, "kicked")
    again = await offer(group, admin)
    assert again is not group.bot_messages[0]


async def test_a_subscription_is_offered_again_and_not_given_back(memory, group, admin) -> None:
    await admin.press(await offer(group, admin), BUTTON)
    admin.set_bot_status(group, "kicked")
    message = await offer(group, admin)
    assert message.text == ZH("subscribe-introduction")
    assert await known(memory, group) == ("zh-Hans", False, "kicked")
    await admin.press(message, BUTTON)
    assert await known(memory, group) == ("zh-Hans", True, None)


async def test_a_bot_that_is_silenced_offers_the_subscription_again_when_it_may_speak(memory, group, admin) -> None:
    await admin.press(await offer(group, admin), BUTTON)
    admin.set_bot_status(group, "administrator")
    await settle(admin, group)
    assert await known(memory, group) == ("zh-Hans", True, None)
    admin.set_bot_status(group, "restricted")
    admin.set_bot_status(group, "member")
    await group.wait_for(lambda message: message.text == ZH("subscribe-introduction"))
    assert await known(memory, group) == ("zh-Hans", False, "no right to write")


async def test_a_bot_that_joins_silenced_says_nothing(memory, group, admin) -> None:
    admin.set_bot_status(group, "restricted")
    admin.set_bot_status(group, "restricted")
    admin.set_bot_status(group, "left")
    await offer(group, admin)
    assert len(group.bot_messages) == 1


async def test_a_supergroup_that_a_subscribed_group_became_is_not_introduced(server, memory, admin) -> None:
    group = server.group(title="街坊")
    group.statuses[admin.id] = "administrator"
    await admin.ask("/subscribe", group)
    new = server.upgrade(group)
    await settle(admin, new)
    new.bot_status = "left"
    admin.set_bot_status(new, "member")
    await settle(admin, new)
    assert all(message.reply_to for message in new.bot_messages)
    assert await known(memory, new) == ("zh-Hans", True, None)


async def test_who_blocked_the_bot_and_is_back_is_offered_what_was_lost(server, memory, person) -> None:
    await person.ask("/subscribe")
    person.block()
    person.unblock()
    message = await person.next_message()
    assert message.text == ZH("subscribe-back")
    assert await known(memory, person.chat) == ("zh-Hans", False, "blocked")
    await person.press(message, BUTTON)
    assert await person.next_edit() is message
    assert message.text == ZH("subscribed")
    assert await known(memory, person.chat) == ("zh-Hans", True, None)
    assert not server.calls("getChatMember")


async def test_who_had_no_subscription_or_ended_it_is_offered_none(memory, person) -> None:
    for texts_ in (("/help",), ("/subscribe", "/unsubscribe")):
        for text in texts_:
            await person.ask(text)
        person.block()
        person.unblock()
    said = await person.ask("/help")
    assert said.text.startswith("直接发来问题")
    assert not any(message.buttons for message in person.chat.bot_messages)


async def test_a_button_subscribes_no_channel(server, memory, person, admin) -> None:
    channel = server.channel(title="频道")
    for command in ("/subscribe", "/unsubscribe"):
        post = await person.ask(command, channel)
    assert (await admin.forge_press(post, "sub:on")).text == ZH("gone")
    # An announcement may be a copy of what an admin has written, with buttons of any kind.
    post.content = replace(post.content, buttons=parse_keyboard({"inline_keyboard": [[SUBSCRIBING]]}))
    assert (await admin.press(post, "sub:on")).text == ZH("gone")
    assert await known(memory, channel) == ("en", False, "unsubscribed")


async def test_a_channel_loses_its_subscription_with_the_right_to_post(server, memory, person) -> None:
    channel = server.channel(title="频道")
    channel.bot_status = "left"
    person.set_bot_status(channel, "administrator")
    assert (await person.ask("/subscribe", channel)).text == ZH("subscribed")
    assert len(channel.bot_messages) == 1
    channel.writable = False
    person.set_bot_status(channel, "administrator")
    channel.writable = True
    assert (await person.ask("/unsubscribe", channel)).text == ZH("unsubscribed-already")
    assert await known(memory, channel) == ("zh-Hans", False, "no right to write")
