"""Puts tests/ on the import path, where the small report and the strict Telegram server live."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from running_bot import TOKEN
from telegram_server import TelegramServer


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(token=TOKEN) as server:
        yield server
