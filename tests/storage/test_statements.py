"""Rows are written together, and nothing that belongs together changes its order."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.storage import statements
from bot.storage.statements import Row, Rows, combined

DAY = date(2030, 5, 17)
NOW = datetime(2030, 5, 17, 8, 0, tzinfo=UTC)


def test_rows_of_a_table_become_one_statement() -> None:
    first, second = statements.handled(1, DAY), statements.handled(2, DAY)
    seen = statements.chat_seen(-7, "group", "Tea", "en", None, NOW)
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert isinstance(seen, Row)
    assert list(combined([first, seen, second])) == [
        Rows(first.write, [first.values, second.values]),
        Rows(seen.write, [seen.values]),
    ]


def test_no_row_passes_a_change_of_another_sort() -> None:
    """A chat that is seen, has ended, and is seen again is one that has come back."""
    seen = statements.chat_seen(-7, "group", "Tea", "en", None, NOW)
    ended = statements.chat_ended(-7, "kicked", NOW)
    assert isinstance(seen, Row)
    once = Rows(seen.write, [seen.values])
    assert list(combined([seen, ended, seen])) == [once, ended, once]


def test_nothing_is_nothing() -> None:
    assert list(combined([])) == []
