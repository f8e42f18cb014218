"""Which updates were handled, and which are still to be."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from databases import Trial
from opened_memory import Clock, opened_memory, rows

from bot.storage import Memory
from bot.storage.activity.updates import HandledUpdates, RecentUpdates
from bot.storage.database import Database
from bot.storage.writer import Writer


def now() -> datetime:
    return datetime.now(UTC)


class Counted(Writer):
    """Counts the queries."""

    queries = 0

    async def read(self, query: Any) -> Any:
        self.queries += 1
        return await super().read(query)


@pytest.mark.asyncio
async def test_many_are_looked_up_by_few_queries(database: Trial) -> None:
    async with opened_memory(database) as memory:
        for update_id in range(0, 200, 2):
            await memory.updates.handled(update_id)
        await asyncio.wait_for(memory.written(), 10)
    writer = Counted(Database(database.url), now, (0.01,), 1.0)
    updates = HandledUpdates(writer, now)
    first = asyncio.create_task(updates.contains(0))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    others = await asyncio.gather(*(updates.contains(update_id) for update_id in range(1, 200)))
    assert [await first, *others] == [update_id % 2 == 0 for update_id in range(200)]
    assert writer.queries == (2 if writer.is_shared else 1)
    await writer.close()


@pytest.mark.asyncio
async def test_a_database_that_does_not_say_knows_none(database: Trial) -> None:
    async with opened_memory(database) as memory:
        await memory.updates.handled(5)
        await asyncio.wait_for(memory.written(), 10)
    async with database.away():
        writer = Counted(Database(database.url), now, (0.01,), 1.0)
        updates = HandledUpdates(writer, now)
        assert not await updates.contains(5)
    assert await updates.contains(5)
    await writer.close()


def test_the_oldest_are_forgotten_first() -> None:
    recent = RecentUpdates(kept=2)
    assert [recent.begin(update_id) for update_id in (1, 2, 1, 3)] == [True, True, False, True]
    assert [recent.begin(update_id) for update_id in (3, 2)] == [False, False]
    assert recent.begin(1)


def test_what_was_never_begun_can_be_forgotten() -> None:
    RecentUpdates().forget(1)


def update(number: int, text: str = "产值") -> dict[str, Any]:
    return {"update_id": number, "message": {"text": text}}


@pytest.mark.asyncio
async def test_updates_are_kept_until_they_are_handled(database: Trial) -> None:
    kept = [update(2**60), update(5, "\0 \ud800 \u2028")]
    async with opened_memory(database) as memory:
        assert await memory.pending.all() == []
        assert await memory.pending.add(kept)
        assert await memory.pending.add([*kept, update(6)])
        memory.pending.remove(6)
        memory.pending.remove(7)
    async with opened_memory(database) as memory:
        assert await memory.pending.all() == [kept[1], kept[0]]


@pytest.mark.asyncio
async def test_those_that_telegram_would_have_forgotten_are(database: Trial) -> None:
    clock = Clock()
    async with opened_memory(database, clock) as memory:
        await memory.pending.add([update(1)])
        clock.now += timedelta(hours=23)
        await memory.pending.add([update(2)])
        clock.now += timedelta(hours=2)
        assert await memory.pending.all() == [update(2)]
        assert await rows(memory, database, "SELECT update_id FROM pending_updates") == [(2,)]


@pytest.mark.asyncio
async def test_a_database_that_is_away_keeps_none(database: Trial) -> None:
    async with opened_memory(database) as memory, database.away():
        assert not (await memory.check()).healthy
        assert await memory.pending.all() is None
        assert not await memory.pending.add([update(1)])
    nothing = Memory.none().pending
    assert await nothing.all() is None
    assert not await nothing.add([update(1)])
