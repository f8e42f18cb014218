"""Which addresses name a database."""

import asyncio
import os
import sqlite3
import stat
import sys
from asyncio.subprocess import PIPE, STDOUT

import pytest

from bot.errors import UsageError
from bot.settings import load_settings
from bot.storage.database import Database, DatabaseUrlError, engine_url

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("empty_folder")]

GOOD = [
    "sqlite:///data/shushuo.db",
    "sqlite:////var/lib/shushuo/a b.db",
    "postgresql://shushuo:s%40cret@db.example.org:5432/shushuo",
    "postgres://shushuo@[::1]/shushuo?sslmode=require",
    "postgresql:///shushuo?host=/run/postgresql",
]
BAD = [
    *("", "data/shushuo.db", "sqlite://", "sqlite:///", "sqlite:///:memory:", "mysql://a@b/c", "postgresql://["),
    *("postgresql://a@b", "postgresql://a@b/", "postgresql://a@b:port/c", "postgresql+asyncpg://a@b/c"),
]
WITHOUT_LOG = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0)
print(connection.execute("PRAGMA journal_mode=DELETE").fetchone())
"""


@pytest.mark.parametrize("url", GOOD)
async def test_a_good_address_passes_the_settings_and_has_a_driver(url, monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f" {url} ")
    address = load_settings().database_url.get_secret_value()
    assert address == url
    assert engine_url(address).drivername in {"sqlite+aiosqlite", "postgresql+psycopg"}


@pytest.mark.parametrize("url", BAD)
async def test_a_bad_address_has_no_driver_stops_the_start_and_is_never_shown(url, monkeypatch) -> None:
    with pytest.raises(DatabaseUrlError):
        engine_url(url)
    monkeypatch.setenv("DATABASE_URL", url or "sqlite:///")
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert str(caught.value).startswith("DATABASE_URL: the value is malformed; write sqlite:///PATH")
    assert "a@b" not in str(caught.value)


async def test_nobody_else_may_read_a_sqlite_file(tmp_path) -> None:
    file = tmp_path / "data" / "shushuo.db"
    database = Database(f"sqlite:///{file}")
    before = os.umask(0)
    try:
        await database.prepare()
        async with database.reading():
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    finally:
        os.umask(before)
        await database.close()
    assert modes == dict.fromkeys(("shushuo.db", "shushuo.db-wal", "shushuo.db-shm"), 0o600)


async def test_the_permissions_of_a_sqlite_file_that_is_there_stay(tmp_path) -> None:
    file = tmp_path / "shushuo.db"
    file.touch()
    file.chmod(0o640)
    database = Database(f"sqlite:///{file}")
    await database.prepare()
    await database.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


async def test_to_prepare_a_sqlite_file_again_leaves_its_locks(tmp_path) -> None:
    """Other processes see a file that is in use by them alone: they could take its log away."""
    file = tmp_path / "shushuo.db"
    database = Database(f"sqlite:///{file}")
    await database.prepare()
    async with database.reading() as connection:
        await connection.exec_driver_sql("SELECT * FROM chats")
        await database.prepare()
        other = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", WITHOUT_LOG, str(file)), stdout=PIPE, stderr=STDOUT
        )
        printed, _ = await other.communicate()
    await database.close()
    assert printed.decode().strip().endswith("database is locked")


async def test_another_process_that_writes_to_a_new_file_is_waited_for(tmp_path, monkeypatch) -> None:
    """SQLite refuses at once, whatever its timeout, to write a log ahead of a file that somebody writes to."""
    other = sqlite3.connect(tmp_path / "shushuo.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused = []

    def moment() -> float:
        if refused:
            other.execute("COMMIT")
        refused.append(1)
        return 0.0

    monkeypatch.setattr("bot.storage.database.monotonic", moment)
    database = Database(f"sqlite:///{tmp_path / 'shushuo.db'}")
    await database.prepare()
    async with database.reading() as connection:
        assert (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar() == "wal"
    await database.close()
    other.close()
    assert len(refused) == 2
