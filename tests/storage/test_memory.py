"""What is told is in the database, once and right, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest
from bot_process import PATIENCE
from databases import PostgresqlTrial, Trial
from opened_memory import CHATS, FEEDBACK, QUESTIONS, UPDATES, Clock, asked, opened_memory, rows
from small_report import GROWTH, OUTPUT, answered, offered, refused
from structlog.testing import capture_logs

from bot.answering.language.normalize import normalize
from bot.storage import Memory, Vote, question_hash

DAY = date(2030, 5, 17)
MESSAGE = (7, 5)


# ---- chats


@pytest.mark.asyncio
async def test_a_chat_is_noted_with_what_changes_of_it(database: Trial) -> None:
    async with opened_memory(database) as memory:
        await memory.chats.seen(-7, "group", "茶友", "zh-Hans")
        await memory.chats.seen(-7, "group", "茶友", "zh-Hans")
        assert await rows(memory, database, CHATS) == [(-7, "group", "茶友", None, "zh-Hans", None)]
        await memory.chats.seen(-7, "supergroup", "Tea", "en", topic=12)
        await memory.chats.seen(-7, "supergroup", "Tea", "en")
        assert await rows(memory, database, CHATS) == [(-7, "supergroup", "Tea", 12, "en", None)]


@pytest.mark.asyncio
async def test_the_name_of_a_person_is_not_noted(database: Trial) -> None:
    async with opened_memory(database) as memory:
        await memory.chats.seen(7, "private", "Wang", "en")
        assert await rows(memory, database, CHATS) == [(7, "private", "", None, "en", None)]


@pytest.mark.asyncio
async def test_a_database_without_an_encoding_is_used_all_the_same(postgresql: str, short_folder: Path) -> None:
    trial = PostgresqlTrial(postgresql, short_folder)
    async with (
        trial.made("ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0"),
        opened_memory(trial) as memory,
        asyncio.timeout(PATIENCE),
    ):
        assert memory.healthy, memory.health.reason
        await memory.subscriptions.subscribe(-7, "group", "茶友", "en", None)
        # Whoever names no encoding gets the bytes.
        assert await rows(memory, trial, "SELECT title FROM chats") == [("茶友".encode(),)]


@pytest.mark.asyncio
async def test_ids_of_52_bits_are_noted(database: Trial) -> None:
    async with opened_memory(database) as memory:
        await memory.chats.seen(-(2**51), "channel", "x", "en", topic=2**51)
        assert await rows(memory, database, CHATS) == [(-(2**51), "channel", "x", 2**51, "en", None)]


@pytest.mark.asyncio
async def test_a_chat_ends_and_comes_back(database: Trial) -> None:
    clock = Clock()
    times = "SELECT added, ended FROM chats"
    async with opened_memory(database, clock) as memory:
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


@pytest.mark.asyncio
async def test_the_end_of_an_unknown_chat_is_no_error(database: Trial) -> None:
    async with opened_memory(database) as memory:
        await memory.chats.ended(-7, "kicked")
        assert await rows(memory, database, CHATS) == []
        assert memory.healthy


@pytest.mark.asyncio
async def test_a_group_that_became_a_supergroup_keeps_what_is_known_of_it(database: Trial) -> None:
    async with opened_memory(database) as memory:
        await memory.chats.seen(-7, "group", "Tea", "en", topic=3)
        await memory.chats.ended(-7, "gone")
        await memory.chats.moved(-7, -1007)
        await memory.chats.moved(-7, -1007)
        assert await rows(memory, database, CHATS) == [(-1007, "supergroup", "Tea", 3, "en", None)]


@pytest.mark.asyncio
async def test_a_supergroup_seen_before_its_move_keeps_the_newer_and_the_older_date(database: Trial) -> None:
    clock = Clock()
    added = "SELECT added FROM chats"
    async with opened_memory(database, clock) as memory:
        await memory.chats.seen(-7, "group", "Tea", "en", topic=3)
        before = await rows(memory, database, added)
        clock.now += timedelta(hours=1)
        await memory.chats.seen(-1007, "supergroup", "Green tea", "zh-Hans")
        await memory.chats.moved(-7, -1007)
        assert await rows(memory, database, CHATS) == [(-1007, "supergroup", "Green tea", 3, "zh-Hans", None)]
        assert await rows(memory, database, added) == before


# ---- questions and votes


@pytest.mark.asyncio
async def test_questions_are_counted_a_day_in_one_form(database: Trial) -> None:
    async with opened_memory(database) as memory:
        await asked(memory, "產值是多少", answered(OUTPUT), DAY)
        await asked(memory, " 产值是多少 ", answered(OUTPUT), DAY)
        await asked(memory, "产值是多少", answered(OUTPUT), DAY + timedelta(days=1))
        await asked(memory, "增速", offered(GROWTH, OUTPUT), DAY)
        await asked(memory, "房价", refused(), DAY)
        assert await rows(memory, database, QUESTIONS) == [
            ("2030-05-17", "产值是多少", "answer", OUTPUT.id, 2),
            ("2030-05-17", "增速", "choices", f"{GROWTH.id} {OUTPUT.id}", 1),
            ("2030-05-17", "房价", "none", "", 1),
            ("2030-05-18", "产值是多少", "answer", OUTPUT.id, 1),
        ]


@pytest.mark.asyncio
async def test_a_question_that_knowledge_answers_anew_counts_by_its_outcome(database: Trial) -> None:
    async with opened_memory(database) as memory:
        await asked(memory, "增速", offered(GROWTH, OUTPUT), DAY)
        await asked(memory, "增速", answered(GROWTH), DAY)
        assert [row[2:] for row in await rows(memory, database, QUESTIONS)] == [
            ("answer", GROWTH.id, 1),
            ("choices", f"{GROWTH.id} {OUTPUT.id}", 1),
        ]


@pytest.mark.asyncio
async def test_hostile_questions_are_counted(database: Trial) -> None:
    hostile = ["\x00", "a\x00b", "\ud800", "", "'; DROP TABLE questions; --", "%s :x ? \\", "问" * 100_000]
    async with opened_memory(database) as memory:
        with capture_logs() as logs:
            for text in hostile:
                await asked(memory, text, refused(), DAY)
            counted = await rows(memory, database, "SELECT sum(count), max(length(text)) FROM questions")
        assert counted[0][0] == len(hostile)
        assert counted[0][1] <= 400
        assert logs == []


@pytest.mark.asyncio
async def test_no_question_is_noted_where_they_are_kept_for_0_days(database: Trial) -> None:
    async with opened_memory(database, keep_days=0) as memory:
        await asked(memory, "产值", answered(OUTPUT), DAY)
        await memory.questions.voted([OUTPUT.id], question_hash("产值"), Vote.UP, MESSAGE)
        assert await rows(memory, database, QUESTIONS) == []
        assert await rows(memory, database, FEEDBACK) == [(OUTPUT.id, "", 1, 0)]


@pytest.mark.asyncio
async def test_a_vote_without_a_question_counts_for_each_fact(database: Trial) -> None:
    """So that there are no more such rows, which are kept for ever, than facts."""
    async with opened_memory(database, keep_days=0) as memory:
        for vote in (Vote.UP, Vote.DOWN):
            await memory.questions.voted([OUTPUT.id, GROWTH.id], question_hash("产值"), vote, MESSAGE)
        assert await rows(memory, database, FEEDBACK) == [(GROWTH.id, "", 0, 1), (OUTPUT.id, "", 0, 1)]


@pytest.mark.asyncio
async def test_a_second_press_changes_the_vote(database: Trial) -> None:
    key = question_hash("产值")
    async with opened_memory(database) as memory:
        await memory.questions.voted([OUTPUT.id, GROWTH.id], key, Vote.UP, (7, 6))
        for vote in (Vote.UP, Vote.UP, Vote.DOWN, Vote.DOWN):
            await memory.questions.voted([OUTPUT.id, GROWTH.id], key, vote, MESSAGE)
    async with opened_memory(database) as memory:
        await memory.questions.voted([OUTPUT.id, GROWTH.id], key, Vote.DOWN, MESSAGE)
        assert await rows(memory, database, FEEDBACK) == [(f"{OUTPUT.id} {GROWTH.id}", key, 1, 1)]


@pytest.mark.asyncio
async def test_votes_never_fall_below_zero(database: Trial) -> None:
    async with opened_memory(database) as memory:
        await memory.questions.voted([OUTPUT.id], "", Vote.UP, MESSAGE)
        await memory.written()
        database.rows("DELETE FROM feedback")
        await memory.questions.voted([OUTPUT.id], "", Vote.DOWN, MESSAGE)
        assert await rows(memory, database, FEEDBACK) == [(OUTPUT.id, "", 0, 1)]


def test_the_hash_of_a_question_fits_a_button_and_stays_for_those_already_sent() -> None:
    assert question_hash("产值") == "c3e4812df6900b9d"


# ---- updates


@pytest.mark.asyncio
async def test_an_update_is_handled_once(database: Trial) -> None:
    async with opened_memory(database) as memory, opened_memory(database) as other:
        assert await memory.updates.first_time(5)
        assert not await memory.updates.first_time(5)
        await memory.updates.handled(5)
        await memory.written()
        assert not await other.updates.first_time(5)
        assert await other.updates.first_time(6)


@pytest.mark.asyncio
async def test_an_update_is_handled_again_when_its_handling_broke_off(database: Trial) -> None:
    async with opened_memory(database) as memory:
        assert await memory.updates.first_time(5)
        await memory.updates.abandoned(5)
        assert await memory.updates.first_time(5)
    async with opened_memory(database) as after_a_crash:
        assert await after_a_crash.updates.first_time(5)


@pytest.mark.asyncio
async def test_of_one_update_that_comes_many_times_at_once_one_is_first(database: Trial) -> None:
    async with opened_memory(database) as memory:
        firsts = await asyncio.gather(*(memory.updates.first_time(update_id % 10) for update_id in range(200)))
        assert sum(firsts) == 10


# ---- pruning


@pytest.mark.asyncio
async def test_old_questions_and_updates_are_forgotten(database: Trial) -> None:
    async with opened_memory(database) as memory:
        for age in (91, 90, 89, 0):
            await asked(memory, f"问题 {age}", refused(), DAY - timedelta(days=age))
        await memory.updates.handled(5)
        await memory.written()
        await memory.prune(DAY, 90)
        assert [row[1] for row in await rows(memory, database, QUESTIONS)] == ["问题 89", "问题 0"]
        assert await rows(memory, database, UPDATES) == [(5,)]
        await memory.prune(DAY + timedelta(days=2), 90)
        assert await rows(memory, database, UPDATES) == []
        await memory.prune(DAY, 0)
        assert await rows(memory, database, QUESTIONS) == []


@pytest.mark.asyncio
async def test_votes_outlive_their_question(database: Trial) -> None:
    async with opened_memory(database) as memory:
        for text, day in (("产值", DAY), ("产值 是多少", DAY - timedelta(days=100))):
            await asked(memory, text, answered(OUTPUT), day)
            await memory.questions.voted([OUTPUT.id], question_hash(normalize(text)), Vote.UP, MESSAGE)
            await memory.written()
            await memory.prune(DAY, 90)
            await memory.prune(DAY, 90)
        assert await rows(memory, database, FEEDBACK) == [
            (OUTPUT.id, "", 1, 0),
            (OUTPUT.id, question_hash("产值"), 1, 0),
        ]
        await memory.prune(DAY, 0)
        assert await rows(memory, database, FEEDBACK) == [(OUTPUT.id, "", 2, 0)]


# ---- without a database


@pytest.mark.asyncio
async def test_without_a_database_only_updates_are_remembered() -> None:
    memory = Memory.none()
    await memory.chats.seen(-7, "group", "Tea", "en")
    await memory.chats.moved(-7, -8)
    await memory.chats.ended(-8, "kicked")
    await asked(memory, "产值", answered(OUTPUT), DAY)
    await memory.questions.voted([OUTPUT.id], "", Vote.UP, MESSAGE)
    assert await memory.prune(DAY, 90)
    assert await memory.updates.first_time(5)
    await memory.updates.handled(5)
    assert not await memory.updates.first_time(5)
    assert (await memory.check()).healthy
    await memory.written()
    await memory.close()
