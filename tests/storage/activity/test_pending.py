from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from databases import Trial
from remembering import Clock, remembering, rows

from bot.storage import Memory

pytestmark = pytest.mark.asyncio


def update(number: int, text: str = "产值") -> dict[str, Any]:
    return {"update_id": number, "message": {"text": text}}


async def test_updates_are_kept_until_they_are_handled(database: Trial) -> None:
    kept = [update(2**60), update(5, "\0 \ud800 \u2028")]
    async with remembering(database) as memory:
        assert await memory.pending.all() == []
        assert await memory.pending.add(kept)
        assert await memory.pending.add([*kept, update(6)])
        memory.pending.remove(6)
        memory.pending.remove(7)
    async with remembering(database) as memory:
        assert await memory.pending.all() == [kept[1], kept[0]]


async def test_those_that_telegram_would_have_forgotten_are(database: Trial) -> None:
    clock = Clock()
    async with remembering(database, clock) as memory:
        await memory.pending.add([update(1)])
        clock.now += timedelta(hours=23)
        await memory.pending.add([update(2)])
        clock.now += timedelta(hours=2)
        assert await memory.pending.all() == [update(2)]
        assert await rows(memory, database, "SELECT update_id FROM pending_updates") == [(2,)]


async def test_a_database_that_is_away_keeps_none(database: Trial) -> None:
    async with remembering(database) as memory, database.away():
        assert not (await memory.check()).healthy
        assert await memory.pending.all() is None
        assert not await memory.pending.add([update(1)])
    nothing = Memory.none().pending
    assert await nothing.all() is None
    assert not await nothing.add([update(1)])
