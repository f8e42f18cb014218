"""Who may do what only admins may do, over real HTTP; test_admin_denied.py has who may not. What admins are told."""

import asyncio

import pytest
import pytest_asyncio
from structlog.testing import capture_logs
from telegram.error import Forbidden, TelegramError

from bot.chat.admin.status import tell_of_outages
from bot.chat.handlers import ADMIN_MENU
from tests.support.clocks import StepClock
from tests.support.storage.opened_memory import opened_memory
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio

ADMIN = 42
GONE = "This is no longer part of what I have read; please ask again."
BUTTON = "desk-csv:7"
KEYBOARD = {"inline_keyboard": [[{"text": "CSV", "callback_data": BUTTON}]]}


@pytest.fixture
def bot_settings() -> dict[str, object]:
    return {"admin_ids": (ADMIN,)}


@pytest.fixture
def admin(server):
    return server.user(id=ADMIN)


@pytest.mark.parametrize(
    ("language", "begin", "status", "menu"),
    [
        ("en", "For admins", "/status how the bot is", "Admins: how the bot is"),
        ("zh-hans", "管理员", "/status 运行情况", "管理员：运行情况"),
    ],
)
async def test_an_admins_help_lists_the_admins_commands_too(server, language, begin, status, menu) -> None:
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


async def test_an_admins_help_in_a_group_tells_nothing_of_them(server, admin) -> None:
    group = server.supergroup()
    assert "/status" not in (await admin.ask("/help@shushuo_test_bot", group)).text


async def test_whoever_tries_again_and_again_gets_a_line_a_minute(server, logs) -> None:
    persons = server.user(), server.user()
    for person in persons:
        message = {**(await person.ask("/help")).to_json(server.bot), "reply_markup": KEYBOARD}
        query = {"id": "9", "from": person.to_json(), "chat_instance": "1", "data": BUTTON, "message": message}
        for _ in range(10):
            server.push_update({"callback_query": query})
    await server.wait_for_call("answerCallbackQuery", 20)
    attempts = [record for record in logs if record["event"] == "somebody tried what only an admin may do"]
    told = [(record["log_level"], record["who"], record["chat"], record["what"]) for record in attempts]
    assert told == [("warning", person.id, person.id, f"button {BUTTON}") for person in persons]


async def test_a_button_that_an_admin_makes_up(admin, server) -> None:
    message = await admin.ask("/help")
    for data in (BUTTON, "desk-csv:", "desk-csv:99999", "desk-csv:-1", "desk-csv:7 ", "desk-csv:٧"):
        assert (await admin.forge_press(message, data)).text == GONE
    assert not server.calls("sendDocument")


# ---- told of a database that is away: once when it has lasted, once when it is over


class Office:
    """`sent`: to whom, and how it begins. `errors`: what the next messages come to."""

    def __init__(self, memory) -> None:
        self.memory = memory
        self.sent: list[tuple[int, str]] = []
        self.errors: list[TelegramError] = []
        self.clock = StepClock()
        # Lets the time pass in which an outage is no restart.
        self.step = self.clock.step

    async def send_message(self, chat_id: int, text: str, **_) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((chat_id, text))

    async def until(self, *, healthy: bool) -> None:
        await until(lambda: self.memory.health.healthy is healthy, pause=0.001)


@pytest_asyncio.fixture
async def office(database):
    async with opened_memory(database, busy=0.05) as memory:
        office = Office(memory)
        running = asyncio.create_task(tell_of_outages(memory, office, (7, 8), office.clock.sleep))
        yield office
        running.cancel()
        await asyncio.wait({running})


async def test_admins_are_told_once_of_a_database_that_is_gone_and_once_that_it_is_back(office, database) -> None:
    await office.step()
    async with database.away():
        await office.memory.check()
        await office.until(healthy=False)
        await office.step()  # it was well when this began
        assert office.sent == []
        await office.step()
        await office.step()
        assert [chat for chat, _ in office.sent] == [7, 8]
        text = office.sent[0][1]
        assert text.startswith("⚠️ The database cannot be used since 2030-05-17 08:00 UTC: ")
        assert f"{database.path} is gone (Not a directory): put it back or restore a backup" in text
        assert "\n\n⚠️ 数据库自 2030-05-17 08:00 UTC 起用不了：" in text
    await office.until(healthy=True)
    await office.step()
    await office.step()
    assert [chat for chat, _ in office.sent[2:]] == [7, 8]
    assert office.sent[2][1].startswith("The database is back since 2030-05-17 08:00 UTC.\n\n数据库已恢复")


async def test_an_admin_who_cannot_be_told_is_tried_again(office, database) -> None:
    async with database.away():
        await office.memory.check()
        await office.until(healthy=False)
        office.errors = [Forbidden("bot was blocked by the user")]
        await office.step()
        with capture_logs() as logs:
            await office.step()
        assert [entry["event"] for entry in logs] == ["an admin could not be told"]
        assert [chat for chat, _ in office.sent] == [8]
        await office.step()
        assert [chat for chat, _ in office.sent] == [8, 7]
    await office.until(healthy=True)
