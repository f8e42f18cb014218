"""A bot in conversation, and somebody to talk to it."""

import pytest
import pytest_asyncio

from bot.chat.library import Library
from tests.support.bots.running_bot import edition, running_bot
from tests.support.storage.databases import SqliteTrial
from tests.support.storage.no_memory import RecordingMemory


@pytest.fixture
def database(tmp_path) -> SqliteTrial:
    """For those that want more of a memory than to have been told."""
    return SqliteTrial(tmp_path)


@pytest.fixture
def memory() -> RecordingMemory:
    return RecordingMemory()


@pytest.fixture
def library() -> Library:
    """What the bot of `server` answers from."""
    return Library(edition())


@pytest.fixture
def bot_settings() -> dict[str, object]:
    """The settings of the bot of `server`, beside those that it needs."""
    return {}


@pytest_asyncio.fixture
async def server(server, memory, library, bot_settings):
    """The server, with a bot that it serves."""
    async with running_bot(server, memory=memory, library=library, **bot_settings):
        yield server


@pytest.fixture
def person(server):
    return server.user(language_code="zh-hans")
