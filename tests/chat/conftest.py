"""A bot in conversation, and somebody to talk to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from databases import SqliteTrial
from recording_memory import RecordingMemory
from running_bot import running_bot

from bot.rehearsal.telegram_server import Person, TelegramServer


@pytest.fixture
def database(tmp_path: Path) -> SqliteTrial:
    """For those that want more of a memory than to have been told."""
    return SqliteTrial(tmp_path)


@pytest.fixture
def memory() -> RecordingMemory:
    return RecordingMemory()


@pytest_asyncio.fixture
async def server(server: TelegramServer, memory: RecordingMemory) -> AsyncIterator[TelegramServer]:
    """The server, with a bot that it serves."""
    async with running_bot(server, memory=memory):
        yield server


@pytest.fixture
def person(server: TelegramServer) -> Person:
    return server.user(language_code="zh-hans")
