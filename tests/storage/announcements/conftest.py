from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from databases import Trial
from opened_memory import opened_memory

from bot.storage import Memory


@pytest_asyncio.fixture
async def memory(database: Trial) -> AsyncIterator[Memory]:
    async with opened_memory(database) as memory:
        yield memory
