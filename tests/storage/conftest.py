from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.storage import Memory
from tests.support.storage.databases import Trial
from tests.support.storage.opened_memory import Clock, opened_memory


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def memory(database: Trial, clock: Clock) -> AsyncIterator[Memory]:
    """On the database under test, by the clock of the test."""
    async with opened_memory(database, clock) as memory:
        yield memory
