"""What asks the bot's own server, and a small knowledge."""

from pathlib import Path

import pytest

from bot.chat.library import Library
from tests.support.bots.admin_bot import library_of
from tests.support.reports.small_report import write_report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_report(tmp_path / "knowledge")


@pytest.fixture
def library(folder: Path) -> Library:
    return library_of(folder)
