"""Telling admins what was missed, whatever Telegram and the database do meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from databases import SqliteTrial, pragma
from opened_memory import START, opened_memory
from structlog.testing import capture_logs
from telegram.error import BadRequest, Forbidden, TelegramError, TimedOut

from bot.announcements.payload import Text
from bot.announcements.schedule.missed import MissedReports
from bot.storage import Draft, Memory

pytestmark = pytest.mark.asyncio

SHANGHAI = ZoneInfo("Asia/Shanghai")


class FakeBot:
    """`errors`: what the next messages come to."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.errors: list[TelegramError] = []

    async def send_message(self, chat_id: int, text: str, **_: Any) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((chat_id, text))


class Office:
    def __init__(self, memory: Memory, trial: SqliteTrial) -> None:
        self.memory = memory
        self.trial = trial
        self.bot = FakeBot()
        self.reports = self.another()

    def another(self) -> MissedReports:
        """As another process has it, or this one after a restart."""
        return MissedReports(self.memory, self.bot, SHANGHAI, lambda: True, self._never)  # type: ignore[arg-type]

    async def missed(self, who: int = 7, text: str = "Tea") -> None:
        draft = await self.memory.announcements.draft(Draft(f"message:{who}:1", who, "en", Text(text).to_json()))
        assert draft
        assert await self.memory.announcements.queue(draft.id, START, scheduled=True)
        self.trial.rows("UPDATE announcements SET state = 'missed'")

    async def untold(self) -> int:
        return len(await self.memory.schedules.missed() or [])

    @staticmethod
    async def _never(_: float) -> None:
        raise AssertionError("nothing is waited for here")


@pytest_asyncio.fixture
async def office(short_folder: Any) -> AsyncIterator[Office]:
    trial = SqliteTrial(short_folder)
    async with opened_memory(trial) as memory:
        yield Office(memory, trial)


async def test_it_is_told_once_in_the_time_of_the_place(office: Office) -> None:
    await office.missed(text="Tea &amp; cake")
    await office.reports.report()
    await office.reports.report()
    await office.another().report()
    [(who, text)] = office.bot.sent
    assert who == 7
    assert text.startswith("Not sent: Tea &amp; cake was due 2030-05-17 16:00 Asia/Shanghai")
    assert await office.untold() == 0


async def test_a_language_that_only_another_version_knows_is_told_of_in_english(office: Office) -> None:
    await office.missed()
    office.trial.rows("UPDATE announcements SET language = 'fr'")
    await office.reports.report()
    [(_, text)] = office.bot.sent
    assert text.startswith("Not sent: Tea was due")


async def test_what_the_network_lost_is_told_again(office: Office) -> None:
    await office.missed()
    office.bot.errors = [TimedOut()]
    await office.reports.report()
    assert await office.untold() == 1
    await office.reports.report()
    assert len(office.bot.sent) == 1


@pytest.mark.parametrize("error", [Forbidden("bot was blocked by the user"), BadRequest("Chat not found")])
async def test_an_admin_who_cannot_be_told_is_not_tried_again(office: Office, error: TelegramError) -> None:
    await office.missed()
    office.bot.errors = [error]
    with capture_logs() as logs:
        await office.reports.report()
        await office.reports.report()
    assert [entry["event"] for entry in logs] == ["an announcement was missed", "an admin could not be told"]
    assert office.bot.sent == []


async def test_what_was_told_while_the_database_took_nothing_is_noted_later(office: Office) -> None:
    await office.missed()
    with pragma("query_only = ON"):
        await office.reports.report()
    assert await office.untold() == 1
    async with asyncio.timeout(10):
        while await office.untold():
            await office.reports.report()
    assert len(office.bot.sent) == 1


async def test_what_was_told_is_kept_until_it_is_noted_and_no_longer(office: Office) -> None:
    await office.missed()
    with pragma("query_only = ON"):
        await office.reports.report()
    assert len(office.reports._reported) == 1  # noqa: SLF001 (what it costs is not seen from outside)
    async with asyncio.timeout(10):
        while await office.untold():
            await office.reports.report()
    assert office.reports._reported == set()  # noqa: SLF001


async def test_a_shells_announcement_is_told_to_the_log(office: Office) -> None:
    await office.missed(who=0)
    with capture_logs() as logs:
        await office.reports.report()
    assert [entry["event"] for entry in logs] == ["an announcement was missed"]
    assert office.bot.sent == []
    assert await office.untold() == 0


async def test_only_the_process_that_sends_tells(office: Office) -> None:
    await office.missed()
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        await MissedReports(office.memory, office.bot, SHANGHAI, lambda: len(waits) == 2, sleep).run()  # type: ignore[arg-type]
    assert len(office.bot.sent) == 1
