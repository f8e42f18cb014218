"""One attempt in one chat, against the strict Telegram server."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.announcements.content import Attempts, Copy, FactCard, Payload, Text
from bot.chat.messages import SendOutcome, Wait, outcome_of
from bot.http_client import Connection
from bot.metrics import Metrics
from bot.storage.deliveries import Delivery, Failed, Moved, Sending, Sent, Unclear
from tests.support.telegram.sent_media import send_media

pytestmark = pytest.mark.asyncio

NOW = datetime(2030, 5, 17, 12, 0, tzinfo=UTC)
WITHDRAWN = {
    "en": "This announcement has been withdrawn.",
    "zh-Hans": "这条公告已撤回。",
    "zh-Hant": "這條公告已撤回。",
}


@asynccontextmanager
async def attempts(server, now: datetime = NOW):
    calls = Connection(4, metrics=Metrics())
    await calls.initialize()
    try:
        yield Attempts(Bot(server.token, f"{server.url}/bot", request=calls, get_updates_request=calls), lambda: now)
    finally:
        await calls.shutdown()


def job(chat, payload: Payload, original: Payload | None = None, **values) -> Delivery:
    how = {name: values.pop(name, default) for name, default in (("action", "send"), ("silent", False), ("pin", False))}
    texts = {"payload": payload.to_json(), "original": original and original.to_json()}
    return replace(Delivery(Sending(1, target=None, **texts, **how), chat.id, None, 0, "en", None, (), None), **values)


async def outcome(server, asked: Delivery, now: datetime = NOW) -> SendOutcome:
    async with attempts(server, now) as attempt:
        return await attempt(asked)


async def test_a_text_arrives_in_its_topic_without_a_sound(server) -> None:
    chat = server.supergroup(topics={7: "News"})
    assert await outcome(server, job(chat, Text("<b>1</b> &amp; 2"), topic=7, silent=True)) == Sent((1,))
    assert (chat.messages[1].text, chat.messages[1].thread_id) == ("1 & 2", 7)
    [call] = server.calls("sendMessage")
    assert call.parameters["disable_notification"] is True
    assert call.parameters["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(("language", "text"), [("zh-Hans", "简"), ("zh-Hant", "繁"), ("en", "E"), ("xx", "E")])
async def test_a_fact_comes_in_the_language_of_the_chat(server, language, text) -> None:
    chat = server.group()
    fact = FactCard("gdp", {"zh-Hans": "简", "zh-Hant": "繁", "en": "E"})
    assert await outcome(server, job(chat, fact, language=language)) == Sent((1,))
    assert chat.messages[1].text == text


async def test_a_message_and_an_album_are_copied(server) -> None:
    admin, chat = server.user(), server.group()
    first = await send_media(admin, "photo", caption="Tea", album="a")
    second = await send_media(admin, "video", album="a")
    payload = Copy(admin.chat.id, (second.message_id, first.message_id), "caption")
    assert await outcome(server, job(chat, payload)) == Sent((1, 2))
    assert [message.text for message in chat.bot_messages] == ["Tea", ""]
    one = Copy(admin.chat.id, (first.message_id,), "caption")
    assert await outcome(server, job(chat, one, silent=True)) == Sent((3,))
    first.deleted = second.deleted = True
    assert await outcome(server, job(chat, one)) == Failed("message gone")
    assert isinstance(await outcome(server, job(chat, payload)), Failed)


async def test_a_pin_that_is_not_allowed_is_let_go(server) -> None:
    chat = server.supergroup()
    assert await outcome(server, job(chat, Text("a"), pin=True)) == Sent((1,))
    chat.bot_status = "administrator"
    assert await outcome(server, job(chat, Text("a"), pin=True)) == Sent((2,))
    assert chat.pinned == [2]


async def test_a_correction_changes_text_or_caption(server) -> None:
    admin, chat = server.user(), server.group()
    photo = await send_media(admin, "photo", caption="Tea")
    await outcome(server, job(chat, Text("a")))
    copied = Copy(admin.chat.id, (photo.message_id,), "caption")
    await outcome(server, job(chat, copied))
    change = partial(job, chat, Text("<i>b</i>"), action="correct")
    text, caption = change(original=Text("a"), messages=(1,)), change(original=copied, messages=(2,))
    for asked in (text, caption, text):  # the last one has been done already
        assert await outcome(server, asked) == Sent(asked.messages)
    assert [message.text for message in chat.bot_messages] == ["b", "b"]
    assert await outcome(server, replace(text, messages=(9,))) == Failed("message gone")
    assert await outcome(server, replace(text, messages=())) == Failed("message gone")
    untold = change(original=replace(copied, editable=""), messages=(2,))
    assert await outcome(server, untold) == Failed("too old to edit")


async def test_a_withdrawal_deletes_within_48_hours_and_edits_after_that(server) -> None:
    chat = server.group()
    for _ in range(6):
        await outcome(server, job(chat, Text("a")))
    new = job(chat, Text("a"), action="withdraw", original=Text("a"), messages=(1,), at=NOW - timedelta(hours=47))
    assert await outcome(server, new) == Sent((1,))
    assert await outcome(server, new) == Sent((1,))  # the one before did arrive
    assert await outcome(server, replace(new, messages=(2, 3))) == Sent((2, 3))
    assert [message.deleted for message in chat.bot_messages] == [True, True, True, False, False, False]
    for number, language in enumerate(WITHDRAWN, 4):
        old = replace(new, messages=(number,), at=NOW - timedelta(hours=48), language=language)
        assert await outcome(server, old) == Sent((number,))
        assert chat.messages[number].text == WITHDRAWN[language]


async def test_what_telegram_will_not_delete_is_edited(server) -> None:
    chat = server.group()
    await outcome(server, job(chat, Text("a")))
    chat.messages[1].date -= 3 * 86_400
    asked = job(chat, Text("a"), action="withdraw", original=Text("a"), messages=(1,), at=NOW)
    assert await outcome(server, asked) == Sent((1,))
    assert chat.messages[1].text == WITHDRAWN["en"]


async def test_a_source_that_is_gone_is_not_taken_for_the_chat(server) -> None:
    chat = server.group()
    assert await outcome(server, job(chat, Copy(404, (1,), ""))) == Failed("message gone")
    gone = replace(job(chat, Copy(404, (1,), "")), chat_id=-404)
    assert await outcome(server, gone) == Failed("not found", "chat")


async def test_what_becomes_of_chats_is_told_apart(server) -> None:
    kicked, left, silent, moved = server.group(), server.group(), server.group(), server.group()
    forum = server.supergroup(topics={7: "News", 8: "Closed"})
    blocked = server.user()
    await blocked.send("/start")
    kicked.bot_status, left.bot_status, blocked.chat.bot_status, silent.writable = "kicked", "left", "kicked", False
    forum.closed.add(8)
    new = server.upgrade(moved)
    text = Text("a")
    found = {
        name: await outcome(server, asked)
        for name, asked in {
            "kicked": job(kicked, text),
            "left": job(left, text),
            "blocked": job(blocked.chat, text),
            "silent": job(silent, text),
            "moved": job(moved, text),
            "closed": job(forum, text, topic=8),
            "deleted": job(forum, text, topic=9),
            "unknown": replace(job(forum, text), chat_id=-1),
        }.items()
    }
    assert found == {
        "kicked": Failed("kicked", "chat"),
        "left": Failed("left", "chat"),
        "blocked": Failed("blocked", "chat"),
        "silent": Failed("no right to write", "subscription"),
        "moved": Moved(new.id),
        "closed": Failed("topic closed", "subscription"),
        "deleted": Failed("topic deleted", "subscription"),
        "unknown": Failed("not found", "chat"),
    }


async def test_floods_and_lost_replies(server) -> None:
    chat = server.group()
    server.fail_next("sendMessage", 429, "Too Many Requests: retry after 7", {"retry_after": 7})
    assert await outcome(server, job(chat, Text("a"))) == Wait(7)
    server.fail_next("sendMessage", 502, "Bad Gateway")
    server.drop_next("sendMessage", after_effect=True)
    for _ in range(2):
        assert isinstance(await outcome(server, job(chat, Text("a"))), Unclear)
    assert len(chat.bot_messages) == 1


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Forbidden("Forbidden: user is deactivated"), Failed("deactivated", "chat")),
        (Forbidden("Forbidden: the group chat was deleted"), Failed("deleted", "chat")),
        (Forbidden("bots can't send messages to bots"), Failed("bots can't send messages to bots", "subscription")),
        (BadRequest("CHAT_WRITE_FORBIDDEN"), Failed("no right to write", "subscription")),
        (BadRequest("need administrator rights in the channel chat"), Failed("no right to write", "subscription")),
        (BadRequest("TOPIC_DELETED"), Failed("topic deleted", "subscription")),
        (BadRequest("message can't be edited"), Failed("too old to edit")),
        (BadRequest("MESSAGE_ID_INVALID"), Failed("message gone")),
        (BadRequest("can't parse\nentities"), Failed("can't parse entities")),
        (BadRequest("x" * 1000), Failed("x" * 100)),
        (ChatMigrated(-5), Moved(-5)),
        (RetryAfter(timedelta(seconds=3)), Wait(3)),
        (TimedOut(), Unclear("Timed out")),
        (NetworkError("Bad Gateway"), Unclear("Bad Gateway")),
        (InvalidToken("Unauthorized"), Unclear("Unauthorized")),
        (Conflict("terminated by other"), Unclear("terminated by other")),
    ],
)
async def test_errors_in_telegrams_words(error, expected) -> None:
    assert outcome_of(error) == expected
