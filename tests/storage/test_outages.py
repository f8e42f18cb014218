"""A database that is away, locked, full or read-only: nothing waits or raises, and what was told is written later."""

import asyncio
import sqlite3
from datetime import date, timedelta

import pytest

from bot.storage.database import Database
from bot.storage.memory import Memory
from bot.storage.writer import Writer
from tests.support.reports.small_report import refused
from tests.support.storage.databases import PostgresqlTrial, SqliteTrial
from tests.support.storage.opened_memory import CHATS, START, UPDATES, Clock, asked, opened_memory, rows
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}
SHORT = 0.05  # seconds to wait for a lock
SOON = 5  # seconds after which a test gives up


async def becomes(memory: Memory, *, healthy: bool) -> None:
    await until(lambda: memory.health.healthy is healthy, pause=0.001)


async def tell_much(memory: Memory) -> None:
    """More than fits a page that is in the file already."""
    for number in range(50):
        await asked(memory, f"{number} 问题" * 40, refused(), date(2030, 5, 17))


def events(logs) -> list[tuple[str, str]]:
    return [(entry["log_level"], entry["event"]) for entry in logs]


@pytest.mark.parametrize("name", ["away", "locked", "full", "read_only"])
async def test_what_is_told_meanwhile_is_written_when_it_is_back(database, name, logs) -> None:
    clock = Clock()
    async with opened_memory(database, clock, busy=SHORT) as memory:
        await memory.chats.seen(-7, "group", "Tea", "en")
        await memory.written()
        async with getattr(database, name)():
            clock.now += timedelta(minutes=1)
            await tell_much(memory)
            await becomes(memory, healthy=False)
            # Everything goes on, and more than one attempt changes nothing of the log.
            await memory.chats.ended(-7, "kicked")
            assert not await memory.updates.contains(5)
            await memory.updates.handled(5)
            health = await memory.check()
            assert not health.healthy
            assert health.since == START + timedelta(minutes=1)
            assert health.reason
            await asyncio.sleep(0.1)
            clock.now += timedelta(minutes=1)
        assert await rows(memory, database, "SELECT coalesce(sum(count), 0) FROM questions") == [(50,)]
        assert await rows(memory, database, CHATS) == [(-7, "group", "Tea", None, "en", "kicked")]
        assert await rows(memory, database, UPDATES) == [(5,)]
        assert (memory.health.healthy, memory.health.since) == (True, START + timedelta(minutes=2))
        assert events(logs) == [
            ("error", "the database cannot be used; answers go on without it"),
            ("warning", "the database is back"),
        ]
        assert logs[0]["reason"] == health.reason
        assert "问题" not in repr(logs)  # what was asked
        assert logs[1]["away_seconds"] == 60
        assert logs[1]["dropped"] == 0


async def test_a_check_finds_out_by_itself(database) -> None:
    async with opened_memory(database, busy=SHORT) as memory:
        for name in ("away", "locked", "read_only"):
            async with getattr(database, name)():
                assert not (await asyncio.wait_for(memory.check(), SOON)).healthy
            await becomes(memory, healthy=True)
            assert (await memory.check()).healthy


async def test_a_start_without_the_database_is_a_start(database, logs) -> None:
    async with database.away():
        memory = await asyncio.wait_for(Memory.open(database.url), SOON)
        assert not memory.health.healthy
        await memory.chats.seen(-7, "group", "Tea", "en")
        assert not await memory.updates.contains(5)
    assert await rows(memory, database, CHATS) == [(-7, "group", "Tea", None, "en", None)]
    await memory.close()
    assert events(logs) == [
        ("error", "the database cannot be used; answers go on without it"),
        ("info", "the database was brought up to date"),
        ("warning", "the database is back"),
    ]


@pytest.mark.parametrize("name", ["away", "locked", "full", "read_only"])
async def test_the_end_does_not_wait_for_the_database(database, name) -> None:
    memory = await Memory.open(database.url, busy=SHORT)
    async with getattr(database, name)():
        await tell_much(memory)
        await asyncio.wait_for(memory.close(), SOON)


async def test_reading_does_not_wait_for_those_who_write(database) -> None:
    async with opened_memory(database, busy=SHORT) as memory:
        async with database.locked():
            assert not await asyncio.wait_for(memory.updates.contains(5), SOON)
        await becomes(memory, healthy=True)


