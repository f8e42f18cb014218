"""What is written is put together in its order, in a form that every database takes."""

from datetime import UTC, datetime

import pytest

from bot.storage import question_hash
from bot.storage.activity.updates import HandledUpdates
from bot.storage.chats import Chats
from bot.storage.statements import Change, Rows, combined
from tests.support.storage.no_memory import NoWriter

NOW = datetime(2030, 5, 17, 8, 0, tzinfo=UTC)


class Put(NoWriter):
    """Keeps what it is to write."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[Change] = []

    def put(self, change: Change, *, at_once: bool = False) -> None:
        self.changes.append(change)


@pytest.mark.asyncio
async def test_rows_of_a_table_become_one_statement_and_pass_no_change_of_another_sort() -> None:
    """A chat that is seen, has ended, and is seen again is one that has come back."""
    put = Put()
    chats, updates = Chats(put, lambda: NOW), HandledUpdates(put, lambda: NOW)
    await updates.handled(1)
    await chats.seen(-7, "group", "Tea", "en")
    await updates.handled(2)
    await chats.ended(-7, "kicked")
    first, seen, second, ended = put.changes
    assert list(combined([first, seen, second])) == [Rows(first.write, [*first.values, *second.values]), seen]
    assert list(combined([seen, ended, seen])) == [seen, ended, seen]
    assert list(combined([])) == []


def test_the_hash_of_a_question_fits_a_button_and_stays_for_those_already_sent() -> None:
    assert question_hash("产值") == "c3e4812df6900b9d"
