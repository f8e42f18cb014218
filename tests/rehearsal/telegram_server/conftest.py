"""The server, and a client, for the server's own tests."""

import aiohttp
import pytest_asyncio

from tests.support.telegram.plain_client import Client
from tests.support.telegram_server import TelegramServer


@pytest_asyncio.fixture
async def server():
    async with TelegramServer() as running:
        yield running


@pytest_asyncio.fixture
async def client(server):
    async with aiohttp.ClientSession() as session:
        yield Client(server, session)
