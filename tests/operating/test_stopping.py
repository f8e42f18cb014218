"""Commands that are stopped while they copy."""

from __future__ import annotations

import os
import signal

import pytest
from table_rows import ListedRows

from bot.operating.stopping import StoppableSource, stoppable
from bot.storage.schema import Row

ROWS: dict[str, list[Row]] = {"feedback": [(f"fact-{number}", "", 1, 0) for number in range(9)]}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_rows(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    seen: list[Row] = []
    with pytest.raises(KeyboardInterrupt):
        _take(seen, number)
    assert seen == ROWS["feedback"][:4]
    assert signal.getsignal(number) is before


def test_without_a_signal_all_rows_come() -> None:
    seen: list[Row] = []
    _take(seen, None)
    assert seen == ROWS["feedback"]


def _take(seen: list[Row], number: signal.Signals | None) -> None:
    """Sends the signal after four rows."""
    with stoppable() as check:
        for _, rows in StoppableSource(ListedRows(ROWS), check).tables():
            for row in rows:
                seen.append(row)
                if number and len(seen) == 4:
                    os.kill(os.getpid(), number)
