"""`shushuo migrate-database`, and databases filled from another one: all rows or none, on both kinds alike."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Integer, String, insert, inspect, select

from bot.errors import OperatingError
from bot.operating import copies
from bot.operating.copies import PAGE, copy
from bot.storage.migrating import NewerDatabaseError, newest
from bot.storage.questions import Vote
from bot.storage.tables import METADATA, PASSING, TIME
from tests.support.reports.small_report import OUTPUT, answered
from tests.support.storage.databases import PostgresqlTrial, SqliteTrial, Trial
from tests.support.storage.first_release import make_first_release
from tests.support.storage.opened_memory import CHATS, FEEDBACK, QUESTIONS, asked, opened_database, opened_memory

pytestmark = pytest.mark.asyncio

NOON = datetime(2030, 5, 17, 12, tzinfo=UTC)
# Of each type the least, one between, and the greatest; of texts by their bytes, which is no order of a language.
VALUES: Mapping[type[Any], tuple[Any, Any, Any]] = {
    Boolean: (False, True, True),
    BigInteger: (-(2**63), 0, 2**63 - 1),
    Integer: (-(2**31), 0, 2**31 - 1),
    type(TIME): (datetime.min.replace(tzinfo=UTC), NOON, datetime.max.replace(tzinfo=UTC)),
    Date: (date.min, NOON.date(), date.max),
    String: ("", "B %s :x ? \\ '; --", "a茶\x01\u2028\u202e😀"),
}


def value(column: Column[Any], number: int) -> Any:
    """Of the least, the middle or the greatest row, which is 0, 1 or 2; rows refer to the least one, or to none."""
    values = next(values for kind, values in VALUES.items() if isinstance(column.type, kind))
    if column.foreign_keys:
        return None if column.nullable and number < 2 else values[0]
    return None if column.nullable and number == 1 else values[number]


Rows = Mapping[str, list[tuple[Any, ...]]]
TEA = (-7, "group", "Tea", None, "en", NOON, *[None] * 5)
SOURCE: Rows = {"chats": [TEA], "audit": [(40, NOON, 42, "/reload", "done"), (41, NOON, 42, "/undo", "done")]}


async def filled(
    trial: Trial, rows: Rows, make: Callable[[Connection], None] | None = None, check: Callable[[], None] = lambda: None
) -> dict[str, int]:
    """Copies `rows` from a SQLite database, whose tables are those of this version or those that `make` makes."""
    with TemporaryDirectory() as folder:
        source = SqliteTrial(Path(folder))
        if make is None:
            source.prepare()
        async with opened_database(source) as old, old.replacing() as connection:
            if make:
                await connection.run_sync(make)
            for name, found in rows.items():
                table = METADATA.tables[name]
                values = [dict(zip(table.columns.keys(), row, strict=False)) for row in found]
                await connection.execute(insert(table), values)
        return await copied(source, trial, check)


async def copied(source: Trial, target: Trial, check: Callable[[], None] = lambda: None) -> dict[str, int]:
    async with (
        opened_database(source, looking=True) as old,
        opened_database(target) as new,
        old.snapshot() as giving,
        new.replacing() as taking,
    ):
        return await taking.run_sync(copy, await giving.run_sync(lambda connection: connection), check)


async def held(trial: Trial) -> Rows:
    """All rows in the order of their keys, by table; without tables that have none, and rows of no use elsewhere."""

    def read(connection: Connection) -> Rows:
        tables = [table for table in METADATA.sorted_tables if inspect(connection).has_table(table.name)]
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=lambda row: row[:1])
            for table in tables
            if table.name not in PASSING
        }
        return {name: rows for name, rows in found.items() if rows}

    async with opened_database(trial, looking=True) as database, database.snapshot() as connection:
        return await connection.run_sync(read)


async def test_an_empty_database_takes_everything(database) -> None:
    counts = await filled(database, SOURCE)
    assert counts == {**dict.fromkeys(METADATA.tables, 0), "chats": 1, "audit": 2}
    assert await held(database) == SOURCE
    assert database.rows("SELECT version_num FROM alembic_version") == [(newest(),)]


async def test_rows_of_every_table_arrive_as_they_were(database) -> None:
    tables = [table for table in METADATA.sorted_tables if table.name not in PASSING]
    rows = {one.name: [tuple(value(column, number) for column in one.columns) for number in range(3)] for one in tables}
    await filled(database, rows)
    assert await held(database) == rows


async def test_more_rows_than_are_in_memory_at_a_time(database) -> None:
    updates = [(number, date(2030, 1, 1)) for number in range(2 * PAGE + 1)]
    assert (await filled(database, {"handled_updates": updates}))["handled_updates"] == len(updates)
    assert (await held(database))["handled_updates"] == updates


async def test_the_bot_goes_on_with_what_was_brought(database) -> None:
    await filled(database, SOURCE)
    async with opened_memory(database) as memory:
        await memory.chats.seen(-8, "group", "Cups", "en")
        for what in ("/status", "/audit"):
            await memory.audit.note(42, what, "done")
        await memory.written()
        assert memory.health.healthy
    assert [row[0] for row in database.rows(CHATS)] == [-8, -7]
    # Numbered from where the rows that were brought along end.
    numbers = database.rows("SELECT id, what FROM audit ORDER BY id")
    assert numbers == [(40, "/reload"), (41, "/undo"), (42, "/status"), (43, "/audit")]


async def test_a_database_that_a_bot_has_only_started_on_is_empty(database) -> None:
    async with opened_memory(database) as memory:
        memory.cluster.seen("host:1", "abc", NOON, 0, "")
        await memory.written()
        assert (await memory.check()).healthy
    assert await held(database) == {}  # such rows are of no use elsewhere
    await filled(database, SOURCE)
    assert await held(database) == SOURCE


async def test_what_a_database_holds_is_never_dropped(database) -> None:
    await filled(database, SOURCE)
    cups = {"chats": [(-9, *TEA[1:])]}
    with pytest.raises(OperatingError, match=r"the database is not empty \(there are rows in audit, chats\)"):
        await filled(database, cups)
    assert await held(database) == SOURCE


@pytest.mark.parametrize("is_target_older", [False, True])
async def test_an_older_source_is_brought_up_to_date(database, is_target_older) -> None:
    if is_target_older:
        async with opened_database(database) as older, older.replacing() as connection:
            await connection.run_sync(make_first_release)
    counts = await filled(database, {"chats": [TEA[:11]]}, make_first_release)
    assert counts == {
        **dict.fromkeys(METADATA.tables.keys() - {"votes", "pending_updates", "set_aside"}, 0),
        "chats": 1,
    }
    assert await held(database) == {"chats": [TEA]}
    async with opened_memory(database) as memory:
        assert memory.health.healthy


@pytest.mark.parametrize("revision", ["9999", "9999_since_0001"])
async def test_a_database_of_a_newer_version_is_left_alone(database, other, revision) -> None:
    """Where a bot could use it, too: what the newer version has added would be lost."""
    await filled(database, SOURCE)
    database.rows(f"UPDATE alembic_version SET version_num = '{revision}'")  # noqa: S608
    with pytest.raises(NewerDatabaseError):
        await filled(database, SOURCE)
    with pytest.raises(NewerDatabaseError):
        await copied(database, other)
    assert database.rows(CHATS) != []


async def test_a_database_that_no_bot_has_used_has_nothing_to_take(database, other) -> None:
    async with opened_database(database) as empty, empty.replacing():
        pass
    with pytest.raises(OperatingError, match="no bot has used this database yet"):
        await copied(database, other)


async def test_tables_of_another_program_are_left_alone(database) -> None:
    async with opened_database(database) as empty, empty.replacing() as connection:
        await connection.exec_driver_sql("CREATE TABLE chats (cat text)")
        await connection.exec_driver_sql("INSERT INTO chats VALUES ('Mimi')")
    with pytest.raises(OperatingError, match=r"tables of another program \(chats\)"):
        await filled(database, SOURCE)
    assert database.rows("SELECT * FROM chats") == [("Mimi",)]


async def test_other_tables_beside_those_of_the_bot_stay(database) -> None:
    async with opened_database(database) as empty, empty.replacing() as connection:
        await connection.exec_driver_sql("CREATE TABLE cats (name text)")
    async with opened_memory(database):
        pass
    await filled(database, SOURCE)
    assert database.rows("SELECT * FROM cats") == []


async def test_what_breaks_off_leaves_the_database_as_it_was(database) -> None:
    left = [None] * 5

    def check() -> None:
        if not left:
            raise OSError("cannot be read any more")
        left.pop()

    database.prepare()
    with pytest.raises(OSError, match="cannot be read any more"):
        await filled(
            database, {**SOURCE, "handled_updates": [(number, NOON.date()) for number in range(9)]}, check=check
        )
    assert await held(database) == {}
    assert await filled(database, SOURCE)
    async with opened_memory(database) as memory:
        assert memory.health.healthy


async def test_a_row_that_does_not_arrive_as_it_was_is_found(tmp_path) -> None:
    trial = SqliteTrial(tmp_path)
    trial.prepare()
    trial.rows("CREATE TRIGGER t AFTER INSERT ON chats BEGIN UPDATE chats SET title = 'Cups'; END")
    with pytest.raises(OperatingError, match="row 1 of the table chats did not arrive as it was sent"):
        await filled(trial, SOURCE)
    assert await held(trial) == {}


async def test_what_is_written_meanwhile_is_not_copied(database, other) -> None:
    await filled(database, SOURCE)
    async with opened_database(database, looking=True) as old, old.snapshot() as giving:
        await giving.execute(select(METADATA.tables["chats"]))
        async with opened_memory(database) as memory:
            await memory.chats.seen(-8, "group", "Cups", "en")
            await memory.written()
        async with opened_database(other) as new, new.replacing() as taking:
            await taking.run_sync(copy, await giving.run_sync(lambda connection: connection), lambda: None)
    assert await held(other) == SOURCE
    assert len((await held(database))["chats"]) == 2


async def test_a_path_with_signs_of_addresses_in_it(tmp_path) -> None:
    trial = SqliteTrial(tmp_path / "茶 50%25 & more")
    await filled(trial, SOURCE)
    assert await held(trial) == SOURCE


def now() -> datetime:
    return datetime.now(UTC)


async def remember(trial: Trial, people: int = 3) -> None:
    async with opened_memory(trial) as memory:
        for number in range(people):
            await memory.chats.seen(-number - 1, "group", f"茶 {number}", "zh", topic=number or None)
            await asked(memory, f"产值 {number}", answered(OUTPUT), date(2030, 5, 17))
            await memory.questions.voted([OUTPUT.id], f"产值 {number}", Vote.UP, (7, number))
        await memory.chats.ended(-1, "kicked")
        await memory.audit.note(42, "/reload", "done")
        await memory.written()


def contents(trial: Trial):
    """What both databases give in the same form."""
    found = [trial.rows(query) for query in (CHATS, QUESTIONS, FEEDBACK, "SELECT id, who, what, result FROM audit")]
    return [[tuple(str(value) for value in row) for row in rows] for rows in found]


async def test_a_database_moves_to_the_other(shell, database, other) -> None:
    await remember(database)
    moved = await shell.run("migrate-database", database.url, other.url)
    assert (moved.code, moved.err) == (0, "")
    *tables, last = moved.out.splitlines()
    assert {"chats: 3", "questions: 3", "audit: 1", "probe: 0"} <= set(tables)
    assert last == (
        f"copied 13 rows of {len(tables)} tables; each row was compared. Now set DATABASE_URL to the new address"
    )
    assert contents(other) == contents(database)
    again = await shell.run("migrate-database", database.url, other.url)
    assert (again.code, again.out) == (1, "")
    assert again.err == (
        "shushuo: TO: the database is not empty (there are rows in audit, chats, feedback, questions, votes): "
        "name an empty one\n"
    )


async def test_a_move_while_the_bot_runs_says_what_it_misses(shell, tmp_path) -> None:
    old, new = SqliteTrial(tmp_path / "old"), SqliteTrial(tmp_path / "new")
    async with opened_memory(old, clock=now) as memory:
        memory.cluster.seen("host:1", "abc", now(), 0, "")
        await memory.written()
        moved = await shell.run("migrate-database", old.url, new.url)
    assert moved.code == 0
    assert moved.out.splitlines()[-1] == (
        "warning: a bot still uses the old database (host:1); what it notes from now on is not copied"
    )


async def test_a_database_that_goes_away_is_one_line(shell, database, tmp_path) -> None:
    await remember(database)
    new = SqliteTrial(tmp_path / "new")
    async with database.away():
        moved = await shell.run("migrate-database", database.url, new.url)
    assert moved.code in {1, 2}
    assert moved.out == ""
    assert len(moved.err.splitlines()) == 1


async def test_a_locked_database_is_not_copied_into(shell, database, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(copies, "_PATIENCE", 0.1)
    old = SqliteTrial(tmp_path / "old")
    await remember(old)
    database.prepare()
    async with database.locked(), old.locked():
        refused = await shell.run("migrate-database", old.url, database.url)
    assert refused.code == 1
    assert re.match(r"shushuo: the database cannot be used: .*(locked|lock timeout)", refused.err)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["sqlite:///a.db"], "the following arguments are required: TO"),
        (["sqlite:///a.db", "sqlite:///a.db"], "FROM and TO are the same database"),
        (["sqlite:///a.db", "sqlite:///b.db"], "FROM: there is no database at a.db; name one"),
        (["mysql://a:secret@b/c", "sqlite:///b.db"], "FROM: names no database of SQLite or Post"),
        (["sqlite:///a.db", "postgresql://b:secret@c:x/d"], "TO: is not an address of a datab"),
    ],
)
async def test_what_cannot_be_done_is_one_line(shell, arguments, says) -> None:
    done = await shell.run("migrate-database", *arguments)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert says in line
    assert "secret" not in line
    assert [path.name for path in shell.folder.iterdir()] == ["knowledge"]


async def test_a_password_is_never_shown(shell, postgresql, short_folder) -> None:
    trial = PostgresqlTrial(postgresql, short_folder)
    async with trial.made():
        await remember(trial)
        url = trial.url.replace("postgres@", "postgres:hunter2@").replace("/trial_", "/hunter2_")
        refused = await shell.run("migrate-database", url, SqliteTrial(short_folder).url)
    assert refused.code == 1
    assert "hunter2" not in refused.err
    assert "does not exist" in refused.err
