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
    ({"text": ""}, "message text is empty"),
    ({"text": " \n\t"}, "text must be non-empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "a" * 4097}, "message is too long"),
    ({"text": "😀" * 2048 + "a"}, "message is too long"),
    ({"text": "<b>" + "&lt;" * 4097 + "</b>", "parse_mode": "HTML"}, "message is too long"),
    ({"text": "<x>", "parse_mode": "html"}, 'can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
    ({"text": 5}, 'parameter "text" must be of type String'),
    ({"text": None}, 'parameter "text" must be of type String'),
    ({"chat_id": "somebody"}, 'parameter "chat_id" must be of type Chat'),
    ({"chat_id": True}, 'parameter "chat_id" must be of type Chat'),
    ({"disable_notification": "perhaps"}, 'parameter "disable_notification" must be of type Boolean'),
    ({"message_thread_id": "x"}, 'parameter "message_thread_id" must be of type Integer'),
    ({"message_thread_id": 1}, "message thread not found"),
    ({"disable_web_page_preview": True}, "unknown parameter disable_web_page_preview"),
    (
        {"link_preview_options": {"is_disabled": 1}},
        'can\'t parse link preview options: Field "is_disabled" must be of type Boolean',
    ),
    ({"link_preview_options": {"off": True}}, 'can\'t parse link preview options: unknown field "off"'),
    ({"reply_parameters": {}}, "can't parse reply parameters: Can't find field \"message_id\""),
    ({"reply_markup": "{"}, 'can\'t parse parameter "reply_markup" as JSON'),
    ({"reply_markup": "[NaN]"}, 'can\'t parse parameter "reply_markup" as JSON'),
    ({"reply_markup": []}, 'parameter "reply_markup" must be of type Object'),
    ({"reply_markup": {}}, "object expected as reply markup"),
    ({"entities": [{"type": "bold", "offset": 0, "length": 2}]}, "entity is outside of the text"),
    (
        {"entities": [{"type": "loud", "offset": 0, "length": 1}]},
        "can't parse MessageEntity: unsupported type specified",
    ),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("parameters", "problem"), REFUSED)
async def test_what_no_bot_may_send(
    server: TelegramServer, client: Client, parameters: dict[str, Any], problem: str
) -> None:
    person = await started(server)
    description = await client.refused("sendMessage", **{"chat_id": person.id, "text": "a", **parameters})
    assert description == f"Bad Request: {problem}"
    assert person.chat.bot_messages == []


BAD_BUTTONS: list[tuple[Any, str]] = [
    (button(), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    (
        button(callback_data="a", url="https://example.org/"),
        "can't parse inline keyboard button: more than one action (callback_data, url)",
    ),
    (button(callback_data=""), "BUTTON_DATA_INVALID"),
    (button(callback_data="a" * 65), "BUTTON_DATA_INVALID"),
    (button(callback_data="数" * 22), "BUTTON_DATA_INVALID"),
    (button(callback_data=5), 'can\'t parse inline keyboard button: Field "callback_data" must be of type String'),
    (button(text=" ", callback_data="a"), 'can\'t parse keyboard button: Field "text" must be non-empty'),
    ({"callback_data": "a"}, "can't parse inline keyboard button: Can't find field \"text\""),
    (button(callback="a"), 'can\'t parse inline keyboard button: unknown field "callback"'),
    ("go", "can't parse inline keyboard button: expected an Object"),
    (button(url="example"), "inline keyboard button URL 'example' is invalid: Wrong HTTP URL"),
    (button(url="http://["), "inline keyboard button URL 'http://[' is invalid: Wrong HTTP URL"),
    (
        button(web_app={"url": "http://example.org/"}),
        "inline keyboard button URL 'http://example.org/' is invalid: Wrong HTTP URL",
    ),
    (button(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
    (button(callback_data="a", style="blue"), "can't parse keyboard button: invalid button style specified"),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("wrong", "problem"), BAD_BUTTONS)
async def test_what_no_button_may_be(server: TelegramServer, client: Client, wrong: Any, problem: str) -> None:
    person = await started(server)
    description = await client.refused("sendMessage", chat_id=person.id, text="a", reply_markup=keyboard([wrong]))
    assert description == f"Bad Request: {problem}"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        (keyboard([button(callback_data="a")] * 9), "reply markup is too long"),
        (keyboard(*[[button(callback_data="a")] * 8] * 13), "reply markup is too long"),
        (
            {"inline_keyboard": [button(callback_data="a")]},
            "can't parse keyboard: Field must be of type Array of Array",
        ),
        ({"inline_keyboard": {}}, 'can\'t parse inline keyboard: Field "inline_keyboard" must be of type Array'),
        ({"keyboard": [[{"text": ""}]]}, 'can\'t parse keyboard button: Field "text" must be non-empty'),
        ({"remove_keyboard": False}, 'can\'t parse reply keyboard markup: Field "remove_keyboard" must be True'),
    ],
)
async def test_what_no_keyboard_may_be(server: TelegramServer, client: Client, markup: Any, problem: str) -> None:
    person = await started(server)
    description = await client.refused("sendMessage", chat_id=person.id, text="a", reply_markup=markup)
    assert description == f"Bad Request: {problem}"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "markup",
    [
        keyboard(*[[button(callback_data="a" * 64)] * 8] * 12, [button(callback_data="数" * 21)] * 4),
        keyboard([button(switch_inline_query_current_chat="")], []),
        {"keyboard": [["a", {"text": "b"}]], "resize_keyboard": True},
        {"remove_keyboard": True},
        {"force_reply": True, "selective": True},
    ],
)
async def test_keyboards_at_the_limit_are_accepted(server: TelegramServer, client: Client, markup: Any) -> None:
    person = await started(server)
    await client.result("sendMessage", chat_id=person.id, text="a", reply_markup=markup)


@pytest.mark.asyncio
@pytest.mark.parametrize("text", ["a", "a" * 4096, "😀" * 2048, "  " + "a" * 4096 + "\n\n"])
async def test_texts_at_the_limit_are_accepted(server: TelegramServer, client: Client, text: str) -> None:
    person = await started(server)
    await client.result("sendMessage", chat_id=person.id, text=text)
    assert (await person.next_message()).text == text.strip()


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
async def test_a_bot_cannot_speak_first(server: TelegramServer, client: Client) -> None:
    status, reply = await client.call("sendMessage", chat_id=server.user().id, text="a")
    assert (status, reply["description"]) == (403, "Forbidden: bot can't initiate conversation with a user")
    assert len(server.violations) == 1
    server.violations.clear()


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("status", "reason"),
    [("kicked", "bot was kicked from the group chat"), ("left", "bot is not a member of the group chat")],
)
async def test_a_group_without_the_bot(server: TelegramServer, client: Client, status: str, reason: str) -> None:
    group = server.group()
    group.bot_status = status
    assert await client.declined("sendMessage", chat_id=group.id, text="a") == (403, f"Forbidden: {reason}")


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
    same = {"text": "<strong>a</strong> ", "parse_mode": "HTML"}
    assert await client.declined("editMessageText", **there, **same) == (400, f"Bad Request: {NOT_MODIFIED}")
    assert await client.declined("editMessageReplyMarkup", **there) == (400, f"Bad Request: {NOT_MODIFIED}")
    missing = {"chat_id": person.id, "message_id": 99}
    assert (await client.declined("editMessageText", **missing, text="a"))[
        1
    ] == "Bad Request: message to edit not found"
    theirs = {"chat_id": person.id, "message_id": 1}
    assert (await client.declined("editMessageText", **theirs, text="a"))[1] == "Bad Request: message can't be edited"
    assert await client.refused("editMessageText", **there, text="a" * 4097) == "Bad Request: MESSAGE_TOO_LONG"
    assert await client.refused("editMessageText", chat_id=person.id, text="a") == (
        "Bad Request: message identifier is not specified"
    )
    assert await client.refused("editMessageText", message_id=2, text="a") == "Bad Request: chat_id is empty"
    inline = await client.declined("editMessageText", inline_message_id="x", text="a")
    assert inline == (400, "Bad Request: MESSAGE_ID_INVALID")


