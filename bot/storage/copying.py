"""Fills a database with all that another database holds."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from functools import cache
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import Column, MetaData, Table, Text, collate, create_engine, false, func, insert, inspect, select

from .migrating import NEWEST, migrate, revision_of
from .tables import METADATA, PASSING

if TYPE_CHECKING:
    from sqlalchemy import Connection

Row: TypeAlias = tuple[Any, ...]
Rows: TypeAlias = Generator[Row, None, None]
# The number of rows by the name of the table.
Counts: TypeAlias = dict[str, int]

# Rows that are in memory at a time.
PAGE: Final = 1000
REVISIONS: Final = "alembic_version"


class CopyError(Exception):
    """Rows cannot be taken from a database, or brought into one; the text is one line for people."""


class NotEmptyError(CopyError):
    """Somebody would lose what a database holds already."""


class Snapshot:
    """All that a database holds, at the moment that the transaction of `connection` sees, without `PASSING` rows.

    `check`: called before each row; what it raises ends the reading.
    Raises NewerDatabaseError, and CopyError where no bot has used the database yet.
    """

    def __init__(self, connection: Connection, check: Callable[[], None] | None = None) -> None:
        revision = revision_of(connection)
        if revision is None:
            raise CopyError("there is nothing to take: no bot has used this database yet")
        self.revision = revision
        self._connection = connection
        self._check = check

    def tables(self) -> Iterator[tuple[Table, Rows]]:
        """Each table of the revision, behind those that it refers to, with its rows in the order of its key.

        The rows are the same each time, and are to be taken before the next table. Close them.
        """
        for table in tables_at(self.revision):
            if table.name not in PASSING:
                yield table, _rows(self._connection, table, self._check)


@cache
def tables_at(revision: str) -> tuple[Table, ...]:
    """The tables at a revision that is known here, each behind those that it refers to, for either database.

    Their columns have no keys to other tables.
    """
    engine = create_engine("sqlite://")
    found, plain = MetaData(), MetaData()
    with engine.begin() as connection:
        migrate(connection, revision)
        found.reflect(connection)
    engine.dispose()
    tables = [table for table in found.sorted_tables if table.name != REVISIONS]
    return tuple(Table(table.name, plain, *(_plain(column) for column in table.columns)) for table in tables)


def _plain(column: Column[Any]) -> Column[Any]:
    """With the type that it has in this version, which suits either database."""
    type_ = METADATA.tables[column.table.name].columns[column.name].type
    return Column(column.name, type_, primary_key=column.primary_key, autoincrement=False)


def fill(connection: Connection, source: Snapshot) -> Counts:
    """Brings all of `source` into the database of `connection`, within its transaction, and compares row by row.

    The tables must be empty; they are made anew as `source` has them, and then brought up to date.
    Raises NotEmptyError, NewerDatabaseError, CopyError, and whatever `source` and the driver raise; roll back then.
    """
    _drop_empty(connection)
    migrate(connection, source.revision)
    counts = {table.name: 0 for table in tables_at(source.revision)}
    counts.update({table.name: _insert(connection, table, found) for table, found in source.tables()})
    for table, expected in source.tables():
        _compare(connection, table, expected)
        _continue_numbers(connection, table)
    migrate(connection)
    return counts


def _drop_empty(connection: Connection) -> None:
    """Drops the tables of this program. Raises NotEmptyError where rows of theirs are to last."""
    revision = revision_of(connection)
    if revision is None:
        there = set(inspect(connection).get_table_names())
        ours = ", ".join(table.name for table in tables_at(NEWEST) if table.name in there)
        if ours:
            raise CopyError(f"the database has tables of another program ({ours}); name another database")
        return
    tables = tables_at(revision)
    lasting = [table for table in tables if table.name not in PASSING]
    filled = [table.name for table in lasting if connection.execute(select(table).limit(1)).first()]
    if filled:
        raise NotEmptyError(f"the database is not empty (there are rows in {', '.join(filled)})")
    for name in (*(table.name for table in reversed(tables)), REVISIONS):
        connection.exec_driver_sql(f"DROP TABLE {name}")


def _rows(connection: Connection, table: Table, check: Callable[[], None] | None = None) -> Rows:
    """The rows of a table in the order of its key, the same on every database, read in pages."""
    # PostgreSQL sorts texts as a language does; SQLite, by their bytes.
    by_language = connection.dialect.name == "postgresql"
    key = (collate(one, "C") if by_language and isinstance(one.type, Text) else one for one in table.primary_key)
    query = select(table).order_by(*key)
    with connection.execute(query, execution_options={"yield_per": PAGE}) as result:
        for row in result:
            if check:
                check()
            yield tuple(row)


def _insert(connection: Connection, table: Table, found: Rows) -> int:
    names = table.columns.keys()
    count = 0
    with closing(found):
        while page := list(islice(found, PAGE)):
            connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in page])
            count += len(page)
    return count


def _compare(connection: Connection, table: Table, expected: Rows) -> None:
    with closing(_rows(connection, table)) as arrived, closing(expected):
        for number, (row, wanted) in enumerate(zip_longest(arrived, expected), start=1):
            if row != wanted:
                raise CopyError(f"row {number} of the table {table.name} did not arrive as it was sent")


def _continue_numbers(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers new rows from a sequence, which knows nothing of rows that brought their numbers along."""
    if connection.dialect.name != "postgresql" or len(table.primary_key) != 1:
        return
    (key,) = table.primary_key
    sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, key.name))).scalar()
    if sequence is not None:
        last = func.max(key)
        # Greater than the last one where there is one, else 1.
        connection.execute(select(func.setval(sequence, func.greatest(last, 1), func.coalesce(last >= 1, false()))))
