"""The bot in groups and topics, over real HTTP."""

import pytest
from telegram import Bot, Update

from bot.chat.messages import Reply, send_below
from tests.support.bots.running_bot import TOKEN, running_bot
from tests.support.telegram.group_talk import (
    ANONYMOUS,
    CHANNEL,
    CHANNEL_BOT,
    POST,
    TELEGRAM,
    assert_silent,
    say,
    settle,
)
from tests.support.telegram_server import Chat, Message, Person, TelegramServer

pytestmark = pytest.mark.asyncio

BOT = "@shushuo_test_bot"
PHOTO = {"photo": [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]}
OTHER_BOT = {"id": 77, "is_bot": True, "first_name": "Other", "username": "other_bot"}


@pytest.fixture
def group(server) -> Chat:
    return server.supergroup()


TO_THE_BOT = ("/ask 产值", "/ASK 产值", f"/ask{BOT} 产值", f"/ask{BOT.upper()}\n产值", f"/ask {BOT} 产值")


async def test_what_is_addressed_to_the_bot_is_answered_below_it(person, group) -> None:
    for text in (*TO_THE_BOT, f"{BOT} 产值", f"产值 {BOT.title()}"):
        assert (await say(person, text, group)).startswith("35.2亿元")
        assert [button.text for button in group.bot_messages[-1].buttons[0]] == ["转发"]


async def test_nothing_else_is_answered(person, group) -> None:
    elsewhere = ("/ask@other_bot 产值", f"/ask@other_bot {BOT} 产值", f"/ask{BOT}2 产值", f"{BOT}2 产值")
    others = ("@other_bot 产值", f"me{BOT} 产值", "/start", "/help", "/start@other_bot", f"/unknown{BOT}")
    for text in ("产值", *elsewhere, *others, "/unknown 产值", "请看 /ask 产值"):
        await person.send(text, group)
    await assert_silent(person, group)


async def test_a_reply_to_the_bot_is_a_question(server, person, group) -> None:
    first = await person.ask("/ask 房价", group)
    other = server.user(language_code="zh-hans")
    asked = await other.send("产值", group, reply_to=first)
    assert (await group.next_message()).text.startswith("35.2亿元")
    await other.send("产值", group, reply_to=asked)
    await other.send("/later 产值", group, reply_to=first)
    await assert_silent(person, group)


@pytest.mark.parametrize("question", ["产值", f"{BOT} 产值", "/ask 产值"])
async def test_a_reply_with_the_bots_name_asks_what_the_other_message_asks(server, person, group, question) -> None:
    above = await server.user().send(question, group)
    if question != "产值":
        await group.next_message()
    for command in ("/ask", f"/ask{BOT}", BOT, f"  {BOT} "):
        assert (await say(person, command, group, reply_to=above)).startswith("35.2亿元")


async def test_a_reply_may_quote_the_question(person, group) -> None:
    above = await person.send("早上好。产值", group)
    quote = {"quote": {"text": "产值", "position": 4}}
    assert (await say(person, "/ask", group, reply_to=above, fields=quote)).startswith("35.2亿元")


async def test_the_bots_name_without_a_question_tells_how_to_ask(person, group) -> None:
    for text in ("/ask", BOT, f"/start{BOT}", f"/help{BOT}", f"/start{BOT} group"):
        message = await person.ask(text, group)
        assert message.text == "请把问题写在 /ask 后面，或者用 /ask 回复别人的问题。"
    assert (await person.ask("/ask", group, reply_to=message)).text == message.text


async def test_none_is_one_short_line(person, group) -> None:
    for text, line in (("房价", "报告没有说到这一点。"), ("山口镇产值", "报告讲的是河湾镇，没有说到“山口镇”。")):
        message = await person.ask(f"/ask {text}", group)
        assert message.text == line
        assert not message.buttons


async def test_words_follow_the_reader_and_figures_stay(server, group) -> None:
    reader = server.user(language_code="zh-hant")
    assert (await reader.ask("/ask 房价", group)).text == "報告沒有說到這一點。"
    assert "前三季度，河湾镇工业产值达到35.2亿元。" in (await reader.ask("/ask 产值", group)).text
    assert (await reader.ask("/ask output", group)).text.startswith("CNY 3.52 billion")


async def test_the_caption_of_a_photo_is_a_question(person, group) -> None:
    for text in ("/ask 产值", f"产值 {BOT}"):
        assert (await say(person, text, group, fields=PHOTO)).startswith("35.2亿元")
    above = await person.send("产值", group, fields=PHOTO)
    assert (await say(person, BOT, group, reply_to=above)).startswith("35.2亿元")
    assert await say(person, "产值", group, reply_to=group.bot_messages[0], fields=PHOTO)


async def test_anonymous_admins_and_channels_as_senders_are_answered(person, group) -> None:
    for sender in ({"from": ANONYMOUS, "sender_chat": group.to_json()}, {"from": CHANNEL_BOT, "sender_chat": CHANNEL}):
        assert (await say(person, "/ask 产值", group, fields=sender)).startswith("35.2亿元")


async def test_posts_forwards_and_other_bots_are_not_answered(person, group) -> None:
    forwarded = {"from": TELEGRAM, "sender_chat": CHANNEL, "is_automatic_forward": True, "forward_origin": POST}
    for fields in (forwarded, {"forward_origin": POST}, {"from": OTHER_BOT}, {"via_bot": OTHER_BOT}):
        above = await person.send("/ask 产值", group, fields=fields)
        await assert_silent(person, group)
        assert (await say(person, "/ask", group, reply_to=above)).startswith("35.2亿元")


