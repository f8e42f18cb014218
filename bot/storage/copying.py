"""Fills an empty database with all that another database holds."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from itertools import islice, zip_longest
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, Text, collate, false, func, insert, inspect, select

from .migrating import migrate, revision_of
from .tables import METADATA, PASSING

# Rows that are in memory at a time.
PAGE = 1000


class CopyError(Exception):
    """Rows cannot be taken from a database, or brought into one; the text is one line for people."""


def copy(target: Connection, source: Connection, check: Callable[[], None]) -> dict[str, int]:
    """Copies all rows but those of `PASSING`, and compares them; their number by the tables that `source` has.

    One of an older version may have fewer tables and columns. `check`: called again and again; what it raises ends the
    copying. Raises CopyError, NewerDatabaseError, and whatever the drivers and `check` raise; roll back then.
    """
    if revision_of(source) is None:
        raise CopyError("there is nothing to take: no bot has used this database yet")
    _prepare(target)
    there = inspect(source)
    tables = [table for table in METADATA.sorted_tables if there.has_table(table.name)]
    counts = {table.name: 0 for table in tables}
    for table in tables:
        if table.name not in PASSING:
            names = {column["name"] for column in there.get_columns(table.name)}
            columns = [column for column in table.columns if column.name in names]
            counts[table.name] = _copy_table(target, source, table, columns, check)
            _continue_numbers(target, table)
    return counts


def _prepare(target: Connection) -> None:
    """Makes the tables that are missing. Raises CopyError where others have these names, or their rows are to last."""
    ours = METADATA.sorted_tables
    if revision_of(target) is None:
        there = inspect(target)
        if strange := [table.name for table in ours if there.has_table(table.name)]:
            raise CopyError(f"the database has tables of another program ({', '.join(strange)}); name another database")
    migrate(target)
    lasting = [table for table in ours if table.name not in PASSING]
    if filled := [table.name for table in lasting if target.execute(select(table).limit(1)).first()]:
        raise CopyError(f"TO: the database is not empty (there are rows in {', '.join(filled)}): name an empty one")


def _copy_table(
    target: Connection, source: Connection, table: Table, columns: Sequence[Column[Any]], check: Callable[[], None]
) -> int:
    """Returns the number of rows. Raises CopyError where one of them is another one by now."""
    count = 0
    with closing(_rows(source, table, columns)) as rows:
        while page := list(islice(rows, PAGE)):
            check()
            target.execute(insert(table), [row._asdict() for row in page])
            count += len(page)
    with closing(_rows(source, table, columns)) as sent, closing(_rows(target, table, columns)) as arrived:
        for number, (wanted, row) in enumerate(zip_longest(sent, arrived), start=1):
            check()
            if row != wanted:
                raise CopyError(f"row {number} of the table {table.name} did not arrive as it was sent")
    return count


def _rows(connection: Connection, table: Table, columns: Sequence[Column[Any]]) -> Generator[Row[Any], None, None]:
    """The rows of a table in the order of its key, the same on every database, read in pages."""
    # PostgreSQL sorts texts as a language does; SQLite, by their bytes.
    by_language = connection.dialect.name == "postgresql"
    key = (collate(one, "C") if by_language and isinstance(one.type, Text) else one for one in table.primary_key)
    with connection.execute(select(*columns).order_by(*key), execution_options={"yield_per": PAGE}) as result:
        yield from result


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
