"""Who may do what only admins may do: their ids, in private chats, and nobody else; over real HTTP."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
import pytest_asyncio
from running_bot import TOKEN, listening, running_bot
from structlog.testing import capture_logs
from telegram_server import Chat, Person, TelegramServer

from bot.chat.commands import ADMIN_MENU

if TYPE_CHECKING:
    from structlog.typing import EventDict

pytestmark = pytest.mark.asyncio

ADMIN = 42
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
BOT = {"id": 123456, "is_bot": True, "first_name": "Test bot", "username": "shushuo_test_bot"}
UNKNOWN = "There is no such command; please see /help."
GONE = "This is no longer part of what I have read; please ask again."
STATUS = "Knowledge "
BUTTON = "desk-csv:7"
KEYBOARD = {"inline_keyboard": [[{"text": "CSV", "callback_data": BUTTON}]]}


@pytest.fixture
def _each_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.admin.admins._SECONDS_BETWEEN_LINES", 0)


@pytest.fixture
def listen() -> str:
    return listening()["http_listen"]


@pytest_asyncio.fixture
async def server(listen: str) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(token=TOKEN) as server, running_bot(server, admin_ids=(ADMIN,), http_listen=listen):
        yield server


@pytest.fixture
def admin(server: TelegramServer) -> Person:
    return server.user(id=ADMIN)


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    with capture_logs() as records:
        yield records


def denied(logs: list[EventDict]) -> list[tuple[int, int, str]]:
    """Who tried what in which chat."""
    attempts = [record for record in logs if record["event"] == "somebody tried what only an admin may do"]
    assert all(record["log_level"] == "warning" for record in attempts)
    return [(record["who"], record["chat"], record["what"]) for record in attempts]


async def counted(listen: str) -> float:
    async with aiohttp.ClientSession() as session, session.get(f"http://{listen}/metrics") as response:
        lines = (await response.text()).splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("shushuo_admin_denied_total "))


def command(text: str, chat: Chat, sender: dict[str, Any], **fields: Any) -> dict[str, Any]:
    entity = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    written = {"message_id": 900, "date": int(time.time()), "text": text, "entities": [entity]}
    return {"message": {**written, "chat": chat.to_json(), "from": sender, **fields}}


def pressed(data: str, sender: dict[str, Any], message: dict[str, Any] | None) -> dict[str, Any]:
    """A query that no server has made; its answer is refused as too old, which the bot takes."""
    place = {"message": message} if message else {"inline_message_id": "1"}
    return {"callback_query": {"id": "9", "from": sender, "chat_instance": "1", "data": data, **place}}


async def test_an_admin_in_private(admin: Person, logs: list[EventDict], listen: str) -> None:
    assert (await admin.ask("/status")).text.startswith(STATUS)
    assert (await admin.ask("/status@shushuo_test_bot")).text.startswith(STATUS)
    assert denied(logs) == []
    assert await counted(listen) == 0


@pytest.mark.parametrize(
    ("language", "begin", "status", "menu"),
    [
        ("en", "For admins", "/status how the bot is", "Admins: how the bot is"),
        ("zh-hans", "管理员", "/status 运行情况", "管理员：运行情况"),
    ],
)
async def test_an_admins_help_lists_the_admins_commands_too(
    server: TelegramServer, language: str, begin: str, status: str, menu: str
) -> None:
    admin, person = server.user(id=ADMIN, language_code=language), server.user(language_code=language)
    to_all = (await person.ask("/help")).text
    to_admin = (await admin.ask("/help")).text
    assert to_admin.startswith(f"{to_all}\n\n{begin}")
    lines = to_admin.removeprefix(to_all).splitlines()
    assert status in lines
    assert [line.partition(" ")[0] for line in lines[3:]] == [f"/{name}" for name in ADMIN_MENU]
    assert "/status" not in to_all
    await server.wait_for_call("setMyShortDescription", 2)
    offered = [command for call in server.calls("setMyCommands") for command in call.parameters["commands"]]
    assert {"command": "status", "description": menu} in offered


async def test_an_admins_help_in_a_group_tells_nothing_of_them(server: TelegramServer, admin: Person) -> None:
    group = server.supergroup()
    await admin.send("/help@shushuo_test_bot", group)
    assert "/status" not in (await group.next_message()).text


@pytest.mark.usefixtures("_each_logged")
async def test_for_others_there_is_no_such_command(server: TelegramServer, logs: list[EventDict], listen: str) -> None:
    person = server.user()
    unknown = await person.ask("/nothing")
    for text in ("/status", "/STATUS", "/status@shushuo_test_bot", "/status now"):
        reply = await person.ask(text)
        assert (reply.text, reply.buttons) == (unknown.text, unknown.buttons) == (UNKNOWN, ())
    assert denied(logs) == [(person.id, person.id, "/status")] * 4
    assert await counted(listen) == 4


async def test_whoever_tries_again_and_again_gets_a_line_a_minute(
    server: TelegramServer, logs: list[EventDict], listen: str
) -> None:
    persons = server.user(), server.user()
    for person in persons:
        message = {**(await person.ask("/help")).to_json(BOT), "reply_markup": KEYBOARD}
        for _ in range(10):
            server.push_update(pressed(BUTTON, person.to_json(), message))
    await server.wait_for_call("answerCallbackQuery", 20)
    assert denied(logs) == [(person.id, person.id, f"button {BUTTON}") for person in persons]
    assert await counted(listen) == 20


async def test_an_admin_in_a_group_is_nobody(server: TelegramServer, admin: Person, logs: list[EventDict]) -> None:
    group = server.supergroup()
    await admin.send("/status", group)
    await admin.send("/status@shushuo_test_bot", group)
    await admin.send("/ask 产值", group)
    assert (await group.next_message()).text.startswith("35.2亿元")
    assert len(group.bot_messages) == 1
    # The first names no bot, and may be meant for any.
    assert denied(logs) == [(ADMIN, group.id, "/status")]


async def test_an_anonymous_admin_is_nobody(server: TelegramServer, admin: Person, logs: list[EventDict]) -> None:
    group = server.supergroup()
    server.push_update(command("/status@shushuo_test_bot", group, ANONYMOUS, sender_chat=group.to_json()))
    await admin.send("/ask 产值", group)
    await group.next_message()
    assert len(group.bot_messages) == 1
    assert denied(logs) == [(group.id, group.id, "/status")]


async def test_what_an_admin_forwards_or_edits_or_sends_through_a_bot_is_no_command(
    server: TelegramServer, admin: Person
) -> None:
    forwarded = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}
    await admin.send("/status", fields={"forward_origin": forwarded})
    assert (await admin.next_message()).text == UNKNOWN
    await admin.send("/status", fields={"via_bot": ANONYMOUS})
    sent = await admin.send("/nothing")
    assert (await admin.next_message()).text == UNKNOWN
    await admin.edit(sent, "/status")
    assert (await admin.ask("/status")).text.startswith(STATUS)
    assert len(admin.chat.bot_messages) == 3


async def test_a_button_is_gone_for_others(
    server: TelegramServer, admin: Person, logs: list[EventDict], listen: str
) -> None:
    person = server.user()
    message = await admin.ask("/help")
    for chat in (admin.chat, person.chat, server.supergroup()):
        message.chat = chat
        server.push_update(pressed(BUTTON, person.to_json(), {**message.to_json(BOT), "reply_markup": KEYBOARD}))
    await server.wait_for_call("answerCallbackQuery", 3)
    assert [call.parameters["text"] for call in server.calls("answerCallbackQuery")] == [GONE] * 3
    assert {who for who, _, _ in denied(logs)} == {person.id}
    assert await counted(listen) == 3
    assert not server.calls("sendDocument")


async def test_a_button_in_a_group_is_gone_for_an_admin(
    server: TelegramServer, admin: Person, logs: list[EventDict]
) -> None:
    message = await admin.ask("/help")
    message.chat = server.supergroup()
    server.push_update(pressed(BUTTON, admin.to_json(), {**message.to_json(BOT), "reply_markup": KEYBOARD}))
    await server.wait_for_call("answerCallbackQuery")
    assert server.calls("answerCallbackQuery")[0].parameters["text"] == GONE
    assert [what for _, _, what in denied(logs)] == [f"button {BUTTON}"]


async def test_a_button_that_an_admin_makes_up(admin: Person, server: TelegramServer) -> None:
    message = await admin.ask("/help")
    for data in (BUTTON, "desk-csv:", "desk-csv:99999", "desk-csv:-1", "desk-csv:7 ", "desk-csv:٧"):
        assert (await admin.forge_press(message, data)).text == GONE
    assert not server.calls("sendDocument")
