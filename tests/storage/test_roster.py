"""The rows of the processes that share a database, and their requests to each other."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from databases import PostgresqlTrial, Trial
from remembering import START, Clock, remembering

from bot.storage import Memory, Replica


async def everybody(memory: Memory) -> list[Replica]:
    await memory.written()
    rows = await memory.roster.all()
    assert rows is not None
    return rows


@pytest.mark.asyncio
async def test_a_process_tells_of_itself_and_leaves(database: Trial) -> None:
    clock = Clock()
    async with remembering(database, clock) as memory, remembering(database, clock) as other:
        memory.roster.seen("b:1", "aaaaaaaa", START, 0, "")
        memory.roster.seen("b:1", "bbbbbbbb", START + timedelta(hours=1), 3, "x.yaml:1:1: is empty")
        await memory.written()
        other.roster.seen("a:2", "aaaaaaaa", START, 0, "")
        first, second = await everybody(other)
        assert (first.name, first.version, first.taken, first.problem) == ("a:2", "aaaaaaaa", 0, "")
        assert (second.name, second.version, second.taken) == ("b:1", "bbbbbbbb", 3)
        assert second.since == START + timedelta(hours=1)
        assert second.problem == "x.yaml:1:1: is empty"
        assert first.alive
        assert second.alive
        other.roster.left("a:2")
        assert [replica.name for replica in await everybody(other)] == ["b:1"]


@pytest.mark.asyncio
async def test_one_that_is_silent_is_not_alive_and_later_forgotten(database: Trial) -> None:
    clock = Clock()
    async with remembering(database, clock) as memory:
        memory.roster.seen("gone", "aaaaaaaa", START, 0, "")
        await memory.written()
        # On PostgreSQL the time is the server's, so that the row is made older, and not the clock.
        database.rows("UPDATE replicas SET seen = '2020-01-01 00:00:00' RETURNING name")
        [gone] = await everybody(memory)
        assert not gone.alive
        memory.roster.seen("here", "aaaaaaaa", START, 0, "")
        assert [replica.name for replica in await everybody(memory)] == ["here"]


@pytest.mark.asyncio
async def test_requests_are_numbered(database: Trial) -> None:
    async with remembering(database) as memory, remembering(database) as other:
        before = await memory.roster.asked()
        assert before is not None
        assert before.number == 0
        assert await memory.roster.ask() == 1
        assert await other.roster.ask() == 2
        after = await memory.roster.asked()
        assert after is not None
        assert after.number == 2
        assert after.at.tzinfo is not None


@pytest.mark.asyncio
async def test_requests_at_the_same_time_have_different_numbers(database: Trial) -> None:
    async with remembering(database) as memory, remembering(database) as other:
        numbers = await asyncio.gather(memory.roster.ask(), other.roster.ask())
        assert sorted(number or 0 for number in numbers) == [1, 2]


@pytest.mark.asyncio
async def test_a_database_that_is_away_takes_no_request(database: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.roster._WRITING", 0.05)
    async with remembering(database) as memory:
        async with database.away():
            assert await memory.roster.ask() is None
            assert await memory.roster.all() is None
            assert await memory.roster.asked() is None
        await memory.written()


@pytest.mark.asyncio
async def test_what_tells_of_requests(database: Trial) -> None:
    heard: asyncio.Queue[None] = asyncio.Queue()
    async with remembering(database) as memory, remembering(database) as other:
        listening = asyncio.create_task(memory.roster.listen(lambda: heard.put_nowait(None)))
        if not isinstance(database, PostgresqlTrial):
            await asyncio.wait_for(listening, 5)  # nothing tells, and nobody waits for it
            return
        await asyncio.wait_for(heard.get(), 5)  # it has begun
        await other.roster.ask()
        await asyncio.wait_for(heard.get(), 5)
        database.disconnect()
        with pytest.raises(Exception, match="terminat"):
            await asyncio.wait_for(listening, 5)


@pytest.mark.asyncio
async def test_listening_ends_with_its_connection_closed(database: Trial) -> None:
    begun = asyncio.Event()
    async with remembering(database) as memory:
        listening = asyncio.create_task(memory.roster.listen(begun.set))
        if isinstance(database, PostgresqlTrial):
            await asyncio.wait_for(begun.wait(), 5)
            listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
