"""What processes on one database know of each other: their rows, requests to reload, updates handled and to come."""

import asyncio
from datetime import UTC, datetime, timedelta
from unittest.mock import AsyncMock

import pytest

from bot.storage.database import Database
from bot.storage.updates import Updates
from bot.storage.writer import Writer
from tests.support.storage.opened_memory import START, Clock, opened_memory, rows

pytestmark = pytest.mark.asyncio


async def everybody(memory):
    await memory.written()
    return await memory.cluster.all()


async def test_a_process_tells_of_itself_and_leaves(database) -> None:
    clock = Clock()
    async with opened_memory(database, clock) as memory, opened_memory(database, clock) as other:
        memory.cluster.seen("b:1", "aaaaaaaa", START, 0, "")
        memory.cluster.seen("b:1", "bbbbbbbb", START + timedelta(hours=1), 3, "x.yaml:1:1: is empty")
        await memory.written()
        other.cluster.seen("a:2", "aaaaaaaa", START, 0, "")
        first, second = await everybody(other)
        assert (first.name, first.version, first.followed, first.problem) == ("a:2", "aaaaaaaa", 0, "")
        assert (second.name, second.version, second.followed) == ("b:1", "bbbbbbbb", 3)
        assert second.since == START + timedelta(hours=1)
        assert second.problem == "x.yaml:1:1: is empty"
        assert first.alive
        assert second.alive
        other.cluster.left("a:2")
        assert [replica.name for replica in await everybody(other)] == ["b:1"]


async def test_one_that_is_silent_is_not_alive_and_later_forgotten(memory, database, clock) -> None:
    memory.cluster.seen("gone", "aaaaaaaa", START, 0, "")
    await memory.written()
    # On PostgreSQL the time is the server's, so that the row is made older, and not the clock.
    database.rows("UPDATE replicas SET seen = '2020-01-01 00:00:00' RETURNING name")
    [gone] = await everybody(memory)
    assert not gone.alive
    memory.cluster.seen("here", "aaaaaaaa", START, 0, "")
    assert [replica.name for replica in await everybody(memory)] == ["here"]


async def test_requests_are_numbered(database) -> None:
    async with opened_memory(database) as memory, opened_memory(database) as other:
        before, _ = await memory.cluster.requested()
        assert before == 0
        assert await memory.cluster.request_reload() == 1
        assert await other.cluster.request_reload() == 2
        after, at = await memory.cluster.requested()
        assert after == 2
        assert at.tzinfo is not None


async def test_requests_at_the_same_time_are_all_counted(database) -> None:
    async with opened_memory(database) as memory, opened_memory(database) as other:
        numbers = await asyncio.gather(memory.cluster.request_reload(), other.cluster.request_reload())
        # Both may get to know the number of the later one.
        assert sorted(number or 0 for number in numbers) in ([1, 2], [2, 2])
        assert database.rows("SELECT number FROM reloads") == [(2,)]


def now() -> datetime:
    return datetime.now(UTC)


async def test_a_database_of_this_process_alone_is_asked_once(database) -> None:
    async with opened_memory(database) as memory:
        for update_id in range(0, 20, 2):
            await memory.updates.handled(update_id)
        await asyncio.wait_for(memory.written(), 10)
    writer = Writer(Database(database.url), now)
    writer.read = AsyncMock(wraps=writer.read)
    updates = Updates(writer, now)
    assert [await updates.contains(update_id) for update_id in range(20)] == [number % 2 == 0 for number in range(20)]
    assert writer.read.await_count == (20 if writer.database.file is None else 1)
    await writer.close()


async def test_a_database_that_does_not_say_knows_none(database) -> None:
    async with opened_memory(database) as memory:
        await memory.updates.handled(5)
        await asyncio.wait_for(memory.written(), 10)
    async with database.away():
        writer = Writer(Database(database.url), now)
        updates = Updates(writer, now)
        assert not await updates.contains(5)
    assert await updates.contains(5)
    await writer.close()


def update(number: int, text: str = "产值"):
    return {"update_id": number, "message": {"text": text}}


async def test_updates_are_kept_until_they_are_handled(database) -> None:
    kept = [update(2**60), update(5, "\0 \ud800 \u2028")]
    async with opened_memory(database) as memory:
        assert await memory.updates.pending() == []
        assert await memory.updates.add(kept)
        assert await memory.updates.add([*kept, update(6)])
        memory.updates.remove(6)
        memory.updates.remove(7)
    async with opened_memory(database) as memory:
        assert await memory.updates.pending() == [kept[1], kept[0]]


async def test_those_that_telegram_would_have_forgotten_are(memory, database, clock) -> None:
    await memory.updates.add([update(1)])
    clock.now += timedelta(hours=23)
    await memory.updates.add([update(2)])
    clock.now += timedelta(hours=2)
    assert await memory.updates.pending() == [update(2)]
    assert await rows(memory, database, "SELECT update_id FROM pending_updates") == [(2,)]
