"""A database that is away, locked, full or read-only: nothing waits or raises, and what was told is written later."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import AbstractAsyncContextManager, closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from databases import PostgresqlTrial, SqliteTrial, Trial
from remembering import CHATS, START, UPDATES, Clock, remembering, rows
from small_report import refused
from structlog.testing import capture_logs

from bot.storage import Memory

DAY = date(2030, 5, 17)
COUNT = "SELECT coalesce(sum(count), 0) FROM questions"
SHORT = 0.05  # seconds to wait for a lock
SOON = 5  # seconds after which a test gives up


def trouble(database: Trial, name: str) -> AbstractAsyncContextManager[None]:
    troubles = {
        "away": database.away,
        "locked": database.locked,
        "full": database.full,
        "read-only": database.read_only,
    }
    return troubles[name]()


async def until(memory: Memory, *, healthy: bool) -> None:
    async with asyncio.timeout(SOON):
        while memory.healthy is not healthy:  # noqa: ASYNC110 (a change of health is an event of the log alone)
            await asyncio.sleep(0.001)


async def tell_much(memory: Memory) -> None:
    """More than fits a page that is in the file already."""
    for number in range(50):
        await memory.asked(f"{number} 问题" * 40, refused(), DAY)


def events(logs: list[Any]) -> list[tuple[str, str]]:
    return [(entry["log_level"], entry["event"]) for entry in logs]


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["away", "locked", "full", "read-only"])
async def test_what_is_told_meanwhile_is_written_when_it_is_back(database: Trial, name: str) -> None:
    clock = Clock()
    async with remembering(database, clock, busy=SHORT) as memory:
        await memory.chat_seen(-7, "group", "Tea", "en")
        await memory.written()
        with capture_logs() as logs:
            async with trouble(database, name):
                clock.now += timedelta(minutes=1)
                await tell_much(memory)
                await until(memory, healthy=False)
                # Everything goes on, and more than one attempt changes nothing of the log.
                await memory.chat_ended(-7, "kicked")
                assert await memory.first_time(5)
                await memory.handled(5)
                assert not await memory.first_time(5)
                health = await memory.check()
                assert not health.healthy
                assert health.since == START + timedelta(minutes=1)
                assert health.reason
                await asyncio.sleep(0.1)
                clock.now += timedelta(minutes=1)
            assert await rows(memory, database, COUNT) == [(50,)]
        assert await rows(memory, database, CHATS) == [(-7, "group", "Tea", None, "en", "kicked")]
        assert await rows(memory, database, UPDATES) == [(5,)]
        assert (memory.health.healthy, memory.health.since) == (True, START + timedelta(minutes=2))
        assert events(logs) == [
            ("error", "the database cannot be used; answers go on without it"),
            ("warning", "the database is back"),
        ]
        assert logs[0]["reason"] == health.reason
        assert logs[1]["away_seconds"] == 60
        assert logs[1]["dropped"] == 0


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["away", "locked", "read-only"])
async def test_a_check_finds_out_by_itself(database: Trial, name: str) -> None:
    async with remembering(database, busy=SHORT) as memory:
        assert (await memory.check()).healthy
        async with trouble(database, name):
            assert not (await asyncio.wait_for(memory.check(), SOON)).healthy
        await until(memory, healthy=True)
        assert (await memory.check()).healthy


@pytest.mark.asyncio
async def test_a_start_without_the_database_is_a_start(database: Trial) -> None:
    with capture_logs() as logs:
        async with database.away():
            memory = await asyncio.wait_for(Memory.open(database.url, pauses=(0.01,)), SOON)
            assert not memory.healthy
            await memory.chat_seen(-7, "group", "Tea", "en")
            assert await memory.first_time(5)
        assert await rows(memory, database, CHATS) == [(-7, "group", "Tea", None, "en", None)]
        await memory.close()
    assert events(logs) == [
        ("error", "the database cannot be used; answers go on without it"),
        ("info", "the database was brought up to date"),
        ("warning", "the database is back"),
    ]


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["away", "locked", "full", "read-only"])
async def test_the_end_does_not_wait_for_the_database(database: Trial, name: str) -> None:
    memory = await Memory.open(database.url, busy=SHORT)
    async with trouble(database, name):
        await tell_much(memory)
        await asyncio.wait_for(memory.close(), SOON)


@pytest.mark.asyncio
async def test_reading_does_not_wait_for_those_who_write(database: Trial) -> None:
    async with remembering(database, busy=SHORT) as memory:
        async with database.locked():
            assert await asyncio.wait_for(memory.first_time(5), SOON)
        await until(memory, healthy=True)


@pytest.mark.asyncio
async def test_nothing_in_a_log_tells_what_was_asked(database: Trial) -> None:
    async with remembering(database, busy=SHORT) as memory:
        with capture_logs() as logs:
            async with database.full():
                await memory.asked("蟠桃", refused(), DAY)
                await tell_much(memory)
                await until(memory, healthy=False)
            await memory.written()
    assert logs
    assert "蟠桃" not in repr(logs)
    assert "INSERT" not in repr(logs)


@pytest.mark.asyncio
async def test_a_restart_of_the_server_is_noticed_by_nobody(postgresql: str, short_folder: Path) -> None:
    trial = PostgresqlTrial(postgresql, short_folder)
    async with trial.made(), remembering(trial) as memory:
        await memory.chat_seen(-7, "group", "Tea", "en")
        await memory.written()
        with capture_logs() as logs:
            trial.disconnect()
            assert await memory.first_time(5)
            await memory.handled(5)
            assert await rows(memory, trial, UPDATES) == [(5,)]
        assert logs == []


@pytest.mark.asyncio
async def test_a_server_that_takes_connections_and_says_nothing(postgresql: str, short_folder: Path) -> None:
    trial = PostgresqlTrial(postgresql, short_folder)
    async with trial.made(), remembering(trial, busy=SHORT) as memory:
        with trial.silent():
            first, health = await asyncio.wait_for(asyncio.gather(memory.first_time(5), memory.check()), SOON)
            assert first
            assert not health.healthy
            assert health.reason == "did not answer within 0.55 seconds"


@pytest.mark.asyncio
async def test_a_file_that_is_no_database_is_left_alone(short_folder: Path) -> None:
    trial = SqliteTrial(short_folder)
    trial.path.parent.mkdir()
    trial.path.write_text("the minutes of a meeting\n" * 100)
    before = trial.path.read_bytes()
    async with remembering(trial) as memory:
        assert memory.health.reason == "file is not a database"
        await memory.chat_seen(-7, "group", "Tea", "en")
        assert await memory.first_time(5)
    assert trial.path.read_bytes() == before


@pytest.mark.asyncio
async def test_a_file_that_was_taken_away_is_made_anew(short_folder: Path) -> None:
    trial = SqliteTrial(short_folder)
    async with remembering(trial) as memory:
        await memory.chat_seen(-7, "group", "Tea", "en")
        await memory.written()
        for path in list(trial.path.parent.iterdir()):
            path.unlink()
        await memory.chat_seen(-8, "group", "Rice", "en")
        await memory.check()
        await until(memory, healthy=True)
        await memory.chat_seen(-9, "group", "Salt", "en")
        await memory.written()
        with closing(sqlite3.connect(trial.path)) as connection:
            assert (-9,) in connection.execute("SELECT chat_id FROM chats").fetchall()