@pytest.mark.asyncio
async def test_deleting_and_copying(server: TelegramServer, client: Client) -> None:
    person, group = await started(server), server.group()
    sent = await client.result("sendMessage", chat_id=person.id, text="<i>a</i>", parse_mode="HTML")
    source = {"from_chat_id": person.id, "message_id": sent["message_id"]}
    assert await client.result("copyMessage", chat_id=group.id, **source) == {"message_id": 1}
    assert (await group.next_message()).entities == (Entity("italic", 0, 1),)
    assert await client.result("deleteMessage", chat_id=person.id, message_id=sent["message_id"]) is True
    assert (await person.next_message()).deleted
    again = await client.declined("deleteMessage", chat_id=person.id, message_id=sent["message_id"])
    assert again == (400, "Bad Request: message to delete not found")
    assert await client.declined("copyMessage", chat_id=group.id, **source) == (
        400,
        "Bad Request: message to copy not found",
    )
    theirs = await person.send("b", chat=group)
    assert (await client.declined("deleteMessage", chat_id=group.id, message_id=theirs.message_id))[1] == (
        "Bad Request: message can't be deleted"
    )


@pytest.mark.asyncio
async def test_chat_actions(server: TelegramServer, client: Client) -> None:
    person = await started(server)
    await client.result("sendChatAction", chat_id=person.id, action="typing")
    assert person.chat.actions == ["typing"]
    assert await client.refused("sendChatAction", chat_id=person.id, action="thinking") == (
        "Bad Request: wrong parameter action in request"
    )


@pytest.mark.asyncio
async def test_queries_that_are_not_there(client: Client) -> None:
    stale = (400, f"Bad Request: {STALE_QUERY}")
    assert await client.declined("answerCallbackQuery", callback_query_id="5") == stale
    assert await client.declined("answerInlineQuery", inline_query_id="5", results=[]) == stale
    too_long = await client.refused("answerCallbackQuery", callback_query_id="5", text="数" * 201)
    assert too_long == "Bad Request: MESSAGE_TOO_LONG"
