"""Chats and a real database, for those that subscribe."""

import pytest
import pytest_asyncio

from tests.support.storage.opened_memory import opened_memory


@pytest_asyncio.fixture
async def memory(database):
    async with opened_memory(database) as memory:
        yield memory


@pytest.fixture
def group(server):
    return server.supergroup(title="街坊")


@pytest.fixture
def admin(server, group):
    person = server.user(language_code="zh-hans")
    group.statuses[person.id] = "administrator"
    return person
