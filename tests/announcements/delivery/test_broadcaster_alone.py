"""One broadcaster at a time, whatever becomes of the others, of the process and of the database."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from datetime import timedelta
from typing import Any

import pytest
from broadcast_stage import NOON, SOON, Chats, Counts, Stage, broadcasting, staged
from clocks import FastClock
from databases import SqliteTrial, Trial
from sqlalchemy import insert, select, update
from structlog.testing import capture_logs

from bot.announcements.delivery.agenda import Agenda
from bot.announcements.delivery.broadcaster import Broadcaster, slots_for
from bot.announcements.delivery.job import Job
from bot.announcements.delivery.lanes import Lanes
from bot.announcements.delivery.ledger import Holder, Ledger, Trouble
from bot.chat.send_outcome import Sent
from bot.storage.announcements.lease import LEASE
from bot.storage.tables import BROADCASTER

pytestmark = pytest.mark.asyncio


async def owner(stage: Stage) -> str:
    async with stage.database.reading() as connection:
        return str((await connection.execute(select(BROADCASTER.c.owner))).scalar_one())


async def until(condition: Any) -> None:
    async with asyncio.timeout(SOON):
        while not condition():  # noqa: ASYNC110 (of another task's own state)
            await asyncio.sleep(0.005)


@pytest.mark.parametrize(("rate", "slots"), [(1, 4), (25, 4), (100, 12), (1000, 96), (10_000, 96)])
async def test_there_are_slots_enough_for_the_rate(rate: int, slots: int) -> None:
    assert slots_for(rate) == slots


async def test_the_next_one_goes_on_at_once_where_one_stops(database: Trial) -> None:
    first, second = Chats(), Chats()
    async with staged(database) as stage:
        await stage.subscribe(range(1, 101))
        id_ = await stage.announce()
        async with broadcasting(stage, first, FastClock(10), rate=25, name="a:1") as one:
            await until(lambda: len(first.jobs) >= 10)
            async with broadcasting(stage, second, FastClock(), name="b:1") as other:
                assert (one.leading, other.leading) == (True, False)
                one.stop()
                await stage.over(id_)
                assert (one.leading, other.leading) == (False, True)
        assert await stage.counts(id_) == ("done", 100, 100, 0, 0)
        assert sorted([*first.tried(id_), *second.tried(id_)]) == list(range(1, 101))
        assert await owner(stage) == ""


async def test_one_that_has_lost_the_lease_sends_nothing_more(database: Trial) -> None:
    chats = Chats()
    other = {"owner": "b:1", "until": NOON + timedelta(days=36_500)}
    async with staged(database) as stage:
        await stage.subscribe(range(1, 401))
        id_ = await stage.announce()
        with capture_logs() as logs:
            async with broadcasting(stage, chats, FastClock(1), rate=100) as broadcaster:
                await until(lambda: len(chats.jobs) >= 5)
                await stage.write(update(BROADCASTER).values(**other, fence=BROADCASTER.c.fence + 1))
                await until(lambda: not broadcaster.leading)
                count = len(chats.jobs)
                _, _, sent, *_ = await stage.counts(id_)
                assert count - slots_for(100) <= sent <= count
                assert await owner(stage) == "b:1"
                # The other one has stopped.
                await stage.write(update(BROADCASTER).values(until=NOON - timedelta(days=36_500)))
                await until(lambda: broadcaster.leading and len(chats.jobs) > count + 5)
        assert [entry["event"] for entry in logs] == ["another process sends the announcements now"]


async def test_after_an_outage_who_has_sent_comes_back_before_another_takes_over(
    database: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have sent what it could not write down: whoever takes over at once sends that again."""
    monkeypatch.setattr("bot.announcements.delivery.broadcaster._BLIND", 1.0)
    monkeypatch.setattr("bot.announcements.delivery.broadcaster._RETURNING", 0.3)
    async with staged(database) as stage:
        over = {"id": 1, "owner": "a:1", "until": NOON - timedelta(days=36_500), "fence": 7}
        await stage.write(insert(BROADCASTER).values(over))
        async with AsyncExitStack() as stack:
            logs = stack.enter_context(capture_logs())
            async with database.away():
                broadcaster = await stack.enter_async_context(broadcasting(stage, Chats(), FastClock()))
                await asyncio.sleep(1.2)  # longer than a process may be blind
            await until(lambda: broadcaster.leading or "go on" in repr(logs))
            assert not broadcaster.leading
            await until(lambda: broadcaster.leading)


async def test_nothing_sets_out_that_might_arrive_after_the_lease_has_ended() -> None:
    def ledger(age: float) -> Ledger:
        """Of a lease that was asked for so long ago."""
        claimed = time.monotonic() - age
        parts: Any = (None, Holder("a:1", 1), Agenda(), Lanes(FastClock()), None, None, Counts(), Trouble())
        return Ledger(*parts, claimed)

    assert ledger(0.0).holds
    assert not ledger(LEASE.total_seconds() - 0.5).holds