async def test_a_restart_of_the_server_is_noticed_by_nobody(postgresql, short_folder, logs) -> None:
    trial = PostgresqlTrial(postgresql, short_folder)
    async with trial.made(), opened_memory(trial) as memory:
        await memory.chats.seen(-7, "group", "Tea", "en")
        await memory.written()
        trial.disconnect()
        assert not await memory.updates.contains(5)
        await memory.updates.handled(5)
        assert await rows(memory, trial, UPDATES) == [(5,)]
        assert logs == []


async def test_a_server_that_takes_connections_and_says_nothing(postgresql, short_folder) -> None:
    trial = PostgresqlTrial(postgresql, short_folder)
    async with trial.made(), opened_memory(trial, busy=SHORT) as memory:
        with trial.silent():
            known, health = await asyncio.wait_for(asyncio.gather(memory.updates.contains(5), memory.check()), SOON)
            assert not known
            assert not health.healthy
            assert health.reason == "did not answer within 0.55 seconds"


async def test_a_file_that_is_no_database_is_left_alone(short_folder) -> None:
    trial = SqliteTrial(short_folder)
    trial.path.parent.mkdir()
    trial.path.write_text("the minutes of a meeting\n" * 100)
    before = trial.path.read_bytes()
    async with opened_memory(trial) as memory:
        assert memory.health.reason == "file is not a database"
        await memory.chats.seen(-7, "group", "Tea", "en")
        assert not await memory.updates.contains(5)
    assert trial.path.read_bytes() == before


def files(trial: SqliteTrial):
    """That of the database, and those that SQLite has beside it."""
    return sorted(trial.path.parent.iterdir())


async def test_a_file_that_was_taken_away_is_waited_for(short_folder) -> None:
    trial = SqliteTrial(short_folder)
    async with opened_memory(trial, busy=SHORT) as memory:
        await memory.chats.seen(-7, "group", "Tea", "en")
        await memory.written()
        aside = short_folder / "aside"
        aside.mkdir()
        for path in files(trial):
            path.rename(aside / path.name)
        assert not (await memory.check()).healthy
        assert memory.health.reason.startswith(f"{trial.path} is gone (No such file or directory): ")
        await memory.chats.seen(-8, "group", "Rice", "en")
        assert not await memory.prune()
        await asyncio.sleep(0.1)  # for many attempts to reach it
        assert files(trial) == []
        for path in sorted(aside.iterdir(), reverse=True):
            path.rename(trial.path.parent / path.name)
        assert [row[0] for row in await rows(memory, trial, CHATS)] == [-8, -7]
        assert memory.health.healthy


async def test_an_empty_database_in_place_of_one_that_was_there_is_left_empty(database, kind) -> None:
    async with opened_memory(database, busy=SHORT) as memory:
        await memory.written()
        if isinstance(database, SqliteTrial):
            for path in files(database):
                path.unlink()
            sqlite3.connect(database.path).close()
        else:
            database.rows("DROP SCHEMA public CASCADE")
            database.rows("CREATE SCHEMA public")
        await memory.chats.seen(-7, "group", "Tea", "en")
        await becomes(memory, healthy=False)
        await until(lambda: memory.health.reason.startswith("the database is empty, and was not before: "))
        assert database.rows(TABLES[kind]) == []


async def test_a_restored_file_is_gone_on_with(short_folder, logs) -> None:
    trial, other = SqliteTrial(short_folder), SqliteTrial(short_folder / "other")
    async with opened_memory(other) as memory:
        await memory.chats.seen(-9, "group", "Salt", "en")
    async with opened_memory(trial, busy=SHORT) as memory:
        await memory.chats.seen(-7, "group", "Tea", "en")
        await memory.written()
        for path in files(trial):
            path.unlink()
        other.path.rename(trial.path)
        await memory.chats.seen(-8, "group", "Rice", "en")
        assert [row[0] for row in await rows(memory, trial, CHATS)] == [-9, -8]
        assert [entry.get("reason") for entry in logs] == [f"{trial.path} was replaced by another file", None]


async def test_a_disk_that_is_frozen_is_noticed_without_being_asked(database, logs) -> None:
    database.prepare()
    writer = Writer(Database(database.url, SHORT), lambda: START)
    thawed = asyncio.Event()

    async def frozen(_) -> None:
        await thawed.wait()

    writer.start()
    await writer.probe(SOON)
    try:
        writer.put(frozen)
        await until(lambda: not writer.health.healthy, pause=0.001)
        assert writer.health.reason == "did not answer within 0.55 seconds"
        thawed.set()
        await writer.written(SOON)
        assert writer.health.healthy
        assert events(logs) == [
            ("error", "the database cannot be used; answers go on without it"),
            ("warning", "the database is back"),
        ]
    finally:
        thawed.set()
        await writer.close()
