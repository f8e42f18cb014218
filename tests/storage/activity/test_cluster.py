"""The rows of the processes on the same database, and their requests to reload."""

import asyncio
from datetime import timedelta

import pytest

from tests.support.storage.opened_memory import START, Clock, opened_memory

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
