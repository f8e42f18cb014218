"""Fills a database with all that another database holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Protocol, TypeAlias

from sqlalchemy import delete, false, func, insert, inspect, select

from .migrating import migrate, revision_of
from .schema import PAGE, REVISIONS, Rows, rows, tables_at
from .tables import PASSING

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

# The number of rows by the name of the table.
Counts: TypeAlias = dict[str, int]


class CopyError(Exception):
    """Rows cannot be taken from a database, or brought into one; the text is one line for people."""


class NotEmptyError(CopyError):
    """Somebody would lose what a database holds already."""


class Source(Protocol):
    """Where rows come from: the same ones each time."""

    @property
    def revision(self) -> str:
        """The form of its tables, which is known here."""

    def tables(self) -> Iterator[tuple[Table, Rows]]:
        """Each table of that revision with its rows, which are to be taken before the next table.

        A table comes behind those that it refers to, and rows in the order of its key. Close them.
        """


class Snapshot:
    """All that a database holds, at the moment that the transaction of `connection` sees, without `PASSING` rows.

    Raises NewerDatabaseError, and CopyError where no bot has used the database yet.
    """

    def __init__(self, connection: Connection) -> None:
        revision = revision_of(connection)
        if revision is None:
            raise CopyError("there is nothing to take: no bot has used this database yet")
        self.revision = revision
        self._connection = connection
        self._tables = tables_at(revision)

    def tables(self) -> Iterator[tuple[Table, Rows]]:
        """As `Source` says."""
        for table in self._tables:
            yield table, _none() if table.name in PASSING else rows(self._connection, table)


def _none() -> Rows:
    yield from ()


def fill(connection: Connection, source: Source) -> Counts:
    """Brings all of `source` into the database of `connection`, within its transaction, and compares row by row.

    The tables must be empty; they are made anew as `source` has them, and then brought up to date.
    Raises NotEmptyError, NewerDatabaseError, CopyError, and whatever `source` and the driver raise; roll back then.
    """
    _drop_empty(connection)
    migrate(connection, source.revision)
    for table in reversed(tables_at(source.revision)):
        connection.execute(delete(table))  # a migration may have begun it with rows of its own
    counts = {table.name: _insert(connection, table, found) for table, found in source.tables()}
    for table, expected in source.tables():
        _compare(connection, table, expected)
        _continue_numbers(connection, table)
    migrate(connection)
    return counts


def holds(connection: Connection, table: str) -> bool:
    """Whether the database has a table of this name."""
    return inspect(connection).has_table(table)


def _drop_empty(connection: Connection) -> None:
    """Drops the tables of this program. Raises NotEmptyError where rows of theirs are to last."""
    revision = revision_of(connection)
    if revision is None:
        _refuse_foreign(connection)
        return
    tables = tables_at(revision)
    lasting = [table for table in tables if table.name not in PASSING]
    filled = [table.name for table in lasting if connection.execute(select(table).limit(1)).first()]
    if filled:
        raise NotEmptyError(f"the database is not empty (there are rows in {', '.join(filled)})")
    for name in (*(table.name for table in reversed(tables)), REVISIONS):
        connection.exec_driver_sql(f"DROP TABLE {connection.dialect.identifier_preparer.quote(name)}")


def _refuse_foreign(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    ours = [table.name for table in tables_at("head") if table.name in there]
    if ours:
        raise CopyError(f"the database has tables of another program ({', '.join(ours)}); name another database")


def _insert(connection: Connection, table: Table, found: Rows) -> int:
    names = [column.name for column in table.columns]
    count = 0
    with closing(found):
        while page := list(islice(found, PAGE)):
            connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in page])
            count += len(page)
    return count


def _compare(connection: Connection, table: Table, expected: Rows) -> None:
    with closing(rows(connection, table)) as arrived, closing(expected):
        for number, (row, wanted) in enumerate(zip_longest(arrived, expected), start=1):
            if row != wanted:
                raise CopyError(f"row {number} of the table {table.name} did not arrive as it was sent")


def _continue_numbers(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers new rows from a sequence, which knows nothing of rows that brought their numbers along."""
    keys: Sequence[str] = [column.name for column in table.primary_key]
    if connection.dialect.name != "postgresql" or len(keys) != 1:
        return
    quoted = connection.dialect.identifier_preparer.quote_identifier(table.name)
    sequence = connection.execute(select(func.pg_get_serial_sequence(quoted, keys[0]))).scalar()
    if sequence is not None:
        last = func.max(table.c[keys[0]])
        # Greater than the last one where there is one, else 1.
        connection.execute(select(func.setval(sequence, func.greatest(last, 1), func.coalesce(last >= 1, false()))))
