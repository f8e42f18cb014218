"""A bot in conversation, and somebody to talk to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from databases import SqliteTrial
from running_bot import running_bot
from telegram_server import Person, TelegramServer
from told_memory import ToldMemory


@pytest.fixture
def database(tmp_path: Path) -> SqliteTrial:
    """For those that want more of a memory than to have been told."""
    return SqliteTrial(tmp_path)


@pytest.fixture
def memory() -> ToldMemory:
    return ToldMemory()


@pytest_asyncio.fixture
async def server(server: TelegramServer, memory: ToldMemory) -> AsyncIterator[TelegramServer]:
    """The server, with a bot that it serves."""
    async with running_bot(server, memory=memory):
        yield server


@pytest.fixture
def person(server: TelegramServer) -> Person:
    return server.user(language_code="zh-hans")
