"""What becomes due, on both databases, by a clock that the test sets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from databases import Trial
from opened_memory import Clock, opened_memory
from small_report import KNOWLEDGE
from structlog.testing import capture_logs

from bot.announcements.payload import Fact, FigureOfTheDay, Text, payload_of
from bot.announcements.schedule.moments import next_moment, zone_named
from bot.announcements.schedule.releasing import Releasing
from bot.announcements.telegram.content import card
from bot.answering.knowledge import model as knowledge
from bot.storage import Announcement, Draft, Memory, Schedule, State, Timing
from bot.storage.database import Database

pytestmark = pytest.mark.asyncio

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def nine(day: int) -> datetime:
    """Nine o'clock in Berlin, so many days after the one before the clocks are set forward."""
    return (datetime(2027, 3, 27, 9, 0, tzinfo=ZoneInfo("Europe/Berlin")) + day * DAY).astimezone(UTC)


NINE = nine(0)


@dataclass
class Office:
    memory: Memory
    database: Database
    facts: tuple[knowledge.Fact, ...]
    clock: Clock
    keys: Any

    async def release(self, now: datetime, grace: timedelta = HOUR) -> None:
        async with self.database.writing() as connection:
            await Releasing(lambda: self.facts, grace).release(connection, now)

    async def scheduled(
        self, payload: str = '{"kind": "text", "html": "Tea"}', cron: str = "0 9 * * *", zone: str = "Europe/Berlin"
    ) -> Schedule:
        timing = Timing(cron, zone, next_moment(cron, zone_named(zone), NINE - HOUR))
        schedule = await self.memory.schedules.add(Draft(f"message:7:{next(self.keys)}", 7, "en", payload), timing)
        assert schedule
        return schedule

    async def announced(self, schedule: Schedule | None = None) -> list[Announcement]:
        """Oldest first."""
        found = await self.memory.announcements.latest(1000) or []
        return [row for row in reversed(found) if schedule is None or row.schedule == schedule.id]

    async def missed(self) -> list[Announcement]:
        return [row for row in await self.announced() if row.state is State.MISSED]

    async def stories(self) -> list[tuple[str, str, int]]:
        return [(str(row.state), f"{row.due_at:%m-%d %H:%M}", row.skipped) for row in await self.announced()]


@pytest_asyncio.fixture
async def office(database: Trial) -> AsyncIterator[Office]:
    clock = Clock()
    clock.now = NINE - HOUR
    async with opened_memory(database, clock) as memory:
        reached = Database(database.url)
        yield Office(memory, reached, KNOWLEDGE.facts, clock, count(1))
        await reached.close()


# ---- once


async def one_off(office: Office, due: datetime) -> int:
    draft = await office.memory.announcements.draft(
        Draft(f"update:{next(office.keys)}", 7, "en", Text("Tea").to_json())
    )
    assert draft
    assert await office.memory.announcements.queue(draft.id, due, scheduled=True)
    return draft.id


async def test_what_is_late_by_less_than_the_grace_is_left_to_be_sent(office: Office) -> None:
    await one_off(office, NINE)
    await office.release(NINE + HOUR - timedelta(seconds=1))
    assert await office.stories() == [("queued", "03-27 08:00", 0)]
    assert await office.missed() == []


async def test_what_is_late_by_more_is_missed(office: Office) -> None:
    announcement = await one_off(office, NINE)
    later = await one_off(office, NINE + HOUR)
    await office.release(NINE + HOUR)
    assert [missed.id for missed in await office.missed()] == [announcement]
    assert [waiting.id for waiting in await office.memory.schedules.waiting() or []] == [later]


async def test_what_nobody_set_a_moment_for_is_never_missed(office: Office) -> None:
    draft = await office.memory.announcements.draft(Draft("update:1", 7, "en", Text("Tea").to_json()))
    assert draft
    assert await office.memory.announcements.queue(draft.id, NINE)
    await office.release(NINE + 30 * DAY)
    assert await office.stories() == [("queued", "03-27 08:00", 0)]


# ---- regularly


async def test_a_schedule_announces_at_each_of_its_moments_and_not_before(office: Office) -> None:
    schedule = await office.scheduled()
    await office.release(NINE - timedelta(seconds=1))
    assert await office.stories() == []
    for day in range(3):
        for second in range(3):
            await office.release(nine(day) + timedelta(seconds=second))
    # Since the 28th, nine o'clock in Berlin is an hour earlier.
    assert await office.stories() == [
        ("queued", "03-27 08:00", 0),
        ("queued", "03-28 07:00", 0),
        ("queued", "03-29 07:00", 0),
    ]
    [first, *_] = await office.announced(schedule)
    assert (first.who, first.language, first.silent, first.pin, first.scheduled) == (7, "en", False, False, False)
    assert payload_of(first.payload) == Text("Tea")


async def test_a_moment_missed_by_less_than_the_grace_is_announced_late(office: Office) -> None:
    await office.scheduled()
    await office.release(NINE + HOUR - timedelta(seconds=1))
    assert await office.stories() == [("queued", "03-27 08:00", 0)]
    await office.release(NINE + HOUR)
    assert len(await office.announced()) == 1


