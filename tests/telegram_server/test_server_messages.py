"""Messages over HTTP: sent, edited, deleted, copied, and refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from telegram_server import Entity, Person, TelegramServer
from telegram_server.message_methods import NOT_MODIFIED, STALE_QUERY

if TYPE_CHECKING:
    from telegram_server.conftest import Client


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(**fields: Any) -> dict[str, Any]:
    return {"text": "go", **fields}


async def started(server: TelegramServer) -> Person:
    person = server.user()
    await person.send("/start")
    return person


@pytest.mark.asyncio
async def test_a_message_arrives_as_people_see_it(server: TelegramServer, client: Client) -> None:
    person = await started(server)
    markup = keyboard([button(callback_data="a"), button(text="web", url="https://example.org/")])
    sent = await client.result(
        "sendMessage", chat_id=person.id, text=" <b>1</b>亿 ", parse_mode="HTML", reply_markup=markup
    )
    message = await person.next_message()
    assert (message.text, message.html, message.message_id) == ("1亿", " <b>1</b>亿 ", sent["message_id"])
    assert message.entities == (Entity("bold", 0, 1),)
    assert [[item.data for item in row] for row in message.buttons] == [["a", None]]
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert sent["reply_markup"] == markup


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"text": " \n\t"}, "text must be non-empty"),
    ({"text": "😀" * 2048 + "a"}, "message is too long"),
    ({"text": "<x>", "parse_mode": "html"}, 'can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
    ({"text": None}, 'parameter "text" must be of type String'),
    ({"chat_id": "somebody"}, 'parameter "chat_id" must be of type Chat'),
    ({"disable_notification": "perhaps"}, 'parameter "disable_notification" must be of type Boolean'),
    ({"message_thread_id": "x"}, 'parameter "message_thread_id" must be of type Integer'),
    ({"message_thread_id": 1}, "message thread not found"),
    ({"disable_web_page_preview": True}, "unknown parameter disable_web_page_preview"),
    ({"link_preview_options": {"off": True}}, 'can\'t parse link preview options: unknown field "off"'),
    ({"reply_parameters": {}}, "can't parse reply parameters: Can't find field \"message_id\""),
    ({"entities": [{"type": "bold", "offset": 0, "length": 2}]}, "entity is outside of the text"),
    ({"reply_markup": "[NaN]"}, 'can\'t parse parameter "reply_markup" as JSON'),
    ({"reply_markup": {}}, "can't parse inline keyboard: Can't find field \"inline_keyboard\""),
    ({"reply_markup": keyboard([button(callback_data="a")] * 9)}, "reply markup is too long"),
    ({"reply_markup": keyboard(*[[button(callback_data="a")] * 8] * 13)}, "reply markup is too long"),
    ({"reply_markup": keyboard([button(callback_data="")])}, "BUTTON_DATA_INVALID"),
    ({"reply_markup": keyboard([button(callback_data="数" * 22)])}, "BUTTON_DATA_INVALID"),
    (
        {"reply_markup": keyboard([button()])},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"reply_markup": keyboard([button(callback_data="a", url="https://example.org/")])},
        "can't parse inline keyboard button: more than one action (callback_data, url)",
    ),
    (
        {"reply_markup": keyboard([button(url="http://[")])},
        "inline keyboard button URL 'http://[' is invalid: Wrong HTTP URL",
    ),
]


@pytest.mark.asyncio
async def test_what_no_bot_may_send(server: TelegramServer, client: Client) -> None:
    person = await started(server)
    for parameters, problem in REFUSED:
        description = await client.refused("sendMessage", **{"chat_id": person.id, "text": "a", **parameters})
        assert description == f"Bad Request: {problem}"
    assert person.chat.bot_messages == []


@pytest.mark.asyncio
async def test_what_is_at_the_limit_is_accepted(server: TelegramServer, client: Client) -> None:
    person = await started(server)
    for text in ("a" * 4096, "😀" * 2048, "  " + "a" * 4096 + "\n\n"):
        await client.result("sendMessage", chat_id=person.id, text=text)
        assert (await person.next_message()).text == text.strip()
    most = keyboard(*[[button(callback_data="a" * 64)] * 8] * 12, [button(callback_data="数" * 21)] * 4)
    await client.result("sendMessage", chat_id=person.id, text="a", reply_markup=most)


@pytest.mark.asyncio
async def test_errors_that_people_cause_are_no_violations(server: TelegramServer, client: Client) -> None:
    person = await started(server)
    text = {"chat_id": person.id, "text": "a"}
    assert await client.declined("sendMessage", chat_id=5, text="a") == (400, "Bad Request: chat not found")
    assert await client.declined("sendMessage", chat_id="@nobody", text="a") == (400, "Bad Request: chat not found")
    assert await client.declined("sendMessage", **text, reply_parameters={"message_id": 9}) == (
        400,
        "Bad Request: message to be replied not found",
    )
    person.block()
    assert await client.declined("sendMessage", **text) == (403, "Forbidden: bot was blocked by the user")
    person.unblock()
    await client.result("sendMessage", **text, reply_parameters={"message_id": 9, "allow_sending_without_reply": True})


@pytest.mark.asyncio
async def test_where_a_bot_cannot_write(server: TelegramServer, client: Client) -> None:
    status, reply = await client.call("sendMessage", chat_id=server.user().id, text="a")
    assert (status, reply["description"]) == (403, "Forbidden: bot can't initiate conversation with a user")
    assert len(server.violations) == 1
    server.violations.clear()
    group = server.group()
    for status, reason in (("kicked", "was kicked from"), ("left", "is not a member of")):
        group.bot_status = status
        refusal = (403, f"Forbidden: bot {reason} the group chat")
        assert await client.declined("sendMessage", chat_id=group.id, text="a") == refusal


@pytest.mark.asyncio
async def test_topics(server: TelegramServer, client: Client) -> None:
    forum = server.supergroup(topics={7: "news"}, username="forum")
    sent = await client.result("sendMessage", chat_id="@forum", text="a", message_thread_id=7)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (7, True)
    assert "message_thread_id" not in await client.result("sendMessage", chat_id=forum.id, text="a")
    gone = (400, "Bad Request: message thread not found")
    assert await client.declined("sendMessage", chat_id=forum.id, text="a", message_thread_id=8) == gone
    plain = server.supergroup()
    assert await client.declined("sendMessage", chat_id=plain.id, text="a", message_thread_id=7) == gone
    assert await client.declined("sendChatAction", chat_id=forum.id, action="typing", message_thread_id=8) == gone
    assert await client.refused("sendMessage", chat_id=forum.id, text="a", message_thread_id=1) == gone[1]


@pytest.mark.asyncio
async def test_an_edit_keeps_what_was_there_before(server: TelegramServer, client: Client) -> None:
    person = await started(server)
    sent = await client.result(
        "sendMessage", chat_id=person.id, text="a", reply_markup=keyboard([button(callback_data="x")])
    )
    there = {"chat_id": person.id, "message_id": sent["message_id"]}
    await client.result("editMessageText", **there, text="b")
    message = await person.next_edit()
    assert (message.text, message.buttons, [content.source for content in message.edits]) == ("b", (), ["a"])
    assert message.find_button("go").data == "x"
    await client.result("editMessageReplyMarkup", **there, reply_markup=keyboard([button(callback_data="y")]))
    message = await person.next_edit()
    assert (message.text, message.buttons[0][0].data) == ("b", "y")


@pytest.mark.asyncio
async def test_edits_that_change_nothing_or_hit_nothing(server: TelegramServer, client: Client) -> None:
    person = await started(server)
    sent = await client.result("sendMessage", chat_id=person.id, text="<b>a</b>", parse_mode="HTML")
    there = {"chat_id": person.id, "message_id": sent["message_id"]}
    same = {"text": "<b>a</b> ", "parse_mode": "HTML"}
    assert await client.declined("editMessageText", **there, **same) == (400, f"Bad Request: {NOT_MODIFIED}")
    assert await client.declined("editMessageReplyMarkup", **there) == (400, f"Bad Request: {NOT_MODIFIED}")
    for number, problem in ((99, "message to edit not found"), (1, "message can't be edited")):
        other = {"chat_id": person.id, "message_id": number}
        assert await client.declined("editMessageText", **other, text="a") == (400, f"Bad Request: {problem}")
    assert await client.refused("editMessageText", **there, text="a" * 4097) == "Bad Request: MESSAGE_TOO_LONG"
    assert "not specified" in await client.refused("editMessageText", chat_id=person.id, text="a")


@pytest.mark.asyncio
async def test_what_is_answered_late_or_wrongly(server: TelegramServer, client: Client) -> None:
    stale = (400, f"Bad Request: {STALE_QUERY}")
    assert await client.declined("answerCallbackQuery", callback_query_id="5") == stale
    assert await client.declined("answerInlineQuery", inline_query_id="5", results=[]) == stale
    assert "TOO_LONG" in await client.refused("answerCallbackQuery", callback_query_id="5", text="数" * 201)
    person = await started(server)
    await client.result("sendChatAction", chat_id=person.id, action="typing")
    assert person.chat.actions == ["typing"]
    assert "wrong parameter action" in await client.refused("sendChatAction", chat_id=person.id, action="thinking")
