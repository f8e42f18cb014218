"""Announcements that are forgotten: drafts and albums after a month, what each chat has got after 400 days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from databases import Trial
from remembering import START, Clock, remembering
from sqlalchemy import insert

from bot.storage import AlbumItem, Draft, Memory
from bot.storage.tables import ANNOUNCEMENTS, DELIVERIES
from bot.storage.upkeep import forget_some

pytestmark = pytest.mark.asyncio

DAY = START.date()
REQUESTS = "SELECT request_key FROM announcements ORDER BY id"
DELIVERED = "SELECT announcement, count(*) FROM deliveries GROUP BY announcement ORDER BY announcement"


async def write(memory: Memory, statement: Any, rows: list[dict[str, Any]]) -> None:
    assert memory.database
    async with memory.database.writing() as connection:
        await connection.execute(statement, rows)


async def add(memory: Memory, id_: int, state: str, age: int, chats: int = 0, **values: Any) -> None:
    """An announcement that was made `age` days ago, and has ended then where it has."""
    at = START - timedelta(days=age)
    ended = at if state in {"done", "stopped", "missed"} else None
    row = {
        "id": id_,
        "request_key": f"{state} {age}",
        "who": 1,
        "language": "en",
        "action": "send",
        "payload": "{}",
        "silent": False,
        "pin": False,
        "state": state,
        "created": at,
        "due_at": at,
        "scheduled": False,
        "finished": ended,
        "released": ended,
        "total": chats,
        "sent": chats,
        "failed": 0,
        "skipped": 0,
    }
    await write(memory, insert(ANNOUNCEMENTS), [{**row, **values}])
    if chats:
        common = {"announcement": id_, "state": "sent", "attempts": 1}
        await write(memory, insert(DELIVERIES), [{**common, "chat_id": -number} for number in range(chats)])


async def test_what_was_not_sent_is_forgotten_after_a_month(database: Trial) -> None:
    async with remembering(database, keep_days=90) as memory:
        await add(memory, 1, "draft", 31)
        await add(memory, 2, "draft", 29)
        await add(memory, 3, "stopped", 31, released=None)
        await add(memory, 4, "stopped", 32)
        await add(memory, 5, "stopped", 33, released=None)
        await add(memory, 6, "queued", 31, scheduled=True)
        await add(memory, 7, "done", 31)
        await add(memory, 8, "draft", 30, target=5)
        await memory.prune(DAY, 90)
        assert [key for (key,) in database.rows(REQUESTS)] == [
            "draft 29",
            "stopped 32",
            "stopped 33",
            "queued 31",
            "done 31",
            "draft 30",
        ]
        assert await memory.announcements.is_gone(1)
        assert not await memory.announcements.is_gone(2)


async def test_no_number_is_given_twice(database: Trial) -> None:
    """The buttons of an old draft would decide on a new one."""
    clock = Clock()
    async with remembering(database, clock) as memory:
        old = await memory.announcements.draft(Draft("old", 1, "en", "{}"))
        clock.now += timedelta(days=31)
        await memory.prune(DAY, 90)
        new = await memory.announcements.draft(Draft("new", 1, "en", "{}"))
        assert old
        assert new
        assert new.id > old.id


async def test_what_chats_have_got_is_forgotten_after_400_days_and_the_counts_stay(database: Trial) -> None:
    async with remembering(database) as memory:
        for id_, state, age in ((1, "done", 402), (2, "stopped", 401), (3, "done", 399), (4, "sending", 500)):
            await add(memory, id_, state, age, chats=7)
        await memory.prune(DAY, 90)
        assert database.rows(DELIVERED) == [(3, 7), (4, 7)]
        rows = await memory.announcements.latest(10)
        assert rows
        assert [(row.id, row.sent, memory.announcements.is_past(row)) for row in rows] == [
            (4, 7, False),
            (3, 7, False),
            (2, 7, True),
            (1, 7, True),
        ]


async def test_it_is_forgotten_in_pieces(database: Trial) -> None:
    """Others can write after each of them."""
    async with remembering(database) as memory:
        await add(memory, 1, "done", 402, chats=5)
        await add(memory, 2, "done", 401, chats=4)
        left = []
        assert memory.database
        more = True
        while more:
            async with memory.database.writing() as connection:
                more = await forget_some(START, piece=3)(connection)
            left.append(database.rows(DELIVERED))
        assert left == [[(1, 2), (2, 4)], [(2, 4)], [(2, 1)], [], []]


async def test_albums_are_forgotten_after_a_month(database: Trial) -> None:
    clock = Clock()
    async with remembering(database, clock) as memory:
        clock.now -= timedelta(days=31)
        await memory.albums.seen(7, "A", AlbumItem(1, captioned=False))
        clock.now += timedelta(days=2)
        await memory.albums.seen(7, "B", AlbumItem(2, captioned=False))
        clock.now = START
        await memory.prune(DAY, 90)
        assert await memory.albums.items(7, "A") == []
        assert await memory.albums.items(7, "B") == [AlbumItem(2, captioned=False)]


async def test_while_the_database_is_away_it_waits_for_the_next_time(database: Trial) -> None:
    async with remembering(database) as memory:
        await add(memory, 1, "done", 402, chats=3)
        async with database.away():
            await memory.prune(DAY, 90)
        await memory.written()
        await memory.prune(DAY, 90)
        assert database.rows(DELIVERED) == []
