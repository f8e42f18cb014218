"""Whoever is no admin, or not in a private chat, finds nothing of the admins' desk, whatever is tried."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import pytest
from admin_bot import HOME, RICHER, AdminBot, admin_bot
from clocks import FastClock
from running_bot import listening
from small_report import YAML

from bot.chat.commands import ADMIN_MENU

if TYPE_CHECKING:
    from structlog.typing import EventDict
    from telegram_server import Message, Person, TelegramServer

pytestmark = pytest.mark.asyncio

COMMANDS: Final = ADMIN_MENU
TRIED: Final = "somebody tried what only an admin may do"
GONE: Final = "This is no longer"
ANONYMOUS: Final = 1087968824
HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
SECRET: Final = "for-the-tests-own-webhook"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # Each attempt has its line here, which tells what was tried.
    monkeypatch.setattr("bot.chat.admin.admins._SECONDS_BETWEEN_LINES", 0)


async def denied(address: str) -> float:
    async with aiohttp.ClientSession() as session, session.get(f"http://{address}/metrics") as response:
        lines = (await response.text()).splitlines()
    return next(float(line.split()[-1]) for line in lines if line.startswith("shushuo_admin_denied_total"))


def tried(logs: list[EventDict]) -> list[tuple[object, object]]:
    return [(record["who"], record["what"]) for record in logs if record["event"] == TRIED]


async def unchanged(at: AdminBot) -> bool:
    return at.files() == {HOME: YAML} and await at.audit() == [] and len(at.library.now.knowledge.facts) == 2


def pressed(by: Person, message: dict[str, Any] | None, data: str, number: int) -> dict[str, Any]:
    """A press that nobody waits for an answer to."""
    query = {"id": str(number), "from": by.to_json(), "chat_instance": "1", "data": data}
    return {"callback_query": {**query, **({"message": message} if message else {"inline_message_id": "1"})}}


async def buttons_of(at: AdminBot) -> list[tuple[Message, str]]:
    """Every button that the desk has, below a message of an admin's chat."""
    offer = await at.offered(RICHER)
    await at.admin.ask("房价")
    await at.memory.written()
    questions = await at.admin.ask("/unanswered")
    await at.memory.subscriptions.subscribe(-1, "group", "Tea", "en", None)
    await at.admin.ask("/announce Tea")
    draft = await at.admin.next_message()
    found = [
        (message, button.data or "")
        for message in (offer, questions, draft)
        for row in message.buttons
        for button in row
    ]
    assert {data.partition(":")[0] for _, data in found} == {"doc", "desk-csv", "ann"}
    return found


async def test_commands_are_unknown_to_everybody_else(
    server: TelegramServer, tmp_path: Path, logs: list[EventDict]
) -> None:
    web = listening()
    async with admin_bot(server, tmp_path, **web) as at:
        person = server.user(language_code="en")
        unknown = (await person.ask("/nosuchcommand")).text
        assert tried(logs) == []
        for command in COMMANDS:
            assert (await person.ask(f"/{command} 7")).text == unknown
            assert (await person.ask(f"/{command}@shushuo_test_bot")).text == unknown
        names = [f"/{command}" for command in COMMANDS for _ in range(2)]
        assert tried(logs) == [(person.id, name) for name in names]
        assert await denied(web["http_listen"]) == len(names)
        assert await unchanged(at)


async def test_without_admins_the_log_has_the_id_of_whoever_tries(
    server: TelegramServer, tmp_path: Path, logs: list[EventDict]
) -> None:
    """Which is how whoever sets the bot up learns their own."""
    async with admin_bot(server, tmp_path, admin_ids=()) as at:
        unknown = (await at.admin.ask("/nosuchcommand")).text
        assert (await at.admin.ask("/status")).text == unknown
        assert tried(logs) == [(at.admin.id, "/status")]
        assert await unchanged(at)


