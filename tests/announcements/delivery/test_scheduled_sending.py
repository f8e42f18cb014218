"""Schedules and the sender together, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from bot.announcements.payload import FigureOfTheDay
from bot.announcements.schedule.releasing import Releasing
from bot.storage.tables import ANNOUNCEMENTS, SCHEDULES
from tests.support.announcements.sender_stage import SOON, Chats, Stage, sending, staged
from tests.support.clocks import FastClock
from tests.support.reports.small_report import KNOWLEDGE
from tests.support.storage.databases import Trial

pytestmark = pytest.mark.asyncio


def now() -> datetime:
    """The world's, because PostgreSQL has no other."""
    return datetime.now(UTC)


async def schedule(stage: Stage, due: datetime) -> None:
    """Once a year, beginning at `due`."""
    given = {
        "request_key": "message:1:1",
        "who": 1,
        "language": "en",
        "payload": FigureOfTheDay().to_json(),
        "silent": False,
        "pin": False,
        "cron": f"{due.minute} {due.hour} {due.day} {due.month} *",
        "time_zone": "UTC",
        "next_at": due,
        "created": due,
    }
    await stage.write(insert(SCHEDULES).values(given))


async def first_announced(stage: Stage) -> int:
    async with asyncio.timeout(SOON):
        while True:
            async with stage.database.reading() as connection:
                found = (await connection.execute(select(ANNOUNCEMENTS.c.id))).scalars().all()
            if found:
                return int(found[0])
            await asyncio.sleep(0.01)


async def test_two_processes_that_both_would_send_it_send_it_once(database: Trial) -> None:
    chats = Chats()
    async with staged(database) as stage:
        await stage.subscribe([1, 2, 3])
        await schedule(stage, now().replace(second=0, microsecond=0) - timedelta(minutes=2))
        given = {"release": Releasing(lambda: KNOWLEDGE.facts, timedelta(hours=1)).release, "utcnow": now}
        async with (
            sending(stage, chats, FastClock(), name="test:1", **given),
            sending(stage, chats, FastClock(), name="test:2", **given),
        ):
            id_ = await first_announced(stage)
            await stage.over(id_)
    assert sorted(chats.tried(id_)) == [1, 2, 3]
    assert len(chats.jobs) == 3