async def test_a_process_takes_its_own_lease_again(database: Trial) -> None:
    async with staged(database) as stage:
        own = {"id": 1, "owner": "test:1", "until": NOON + timedelta(days=36_500), "fence": 7}
        await stage.write(insert(BROADCASTER).values(own))
        id_ = await stage.announce()
        async with broadcasting(stage, Chats(), FastClock()):
            await stage.over(id_)
        async with stage.database.reading() as connection:
            assert (await connection.execute(select(BROADCASTER.c.fence))).scalar_one() == 8


async def test_what_is_under_way_at_the_stop_is_finished_and_noted(database: Trial) -> None:
    begun, answer = asyncio.Event(), asyncio.Event()
    jobs: list[Job] = []

    async def attempt(job: Job) -> Sent:
        jobs.append(job)
        if len(jobs) == 4:
            begun.set()
        await answer.wait()
        return Sent((job.chat_id,))

    async with staged(database) as stage:
        await stage.subscribe(range(1, 21))
        id_ = await stage.announce()
        broadcaster = Broadcaster(stage.database, attempt, 25, FastClock(), "a:1", observer=Counts())
        running = asyncio.create_task(broadcaster.run())
        await asyncio.wait_for(begun.wait(), SOON)
        running.cancel()
        await asyncio.sleep(0)
        answer.set()
        with suppress(asyncio.CancelledError):
            await asyncio.wait_for(running, SOON)
        assert await stage.counts(id_) == ("sending", 20, 4, 0, 0)
        assert len(jobs) == 4
        assert await owner(stage) == ""


async def test_a_failure_lets_what_is_under_way_be_finished_and_then_it_can_begin_again(database: Trial) -> None:
    class Breaking(Counts):
        def attempted(self, outcome: str) -> None:
            super().attempted(outcome)
            if self.outcomes["sent"] == 1:
                raise LookupError

    chats, began = Chats(), asyncio.Event()

    async def together(job: Job) -> None:
        if len(chats.jobs) == 4:
            began.set()
        await began.wait()

    chats.before = together
    async with staged(database) as stage:
        await stage.subscribe(range(1, 21))
        id_ = await stage.announce()
        broadcaster = Broadcaster(stage.database, chats, 25, FastClock(), "a:1", observer=Breaking())
        with pytest.raises(LookupError):
            await asyncio.wait_for(broadcaster.run(), SOON)
        assert not broadcaster.leading
        assert await owner(stage) == ""
        assert await stage.counts(id_) == ("sending", 20, 3, 0, 0)
        running = asyncio.create_task(broadcaster.run())
        await stage.over(id_)
        running.cancel()
        await asyncio.wait([running])
        # The one that broke down with its result is sent again, and no other.
        assert set(chats.tried(id_)) == set(range(1, 21))
        assert len(chats.jobs) == 21


async def test_a_stop_does_not_wait_for_one_that_never_ends(short_folder: Any) -> None:
    begun = asyncio.Event()

    async def attempt(_: Job) -> Sent:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with staged(SqliteTrial(short_folder)) as stage:
        await stage.subscribe([1])
        id_ = await stage.announce()
        async with broadcasting(stage, attempt, FastClock()):
            await asyncio.wait_for(begun.wait(), SOON)
        assert await stage.counts(id_) == ("sending", 1, 0, 0, 0)
        assert await owner(stage) == ""


@pytest.mark.parametrize("name", ["away", "read-only"])
async def test_while_the_database_is_gone_nothing_is_sent_and_then_all(database: Trial, name: str) -> None:
    chats = Chats()
    going = asyncio.Event()

    async def note(_: Job) -> None:
        if len(chats.jobs) == 20:
            going.set()

    chats.before = note
    async with staged(database) as stage:
        await stage.subscribe(range(1, 201))
        id_ = await stage.announce()
        with capture_logs() as logs:
            async with broadcasting(stage, chats, FastClock(10), rate=25):
                await asyncio.wait_for(going.wait(), SOON)
                trouble: AbstractAsyncContextManager[None] = {"away": database.away, "read-only": database.read_only}[
                    name
                ]()
                async with trouble:
                    await until(lambda: any(entry["log_level"] == "error" for entry in logs))
                    count = len(chats.jobs)
                    await asyncio.sleep(0.2)
                    assert len(chats.jobs) <= count + slots_for(25)
                await stage.over(id_)
        assert await stage.counts(id_) == ("done", 200, 200, 0, 0)
        assert len(chats.jobs) - 200 <= slots_for(25)
        ours = [entry for entry in logs if "announcements" in entry["event"]]
        assert [(entry["log_level"], entry["event"]) for entry in ours] == [
            ("error", "announcements wait: the database cannot be used"),
            ("warning", "announcements go on: the database is back"),
        ]
        assert ours[0]["reason"]
