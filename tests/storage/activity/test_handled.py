"""Updates that are looked up while the database answers are looked up by one query."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from databases import Trial
from remembering import remembering

from bot.storage.activity.handled import HandledUpdates
from bot.storage.database import Database
from bot.storage.health import HealthLog
from bot.storage.writer import Writer

pytestmark = pytest.mark.asyncio


def now() -> datetime:
    return datetime.now(UTC)


class Counted(Writer):
    """Counts the queries."""

    queries = 0

    async def read(self, query: Any) -> Any:
        self.queries += 1
        return await super().read(query)


async def test_many_are_looked_up_by_few_queries(database: Trial) -> None:
    async with remembering(database) as memory:
        for update_id in range(0, 200, 2):
            await memory.handled(update_id)
        await asyncio.wait_for(memory.written(), 10)
    writer = Counted(Database(database.url), HealthLog(now), (0.01,), 1.0)
    updates = HandledUpdates(writer)
    first = asyncio.create_task(updates.contains(0))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    others = await asyncio.gather(*(updates.contains(update_id) for update_id in range(1, 200)))
    assert [await first, *others] == [update_id % 2 == 0 for update_id in range(200)]
    assert writer.queries == (2 if writer.database.is_shared else 1)
    await writer.close()


async def test_a_database_that_does_not_say_knows_none(database: Trial) -> None:
    async with remembering(database) as memory:
        await memory.handled(5)
        await asyncio.wait_for(memory.written(), 10)
    async with database.away():
        writer = Counted(Database(database.url), HealthLog(now), (0.01,), 1.0)
        updates = HandledUpdates(writer)
        assert not await updates.contains(5)
    assert await updates.contains(5)
    await writer.close()
