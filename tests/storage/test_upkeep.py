"""What is forgotten: drafts and albums after a month, what chats have got and what admins did after 400 days, and
votes that are left without their question; all of it so that it keeps nothing else from being written.
"""

import asyncio
from datetime import timedelta
from itertools import groupby

import pytest
from sqlalchemy import insert

from bot.storage.announcements import AlbumItem, AnnouncementDraft
from bot.storage.memory import Memory, forgetting
from bot.storage.questions import Vote, question_hash
from bot.storage.tables import DELIVERIES
from bot.storage.tables import FEEDBACK as FEEDBACK_TABLE
from tests.support.announcements.sender_stage import Stage
from tests.support.reports.small_report import refused
from tests.support.storage.opened_memory import (
    CHATS,
    FEEDBACK,
    QUESTIONS,
    START,
    UPDATES,
    Clock,
    asked,
    opened_memory,
    rows,
)

pytestmark = pytest.mark.asyncio

DAY = START.date()
DELIVERED = "SELECT announcement, count(*) FROM deliveries GROUP BY announcement ORDER BY announcement"


async def add(memory: Memory, id_: int, state: str, age: int, chats: int = 0, **values) -> None:
    """An announcement that was made `age` days ago, and has ended then where it has."""
    at = START - timedelta(days=age)
    ended = at if state in {"done", "stopped", "missed"} else None
    row = {"id": id_, "request_key": f"{state} {age}", "state": state, "created": at, "due_at": at}
    row |= {"finished": ended, "released": ended, "total": chats, "sent": chats}
    stage = Stage(None, memory.database)
    await stage.announce(**{**row, **values})
    if chats:
        common = {"announcement": id_, "state": "sent", "attempts": 1}
        await stage.write(insert(DELIVERIES), [{**common, "chat_id": -number} for number in range(chats)])


async def test_what_was_not_sent_is_forgotten_after_a_month(memory, database) -> None:
    await add(memory, 1, "draft", 31)
    await add(memory, 2, "draft", 29)
    await add(memory, 3, "stopped", 31, released=None)
    await add(memory, 4, "stopped", 32)
    await add(memory, 5, "stopped", 33, released=None)
    await add(memory, 6, "queued", 31, scheduled=True)
    await add(memory, 7, "done", 31)
    await add(memory, 8, "draft", 30, target=5)
    await memory.prune()
    left = ["draft 29", "stopped 32", "stopped 33", "queued 31", "done 31", "draft 30"]
    assert [key for (key,) in database.rows("SELECT request_key FROM announcements ORDER BY id")] == left
    assert await memory.announcements.get(1) is None


async def test_no_number_is_given_twice(memory, clock) -> None:
    """The buttons of an old draft would decide on a new one."""
    old = await memory.announcements.draft(AnnouncementDraft("old", 1, "en", "{}"))
    clock.now += timedelta(days=31)
    await memory.prune()
    new = await memory.announcements.draft(AnnouncementDraft("new", 1, "en", "{}"))
    assert new.id > old.id


async def test_what_chats_have_got_is_forgotten_after_400_days_and_the_counts_stay(memory, database) -> None:
    for id_, state, age in ((1, "done", 402), (2, "stopped", 401), (3, "done", 399), (4, "sending", 500)):
        await add(memory, id_, state, age, chats=7)
    await memory.prune()
    assert database.rows(DELIVERED) == [(3, 7), (4, 7)]
    rows = await memory.announcements.latest(10)
    assert [(row.id, row.sent, memory.announcements.is_past(row)) for row in rows] == [
        (4, 7, False),
        (3, 7, False),
        (2, 7, True),
        (1, 7, True),
    ]


async def states(memory: Memory, database, query: str):
    """What the query finds before, and as piece after piece of three rows is forgotten."""
    found = [database.rows(query)]
    for forget in forgetting(START, 90):
        more = True
        while more:
            async with memory.database.writing() as connection:
                more = await forget(connection)
            found.append(database.rows(query))
    return [state for state, _ in groupby(found)]


async def test_it_is_forgotten_in_pieces(memory, database, monkeypatch) -> None:
    """Others can write after each of them."""
    monkeypatch.setattr("bot.storage.memory.PIECE", 3)
    await add(memory, 1, "done", 402, chats=5)
    await add(memory, 2, "done", 401, chats=4)
    found = await states(memory, database, DELIVERED)
    assert found == [[(1, 5), (2, 4)], [(1, 2), (2, 4)], [(2, 4)], [(2, 1)], []]