async def test_channel_posts_are_not_answered(server, person, group) -> None:
    await settle(person, group)
    post = {"message_id": 3, "date": 1_700_000_000, "chat": CHANNEL, "sender_chat": CHANNEL, "text": f"{BOT} 产值"}
    post["entities"] = [{"type": "mention", "offset": 0, "length": len(BOT)}]
    for kind in ("channel_post", "edited_channel_post"):
        server.push_update({kind: post})
    await assert_silent(person, group)
    assert len(server.calls("sendMessage")) == 2


async def test_with_privacy_mode_on_people_use_commands_replies_and_mentions(person) -> None:
    async with TelegramServer(token=TOKEN, privacy=True) as server, running_bot(server):
        group, person = server.supergroup(), server.user(language_code="zh")
        await person.send("产值", group)
        for text in ("/ask 产值", f"产值 {BOT}"):
            answer = await person.ask(text, group)
            assert answer.text.startswith("35.2亿元")
        assert (await person.ask("房价", group, reply_to=answer)).text == "报告没有说到这一点。"
        assert len(group.bot_messages) == 3


async def test_the_answer_goes_to_the_topic_of_the_question(server, person) -> None:
    forum = server.supergroup(topics={7: "报告"})
    asked = await person.send("/ask 产值", forum, thread_id=7)
    answer = await forum.next_message()
    assert (answer.thread_id, answer.reply_to) == (7, asked)
    message = await person.ask("/ask 增速", forum, thread_id=7)
    message.deleted = True
    await person.press(message, "茶叶销量增速")
    assert (await forum.next_message()).thread_id == 7


async def test_the_general_topic_has_no_id(server, person) -> None:
    forum = server.supergroup(topics={7: "报告"})
    asked = await person.send("产值", forum)
    reply = await person.send("/ask", forum, reply_to=asked)
    answer = await forum.next_message()
    assert (answer.thread_id, answer.reply_to) == (None, reply)


async def test_a_topic_that_replies_to_its_own_creation_is_not_a_reply_to_the_bot(server, person) -> None:
    forum = server.supergroup(topics={7: "报告"})
    bot = {"id": int(TOKEN.partition(":")[0]), "is_bot": True, "first_name": "Test bot"}
    created = {"message_id": 7, "date": 1_700_000_000, "chat": forum.to_json(), "from": bot}
    created["forum_topic_created"] = {"name": "报告", "icon_color": 1}
    await person.send("产值", forum, thread_id=7, fields={"reply_to_message": created})
    await assert_silent(person, forum)


async def answered(person: Person, chat: Chat, text: str) -> tuple[Message, Message]:
    asked = await person.send(text, chat)
    return asked, await chat.next_message()


async def test_an_edited_question_has_its_answer_edited(person, group) -> None:
    for chat, prefix in ((group, "/ask "), (person.chat, "")):
        asked, answer = await answered(person, chat, f"{prefix}房价")
        await person.edit(asked, f"{prefix}产值")
        assert await chat.next_edit() is answer
        assert answer.text.startswith("35.2亿元")
        await person.edit(asked, f"{prefix}房价")
        assert (await chat.next_edit()).text.startswith("报告没有说到这一点。")
        await person.ask("/ask 产值和小学", chat)
        assert len(chat.bot_messages) == 2


async def test_a_hint_is_edited_too(person, group) -> None:
    asked, hint = await answered(person, group, "/ask")
    await person.edit(asked, "/ask 产值")
    assert await group.next_edit() is hint
    assert hint.text.startswith("35.2亿元")


async def test_an_edit_that_asks_the_same_changes_nothing(person, group) -> None:
    asked, message = await answered(person, group, "/ask 增速")
    await person.press(message, "茶叶销量增速")
    await group.next_edit()
    await person.edit(asked, f"{BOT} 增速")
    await settle(person, group)
    assert len(message.edits) == 1


async def test_two_questions_with_the_same_answer(server, person, group) -> None:
    asked, answer = await answered(person, group, "/ask 房价")
    await person.edit(asked, "/ask 房租")
    await settle(person, group)
    assert not answer.edits


async def test_edits_of_what_was_not_answered_are_left_alone(person, group) -> None:
    said = await person.send("产值吗", group)
    await person.edit(said, "/ask 产值")
    asked, answer = await answered(person, group, "/ask 产值")
    await person.edit(asked, "不问了")
    await settle(person, group)
    assert not answer.edits
    assert len(group.bot_messages) == 2


async def test_an_answer_that_is_deleted_is_sent_anew(person, group) -> None:
    asked, answer = await answered(person, group, "/ask 房价")
    answer.deleted = True
    await person.edit(asked, "/ask 产值")
    again = await group.next_message()
    assert again.text.startswith("35.2亿元")
    await person.edit(asked, "/ask 房价")
    assert await group.next_edit() is again


async def test_a_question_that_is_deleted_is_answered(person, group) -> None:
    asked = await person.send("/ask 产值", group)
    asked.deleted = True
    assert (await group.next_message()).reply_to is None


async def test_it_stays_in_the_topic_of_a_channels_direct_messages(monkeypatch) -> None:
    sent = []

    async def note(_: object, endpoint: str, data: dict[str, object], **__: object) -> dict[str, int]:
        sent.append((endpoint, data["direct_messages_topic_id"], data.keys() & {"message_thread_id"}))
        return {"message_id": 7}

    monkeypatch.setattr(Bot, "_do_post", note)
    chat = {"id": -9, "type": "supergroup"}
    message = {"message_id": 5, "date": 1, "chat": chat, "text": "?", "direct_messages_topic": {"topic_id": 4}}
    update = Update.de_json({"update_id": 1, "message": message}, Bot("1:token"))
    assert await send_below(update.message, Reply("5")) == 7
    assert sent == [("sendMessage", 4, set())]
