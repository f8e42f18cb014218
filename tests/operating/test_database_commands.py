"""`shushuo backup`, `restore` and `migrate-database` in a shell, on SQLite and PostgreSQL, beside a running bot."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from bot_process import PATIENCE, TOKEN, running, settings
from databases import PostgresqlTrial, SqliteTrial, Trial
from remembering import CHATS, FEEDBACK, QUESTIONS, remembering
from shell import Shell
from small_report import OUTPUT, answered
from telegram_server import TelegramServer

from bot.operating import databases
from bot.storage import Vote
from bot.storage.backup_file import BackupFile
from bot.storage.tables import METADATA

pytestmark = pytest.mark.asyncio

TODAY = date(2030, 5, 17)


def now() -> datetime:
    return datetime.now(UTC)


async def remember(trial: Trial, people: int = 3) -> None:
    async with remembering(trial) as memory:
        for number in range(people):
            await memory.chat_seen(-number - 1, "group", f"茶 {number}", "zh", topic=number or None)
            await memory.asked(f"产值 {number}", answered(OUTPUT), TODAY)
            await memory.voted([OUTPUT.id], f"产值 {number}", Vote.UP, (7, number))
        await memory.chat_ended(-1, "kicked")
        await memory.audited(42, "/reload", "done")
        await memory.written()


def contents(trial: Trial) -> list[list[tuple[Any, ...]]]:
    """What both databases give in the same form."""
    found = [trial.rows(query) for query in (CHATS, QUESTIONS, FEEDBACK, "SELECT id, who, what, result FROM audit")]
    return [[tuple(str(value) for value in row) for row in rows] for rows in found]


async def test_a_backup_of_one_restores_into_the_other(shell: Shell, database: Trial, other: Trial) -> None:
    await remember(database)
    made = await shell.with_database(database, "backup", "all.gz")
    assert (made.code, made.err) == (0, "")
    assert re.fullmatch(r"all\.gz: 13 rows of \d+ tables, [\d,]+ bytes\n", made.out)
    brought = await shell.with_database(other, "restore", "all.gz")
    assert (brought.code, brought.err) == (0, "")
    assert re.fullmatch(r"restored 13 rows of \d+ tables, as of .* UTC; each row was compared\n", brought.out)
    assert contents(other) == contents(database)
    assert len(contents(other)[0]) == 3


async def test_a_database_moves_to_the_other(shell: Shell, database: Trial, other: Trial) -> None:
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


async def test_a_database_that_holds_something_is_restored_into_only_where_that_is_said(
    shell: Shell, database: Trial
) -> None:
    await remember(database)
    before = contents(database)
    await shell.with_database(database, "backup", "all.gz")
    await remember(database, people=5)
    later = contents(database)
    refused = await shell.with_database(database, "restore", "all.gz")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        "shushuo: the database is not empty (there are rows in audit, chats, feedback, questions, votes): "
        "add --replace to lose what it holds, after a backup of that\n"
    )
    assert contents(database) == later != before
    assert (await shell.with_database(database, "restore", "--replace", "all.gz")).code == 0
    assert contents(database) == before


async def test_a_backup_while_the_bot_answers(shell: Shell, database: Trial, other: Trial) -> None:
    """Whoever was answered before is in it, and nobody by half."""
    async with TelegramServer(token=TOKEN) as server:
        given = settings(server, DATABASE_URL=database.url, REPLY_RATE="0")
        async with running(shell.folder, given) as bot:
            await bot.printed("serving Telegram")
            before = [await ask_as_somebody_new(server) for _ in range(3)]
            await until_asked(database, len(before))
            asking = asyncio.create_task(ask_for_ever(server))
            made = await shell.start("backup", "all.gz", DATABASE_URL=database.url)
            refused = await shell.with_database(database, "restore", "--replace", "all.gz")
            assert not asking.done()
            asking.cancel()
            bot.process.terminate()
            assert await bot.ended() == 0
    assert (made.code, made.err) == (0, "")
    assert (refused.code, refused.out) == (1, "")
    assert re.fullmatch(
        r"shushuo: a bot uses this database \(\S+:\d+-[0-9a-f]+\): stop it first "
        r"\(one that was killed is forgotten after 30 seconds\)\n",
        refused.err,
    )
    assert (await shell.with_database(other, "restore", "all.gz")).code == 0
    [(questions,)] = other.rows("SELECT sum(count) FROM questions")
    [(chats,)] = other.rows("SELECT count(*) FROM chats")
    assert chats - questions in {-1, 0, 1}  # the one is noted next to the other
    [(all_,)] = database.rows("SELECT sum(count) FROM questions")
    assert len(before) <= questions <= all_


async def ask_as_somebody_new(server: TelegramServer) -> str:
    return (await server.user().ask("小学数量")).text


async def ask_for_ever(server: TelegramServer) -> None:
    while True:
        await ask_as_somebody_new(server)


async def until_asked(trial: Trial, count: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while trial.rows("SELECT coalesce(sum(count), 0) FROM questions") != [(count,)]:  # noqa: ASYNC110 (it happens in a database)
            await asyncio.sleep(0.01)


async def test_a_move_while_the_bot_runs_says_what_it_misses(shell: Shell, tmp_path: Path) -> None:
    old, new = SqliteTrial(tmp_path / "old"), SqliteTrial(tmp_path / "new")
    async with remembering(old, clock=now) as memory:
        memory.roster.seen("host:1", "abc", now(), 0, "")
        await memory.written()
        moved = await shell.run("migrate-database", old.url, new.url)
    assert moved.code == 0
    assert moved.out.splitlines()[-1] == (
        "warning: a bot still uses the old database (host:1); what it notes from now on is not copied"
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "there is no such file; name one that `shushuo backup` has written"),
        (b"", "is damaged or not whole; restore another backup"),
        (b"a letter", "is no backup of Shushuo, or a damaged one"),
    ],
)
async def test_what_is_no_backup_is_not_restored(
    shell: Shell, database: Trial, content: bytes | None, says: str
) -> None:
    if content is not None:
        (shell.folder / "all.gz").write_bytes(content)
    refused = await shell.with_database(database, "restore", "all.gz")
    assert (refused.code, refused.out, refused.err) == (2 if content is None else 1, "", f"shushuo: all.gz: {says}\n")
    await remember(database)  # it is as it was: empty


async def test_half_a_backup_leaves_the_database_as_it_was(shell: Shell, database: Trial) -> None:
    await remember(database)
    before = contents(database)
    await shell.with_database(database, "backup", "all.gz")
    whole = (shell.folder / "all.gz").read_bytes()
    (shell.folder / "all.gz").write_bytes(whole[: len(whole) // 2])
    refused = await shell.with_database(database, "restore", "--replace", "all.gz")
    assert (refused.code, refused.err) == (
        1,
        "shushuo: all.gz: is damaged or not whole; restore another backup\n",
    )
    assert contents(database) == before


async def test_a_database_that_goes_away_is_one_line(shell: Shell, database: Trial, tmp_path: Path) -> None:
    await remember(database)
    await shell.with_database(database, "backup", "all.gz")
    async with database.away():
        made = await shell.with_database(database, "backup", "again.gz")
        brought = await shell.with_database(database, "restore", "all.gz")
        moved = await shell.run("migrate-database", database.url, SqliteTrial(tmp_path / "new").url)
    for done in (made, brought, moved):
        assert done.code in {1, 2}
        assert done.out == ""
        assert len(done.err.splitlines()) == 1
    assert not (shell.folder / "again.gz").exists()


async def test_a_locked_database_is_backed_up_and_not_restored_into(
    shell: Shell, database: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "_PATIENCE", 0.1)
    await remember(database)
    async with database.locked():
        assert (await shell.with_database(database, "backup", "all.gz")).code == 0
        refused = await shell.with_database(database, "restore", "--replace", "all.gz")
    assert refused.code == 1
    assert re.match(r"shushuo: the database cannot be used: .*(locked|lock timeout)", refused.err)
    assert set(BackupFile(shell.folder / "all.gz").counts) == set(METADATA.tables)


async def test_an_older_backup_is_replaced_and_nothing_else(shell: Shell, tmp_path: Path) -> None:
    trial = SqliteTrial(tmp_path / "old")
    await remember(trial)
    for _ in range(2):
        assert (await shell.with_database(trial, "backup", "all.gz")).code == 0
    (shell.folder / "notes.txt").write_text("precious")
    refused = await shell.with_database(trial, "backup", "notes.txt")
    assert (refused.code, refused.err) == (
        1,
        "shushuo: notes.txt: is there already, and is no backup; name another file\n",
    )
    assert (shell.folder / "notes.txt").read_text() == "precious"
    assert sorted(path.name for path in shell.folder.iterdir()) == ["all.gz", "knowledge", "notes.txt", "old"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (
            ["backup", "all.gz"],
            2,
            "DATABASE_URL: there is no database at data/shushuo.db; name one that a bot has used",
        ),
        (["migrate-database", "sqlite:///a.db", "sqlite:///a.db"], 2, "FROM and TO are the same database"),
        (["migrate-database", "sqlite:///a.db", "sqlite:///b.db"], 2, "FROM: there is no database at a.db; name one"),
        (
            ["migrate-database", "mysql://a:secret@b/c", "sqlite:///b.db"],
            2,
            "FROM: names no database of SQLite or Post",
        ),
        (["migrate-database", "sqlite:///a.db", "postgresql://b:secret@c:x/d"], 2, "TO: is not an address of a datab"),
        (["backup"], 2, "the following arguments are required: FILE"),
    ],
)
async def test_what_cannot_be_done_is_one_line(shell: Shell, arguments: list[str], code: int, says: str) -> None:
    done = await shell.run(*arguments)
    assert (done.code, done.out) == (code, "")
    (line,) = done.err.splitlines()
    assert says in line
    assert "secret" not in line
    assert [path.name for path in shell.folder.iterdir()] == ["knowledge"]


async def test_a_backup_needs_no_setting_but_the_address(shell: Shell, tmp_path: Path) -> None:
    trial = SqliteTrial(tmp_path / "old")
    await remember(trial)
    done = await shell.run(
        "backup", "all.gz", DATABASE_URL=trial.url, TELEGRAM_BOT_TOKEN_FILE="nowhere", REPLY_RATE="fast"
    )
    assert (done.code, done.err) == (0, "")
    wrong = await shell.run("restore", "all.gz", DATABASE_URL="mysql://a:secret@b/c")
    assert wrong.code == 2
    assert wrong.err.startswith("shushuo: DATABASE_URL: the value is malformed; write sqlite:///PATH")
    (shell.folder / ".env").write_text("DATABASE_URLS=sqlite:///other.db\n")
    wrong = await shell.run("restore", "all.gz")
    assert wrong.code == 2
    assert wrong.err.startswith("shushuo: .env line 1: DATABASE_URLS is not a setting")


async def test_a_password_is_never_shown(shell: Shell, postgresql: str, short_folder: Path) -> None:
    trial = PostgresqlTrial(postgresql, short_folder)
    async with trial.made():
        await remember(trial)
        url = trial.url.replace("postgres@", "postgres:hunter2@").replace("/trial_", "/hunter2_")
        refused = await shell.run("backup", "all.gz", DATABASE_URL=url)
    assert refused.code == 1
    assert "hunter2" not in refused.err
    assert "does not exist" in refused.err
