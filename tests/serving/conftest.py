"""What asks the bot's own server, and a small knowledge."""

from functools import partial

import pytest

from tests.support.bots.admin_bot import library_of
from tests.support.reports.small_report import write_report


@pytest.fixture
def folder(tmp_path):
    return write_report(tmp_path / "knowledge")


@pytest.fixture
def read_by(monkeypatch):
    """Has another class, or function, take the place of `ReadingProcess`."""
    return partial(monkeypatch.setattr, "bot.serving.reloading.ReadingProcess")


@pytest.fixture
def library(folder):
    return library_of(folder)
