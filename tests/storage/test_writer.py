"""Counts are right whoever writes at the same time, nothing written is lost, and one bad note harms no other."""

import asyncio
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import Pool
from structlog.testing import capture_logs

from bot.storage import Vote, question_hash
from bot.storage.chats import Chats
from bot.storage.database import Database
from bot.storage.writer import Writer
from tests.support.reports.small_report import OUTPUT, answered
from tests.support.storage.databases import SqliteTrial, Trial
from tests.support.storage.opened_memory import CHATS, FEEDBACK, QUESTIONS, UPDATES, asked, opened_memory, rows

pytestmark = pytest.mark.asyncio

DAY = date(2030, 5, 17)
PATIENT = 30  # seconds; a machine under load may keep the others waiting
WRITE_AND_DIE = """
import asyncio, os, signal, sys
from bot.storage import Memory
async def main():
    memory = await Memory.open(sys.argv[1])
    for chat in range(100):
        await memory.chats.seen(chat, "group", "Tea", "en")
    await memory.written()
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""


def now() -> datetime:
    return datetime(2030, 5, 17, tzinfo=UTC)


def started(database: Trial) -> Writer:
    writer = Writer(Database(database.url), now)
    writer.start()
    return writer


async def test_counts_are_right_when_several_count_the_same_at_once(database: Trial) -> None:
    async with (
        opened_memory(database, busy=PATIENT) as one,
        opened_memory(database, busy=PATIENT) as two,
        opened_memory(database, busy=PATIENT) as three,
    ):
        key = question_hash("产值")

        async def tell(number: int) -> None:
            memory = (one, two, three)[number % 3]
            await asked(memory, "产值", answered(OUTPUT), DAY)
            await memory.questions.voted([OUTPUT.id], key, Vote.UP if number % 2 else Vote.DOWN, (7, number))
            await memory.updates.handled(number // 2)
            await asyncio.sleep(0)

        with capture_logs() as logs:
            await asyncio.gather(*(tell(number) for number in range(300)))
            await asyncio.gather(one.written(), two.written(), three.written())
            assert await rows(one, database, QUESTIONS) == [("2030-05-17", "产值", "answer", OUTPUT.id, 300)]
            assert await rows(one, database, FEEDBACK) == [(OUTPUT.id, key, 150, 150)]
            assert len(await rows(one, database, UPDATES)) == 150
        assert logs == []


async def test_what_is_written_survives_the_kill_of_the_process(database: Trial) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WRITE_AND_DIE, database.url), stderr=asyncio.subprocess.DEVNULL
    )
    await asyncio.wait_for(process.wait(), 60)
    assert len(database.rows(CHATS)) == 100


async def test_nobody_waits_for_what_others_tell_later(database: Trial) -> None:
    async def another(_: AsyncConnection) -> None:
        writer.put(another)

    writer = started(database)
    await writer.probe(5)
    try:
        writer.put(another)
        await Chats(writer, now).seen(1, "group", "Tea", "en")
        await writer.written(PATIENT)
        assert [row[0] for row in database.rows(CHATS)] == [1]
        assert writer.waiting
    finally:
        await writer.close()


async def test_no_more_is_kept_than_there_is_room_for(database: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.writer.KEPT", 3)
    with capture_logs() as logs:
        async with database.away():
            writer = started(database)
            await writer.probe(5)
            for chat in range(1, 6):
                await Chats(writer, now).seen(chat, "group", "Tea", "en")
        await writer.written(5)
    await writer.close()
    assert [row[0] for row in database.rows(CHATS)] == [1, 2, 3]
    assert logs[-1]["dropped"] == 2


async def test_a_database_that_does_not_answer_at_the_start_counts_as_away(short_folder: Path) -> None:
    writer = Writer(Database(SqliteTrial(short_folder).url), now)
    await writer.probe(0.01)  # never started
    assert writer.health.reason == "did not answer within 0.01 seconds"
    await writer.close()


async def test_sqlite_is_as_durable_as_it_can_be(short_folder: Path) -> None:
    seen: set[tuple[str, Any]] = set()

    def look(connection: Any, *_: object) -> None:
        with closing(connection.cursor()) as cursor:
            for name in ("journal_mode", "synchronous", "foreign_keys"):
                cursor.execute(f"PRAGMA {name}")
                seen.add((name, cursor.fetchone()[0]))

    event.listen(Pool, "checkout", look)
    try:
        async with opened_memory(SqliteTrial(short_folder)) as memory:
            await memory.updates.contains(5)
    finally:
        event.remove(Pool, "checkout", look)
    assert seen == {("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)}