async def test_they_are_in_no_menu_of_anybody_else(server: TelegramServer, tmp_path: Path) -> None:
    async with admin_bot(server, tmp_path) as at:
        await server.wait_for_call("getMyShortDescription", 2)
        offered = {
            call.parameters["scope"].get("chat_id"): {item["command"] for item in call.parameters["commands"]}
            for call in server.calls("setMyCommands")
        }
    assert set(COMMANDS) <= offered.pop(at.admin.id)
    assert offered
    assert all(not set(COMMANDS) & commands for commands in offered.values())


async def test_an_admin_has_none_of_them_in_a_group(
    server: TelegramServer, tmp_path: Path, logs: list[EventDict]
) -> None:
    async with admin_bot(server, tmp_path) as at:
        for group in (server.group(), server.supergroup()):
            for command in COMMANDS:
                await at.admin.send(f"/{command}", group)
                await at.admin.send(f"/{command}@shushuo_test_bot", group)
            await at.admin.send_document(RICHER.encode(), chat=group)
            await at.admin.send("/ask 小学数量", group)
            assert (await group.next_message()).text.startswith("5所")
            assert len(group.bot_messages) == 1
        assert tried(logs) == [(at.admin.id, f"/{command}") for command in COMMANDS] * 2
        assert server.fetched == []
        assert await unchanged(at)


async def test_an_anonymous_admin_of_a_group_is_none(
    server: TelegramServer, tmp_path: Path, logs: list[EventDict]
) -> None:
    """Also where somebody has taken the id that all of them write under for an admin's."""
    group = server.supergroup()
    sender = {
        "from": {"id": ANONYMOUS, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
        "sender_chat": group.to_json(),
    }
    person = server.user()
    async with admin_bot(server, tmp_path, more_admins=(ANONYMOUS, group.id)) as at:
        for command in COMMANDS:
            await person.send(f"/{command}@shushuo_test_bot", group, fields=sender)
        await person.send("/ask 小学数量", group, fields=sender)
        assert (await group.next_message()).text.startswith("5所")
        assert len(group.bot_messages) == 1
        assert tried(logs) == [(group.id, f"/{command}") for command in COMMANDS]
        assert await unchanged(at)


async def test_a_document_of_anybody_else_is_not_even_fetched(server: TelegramServer, tmp_path: Path) -> None:
    async with admin_bot(server, tmp_path) as at:
        person = server.user(language_code="en")
        await person.send_document(RICHER.encode())
        assert (await person.next_message()).text.startswith("I can only read text")
        assert server.fetched == []
        assert server.calls("getFile") == []
        assert await unchanged(at)


async def test_buttons_do_nothing_for_anybody_else(
    server: TelegramServer, tmp_path: Path, logs: list[EventDict]
) -> None:
    """Below the admin's own message, and below a forwarded one in the other's chat."""
    async with admin_bot(server, tmp_path) as at:
        person = server.user(language_code="en")
        await person.ask("/start")
        buttons = await buttons_of(at)
        for message, data in buttons:
            said = len(at.admin.chat.bot_messages), len(person.chat.bot_messages)
            assert (await person.press(message, data)).text.startswith(GONE)
            forwarded = person.chat.add(message.content, None, None, message.reply_to)
            assert (await person.press(forwarded, data)).text.startswith(GONE)
            assert (len(at.admin.chat.bot_messages), len(person.chat.bot_messages) - 1) == said
        assert {who for who, _ in tried(logs)} == {person.id}
        assert len(tried(logs)) == 2 * len(buttons)
        assert at.admin.chat.edited == []
        assert await unchanged(at)


async def test_an_admins_press_in_a_group_or_of_an_inline_message_does_nothing(
    server: TelegramServer, tmp_path: Path, logs: list[EventDict]
) -> None:
    async with admin_bot(server, tmp_path) as at:
        group = server.supergroup()
        buttons = await buttons_of(at)
        for message, data in buttons:
            forwarded = group.add(message.content, None, None, message.reply_to)
            assert (await at.admin.press(forwarded, data)).text.startswith(GONE)
            server.push_update(pressed(at.admin, None, data, 1))
        await at.admin.ask("小学数量")
        assert tried(logs) == [(at.admin.id, f"button {data}") for _, data in buttons]
        assert await unchanged(at)


async def test_an_offer_is_nothing_below_another_document(server: TelegramServer, tmp_path: Path) -> None:
    """An admin's data below another admin's message, below another document, and changed a little."""
    other = server.user(language_code="en")
    async with admin_bot(server, tmp_path, more_admins=(other.id,)) as at:
        offer = await at.offered(RICHER)
        data = offer.buttons[0][0].data or ""
        another = await at.offered(YAML.replace("35.2亿元", "36.2亿元").replace("3.52", "3.62"))
        with_answer = await other.ask("小学数量")
        for place, by in ((another, at.admin), (with_answer, other)):
            assert (await by.forge_press(place, data)).text.startswith(GONE)
            place.content = offer.content  # nobody can do so
            await by.press(place, data)
            await by.wait_for(lambda message: message.text.startswith("The document is gone"))
        for forged in ("doc:", "doc:a", data[:-1], f"{data}0", data.upper(), data.replace("doc:a", "doc:x")):
            assert (await at.admin.forge_press(offer, forged)).text.startswith(GONE)
        assert offer.edits == []
        assert await unchanged(at)


async def test_what_is_edited_or_forwarded_is_no_command(server: TelegramServer, tmp_path: Path) -> None:
    async with admin_bot(server, tmp_path) as at:
        await at.admin.send("小学数量")
        await at.admin.next_message()
        unknown = (await at.admin.ask("/nosuchcommand")).text
        origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}
        for command in COMMANDS:
            message = await at.admin.send(f"/{command}", fields={"forward_origin": origin})
            assert (await at.admin.next_message()).text == unknown
            await at.admin.edit(message, f"/{command} 3")
        assert (await at.admin.ask("小学数量")).text.startswith("5所")
        assert await unchanged(at)


