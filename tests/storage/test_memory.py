"""What is told is in the database, once and right, on SQLite and on PostgreSQL."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.storage.memory import Memory
from bot.storage.questions import Vote, question_hash
from bot.storage.writer import NoDatabaseError
from tests.support.processes.bot_process import PATIENCE
from tests.support.reports.small_report import GROWTH, OUTPUT, answered, offered, refused
from tests.support.storage.databases import PostgresqlTrial
from tests.support.storage.opened_memory import CHATS, FEEDBACK, QUESTIONS, UPDATES, asked, opened_memory, rows

pytestmark = pytest.mark.asyncio

DAY = date(2030, 5, 17)
MESSAGE = (7, 5)


async def test_a_chat_is_noted_with_what_changes_of_it(memory, database) -> None:
    await memory.chats.seen(-7, "group", "茶友", "zh-Hans")
    await memory.chats.seen(-7, "group", "茶友", "zh-Hans")
    assert await rows(memory, database, CHATS) == [(-7, "group", "茶友", None, "zh-Hans", None)]
    await memory.chats.seen(-7, "supergroup", "Tea", "en", topic=12)
    await memory.chats.seen(-7, "supergroup", "Tea", "en")
    assert await rows(memory, database, CHATS) == [(-7, "supergroup", "Tea", 12, "en", None)]


async def test_a_chat_of_any_kind_is_noted(memory, database) -> None:
    await memory.chats.seen(7, "private", "Wang", "en")
    await memory.chats.seen(-(2**51), "channel", "x", "en", 2**51)
    channel, person = (-(2**51), "channel", "x", 2**51, "en", None), (7, "private", "", None, "en", None)
    assert await rows(memory, database, CHATS) == [channel, person]  # without the name of a person


async def test_a_database_without_an_encoding_is_used_all_the_same(postgresql, short_folder) -> None:
    trial = PostgresqlTrial(postgresql, short_folder)
    async with trial.made("ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0"), asyncio.timeout(PATIENCE):
        await (await Memory.open(trial.url)).close()  # makes the tables
        async with opened_memory(trial) as memory:
            assert memory.health.healthy, memory.health.reason
            await memory.chats.subscribe(-7, "group", "茶友", "en", None)
            # Whoever names no encoding gets the bytes.
            assert await rows(memory, trial, "SELECT title FROM chats") == [("茶友".encode(),)]


async def test_a_chat_ends_and_comes_back(memory, database, clock) -> None:
    times = "SELECT added, ended FROM chats"
    await memory.chats.ended(-7, "kicked")  # nobody knows it yet
    assert await rows(memory, database, CHATS) == []
    await memory.chats.seen(-7, "group", "Tea", "en")
    await memory.chats.ended(-7, "kicked")
    [(added, ended)] = await rows(memory, database, times)
    assert ended == added is not None
    assert await rows(memory, database, CHATS) == [(-7, "group", "Tea", None, "en", "kicked")]
    clock.now += timedelta(hours=1)
    await memory.chats.ended(-7, "gone")
    assert (await rows(memory, database, CHATS))[0][-1] == "kicked"
    await memory.chats.seen(-7, "group", "Tea", "en")
    [(back, ended)] = await rows(memory, database, times)
    assert ended is None
    assert back > added
    assert await rows(memory, database, CHATS) == [(-7, "group", "Tea", None, "en", None)]


async def test_a_group_that_became_a_supergroup_keeps_what_is_known_of_it(memory, database) -> None:
    await memory.chats.seen(-7, "group", "Tea", "en", topic=3)
    await memory.chats.ended(-7, "gone")
    await memory.chats.moved(-7, -1007)
    await memory.chats.moved(-7, -1007)
    assert await rows(memory, database, CHATS) == [(-1007, "supergroup", "Tea", 3, "en", None)]


async def test_a_supergroup_seen_before_its_move_keeps_the_newer_and_the_older_date(memory, database, clock) -> None:
    added = "SELECT added FROM chats"
    await memory.chats.seen(-7, "group", "Tea", "en", topic=3)
    before = await rows(memory, database, added)
    clock.now += timedelta(hours=1)
    await memory.chats.seen(-1007, "supergroup", "Green tea", "zh-Hans")
    await memory.chats.moved(-7, -1007)
    assert await rows(memory, database, CHATS) == [(-1007, "supergroup", "Green tea", 3, "zh-Hans", None)]
    assert await rows(memory, database, added) == before


async def test_questions_are_counted_a_day_in_one_form(memory, database) -> None:
    await asked(memory, "產值是多少", answered(OUTPUT), DAY)
    await asked(memory, " 产值是多少 ", answered(OUTPUT), DAY)
    await asked(memory, "产值是多少", answered(OUTPUT), DAY + timedelta(days=1))
    await asked(memory, "增速", offered(GROWTH, OUTPUT), DAY)
    await asked(memory, "增速", answered(GROWTH), DAY)  # by other knowledge
    await asked(memory, "房价", refused(), DAY)
    assert await rows(memory, database, QUESTIONS) == [
        ("2030-05-17", "产值是多少", "answer", OUTPUT.id, 2),
        ("2030-05-17", "增速", "answer", GROWTH.id, 1),
        ("2030-05-17", "增速", "choices", f"{GROWTH.id} {OUTPUT.id}", 1),
        ("2030-05-17", "房价", "none", "", 1),
        ("2030-05-18", "产值是多少", "answer", OUTPUT.id, 1),
    ]


async def test_hostile_questions_are_counted(database, logs) -> None:
    hostile = ["\x00", "a\x00b", "\ud800", "", "'; DROP TABLE questions; --", "%s :x ? \\", "问" * 100_000]
    async with opened_memory(database) as memory:
        for text in hostile:
            await asked(memory, text, refused(), DAY)
        counted = await rows(memory, database, "SELECT sum(count), max(length(text)) FROM questions")
        assert counted[0][0] == len(hostile)
        assert counted[0][1] <= 400
        assert logs == []


async def test_where_questions_are_kept_for_0_days_votes_count_for_each_fact(database) -> None:
    """So that there are no more such rows, which are kept for ever, than facts."""
    async with opened_memory(database, keep_days=0) as memory:
        await asked(memory, "产值", answered(OUTPUT), DAY)
        for vote in (Vote.UP, Vote.DOWN):
            await memory.questions.voted([OUTPUT.id, GROWTH.id], question_hash("产值"), vote, MESSAGE)
        assert await rows(memory, database, QUESTIONS) == []
        assert await rows(memory, database, FEEDBACK) == [(GROWTH.id, "", 0, 1), (OUTPUT.id, "", 0, 1)]


async def test_a_second_press_changes_the_vote(database) -> None:
    key = question_hash("产值")
    async with opened_memory(database) as memory:
        await memory.questions.voted([OUTPUT.id, GROWTH.id], key, Vote.UP, (7, 6))
        for vote in (Vote.UP, Vote.UP, Vote.DOWN, Vote.DOWN):
            await memory.questions.voted([OUTPUT.id, GROWTH.id], key, vote, MESSAGE)
    async with opened_memory(database) as memory:
        await memory.questions.voted([OUTPUT.id, GROWTH.id], key, Vote.DOWN, MESSAGE)
        assert await rows(memory, database, FEEDBACK) == [(f"{OUTPUT.id} {GROWTH.id}", key, 1, 1)]


async def test_votes_never_fall_below_zero(memory, database) -> None:
    await memory.questions.voted([OUTPUT.id], "", Vote.UP, MESSAGE)
    await memory.written()
    database.rows("DELETE FROM feedback")
    await memory.questions.voted([OUTPUT.id], "", Vote.DOWN, MESSAGE)
    assert await rows(memory, database, FEEDBACK) == [(OUTPUT.id, "", 0, 1)]


async def test_old_questions_and_updates_are_forgotten(memory, database, clock) -> None:
    for age in (91, 90, 89, 0):
        await asked(memory, f"问题{age}", refused(), DAY - timedelta(days=age))
    await memory.updates.handled(5)
    await memory.written()
    await memory.prune()
    assert [row[1] for row in await rows(memory, database, QUESTIONS)] == ["问题89", "问题0"]
    assert await rows(memory, database, UPDATES) == [(5,)]
    clock.now += timedelta(days=2)
    await memory.prune()
    assert await rows(memory, database, UPDATES) == []
    async with opened_memory(database, keep_days=0) as forgetful:
        await forgetful.prune()
    assert await rows(memory, database, QUESTIONS) == []


async def test_while_the_database_is_away_nothing_is_done_later_that_was_refused(memory, database, monkeypatch) -> None:
    monkeypatch.setattr("bot.storage.cluster._WRITING", 0.05)
    await memory.chats.subscribe(-7, "group", "Tea", "en", None)
    async with database.away():
        assert not (await memory.check()).healthy
        assert await memory.chats.known(-7) is None
        for asked in (
            memory.chats.subscribe(8, "private", "", "en", None),
            memory.chats.unsubscribe(-7, "unsubscribed"),
            memory.chats.audience(),
            memory.cluster.request_reload(),
            memory.cluster.all(),
            memory.cluster.requested(),
            memory.audit.latest(20),
            memory.questions.outcomes(DAY),
            memory.questions.unanswered(DAY),
            memory.questions.popular(DAY),
            memory.updates.pending(),
        ):
            with pytest.raises(NoDatabaseError):
                await asked
        assert not await memory.updates.add([{"update_id": 1}])
        await memory.audit.note(42, "reload", "later")
        assert memory.waiting >= 1
    await memory.written()
    assert [entry.result for entry in await memory.audit.latest(20)] == ["later"]
    assert await memory.chats.audience() == {"group": 1}
    assert memory.waiting == 0
