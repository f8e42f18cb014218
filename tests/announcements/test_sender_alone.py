"""The schedule and one sender at a time, whatever becomes of the others, of the process and of the database."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, update

from bot.announcements.content import FigureOfTheDay
from bot.announcements.queue import sender_lock
from bot.announcements.schedule import release_schedules
from bot.announcements.sender import workers_for
from bot.storage.announcements import AnnouncementDraft
from bot.storage.deliveries import Delivery, Sent
from bot.storage.tables import BROADCASTER
from tests.support.announcements.sender_stage import SOON, Chats, Counts, Stage, sender_of, sending, staged
from tests.support.clocks import FastClock
from tests.support.reports.small_report import KNOWLEDGE
from tests.support.storage.databases import SqliteTrial, fresh
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio


async def is_free(stage: Stage) -> bool:
    """Whether another process could send at once."""
    lock = sender_lock(stage.database, "other:1", stage.utcnow)
    acquired = await lock.acquire()
    await lock.release()
    return acquired


@pytest.mark.parametrize(("rate", "slots"), [(1, 4), (25, 4), (100, 12), (1000, 96), (10_000, 96)])
async def test_there_are_slots_enough_for_the_rate(rate, slots) -> None:
    assert workers_for(rate) == slots


async def test_the_next_one_goes_on_at_once_where_one_stops(stage) -> None:
    first, second = Chats(), Chats()
    await stage.subscribe(range(1, 101))
    id_ = await stage.announce()
    async with sending(stage, first, FastClock(10), rate=25, name="a:1") as one:
        await until(lambda: len(first.jobs) >= 10)
        async with sending(stage, second, FastClock(), name="b:1") as other:
            assert (one.leading, other.leading) == (True, False)
            one.stop()
            await stage.over(id_)
            assert (one.leading, other.leading) == (False, True)
    assert await stage.counts(id_) == ("done", 100, 100, 0, 0)
    assert sorted([*first.tried(id_), *second.tried(id_)]) == list(range(1, 101))
    assert await is_free(stage)


async def test_one_that_has_lost_the_lease_sends_nothing_more(postgresql, short_folder, logs) -> None:
    chats = Chats()
    async with fresh(short_folder, postgresql) as trial, staged(trial) as stage:
        await stage.subscribe(range(1, 401))
        id_ = await stage.announce()
        async with sending(stage, chats, FastClock(1), rate=100) as sender:
            await until(lambda: len(chats.jobs) >= 5)
            other = {"owner": "b:1", "until": func.now() + timedelta(seconds=7), "fence": BROADCASTER.c.fence + 1}
            await stage.write(update(BROADCASTER).values(other))
            await until(lambda: not sender.leading)
            count = len(chats.jobs)
            _, _, sent, *_ = await stage.counts(id_)
            assert count - workers_for(100) <= sent <= count
            assert trial.rows("SELECT owner FROM broadcaster") == [("b:1",)]
            # The other one has stopped.
            await stage.write(update(BROADCASTER).values(until=func.now() - timedelta(days=1)))
            await until(lambda: sender.leading and len(chats.jobs) > count + 5)
        assert [entry["event"] for entry in logs] == ["another process sends the announcements now"]


async def test_what_is_under_way_at_the_stop_is_finished_and_noted(stage) -> None:
    begun, answer = asyncio.Event(), asyncio.Event()
    jobs: list[Delivery] = []

    async def attempt(job: Delivery) -> Sent:
        jobs.append(job)
        if len(jobs) == 4:
            begun.set()
        await answer.wait()
        return Sent((job.chat_id,))

    await stage.subscribe(range(1, 21))
    id_ = await stage.announce()
    sender = sender_of(stage, attempt, FastClock(), 25)
    running = asyncio.create_task(sender.run())
    await asyncio.wait_for(begun.wait(), SOON)
    running.cancel()
    await asyncio.sleep(0)
    answer.set()
    with suppress(asyncio.CancelledError):
        await asyncio.wait_for(running, SOON)
    assert await stage.counts(id_) == ("sending", 20, 4, 0, 0)
    assert len(jobs) == 4
    assert await is_free(stage)


async def test_a_failure_lets_what_is_under_way_be_finished_and_then_it_can_begin_again(stage) -> None:
    class Breaking:
        def __init__(self, counter) -> None:
            self.number, self.counter = 0, counter

        def labels(self, outcome: str):
            self.number += 1
            if self.number == 1:
                raise LookupError
            return self.counter.labels(outcome)

    metrics = Counts()
    metrics.announced = Breaking(metrics.announced)
    chats, began = Chats(), asyncio.Event()

    async def together(job: Delivery) -> None:
        if len(chats.jobs) == 4:
            began.set()
        await began.wait()

    chats.before = together
    await stage.subscribe(range(1, 21))
    id_ = await stage.announce()
    sender = sender_of(stage, chats, FastClock(), 25, metrics=metrics)
    with pytest.raises(LookupError):
        await asyncio.wait_for(sender.run(), SOON)
    assert not sender.leading
    assert await is_free(stage)
    assert await stage.counts(id_) == ("sending", 20, 3, 0, 0)
    running = asyncio.create_task(sender.run())
    await stage.over(id_)
    running.cancel()
    await asyncio.wait([running])
    # The one that broke down with its result is sent again, and no other.
    assert set(chats.tried(id_)) == set(range(1, 21))
    assert len(chats.jobs) == 21


async def test_a_stop_does_not_wait_for_one_that_never_ends(short_folder) -> None:
    begun = asyncio.Event()

    async def attempt(_: Delivery) -> Sent:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with staged(SqliteTrial(short_folder)) as stage:
        await stage.subscribe([1])
        id_ = await stage.announce()
        async with sending(stage, attempt, FastClock()):
            await asyncio.wait_for(begun.wait(), SOON)
        assert await stage.counts(id_) == ("sending", 1, 0, 0, 0)
        assert await is_free(stage)


@pytest.mark.parametrize("name", ["away", "read_only"])
async def test_while_the_database_is_gone_nothing_is_sent_and_then_all(stage, name, logs) -> None:
    chats = Chats()
    going = asyncio.Event()

    async def note(_: Delivery) -> None:
        if len(chats.jobs) == 20:
            going.set()

    chats.before = note
    await stage.subscribe(range(1, 201))
    id_ = await stage.announce()
    async with sending(stage, chats, FastClock(10), rate=25):
        await asyncio.wait_for(going.wait(), SOON)
        async with getattr(stage.trial, name)():
            await until(lambda: any(entry["log_level"] == "error" for entry in logs))
            count = len(chats.jobs)
            await asyncio.sleep(0.2)
            assert len(chats.jobs) <= count + workers_for(25)
        await stage.over(id_)
    assert await stage.counts(id_) == ("done", 200, 200, 0, 0)
    assert len(chats.jobs) - 200 <= workers_for(25)
    ours = [entry for entry in logs if "announcements" in entry["event"]]
    assert [(entry["log_level"], entry["event"]) for entry in ours] == [
        ("error", "announcements wait: the database cannot be used"),
        ("warning", "announcements go on: the database is back"),
    ]
    assert ours[0]["reason"]


def now() -> datetime:
    """The world's, because PostgreSQL has no other."""
    return datetime.now(UTC)


async def test_two_processes_that_both_would_send_it_send_it_once(database) -> None:
    chats = Chats()
    async with staged(database) as stage:
        await stage.subscribe([1, 2, 3])
        due = now().replace(second=0, microsecond=0) - timedelta(minutes=2)
        draft = AnnouncementDraft("message:1:1", 1, "en", FigureOfTheDay().to_json())
        await stage.memory.schedules.add(draft, f"{due.minute} {due.hour} {due.day} {due.month} *", "UTC", due)
        release = partial(release_schedules, facts=lambda: KNOWLEDGE.facts, grace=timedelta(hours=1))
        given = {"release": release, "utcnow": now}
        async with (
            sending(stage, chats, FastClock(), name="test:1", **given),
            sending(stage, chats, FastClock(), name="test:2", **given),
        ):
            await until(lambda: database.rows("SELECT id FROM announcements") == [(1,)], SOON, pause=0.05)
            await stage.over(1)
    assert sorted(chats.tried(1)) == [1, 2, 3]
    assert len(chats.jobs) == 3
