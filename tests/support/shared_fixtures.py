"""Puts a strict Telegram server and databases at the tests' disposal."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from bot.rehearsal.telegram_server import TelegramServer
from tests.support.announcements.sender_stage import Stage, staged
from tests.support.bots.running_bot import TOKEN
from tests.support.storage.databases import Trial, fresh, postgresql_server


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


KINDS = ("sqlite", "postgresql")


@asynccontextmanager
async def trial_of(kind: str, request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Trial]:
    server = None if kind == "sqlite" else request.getfixturevalue("postgresql")
    async with fresh(folder, server) as trial:
        yield trial


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Of the database."""
    return str(request.param)


@pytest_asyncio.fixture
async def database(kind: str, request: pytest.FixtureRequest, short_folder: Path) -> AsyncIterator[Trial]:
    """A database without tables."""
    async with trial_of(kind, request, short_folder) as trial:
        yield trial


@pytest_asyncio.fixture
async def stage(database: Trial) -> AsyncIterator[Stage]:
    """A database for senders of announcements."""
    async with staged(database) as stage:
        yield stage


@pytest_asyncio.fixture
async def other(kind: str, request: pytest.FixtureRequest) -> AsyncIterator[Trial]:
    """A database of the other kind."""
    with tempfile.TemporaryDirectory(prefix="shushuo-") as folder:
        async with trial_of(KINDS[1 - KINDS.index(kind)], request, Path(folder)) as trial:
            yield trial