# ---- updates that come twice


@asynccontextmanager
async def by_webhook(server: TelegramServer, place: Path) -> AsyncIterator[tuple[AdminBot, Any]]:
    settings = listening("/telegram")
    async with (
        admin_bot(server, place, clock=FastClock(), webhook_secret=SECRET, **settings) as at,
        aiohttp.ClientSession(headers={HEADER: SECRET}) as session,
    ):
        await server.wait_for_call("setWebhook")

        async def post(update: dict[str, Any]) -> None:
            async with session.post(settings["webhook_url"], data=json.dumps(update)) as response:
                assert response.status == 200

        yield at, post


async def test_a_press_and_an_undo_that_come_twice_count_once(server: TelegramServer, tmp_path: Path) -> None:
    richest = RICHER.replace("35.2亿元", "99.9亿元").replace("3.52", "9.99")
    async with by_webhook(server, tmp_path) as (at, post):
        for number, content in ((9001, RICHER), (9002, richest)):
            offer = await at.offered(content)
            bot = {"id": 123456, "is_bot": True, "first_name": "x"}
            press = pressed(at.admin, offer.to_json(bot), offer.buttons[0][0].data or "", number)
            for _ in range(3):
                await post({"update_id": number, **press})
            assert offer.text.startswith("Applied")
            assert len(offer.edits) == 2
        assert at.files() == {HOME: richest}
        undo = await at.admin.send("/undo")
        await at.admin.next_message()
        again = {"message": undo.to_json({"id": 123456, "is_bot": True, "first_name": "x"})}
        for number in (9003, 9003, 9004):
            await post({"update_id": number, **again})
        assert at.files() == {HOME: RICHER}
        await at.admin.ask("/undo")
        assert at.files() == {HOME: YAML}
        assert [entry[1] for entry in await at.audit() if entry[1] != "reload"] == [
            "undo",
            "undo",
            "apply hewan.yaml",
            "apply hewan.yaml",
        ]
