"""Rows are written together, and nothing that belongs together changes its order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.storage.activity.updates import HandledUpdates
from bot.storage.chats import Chats
from bot.storage.statements import Change, Row, Rows, combined
from bot.storage.writer import NoWriter

NOW = datetime(2030, 5, 17, 8, 0, tzinfo=UTC)


class Put(NoWriter):
    """Keeps what it is to write."""

    def __init__(self) -> None:
        super().__init__(lambda: NOW)
        self.changes: list[Change] = []

    def put(self, change: Change, *, at_once: bool = False) -> None:
        self.changes.append(change)


@pytest.mark.asyncio
async def test_rows_of_a_table_become_one_statement() -> None:
    put = Put()
    chats, updates = Chats(put, lambda: NOW), HandledUpdates(put, lambda: NOW)
    await updates.handled(1)
    await chats.seen(-7, "group", "Tea", "en")
    await updates.handled(2)
    first, seen, second = put.changes
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert isinstance(seen, Row)
    assert list(combined([first, seen, second])) == [
        Rows(first.write, [first.values, second.values]),
        Rows(seen.write, [seen.values]),
    ]


@pytest.mark.asyncio
async def test_no_row_passes_a_change_of_another_sort() -> None:
    """A chat that is seen, has ended, and is seen again is one that has come back."""
    put = Put()
    chats = Chats(put, lambda: NOW)
    await chats.seen(-7, "group", "Tea", "en")
    await chats.ended(-7, "kicked")
    seen, ended = put.changes
    assert isinstance(seen, Row)
    once = Rows(seen.write, [seen.values])
    assert list(combined([seen, ended, seen])) == [once, ended, once]


def test_nothing_is_nothing() -> None:
    assert list(combined([])) == []
