"""Commands that are stopped while they copy."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE
from contextlib import closing
from pathlib import Path

import pytest
from bot_process import PATIENCE
from databases import SqliteTrial
from remembering import START, remembering
from table_rows import ListedRows

from bot.operating.stopping import stoppable
from bot.storage.backup_file import write_backup
from bot.storage.schema import Row

ROWS: dict[str, list[Row]] = {"feedback": [(f"fact-{number}", "", 1, 0) for number in range(9)]}
MANY = 300_000


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_rows(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    seen: list[Row] = []
    with pytest.raises(KeyboardInterrupt):
        _take_and_send(number, seen)
    assert seen == ROWS["feedback"][:4]
    assert signal.getsignal(number) is before


def _take_and_send(number: signal.Signals, seen: list[Row]) -> None:
    with stoppable() as until_stopped:
        for _, rows in until_stopped(ListedRows(ROWS)).tables():
            for row in rows:
                seen.append(row)
                if len(seen) == 4:
                    os.kill(os.getpid(), number)


def test_without_a_signal_all_rows_come(tmp_path: Path) -> None:
    with stoppable() as until_stopped:
        assert write_backup(tmp_path / "all.gz", until_stopped(ListedRows(ROWS)), START)["feedback"] == 9


@pytest.mark.asyncio
async def test_a_backup_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    trial = SqliteTrial(tmp_path)
    async with remembering(trial):
        pass
    with closing(sqlite3.connect(trial.path)) as connection, connection:
        many = ((update, "2030-05-17") for update in range(MANY))
        connection.executemany("INSERT INTO handled_updates VALUES (?, ?)", many)
    place = tmp_path / "backups"
    place.mkdir()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "backup", str(place / "all.gz")),
        cwd=tmp_path,
        env={**os.environ, "DATABASE_URL": trial.url},
        stdout=PIPE,
        stderr=PIPE,
    )
    async with asyncio.timeout(PATIENCE):
        while not list(place.iterdir()):  # noqa: ASYNC110 (it happens in another process)
            await asyncio.sleep(0.005)
    process.send_signal(signal.SIGINT)
    printed = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, printed) == (130, (b"", b""))
    assert list(place.iterdir()) == []
