import os

import pytest

from tests.support.processes.shell import NOT_INHERITED, Shell
from tests.support.reports.small_report import write_report


@pytest.fixture
def shell(tmp_path, monkeypatch, capsys) -> Shell:
    """In a folder with a report in its knowledge folder, and no settings."""
    for name in os.environ:
        if any(part in name for part in NOT_INHERITED):
            monkeypatch.delenv(name)
    write_report(tmp_path / "knowledge")
    return Shell(tmp_path, monkeypatch, capsys)
