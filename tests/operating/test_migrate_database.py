"""`shushuo migrate-database` in a shell, from SQLite to PostgreSQL and back."""

import re
from datetime import UTC, date, datetime

import pytest

from bot.operating import copies
from bot.storage.questions import Vote
from tests.support.reports.small_report import OUTPUT, answered
from tests.support.storage.databases import PostgresqlTrial, SqliteTrial, Trial
from tests.support.storage.opened_memory import CHATS, FEEDBACK, QUESTIONS, asked, opened_memory

pytestmark = pytest.mark.asyncio


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
