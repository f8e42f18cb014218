"""Every database comes to the form of this version: an empty one, an older one, and one that many want at once."""

import asyncio
import re
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.storage.migrating import MIGRATIONS
from bot.storage.questions import Vote
from bot.storage.tables import METADATA
from tests.support.reports.small_report import OUTPUT
from tests.support.storage.first_release import FIRST_RELEASE, make_first_release
from tests.support.storage.opened_memory import CHATS, FEEDBACK, UPDATES, opened_database, opened_memory, rows

pytestmark = pytest.mark.asyncio

REVISIONS = [script.revision for script in ScriptDirectory(MIGRATIONS).walk_revisions()][::-1]
OPEN = """
import asyncio, sys
from bot.storage.memory import Memory
async def main():
    print("ready", flush=True)
    sys.stdin.readline()
    memory = await Memory.open(sys.argv[1])
    await memory.chats.seen(int(sys.argv[2]), "group", "Tea", "en")
    await memory.written()
    print(memory.health.healthy)
    await memory.close()
asyncio.run(main())
"""


async def within_a_transaction(database, work):
    async with opened_database(database) as opened, opened.replacing() as connection:
        return await connection.run_sync(work)


async def test_the_migrations_make_the_tables_that_the_program_uses(database) -> None:
    await within_a_transaction(database, make_first_release)
    async with opened_memory(database):
        pass
    difference = await within_a_transaction(
        database, lambda connection: compare_metadata(MigrationContext.configure(connection), METADATA)
    )
    assert difference == []


async def test_an_older_database_is_brought_up_to_date_with_what_is_in_it(database, logs) -> None:
    def make(connection: Connection) -> None:
        make_first_release(connection)
        connection.execute(
            text(
                "INSERT INTO chats (chat_id, kind, title, language, added) "
                "VALUES (-7, 'group', 'Tea', 'en', '2029-01-01 00:00:00')"
            )
        )

    await within_a_transaction(database, make)
    async with opened_memory(database) as memory:
        await memory.questions.voted([OUTPUT.id], "", Vote.UP, (7, 8))
        await memory.updates.handled(5)
        assert await rows(memory, database, CHATS) == [(-7, "group", "Tea", None, "en", None)]
        assert await rows(memory, database, FEEDBACK) == [(OUTPUT.id, "", 1, 0)]
        assert await rows(memory, database, UPDATES) == [(5,)]
    assert [(log["event"], log["before"], log["now"]) for log in logs] == [
        ("the database was brought up to date", FIRST_RELEASE, REVISIONS[-1])
    ]


async def test_what_is_up_to_date_is_opened_in_silence(database, logs) -> None:
    database.prepare()
    async with opened_memory(database) as memory:
        assert memory.health.healthy
    assert logs == []


@pytest.mark.parametrize("revision", ["9999", "9999_since_9998"])
async def test_a_database_that_only_newer_versions_can_use_is_left_alone(database, revision, logs) -> None:
    database.prepare()
    # In vain for the rest of the test, as for the rest of the day.
    database.rows(f"UPDATE alembic_version SET version_num = '{revision}'")  # noqa: S608
    async with opened_memory(database) as memory:
        await memory.chats.seen(-7, "group", "Tea", "en")
        assert not await memory.updates.contains(5)
        assert not memory.health.healthy
        assert "newer version" in memory.health.reason
        assert database.rows(CHATS) == []
    assert len(logs) == 1


async def test_a_database_that_a_newer_version_has_only_added_to_is_used(database, logs) -> None:
    async with opened_memory(database) as memory:
        await memory.chats.seen(-7, "group", "Tea", "en")
    database.rows("ALTER TABLE chats ADD COLUMN mood text")
    database.rows(f"UPDATE alembic_version SET version_num = '9999_since_{number(REVISIONS[-1])}'")  # noqa: S608
    async with opened_memory(database) as memory:
        await memory.chats.seen(-8, "group", "Milk", "en")
        assert [row[0] for row in await rows(memory, database, CHATS)] == [-8, -7]
        assert memory.health.healthy
    assert [(log["event"], log["log_level"]) for log in logs] == [
        ("the database has a newer form, which this version can use too", "info")
    ]


async def test_a_revision_says_in_its_name_which_older_ones_can_use_it() -> None:
    """What other versions go by. None can use what was made after a revision that it cannot use."""
    oldest = ""
    for revision in REVISIONS:
        assert re.fullmatch(r"\d{4}(_since_\d{4})?", revision)
        since = revision.partition("_since_")[2] or revision
        assert oldest <= since <= revision
        oldest = since
    assert [number(revision) for revision in REVISIONS] == sorted(number(revision) for revision in REVISIONS)


def number(revision: str) -> str:
    return revision.partition("_")[0]


async def test_processes_open_a_new_database_at_once(database) -> None:
    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "error", "-c", OPEN, database.url, str(-number)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        for number in (1, 2)
    ]
    for process in processes:
        assert await process.stdout.readline() == b"ready\n"
    outputs = await asyncio.wait_for(asyncio.gather(*(process.communicate(b"\n") for process in processes)), 60)
    printed = b"".join(output for output, _ in outputs).decode()
    assert printed.count("True\n") == 2
    assert printed.count("was brought up to date") == 1
    assert len(printed.splitlines()) == 3
    assert len(database.rows(CHATS)) == 2
