from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from databases import Trial
from opened_memory import Clock, opened_memory

from bot.storage import Memory


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def memory(database: Trial, clock: Clock) -> AsyncIterator[Memory]:
    """On the database under test, by the clock of the test."""
    async with opened_memory(database, clock) as memory:
        yield memory
