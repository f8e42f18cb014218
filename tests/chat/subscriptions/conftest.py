"""Chats and a real database, for those that subscribe."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.storage import Memory
from tests.support.storage.opened_memory import opened_memory
from tests.support.telegram_server import Chat, Person


@pytest_asyncio.fixture
async def memory(database) -> AsyncIterator[Memory]:
    async with opened_memory(database) as memory:
        yield memory


@pytest.fixture
def group(server) -> Chat:
    return server.supergroup(title="街坊")


@pytest.fixture
def admin(server, group) -> Person:
    person = server.user(language_code="zh-hans")
    group.statuses[person.id] = "administrator"
    return person
