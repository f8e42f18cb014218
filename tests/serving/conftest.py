"""What asks the bot's own server, and a small knowledge."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.answering.answerer import Answerer
from bot.answering.knowledge.snapshot import read_folder
from bot.chat.library import Library
from bot.serving.reload.reloading import edition_of
from tests.support.reports.small_report import write_report


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_report(tmp_path / "knowledge")


@pytest.fixture
def library(folder: Path) -> Library:
    reading = read_folder(folder)
    assert reading.knowledge
    return Library(edition_of(reading, Answerer(reading.knowledge)))