async def test_of_many_moments_missed_the_last_is_announced_where_it_is_not_too_late(office: Office) -> None:
    schedule = await office.scheduled()
    await office.release(NINE + 3 * DAY - timedelta(minutes=30))
    assert await office.stories() == [("missed", "03-27 08:00", 3), ("queued", "03-30 07:00", 0)]
    [missed] = await office.missed()
    assert (missed.skipped, missed.due_at, missed.schedule) == (3, NINE, schedule.id)


async def test_of_many_moments_missed_none_is_announced_where_all_are_too_late(office: Office) -> None:
    schedule = await office.scheduled()
    await office.release(NINE + 3 * DAY + 2 * HOUR)
    assert await office.stories() == [("missed", "03-27 08:00", 4)]
    now = await office.memory.schedules.get(schedule.id)
    assert now
    assert now.next_at == datetime(2027, 3, 31, 7, 0, tzinfo=UTC)


async def test_several_moments_within_the_grace_are_announced_once(office: Office) -> None:
    await office.scheduled(cron="*/10 * * * *")
    await office.release(NINE + timedelta(minutes=5))
    assert await office.stories() == [("missed", "03-27 07:10", 5), ("queued", "03-27 08:00", 0)]


async def test_years_of_minutes_missed_are_not_counted_to_the_end(office: Office) -> None:
    await office.scheduled(cron="* * * * *")
    await office.release(NINE + 2000 * DAY)
    assert [(state, times) for state, _, times in await office.stories()] == [("missed", 1000), ("queued", 0)]


async def test_a_clock_that_is_set_back_has_nothing_announced_twice(office: Office) -> None:
    schedule = await office.scheduled()
    await office.release(NINE)
    await office.release(NINE - 2 * HOUR)
    await office.release(NINE)
    assert await office.stories() == [("queued", "03-27 08:00", 0)]
    # Somebody resumes it while the clock is wrong.
    assert await office.memory.schedules.pause(schedule.id)
    assert await office.memory.schedules.resume(schedule.id, NINE)
    await office.release(NINE)
    assert await office.stories() == [("queued", "03-27 08:00", 0)]


async def test_a_paused_schedule_rests_and_misses_nothing(office: Office) -> None:
    schedule = await office.scheduled()
    assert await office.memory.schedules.pause(schedule.id)
    await office.release(NINE + 5 * DAY)
    assert await office.stories() == []
    assert await office.memory.schedules.resume(schedule.id, NINE + 6 * DAY - HOUR)
    await office.release(NINE + 6 * DAY - HOUR)
    assert await office.stories() == [("queued", "04-02 07:00", 0)]


async def test_schedules_announce_in_the_order_of_their_moments(office: Office) -> None:
    late = await office.scheduled(cron="30 9 * * *")
    early = await office.scheduled(cron="0 9 * * *")
    await office.release(NINE + timedelta(minutes=45))
    assert [row.schedule for row in await office.announced()] == [early.id, late.id]


# ---- the figure of the day


async def test_each_figure_is_told_once_before_any_is_told_again(office: Office) -> None:
    schedule = await office.scheduled(FigureOfTheDay().to_json())
    for day in range(6):
        await office.release(nine(day))
    told = [payload_of(row.payload) for row in await office.announced(schedule)]
    assert all(isinstance(payload, Fact) for payload in told)
    ids = [payload.id for payload in told if isinstance(payload, Fact)]
    assert set(ids[:3]) == set(ids[3:]) == {fact.id for fact in office.facts}
    assert told[0] == card(next(fact for fact in office.facts if fact.id == ids[0]))


async def test_figures_that_were_missed_are_told_later(office: Office) -> None:
    schedule = await office.scheduled(FigureOfTheDay().to_json())
    await office.release(NINE)
    await office.release(nine(1) + 5 * HOUR)
    for day in (2, 3):
        await office.release(nine(day))
    told = [payload_of(row.payload) for row in await office.announced(schedule)]
    assert {payload.id for payload in told if isinstance(payload, Fact)} == {fact.id for fact in office.facts}


async def test_without_facts_nothing_is_told(office: Office) -> None:
    await office.scheduled(FigureOfTheDay().to_json())
    office.facts = ()
    await office.release(NINE)
    assert await office.stories() == []


# ---- what cannot be used


@pytest.mark.parametrize(
    "broken", ["UPDATE schedules SET cron = '0 9' WHERE id = 1", "UPDATE schedules SET time_zone = 'X' WHERE id = 1"]
)
async def test_a_schedule_that_cannot_be_used_rests_and_holds_up_no_other(
    office: Office, database: Trial, broken: str
) -> None:
    bad, good = await office.scheduled(), await office.scheduled()
    assert bad.id == 1
    database.rows(broken)
    with capture_logs() as logs:
        await office.release(NINE)
        await office.release(NINE)
    assert [(entry["log_level"], entry["schedule"]) for entry in logs] == [("error", bad.id)]
    assert [row.schedule for row in await office.announced()] == [good.id]
    resting = await office.memory.schedules.get(bad.id)
    assert resting
    assert resting.paused is not None


async def test_a_garbled_payload_rests_too(office: Office) -> None:
    schedule = await office.scheduled("garbled")
    with capture_logs() as logs:
        await office.release(NINE)
    assert len(logs) == 1
    assert "garbled" not in str(await office.announced(schedule))
    resting = await office.memory.schedules.get(schedule.id)
    assert resting == replace(schedule, paused=NINE)
