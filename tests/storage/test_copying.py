"""Databases filled from elsewhere: all rows or none, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Integer, String, Table

from bot.storage.copying import PAGE, CopyError, Counts, NotEmptyError, Row, Rows, Snapshot, fill, tables_at
from bot.storage.migrating import NewerDatabaseError, migrate, newest
from bot.storage.tables import METADATA, PASSING, TIME
from tests.support.storage.databases import SqliteTrial, Trial
from tests.support.storage.opened_memory import CHATS, opened_database, opened_memory

pytestmark = pytest.mark.asyncio

NOON = datetime(2030, 5, 17, 12, tzinfo=UTC)
OLD = "0005_since_0004"
# Of each type the least, one between, and the greatest; of texts by their bytes, which is no order of a language.
VALUES: Mapping[type[Any], tuple[Any, Any, Any]] = {
    Boolean: (False, True, True),
    BigInteger: (-(2**63), 0, 2**63 - 1),
    Integer: (-(2**31), 0, 2**31 - 1),
    type(TIME): (datetime.min.replace(tzinfo=UTC), NOON, datetime.max.replace(tzinfo=UTC)),
    Date: (date.min, NOON.date(), date.max),
    String: ("", "B %s :x ? \\ '; --", "a茶\x01\u2028\u202e😀"),
}


@dataclass(frozen=True)
class ListedRows(Snapshot):
    """A source whose rows are written down here."""

    rows: Mapping[str, list[Row]]
    revision: str = newest()

    def tables(self) -> Iterator[tuple[Table, Rows]]:
        for table in tables_at(self.revision):
            yield table, (row for row in self.rows.get(table.name, ()))


def value(column: Column[Any], number: int) -> Any:
    """Of the least, the middle or the greatest row, which is 0, 1 or 2; rows refer to the least one, or to none."""
    values = next(values for kind, values in VALUES.items() if isinstance(column.type, kind))
    if column.foreign_keys:
        return None if column.nullable and number < 2 else values[0]
    return None if column.nullable and number == 1 else values[number]


TEA = (-7, "group", "Tea", None, "en", NOON, *[None] * 5)
SOURCE = ListedRows({"chats": [TEA], "audit": [(40, NOON, 42, "/reload", "done"), (41, NOON, 42, "/undo", "done")]})


async def filled(trial: Trial, source: ListedRows) -> Counts:
    async with opened_database(trial) as database, database.replacing() as connection:
        return await connection.run_sync(fill, source)


async def held(trial: Trial) -> dict[str, list[Row]]:
    """All rows, by table; without the tables that have none."""

    def read(connection: Connection) -> dict[str, list[Row]]:
        return {table.name: found for table, rows in Snapshot(connection).tables() if (found := list(rows))}

    async with opened_database(trial, looking=True) as database, database.snapshot() as connection:
        return await connection.run_sync(read)


async def test_an_empty_database_takes_everything(database: Trial) -> None:
    counts = await filled(database, SOURCE)
    assert counts == {**dict.fromkeys(METADATA.tables, 0), "chats": 1, "audit": 2}
    assert await held(database) == SOURCE.rows
    assert database.rows("SELECT version_num FROM alembic_version") == [(newest(),)]


async def test_rows_of_every_table_arrive_as_they_were(database: Trial) -> None:
    tables = [table for table in METADATA.sorted_tables if table.name not in PASSING]
    rows = {one.name: [tuple(value(column, number) for column in one.columns) for number in range(3)] for one in tables}
    await filled(database, ListedRows(rows))
    assert await held(database) == rows


async def test_more_rows_than_are_in_memory_at_a_time(database: Trial) -> None:
    updates = [(number, date(2030, 1, 1)) for number in range(2 * PAGE + 1)]
    source = ListedRows({"handled_updates": updates})
    assert (await filled(database, source))["handled_updates"] == len(updates)
    assert (await held(database))["handled_updates"] == updates


async def test_the_bot_goes_on_with_what_was_brought(database: Trial) -> None:
    await filled(database, SOURCE)
    async with opened_memory(database) as memory:
        await memory.chats.seen(-8, "group", "Cups", "en")
        for what in ("/status", "/audit"):
            await memory.audit.note(42, what, "done")
        await memory.written()
        assert memory.healthy
    assert [row[0] for row in database.rows(CHATS)] == [-8, -7]
    # Numbered from where the rows that were brought along end.
    numbers = database.rows("SELECT id, what FROM audit ORDER BY id")
    assert numbers == [(40, "/reload"), (41, "/undo"), (42, "/status"), (43, "/audit")]


async def test_a_database_that_a_bot_has_only_started_on_is_empty(database: Trial) -> None:
    async with opened_memory(database) as memory:
        memory.cluster.seen("host:1", "abc", NOON, 0, "")
        await memory.written()
        assert (await memory.check()).healthy
    assert await held(database) == {}  # such rows are of no use elsewhere
    await filled(database, SOURCE)
    assert await held(database) == SOURCE.rows


async def test_what_a_database_holds_is_never_dropped(database: Trial) -> None:
    await filled(database, SOURCE)
    cups = ListedRows({"chats": [(-9, *TEA[1:])]})
    with pytest.raises(NotEmptyError, match=r"the database is not empty \(there are rows in audit, chats\)"):
        await filled(database, cups)
    assert await held(database) == SOURCE.rows


@pytest.mark.parametrize("before", [None, OLD])
async def test_an_older_source_is_brought_up_to_date(database: Trial, before: str | None) -> None:
    if before:
        async with opened_database(database) as older, older.replacing() as connection:
            await connection.run_sync(migrate, before)
    counts = await filled(database, ListedRows({"chats": [TEA]}, revision=OLD))
    assert counts == {
        **dict.fromkeys(METADATA.tables.keys() - {"votes", "pending_updates", "set_aside"}, 0),
        "chats": 1,
    }
    assert await held(database) == {"chats": [TEA]}
    async with opened_memory(database) as memory:
        assert memory.healthy


async def test_an_older_database_is_taken_as_it_is(database: Trial) -> None:
    async with opened_database(database) as older, older.replacing() as connection:
        await connection.run_sync(migrate, OLD)
    at = "2030-05-17 12:00:00" if "sqlite" in database.url else "2030-05-17 12:00:00+00"
    into = "INSERT INTO chats (chat_id, kind, title, language, added)"
    database.rows(f"{into} VALUES (-7, 'group', 'Tea', 'en', '{at}')")
    async with opened_database(database, looking=True) as older, older.snapshot() as connection:
        snapshot = await connection.run_sync(Snapshot)
        assert snapshot.revision == OLD
        found = await connection.run_sync(lambda _: [(table.name, list(rows)) for table, rows in snapshot.tables()])
    assert [(name, rows) for name, rows in found if rows] == [("chats", [TEA])]
    assert "votes" not in {name for name, _ in found}


@pytest.mark.parametrize("revision", ["9999", "9999_since_0001"])
async def test_a_database_of_a_newer_version_is_left_alone(database: Trial, revision: str) -> None:
    """Where a bot could use it, too: what the newer version has added would be lost."""
    await filled(database, SOURCE)
    database.rows(f"UPDATE alembic_version SET version_num = '{revision}'")  # noqa: S608
    with pytest.raises(NewerDatabaseError):
        await filled(database, SOURCE)
    with pytest.raises(NewerDatabaseError):
        await held(database)
    assert database.rows(CHATS) != []


async def test_a_database_that_no_bot_has_used_has_nothing_to_take(database: Trial) -> None:
    async with opened_database(database) as empty, empty.replacing():
        pass
    with pytest.raises(CopyError, match="no bot has used this database yet"):
        await held(database)


async def test_tables_of_another_program_are_left_alone(database: Trial) -> None:
    async with opened_database(database) as empty, empty.replacing() as connection:
        await connection.exec_driver_sql("CREATE TABLE chats (cat text)")
        await connection.exec_driver_sql("INSERT INTO chats VALUES ('Mimi')")
    with pytest.raises(CopyError, match=r"tables of another program \(chats\)"):
        await filled(database, SOURCE)
    assert database.rows("SELECT * FROM chats") == [("Mimi",)]


async def test_other_tables_beside_those_of_the_bot_stay(database: Trial) -> None:
    async with opened_database(database) as empty, empty.replacing() as connection:
        await connection.exec_driver_sql("CREATE TABLE cats (name text)")
    async with opened_memory(database):
        pass
    await filled(database, SOURCE)
    assert database.rows("SELECT * FROM cats") == []


class ChangingRows(ListedRows):
    """Gives other rows the second time, as if the database had not kept what it was sent."""

    asked: ClassVar[list[str]] = []

    def tables(self) -> Iterator[tuple[Table, Rows]]:
        self.asked.append("all")
        for table, rows in super().tables():
            yield table, ((row[0], str(len(self.asked)), *row[2:]) for row in rows)


class VanishingRows(ListedRows):
    """Ends in the middle, as a disk that cannot be read any more."""

    def tables(self) -> Iterator[tuple[Table, Rows]]:
        for table, rows in super().tables():
            yield table, rows
            if table.name == "chats":
                raise OSError("cannot be read any more")


@pytest.mark.parametrize(
    ("source", "problem", "says"),
    [
        (ChangingRows({"chats": [TEA]}), CopyError, "row 1 of the table chats did not arrive as it was sent"),
        (VanishingRows(SOURCE.rows), OSError, "cannot be read any more"),
    ],
)
async def test_what_fails_leaves_the_database_as_it_was(
    database: Trial, source: ListedRows, problem: type[Exception], says: str
) -> None:
    async with opened_memory(database):
        pass
    with pytest.raises(problem, match=says):
        await filled(database, source)
    assert await held(database) == {}
    assert await filled(database, SOURCE)
    async with opened_memory(database) as memory:
        assert memory.healthy


async def test_a_snapshot_sees_one_moment(database: Trial) -> None:
    await filled(database, SOURCE)
    async with opened_database(database, looking=True) as looking, looking.snapshot() as connection:
        snapshot = await connection.run_sync(Snapshot)
        async with opened_memory(database) as memory:
            await memory.chats.seen(-8, "group", "Cups", "en")
            await memory.written()
        found = await connection.run_sync(lambda _: {table.name: list(rows) for table, rows in snapshot.tables()})
        assert found["chats"] == [TEA]
    assert len((await held(database))["chats"]) == 2


async def test_looking_makes_no_file(tmp_path: Path) -> None:
    trial = SqliteTrial(tmp_path)
    with pytest.raises(FileNotFoundError):
        await held(trial)
    assert not trial.path.parent.exists()


async def test_a_path_with_signs_of_addresses_in_it(tmp_path: Path) -> None:
    trial = SqliteTrial(tmp_path / "茶 50%25 & more")
    await filled(trial, SOURCE)
    assert await held(trial) == SOURCE.rows
