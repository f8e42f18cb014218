"""Counts are right whoever writes at the same time, nothing written is lost, and one bad note harms no other."""

import asyncio
import sys
from collections import Counter
from contextlib import asynccontextmanager, closing
from datetime import UTC, date, datetime
from unittest.mock import Mock

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.pool import Pool

from bot.storage import chats, writer
from bot.storage.chats import Chats
from bot.storage.database import Change, Database
from bot.storage.questions import Questions, Vote, question_hash
from bot.storage.updates import Updates
from bot.storage.writer import Rows, Writer, combined
from tests.support.reports.small_report import OUTPUT, answered
from tests.support.storage.databases import SqliteTrial, Trial
from tests.support.storage.opened_memory import CHATS, FEEDBACK, QUESTIONS, UPDATES, asked, opened_memory, rows
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio

NOW = datetime(2030, 5, 17, tzinfo=UTC)
PATIENT = 30  # seconds; a machine under load may keep the others waiting
WRITE_AND_DIE = """
import asyncio, os, signal, sys
from bot.storage.memory import Memory
async def main():
    memory = await Memory.open(sys.argv[1])
    for chat in range(100):
        await memory.chats.seen(chat, "group", "Tea", "en")
    await memory.written()
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""


def now() -> datetime:
    return NOW


def started(database: Trial) -> Writer:
    database.prepare()
    writer = Writer(Database(database.url), now)
    writer.start()
    return writer


async def test_counts_are_right_when_several_count_the_same_at_once(database, logs) -> None:
    async with (
        opened_memory(database, busy=PATIENT) as one,
        opened_memory(database, busy=PATIENT) as two,
        opened_memory(database, busy=PATIENT) as three,
    ):
        key = question_hash("产值")

        async def tell(number: int) -> None:
            memory = (one, two, three)[number % 3]
            await asked(memory, "产值", answered(OUTPUT), date(2030, 5, 17))
            await memory.questions.voted([OUTPUT.id], key, Vote.UP if number % 2 else Vote.DOWN, (7, number))
            await memory.updates.handled(number // 2)
            await asyncio.sleep(0)

        await asyncio.gather(*(tell(number) for number in range(150)))
        await asyncio.gather(one.written(), two.written(), three.written())
        assert await rows(one, database, QUESTIONS) == [("2030-05-17", "产值", "answer", OUTPUT.id, 150)]
        assert await rows(one, database, FEEDBACK) == [(OUTPUT.id, key, 75, 75)]
        assert len(await rows(one, database, UPDATES)) == 75
        assert logs == []


async def test_what_is_written_survives_the_kill_of_the_process(database) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WRITE_AND_DIE, database.url), stderr=asyncio.subprocess.DEVNULL
    )
    await asyncio.wait_for(process.wait(), 60)
    assert len(database.rows(CHATS)) == 100


async def test_nobody_waits_for_what_others_tell_later(database) -> None:
    async def another(_) -> None:
        writer.put(another)

    writer = started(database)
    await writer.probe(5)
    try:
        writer.put(another)
        await Chats(writer, now).seen(1, "group", "Tea", "en")
        await writer.written(PATIENT)
        assert [row[0] for row in database.rows(CHATS)] == [1]
        assert writer.waiting
    finally:
        await writer.close()


async def test_no_more_is_kept_than_there_is_room_for(database, monkeypatch, logs) -> None:
    monkeypatch.setattr("bot.storage.writer.KEPT", 3)
    async with database.away():
        writer = started(database)
        await writer.probe(5)
        for chat in range(1, 6):
            await Chats(writer, now).seen(chat, "group", "Tea", "en")
    await writer.written(5)
    await writer.close()
    assert [row[0] for row in database.rows(CHATS)] == [1, 2, 3]
    assert logs[-1]["dropped"] == 2


async def test_a_database_that_does_not_answer_at_the_start_counts_as_away(short_folder) -> None:
    writer = Writer(Database(SqliteTrial(short_folder).url), now)
    await writer.probe(0.01)  # never started
    assert writer.health.reason == "did not answer within 0.01 seconds"
    await writer.close()


async def test_sqlite_is_as_durable_as_it_can_be(short_folder) -> None:
    seen = set()

    def look(connection, *_: object) -> None:
        with closing(connection.cursor()) as cursor:
            for name in ("journal_mode", "synchronous", "foreign_keys"):
                cursor.execute(f"PRAGMA {name}")
                seen.add((name, cursor.fetchone()[0]))

    event.listen(Pool, "checkout", look)
    try:
        async with opened_memory(SqliteTrial(short_folder)) as memory:
            await memory.updates.contains(5)
    finally:
        event.remove(Pool, "checkout", look)
    assert seen == {("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)}


SOON = 20  # seconds after which a test gives up
TOO_SLOW = "canceling statement due to statement timeout"


@asynccontextmanager
async def writing(database: Trial):
    it = started(database)
    await it.probe(SOON)
    try:
        yield it
    finally:
        await it.close()


def seen(chat: int) -> Change:
    values = {"chat_id": chat, "kind": "group", "title": "Tea", "language": "en", "topic": None, "added": NOW}
    return Rows(chats._see_chat, [values])  # noqa: SLF001


def failing(error=TimeoutError, times: int = 10_000) -> tuple[Change, Counter[str]]:
    """A change that fails so often, and how often it was tried."""
    tried: Counter[str] = Counter()

    async def change(connection) -> None:
        tried["times"] += 1
        if tried["times"] <= times:
            raise error
        await seen(0)(connection)

    return change, tried


def chat_ids(database: Trial) -> list[int]:
    return [row[0] for row in database.rows(CHATS)]


@pytest.mark.parametrize(
    ("error", "reason"),
    [(TimeoutError, "TimeoutError"), (OperationalError("", {}, psycopg.errors.QueryCanceled(TOO_SLOW)), TOO_SLOW)],
)
async def test_a_change_that_always_takes_too_long_is_dropped_alone(database, error, reason, logs) -> None:
    async with writing(database) as it:
        change, tried = failing(error)
        for chat in range(1, 600):
            it.put(change if chat == 300 else seen(chat))
        await it.written(SOON)
    assert chat_ids(database) == [chat for chat in range(1, 600) if chat != 300]
    assert logs == [
        {"event": "something could not be noted", "what": "failing", "reason": reason, "log_level": "error"}
    ]
    assert tried["times"] <= 15  # among ever fewer others, and alone


async def test_a_database_that_is_slow_for_a_while_loses_nothing(database, logs) -> None:
    async with writing(database) as it:
        it.put(failing(times=2)[0])
        await it.written(SOON)
    assert chat_ids(database) == [0]
    assert logs == []


async def test_where_much_at_once_takes_too_long_less_is_written_at_once(database, logs) -> None:
    at_once = Counter()

    def one(chat: int) -> Change:
        async def change(connection) -> None:
            transaction = connection.get_transaction()
            at_once[transaction] += 1
            if at_once[transaction] > 40:
                raise TimeoutError
            await seen(chat)(connection)

        return change

    async with writing(database) as it:
        for chat in range(300):
            it.put(one(chat))
        await it.written(SOON)
    assert chat_ids(database) == list(range(300))
    assert logs == []
    assert len(at_once) < 60


async def test_where_nothing_else_can_be_written_either_it_is_kept(database, logs) -> None:
    async with writing(database) as it:
        change, tried = failing()
        async with database.read_only():
            it.put(change)
            await until(lambda: logs)
            tried["times"] = 10_000  # it would be taken now
        await it.written(SOON)
    assert chat_ids(database) == [0]
    assert [log["event"] for log in logs if log["log_level"] != "info"] == [
        "the database cannot be used; answers go on without it",
        "the database is back",
    ]


async def test_bad_changes_harm_no_others_and_the_log_tells_their_kinds(database, logs) -> None:
    """These are all that it says of what was dropped."""
    bad = None
    async with writing(database) as it:
        it.put(seen(1))
        await Chats(it, now).seen(-1, "group", bad, "en")
        it.put(seen(2))
        await Chats(it, now).ended(bad, "kicked \udc00")
        await Questions(it, 90, now).voted(["a"], bad, Vote.UP, (7, 1))
        it.put(seen(3))
        await it.written(SOON)
        assert it.health.healthy
    assert [(log["event"], log["what"]) for log in logs] == [
        ("something could not be noted", what) for what in ("see_chat", "chat_ended", "Questions.voted")
    ]
    assert chat_ids(database) == [1, 2, 3]


async def test_what_is_too_long_for_an_index_of_postgresql_is_dropped(database, logs) -> None:
    facts = " ".join(f"{number * 7919:x}" for number in range(5_000))
    async with writing(database) as it:
        await Questions(it, 90, now).voted([facts], "0", Vote.UP, (7, 1))
        it.put(seen(1))
        await it.written(SOON)
    assert chat_ids(database) == [1]
    assert [log["event"] for log in logs] == ["something could not be noted"] * ("postgresql" in database.url)


async def test_a_probe_that_fails_by_itself_drops_nothing(database, monkeypatch, logs) -> None:
    async def probe(_) -> None:
        raise DataError("INSERT", {}, psycopg.errors.NumericValueOutOfRange("out of range"))

    async with writing(database) as it:
        await it.probe()
        with monkeypatch.context() as patch:
            patch.setattr(writer, "probe", probe)
            for _ in range(3):
                await it.probe()
            assert [log["event"] for log in logs] == ["the database cannot be used; answers go on without it"]
        it.put(seen(1))
        await it.written(SOON)
    assert chat_ids(database) == [1]


async def test_rows_of_a_table_become_one_statement_and_pass_no_change_of_another_sort() -> None:
    """A chat that is seen, has ended, and is seen again is one that has come back."""
    writer = Mock()
    chats, updates = Chats(writer, now), Updates(writer, now)
    await updates.handled(1)
    await chats.seen(-7, "group", "Tea", "en")
    await updates.handled(2)
    await chats.ended(-7, "kicked")
    first, seen, second, ended = (call.args[0] for call in writer.put.call_args_list)
    assert list(combined([first, seen, second])) == [Rows(first.write, [*first.values, *second.values]), seen]
    assert list(combined([seen, ended, seen])) == [seen, ended, seen]
    assert list(combined([])) == []


async def test_the_hash_of_a_question_fits_a_button_and_stays_for_those_already_sent() -> None:
    assert question_hash("产值") == "c3e4812df6900b9d"
