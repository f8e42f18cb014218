"""Telling admins of a database that is away: once when it has lasted, once when it is over."""

import asyncio

import pytest
import pytest_asyncio
from structlog.testing import capture_logs
from telegram.error import Forbidden, TelegramError

from bot.chat.admin.status import tell_of_outages
from tests.support.clocks import StepClock
from tests.support.storage.opened_memory import opened_memory
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio


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
