"""Puts tests/ on the import path, where the small report and the strict Telegram server live; and the databases."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from databases import Trial, fresh, postgresql_server
from running_bot import TOKEN
from telegram_server import TelegramServer


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(token=TOKEN) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server that runs as long as the tests."""
    with postgresql_server() as url:
        yield url


@pytest.fixture
def short_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="shushuo-") as folder:
        yield Path(folder)


@pytest_asyncio.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, short_folder: Path) -> AsyncIterator[Trial]:
    """A database without tables."""
    server = None if request.param == "sqlite" else request.getfixturevalue("postgresql")
    async with fresh(short_folder, server) as trial:
        yield trial
