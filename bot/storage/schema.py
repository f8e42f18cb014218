"""The tables as any version up to this one used them, and their rows."""

from __future__ import annotations

from collections.abc import Generator
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import Column, MetaData, Table, Text, collate, create_engine, select

from .migrating import migrate
from .values import kind_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

# The values of a row in the order of the table's columns, as `values` describes them.
Row: TypeAlias = tuple[Any, ...]
Rows: TypeAlias = Generator[Row, None, None]

# Rows that are in memory at a time.
PAGE: Final = 1000
REVISIONS: Final = "alembic_version"


@cache
def tables_at(revision: str) -> tuple[Table, ...]:
    """The tables at a revision that is known here, each behind those that it refers to.

    Their columns have the types of `values`, for statements on either database; keys to other tables are left out.
    """
    engine = create_engine("sqlite://")
    found = MetaData()
    with engine.begin() as connection:
        migrate(connection, revision)
        found.reflect(connection)
    engine.dispose()
    tables = MetaData()
    return tuple(_plain(table, tables) for table in found.sorted_tables if table.name != REVISIONS)


def rows(connection: Connection, table: Table) -> Rows:
    """The rows of a table in the order of its key, the same on every database, read in pages."""
    reads = [kind_of(column.type).read for column in table.columns]
    query = select(table).order_by(*(_bytewise(connection, column) for column in table.primary_key))
    with connection.execute(query, execution_options={"yield_per": PAGE}) as result:
        for found in result:
            yield tuple(None if value is None else read(value) for read, value in zip(reads, found, strict=True))


def _plain(table: Table, tables: MetaData) -> Table:
    columns: list[Column[Any]] = [
        Column(column.name, kind_of(column.type).type, primary_key=column.primary_key, autoincrement=False)
        for column in table.columns
    ]
    return Table(table.name, tables, *columns)


def _bytewise(connection: Connection, column: Column[Any]) -> ColumnElement[Any]:
    """PostgreSQL sorts texts as a language does; SQLite, by their bytes."""
    sorts = connection.dialect.name == "postgresql" and isinstance(column.type, Text)
    return collate(column, "C") if sorts else column