async def test_every_table_that_may_be_large_is_forgotten_in_pieces(database, monkeypatch) -> None:
    monkeypatch.setattr("bot.storage.memory.PIECE", 3)
    names = ("questions", "feedback", "handled_updates", "audit", "albums")
    clock = Clock()
    async with opened_memory(database, clock, keep_days=1000) as memory:
        clock.now -= timedelta(days=401)
        for number in range(8):
            await asked(memory, f"问题 {number}", refused(), clock.now.date())
            await memory.questions.voted(["output"], f"{number:016x}", Vote.UP, (7, number))
            await memory.updates.handled(number)
            await memory.audit.note(1, "reload", "")
            await memory.albums.seen(7, "A", AlbumItem(number, captioned=False))
        await memory.written()
        counts = ", ".join(f"(SELECT count(*) FROM {name})" for name in names)  # noqa: S608 (no text of others)
        counted = zip(*[row for (row,) in await states(memory, database, f"SELECT {counts}")], strict=True)
        found = {
            name: tuple(count for count, _ in groupby(column)) for name, column in zip(names, counted, strict=True)
        }
        # Eight votes become one, of all that there are.
        assert found == {**dict.fromkeys(names, (8, 5, 2, 0)), "feedback": (8, 6, 3, 1)}


async def test_votes_without_their_question_count_for_each_of_their_facts(memory, database) -> None:
    await asked(memory, "产值", refused(), DAY)
    await memory.questions.voted(["a", "b"], question_hash("产值"), Vote.DOWN, (7, 0))
    for number in range(10):
        await memory.questions.voted(
            ["a", "b"] if number % 2 else ["b", "a", "c"], f"{number:016x}", Vote.UP, (7, number)
        )
    await memory.written()
    # One that an older version has left.
    await Stage(database, memory.database).write(
        insert(FEEDBACK_TABLE), [{"facts": "c d", "question": "", "up": 2, "down": 3}]
    )
    for _ in range(2):
        assert await memory.prune()
        assert database.rows(FEEDBACK) == [
            ("a", "", 10, 0),
            ("a b", question_hash("产值"), 0, 1),
            ("b", "", 10, 0),
            ("c", "", 7, 3),
            ("d", "", 2, 3),
        ]
    popular = await memory.questions.popular(DAY)
    assert (popular.up, popular.down) == ({"a": 10, "b": 10, "c": 7, "d": 2}, {"a": 1, "b": 1, "c": 3, "d": 3})


async def test_audits_ended_chats_votes_and_albums_are_forgotten_in_time(memory, database, clock) -> None:
    clock.now = START - timedelta(days=500)
    for chat in (-1, -2, -3):
        await memory.chats.seen(chat, "group", "Tea", "en")
    for chat, age in ((-1, 401), (-2, 399)):
        clock.now = START - timedelta(days=age)
        await memory.chats.ended(chat, "kicked")
        await memory.audit.note(1, f"reload {age}", "")
        await memory.questions.voted(["output"], "", Vote.UP, (7, age))
    for album, age in (("A", 31), ("B", 29)):
        clock.now = START - timedelta(days=age)
        await memory.albums.seen(7, album, AlbumItem(age, captioned=False))
    clock.now = START
    await memory.written()
    assert await memory.prune()
    assert sorted(row[0] for row in database.rows(CHATS)) == [-3, -2]
    assert [row.what for row in await memory.audit.latest(9)] == ["reload 399"]
    assert len(database.rows("SELECT vote FROM votes")) == 1
    assert await memory.albums.items(7, "A") == []
    assert await memory.albums.items(7, "B") == [AlbumItem(29, captioned=False)]


async def test_what_cannot_be_forgotten_keeps_nothing_else_from_being_written(memory, database, clock, kind) -> None:
    await memory.updates.handled(5)
    await asked(memory, "问题", refused(), DAY - timedelta(days=91))
    await memory.written()
    if kind == "postgresql":
        database.rows(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'too slow' USING ERRCODE = 'query_canceled'; END $$"
        )
        database.rows("CREATE TRIGGER t BEFORE DELETE ON handled_updates EXECUTE FUNCTION refuse()")
    else:
        database.rows(
            "CREATE TRIGGER t BEFORE DELETE ON handled_updates BEGIN SELECT json('too slow'); END"  # no JSON
        )
    await memory.updates.handled(6)
    clock.now += timedelta(days=2)
    pruned = asyncio.create_task(memory.prune())
    assert await rows(memory, database, UPDATES) == [(5,), (6,)]
    assert not await pruned
    assert memory.health.healthy
    assert database.rows(QUESTIONS) == []
    database.rows("DROP TRIGGER t" + (" ON handled_updates" if kind == "postgresql" else ""))
    assert await memory.prune()
    assert database.rows(UPDATES) == []


async def test_while_the_database_is_away_it_waits_for_the_next_time(memory, database) -> None:
    await add(memory, 1, "done", 402, chats=3)
    async with database.away():
        assert not await memory.prune()
    await memory.updates.handled(5)
    await memory.written()
    assert await memory.prune()
    assert database.rows(DELIVERED) == []
