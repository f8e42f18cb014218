"""Any rows of the program's tables, as a source for copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, String, Table, UniqueConstraint

from bot.storage.copying import Row, Rows, Snapshot, tables_at
from bot.storage.migrating import newest
from bot.storage.tables import METADATA, PASSING, TIME

# PostgreSQL takes no NUL, and nothing takes half of a surrogate pair.
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
VALUES: Mapping[type[Any], st.SearchStrategy[Any]] = {
    Boolean: st.booleans(),
    BigInteger: st.integers(-(2**63), 2**63 - 1),
    Integer: st.integers(-(2**31), 2**31 - 1),
    type(TIME): st.datetimes(timezones=st.just(UTC)),
    Date: st.dates(),
    String: TEXTS,
}


@dataclass(frozen=True)
class ListedRows(Snapshot):
    """A source whose rows are written down here."""

    rows: Mapping[str, list[Row]]
    revision: str = newest()

    def tables(self) -> Iterator[tuple[Table, Rows]]:
        for table in tables_at(self.revision):
            yield table, (row for row in self.rows.get(table.name, ()))


@st.composite
def any_rows(draw: st.DrawFn, most: int = 6) -> ListedRows:
    """Up to `most` rows of each table, which refer to rows that are there."""
    rows: dict[str, list[Row]] = {}
    for table in METADATA.sorted_tables:
        rows[table.name] = [] if table.name in PASSING else draw(_rows(table, most, rows))
    return ListedRows(rows)


def _rows(table: Table, most: int, there: Mapping[str, list[Row]]) -> st.SearchStrategy[list[Row]]:
    values = [_referring(column, there) if column.foreign_keys else _value(column) for column in table.columns]
    if any(strategy.is_empty for strategy in values):
        return st.just([])
    key, *others = [_part(table, columns) for columns in (table.primary_key.columns, *_unique(table))]
    listed = st.lists(st.tuples(*values), max_size=most, unique_by=(key, *others))
    return listed.map(lambda rows: _pointing_back(table, sorted(rows, key=key)))


def _pointing_back(table: Table, rows: list[Row]) -> list[Row]:
    """Rows that refer to the table itself are made to refer to the first one, which is there before them."""
    own = [number for number, column in enumerate(table.columns) if _is_own(column)]
    return [
        tuple(rows[0][0] if number in own and value is not None else value for number, value in enumerate(row))
        for row in rows
    ]


def _unique(table: Table) -> Iterator[Iterable[Column[Any]]]:
    yield from (rule.columns for rule in table.constraints if isinstance(rule, UniqueConstraint))
    yield from (index.columns for index in table.indexes if index.unique)


def _part(table: Table, columns: Iterable[Column[Any]]) -> Callable[[Row], tuple[Any, ...]]:
    """The values of some columns, to be sorted as databases do: texts by their bytes."""
    names = {column.name for column in columns}
    numbers = [number for number, column in enumerate(table.columns) if column.name in names]

    def part(row: Row) -> tuple[Any, ...]:
        values = (row[number] for number in numbers)
        return tuple(value.encode() if isinstance(value, str) else value for value in values)

    return part


def _is_own(column: Column[Any]) -> bool:
    return any(key.column.table is column.table for key in column.foreign_keys)


def _referring(column: Column[Any], there: Mapping[str, list[Row]]) -> st.SearchStrategy[Any]:
    if _is_own(column):
        return _value(column)
    target = next(iter(column.foreign_keys)).column
    number = list(target.table.columns).index(target)
    values = [row[number] for row in there[target.table.name]]
    found = st.sampled_from(values) if values else st.nothing()
    return st.none() | found if column.nullable else found


def _value(column: Column[Any]) -> st.SearchStrategy[Any]:
    values = next(strategy for kind, strategy in VALUES.items() if isinstance(column.type, kind))
    return st.none() | values if column.nullable else values
