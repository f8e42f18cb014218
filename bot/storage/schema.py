"""The tables as any version up to this one used them, and their rows."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    collate,
    create_engine,
    select,
)

from .migrating import migrate
from .statements import utc

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection
    from sqlalchemy.types import TypeEngine

# The values of a row in the order of the table's columns, as `Kind` describes them.
Row: TypeAlias = tuple[Any, ...]
Rows: TypeAlias = Generator[Row, None, None]

# Rows that are in memory at a time.
PAGE: Final = 1000
REVISIONS: Final = "alembic_version"


@cache
def tables_at(revision: str) -> tuple[Table, ...]:
    """The tables at a revision that is known here, each behind those that it refers to.

    Their columns have the types of `Kind`, for statements on either database; keys to other tables are left out.
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


def _same(value: Any) -> Any:  # noqa: ANN401 (whatever a column holds)
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """`type`: a column of the kind, on either database. `read`: makes the value of a driver the same on every database.

    It is not asked for NULL.
    """

    type: TypeEngine[Any]
    read: Callable[[Any], Any] = _same


# By the type that a column has: the first that fits.
_KINDS: Final[tuple[tuple[type[TypeEngine[Any]], Kind], ...]] = (
    (Boolean, Kind(Boolean())),
    (Integer, Kind(BigInteger())),
    (Float, Kind(Float())),
    (DateTime, Kind(DateTime(timezone=True), utc)),
    (Date, Kind(Date())),
    (JSON, Kind(JSON(none_as_null=True))),
    (LargeBinary, Kind(LargeBinary(), bytes)),
    (String, Kind(Text())),
)


def kind_of(type_: TypeEngine[Any]) -> Kind:
    """Raises TypeError for a type that no table here has; add it above."""
    for known, kind in _KINDS:
        if isinstance(type_, known):
            return kind
    raise TypeError(f"no kind of values is known for columns of the type {type_!r}")
