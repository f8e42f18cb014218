"""Puts a strict Telegram server and databases at the tests' disposal."""

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
import structlog
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.cli import main
from bot.settings import Settings
from tests.support.announcements.sender_stage import Stage, staged
from tests.support.bots.running_bot import TOKEN
from tests.support.storage.databases import Trial, fresh, postgresql_server
from tests.support.telegram_server import TelegramServer


@pytest.fixture
def empty_folder(tmp_path, monkeypatch) -> Path:
    """The working directory, and no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(token=TOKEN) as server:
        yield server


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    """What the bot logs."""
    with capture_logs() as records:
        yield records


@pytest.fixture
def printed(capsys) -> Callable[..., str]:
    """Runs a command that is right, and returns what it prints."""

    def run(*arguments: str, code: int = 0) -> str:
        capsys.readouterr()
        assert main(arguments) == code
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return run


@pytest.fixture
def fails(capsys) -> Iterator[Callable[..., str]]:
    """Runs a command that is wrong, and returns the one line that it says."""

    def run(*arguments: str) -> str:
        try:
            code: object = main(arguments)
        except SystemExit as exit_:
            code = exit_.code
        out, err = capsys.readouterr()
        assert (code, out) == (2, "")
        (line,) = err.splitlines()
        assert line.startswith("shushuo")
        return line

    yield run
    structlog.reset_defaults()  # commands beside a bot silence its log


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


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
def kind(request) -> str:
    """Of the database."""
    return str(request.param)


@pytest_asyncio.fixture
async def database(kind, request, short_folder) -> AsyncIterator[Trial]:
    """A database without tables."""
    async with trial_of(kind, request, short_folder) as trial:
        yield trial


@pytest_asyncio.fixture
async def stage(database) -> AsyncIterator[Stage]:
    """A database for senders of announcements."""
    async with staged(database) as stage:
        yield stage


@pytest_asyncio.fixture
async def other(kind, request) -> AsyncIterator[Trial]:
    """A database of the other kind."""
    with tempfile.TemporaryDirectory(prefix="shushuo-") as folder:
        async with trial_of(KINDS[1 - KINDS.index(kind)], request, Path(folder)) as trial:
            yield trial
