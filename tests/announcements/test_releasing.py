"""What becomes due, on both databases, by a clock that the test sets."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.content import FactCard, FigureOfTheDay, Text, card, payload_of
from bot.announcements.schedule import choose, next_moment, release_schedules, zone_named
from bot.answering.knowledge import model as knowledge
from bot.storage.announcements import Announcement, AnnouncementDraft, Schedule, State
from bot.storage.database import Database
from bot.storage.memory import Memory
from tests.support.reports.small_report import KNOWLEDGE
from tests.support.storage.opened_memory import Clock, opened_memory

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
            await release_schedules(connection, now, lambda: self.facts, grace)

    async def scheduled(
        self, payload: str = '{"kind": "text", "html": "Tea"}', cron: str = "0 9 * * *", zone: str = "Europe/Berlin"
    ) -> Schedule:
        draft = AnnouncementDraft(f"message:7:{next(self.keys)}", 7, "en", payload)
        return await self.memory.schedules.add(draft, cron, zone, next_moment(cron, zone_named(zone), NINE - HOUR))

    async def announced(self, schedule: Schedule | None = None) -> list[Announcement]:
        """Oldest first."""
        found = await self.memory.announcements.latest(1000)
        return [row for row in reversed(found) if schedule is None or row.schedule == schedule.id]

    async def stories(self) -> list[tuple[str, str, int]]:
        return [(str(row.state), f"{row.due_at:%m-%d %H:%M}", row.skipped) for row in await self.announced()]


@pytest_asyncio.fixture
async def office(database):
    clock = Clock()
    clock.now = NINE - HOUR
    async with opened_memory(database, clock) as memory:
        reached = Database(database.url)
        yield Office(memory, reached, KNOWLEDGE.facts, clock, count(1))
        await reached.close()


async def one_off(office: Office, due: datetime) -> int:
    draft = await office.memory.announcements.draft(
        AnnouncementDraft(f"update:{next(office.keys)}", 7, "en", Text("Tea").to_json())
    )
    assert await office.memory.announcements.queue(draft.id, due)
    return draft.id


async def test_what_is_late_by_more_is_missed(office) -> None:
    announcement = await one_off(office, NINE)
    later = await one_off(office, NINE + HOUR)
    await office.release(NINE + HOUR)
    assert [row.id for row in await office.announced() if row.state is State.MISSED] == [announcement]
    assert [waiting.id for waiting in await office.memory.schedules.waiting()] == [later]


async def test_what_nobody_set_a_moment_for_is_never_missed(office) -> None:
    draft = await office.memory.announcements.draft(AnnouncementDraft("update:1", 7, "en", Text("Tea").to_json()))
    assert await office.memory.announcements.queue(draft.id)
    await office.release(NINE + 30 * DAY)
    assert [state for state, *_ in await office.stories()] == ["queued"]


async def test_a_schedule_announces_at_each_of_its_moments_and_not_before(office) -> None:
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


ALMOST_LATE, MINUTES = HOUR - timedelta(seconds=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("cron", "late", "expected"),
    [
        ("0 9 * * *", ALMOST_LATE, [("queued", "03-27 08:00", 0)]),
        ("0 9 * * *", 3 * DAY - 30 * MINUTES, [("missed", "03-27 08:00", 3), ("queued", "03-30 07:00", 0)]),
        ("0 9 * * *", 3 * DAY + 2 * HOUR, [("missed", "03-27 08:00", 4)]),
        ("*/10 * * * *", 5 * MINUTES, [("missed", "03-27 07:10", 5), ("queued", "03-27 08:00", 0)]),
        # Years of minutes are not counted to the end.
        ("* * * * *", 2000 * DAY, [("missed", "03-27 07:01", 1000), ("queued", "09-16 08:00", 0)]),
    ],
)
async def test_the_last_moment_in_time_is_announced_and_the_others_are_missed(office, cron, late, expected) -> None:
    schedule = await office.scheduled(cron=cron)
    await office.release(NINE + late)
    assert await office.stories() == expected
    assert {row.schedule for row in await office.announced()} == {schedule.id}
    now = await office.memory.schedules.get(schedule.id)
    assert now.next_at == next_moment(cron, zone_named("Europe/Berlin"), NINE + late)
    await office.release(NINE + late)
    assert await office.stories() == expected


async def test_one_that_is_resumed_while_the_clock_is_wrong_announces_nothing_twice(office) -> None:
    schedule = await office.scheduled()
    await office.release(NINE)
    assert await office.memory.schedules.pause(schedule.id)
    assert await office.memory.schedules.resume(schedule.id, NINE)
    await office.release(NINE)
    assert await office.stories() == [("queued", "03-27 08:00", 0)]


async def test_schedules_announce_in_the_order_of_their_moments(office) -> None:
    late = await office.scheduled(cron="30 9 * * *")
    early = await office.scheduled(cron="0 9 * * *")
    await office.release(NINE + timedelta(minutes=45))
    assert [row.schedule for row in await office.announced()] == [early.id, late.id]


async def test_each_figure_is_told_once_before_any_is_told_again(office) -> None:
    schedule = await office.scheduled(FigureOfTheDay().to_json())
    for day in range(6):
        await office.release(nine(day))
    told = [payload_of(row.payload) for row in await office.announced(schedule)]
    assert all(isinstance(payload, FactCard) for payload in told)
    ids = [payload.id for payload in told if isinstance(payload, FactCard)]
    assert set(ids[:3]) == set(ids[3:]) == {fact.id for fact in office.facts}
    assert told[0] == card(next(fact for fact in office.facts if fact.id == ids[0]))


async def test_figures_that_were_missed_are_told_later(office) -> None:
    schedule = await office.scheduled(FigureOfTheDay().to_json())
    await office.release(NINE)
    await office.release(nine(1) + 5 * HOUR)
    for day in (2, 3):
        await office.release(nine(day))
    told = [payload_of(row.payload) for row in await office.announced(schedule)]
    assert {payload.id for payload in told if isinstance(payload, FactCard)} == {fact.id for fact in office.facts}


async def test_without_facts_nothing_is_told(office) -> None:
    await office.scheduled(FigureOfTheDay().to_json())
    office.facts = ()
    await office.release(NINE)
    assert await office.stories() == []


@pytest.mark.parametrize("broken", ["cron = '0 9'", "time_zone = 'X'", "payload = 'garbled'"])
async def test_a_schedule_that_cannot_be_used_rests_and_holds_up_no_other(office, database, broken, logs) -> None:
    bad, good = await office.scheduled(), await office.scheduled()
    assert bad.id == 1
    database.rows(f"UPDATE schedules SET {broken} WHERE id = 1")  # noqa: S608
    await office.release(NINE)
    await office.release(NINE)
    assert [(entry["log_level"], entry["schedule"]) for entry in logs] == [("error", bad.id)]
    assert [row.schedule for row in await office.announced()] == [good.id]
    resting = await office.memory.schedules.get(bad.id)
    assert resting.paused is not None


FACTS = st.lists(st.text("abcdef", min_size=1, max_size=3), unique=True, max_size=12)


def days(schedule: int, facts: list[str], count: int) -> list[str]:
    told: list[str] = []
    for _ in range(count):
        chosen = choose(schedule, told, facts)
        told.append(chosen)
    return told


@given(st.integers(1, 9), FACTS.filter(len), st.integers(1, 4))
async def test_each_comes_once_before_any_comes_again(schedule, facts, rounds) -> None:
    told = days(schedule, facts, len(facts) * rounds)
    for start in range(0, len(told), len(facts)):
        assert sorted(told[start : start + len(facts)]) == sorted(facts)


@given(st.integers(1, 9), FACTS.filter(lambda facts: len(facts) > 1))
async def test_none_comes_twice_in_a_row(schedule, facts) -> None:
    assert all(today != tomorrow for today, tomorrow in pairwise(days(schedule, facts, 3 * len(facts))))


@given(st.integers(1, 9), FACTS)
async def test_the_order_that_the_facts_are_listed_in_does_not_matter(schedule, facts) -> None:
    shuffled = facts[::-1]
    assert choose(schedule, facts[:3], facts) == choose(schedule, facts[:3], shuffled)


async def test_every_schedule_and_every_round_has_another_order() -> None:
    facts = [f"fact-{number}" for number in range(20)]
    first, second = days(1, facts, 20), days(2, facts, 20)
    assert first != second
    assert days(1, facts, 40)[20:] != first


async def test_a_new_fact_comes_in_the_round_that_goes_on_and_no_more_often_than_the_others() -> None:
    facts = [f"fact-{number}" for number in range(5)]
    told = days(1, facts, 12)
    for _ in range(13):
        chosen = choose(1, told, [*facts, "new"])
        told.append(chosen)
    # 2 of 5 had been told in the third round; 4 more complete it, and 9 remain of the next one and a half.
    assert "new" in told[12:16]
    assert Counter(told[16:22]) == Counter([*facts, "new"])


async def test_a_fact_that_is_gone_is_not_chosen() -> None:
    told = days(1, ["a", "b", "c"], 2)
    gone = next(fact for fact in "abc" if fact not in told)
    assert choose(1, told, [fact for fact in "abc" if fact != gone]) in set(told) - {told[-1]}
