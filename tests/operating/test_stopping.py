"""Commands that are stopped while they copy."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from pathlib import Path

import pytest

from bot.operating.stopping import stoppable
from bot.storage.copying import Row, Snapshot
from bot.storage.database import Database
from tests.support.storage.databases import SqliteTrial
from tests.support.storage.opened_memory import opened_memory


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_the_rows(tmp_path: Path, number: signal.Signals) -> None:
    trial = SqliteTrial(tmp_path)
    async with opened_memory(trial) as memory:
        for update_id in range(9):
            await memory.updates.handled(update_id)
    before = signal.getsignal(number)
    seen: list[Row] = []

    def take(snapshot: Snapshot) -> None:
        for _, rows in snapshot.tables():
            with closing(rows):
                for row in rows:
                    seen.append(row)
                    if len(seen) == 4:
                        os.kill(os.getpid(), number)

    database = Database(trial.url, looking=True)
    with pytest.raises(KeyboardInterrupt), stoppable() as check:
        async with database.snapshot() as connection:
            await connection.run_sync(lambda _: take(Snapshot(_, check)))
    await database.close()
    assert [row[0] for row in seen] == [0, 1, 2, 3]
    assert signal.getsignal(number) is before
