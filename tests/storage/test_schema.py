"""The tables of each version, as the migrations make them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Boolean, Column, Interval, LargeBinary

from bot.storage.migrating import MIGRATIONS, newest
from bot.storage.schema import kind_of, tables_at
from bot.storage.tables import METADATA, PASSING

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


# ---- the kinds of values

COLUMNS = [column for table in METADATA.tables.values() for column in table.columns]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_of_every_table_is_of_a_known_kind(column: Column[Any]) -> None:
    kind = kind_of(column.type)
    assert kind_of(kind.type) is kind


def test_a_type_that_is_not_known_is_told() -> None:
    with pytest.raises(TypeError, match="Interval"):
        kind_of(Interval())


def test_times_are_read_in_utc_wherever_they_come_from() -> None:
    kind = kind_of(METADATA.tables["audit"].c.at.type)
    noon = datetime(2030, 5, 17, 12, tzinfo=UTC)
    assert kind.read(noon.replace(tzinfo=None)) == noon
    read = kind.read(noon.astimezone(timezone(timedelta(hours=8))))
    assert (read, read.tzinfo) == (noon, UTC)


def test_the_kinds_of_columns_that_no_table_has_yet() -> None:
    assert isinstance(kind_of(JSON()).type, JSON)
    assert kind_of(LargeBinary()).read(memoryview(b"\x00\xff")) == b"\x00\xff"
    assert isinstance(kind_of(Boolean()).type, Boolean)
