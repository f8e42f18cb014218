"""The tables of each version, as the migrations make them."""

from __future__ import annotations

import pytest
from alembic.script import ScriptDirectory

from bot.storage.migrating import MIGRATIONS, newest
from bot.storage.schema import tables_at
from bot.storage.tables import METADATA, PASSING
from bot.storage.values import kind_of

REVISIONS = [script.revision for script in ScriptDirectory(MIGRATIONS).walk_revisions()]


def test_the_newest_tables_are_those_that_the_program_uses() -> None:
    found = {table.name: table for table in tables_at(newest())}
    assert found.keys() == METADATA.tables.keys()
    for name, table in METADATA.tables.items():
        there = found[name]
        assert [column.name for column in there.columns] == [column.name for column in table.columns]
        assert [column.name for column in there.primary_key] == [column.name for column in table.primary_key]
        assert [kind_of(column.type) for column in there.columns] == [kind_of(column.type) for column in table.columns]


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_table_of_every_version_has_a_key_to_sort_its_rows_by(revision: str) -> None:
    tables = tables_at(revision)
    assert tables
    assert all(len(table.primary_key) for table in tables)


def test_an_older_version_has_fewer_tables() -> None:
    assert {table.name for table in tables_at("0001")} == {"chats", "questions", "feedback"}


def test_a_table_comes_behind_those_that_it_refers_to() -> None:
    names = [table.name for table in tables_at(newest())]
    for table in METADATA.tables.values():
        for key in table.foreign_keys:
            assert names.index(key.column.table.name) <= names.index(table.name)


def test_what_passes_are_tables_of_the_program() -> None:
    assert set(METADATA.tables) >= PASSING
