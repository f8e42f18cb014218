"""Which updates were handled, and which are still to be."""

import asyncio
from datetime import UTC, datetime, timedelta
from unittest.mock import AsyncMock

import pytest

from bot.storage.activity.updates import HandledUpdates
from bot.storage.database import Database
from bot.storage.writer import Writer
from tests.support.storage.opened_memory import opened_memory, rows

pytestmark = pytest.mark.asyncio


def now() -> datetime:
    return datetime.now(UTC)


async def test_a_database_of_this_process_alone_is_asked_once(database) -> None:
    async with opened_memory(database) as memory:
        for update_id in range(0, 20, 2):
            await memory.updates.handled(update_id)
        await asyncio.wait_for(memory.written(), 10)
    writer = Writer(Database(database.url), now)
    writer.read = AsyncMock(wraps=writer.read)
    updates = HandledUpdates(writer, now)
    assert [await updates.contains(update_id) for update_id in range(20)] == [number % 2 == 0 for number in range(20)]
    assert writer.read.await_count == (20 if writer.database.file is None else 1)
    await writer.close()


async def test_a_database_that_does_not_say_knows_none(database) -> None:
    async with opened_memory(database) as memory:
        await memory.updates.handled(5)
        await asyncio.wait_for(memory.written(), 10)
    async with database.away():
        writer = Writer(Database(database.url), now)
        updates = HandledUpdates(writer, now)
        assert not await updates.contains(5)
    assert await updates.contains(5)
    await writer.close()


def update(number: int, text: str = "产值"):
    return {"update_id": number, "message": {"text": text}}


async def test_updates_are_kept_until_they_are_handled(database) -> None:
    kept = [update(2**60), update(5, "\0 \ud800 \u2028")]
    async with opened_memory(database) as memory:
        assert await memory.pending.all() == []
        assert await memory.pending.add(kept)
        assert await memory.pending.add([*kept, update(6)])
        memory.pending.remove(6)
        memory.pending.remove(7)
    async with opened_memory(database) as memory:
        assert await memory.pending.all() == [kept[1], kept[0]]


async def test_those_that_telegram_would_have_forgotten_are(memory, database, clock) -> None:
    await memory.pending.add([update(1)])
    clock.now += timedelta(hours=23)
    await memory.pending.add([update(2)])
    clock.now += timedelta(hours=2)
    assert await memory.pending.all() == [update(2)]
    assert await rows(memory, database, "SELECT update_id FROM pending_updates") == [(2,)]
