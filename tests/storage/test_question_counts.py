"""What admins did, and what was asked, as the database gives it back, on SQLite and on PostgreSQL."""

from datetime import date, timedelta

import pytest

from bot.answering.answer import Outcome
from bot.storage.cluster import Audited
from bot.storage.memory import Memory
from bot.storage.questions import MOST_QUESTIONS, Popular, Unanswered, Vote, question_hash
from tests.support.reports.small_report import GROWTH, OUTPUT, SCHOOLS, answered, offered, refused
from tests.support.storage.opened_memory import START, asked, opened_memory

pytestmark = pytest.mark.asyncio

DAY = date(2030, 5, 17)
BEFORE = DAY - timedelta(days=1)


async def test_what_was_done_last_comes_first(memory, clock) -> None:
    await memory.audit.note(42, "reload", "1 added")
    clock.now += timedelta(minutes=5)
    await memory.audit.note(None, "reload", "hewan.yaml:1:1: is empty")
    await memory.audit.note(2**51, "apply hewan.yaml", "done")
    await memory.written()
    assert await memory.audit.latest(2) == [
        Audited(START + timedelta(minutes=5), 2**51, "apply hewan.yaml", "done"),
        Audited(START + timedelta(minutes=5), None, "reload", "hewan.yaml:1:1: is empty"),
    ]
    assert [entry.who for entry in await memory.audit.latest(20)] == [2**51, None, 42]


async def test_any_text_can_be_noted(memory) -> None:
    await memory.audit.note(1, "a\0b", "\ud800" + "长" * 600)
    await memory.written()
    [entry] = await memory.audit.latest(1)
    assert entry.what == "a\ufffdb"
    assert entry.result == "?" + "长" * 499
    assert memory.health.healthy


async def ask(memory: Memory) -> None:
    for day, text, answer in (
        (BEFORE, "产值", answered(OUTPUT)),
        (DAY, "产值", answered(OUTPUT)),
        (DAY, "产值和小学", answered(OUTPUT, SCHOOLS)),
        (BEFORE, "房价", refused()),
        (DAY, "房价", refused()),
        (DAY, "增速", offered(GROWTH, OUTPUT)),
    ):
        await asked(memory, text, answer, day)
    await memory.written()


async def test_questions_of_a_day_by_outcome(memory) -> None:
    await ask(memory)
    assert await memory.questions.outcomes(DAY) == {Outcome.ANSWER: 2, Outcome.CHOICES: 1, Outcome.NONE: 1}
    assert await memory.questions.outcomes(BEFORE) == {Outcome.ANSWER: 1, Outcome.NONE: 1}
    assert await memory.questions.outcomes(DAY + timedelta(days=1)) == {}


async def test_of_too_many_different_questions_a_day_the_rest_is_counted_without_texts(database, monkeypatch) -> None:
    monkeypatch.setattr("bot.storage.questions.QUESTIONS_A_DAY", 3)
    async with opened_memory(database) as memory:
        for batch in range(2):
            for number in range(5):
                await asked(memory, f"{number}房价", refused(), DAY)
            await asked(memory, "增速", offered(GROWTH, OUTPUT), DAY)
            await asked(memory, "昨天", refused(), BEFORE)
            await memory.written()
            times = batch + 1
            assert await memory.questions.unanswered(BEFORE) == [
                Unanswered("", Outcome.NONE, 2 * times, DAY, DAY),
                Unanswered("", Outcome.CHOICES, times, DAY, DAY),
                *(Unanswered(f"{number}房价", Outcome.NONE, times, DAY, DAY) for number in range(3)),
                Unanswered("昨天", Outcome.NONE, times, BEFORE, BEFORE),
            ]
        assert await memory.questions.outcomes(DAY) == {Outcome.NONE: 10, Outcome.CHOICES: 2}
        assert memory.health.healthy


async def test_questions_asked_in_vain(memory) -> None:
    await ask(memory)
    assert await memory.questions.unanswered(BEFORE) == [
        Unanswered("房价", Outcome.NONE, 2, BEFORE, DAY),
        Unanswered("增速", Outcome.CHOICES, 1, DAY, DAY),
    ]
    assert [question.count for question in await memory.questions.unanswered(DAY)] == [1, 1]
    assert await memory.questions.unanswered(DAY + timedelta(days=1)) == []


async def test_answers_that_people_vote_against_count_as_asked_in_vain(memory) -> None:
    await ask(memory)
    for place, (question, vote) in enumerate(
        [("产值", Vote.DOWN), ("产值", Vote.DOWN), ("产值和小学", Vote.DOWN), ("产值和小学", Vote.UP)]
    ):
        await memory.questions.voted(["output"], question_hash(question), vote, (7, place))
    await memory.questions.voted(["output"], "", Vote.DOWN, (7, 9))
    await memory.written()
    disliked = Unanswered("产值", Outcome.ANSWER, 2, BEFORE, DAY, "output")
    assert disliked in await memory.questions.unanswered(BEFORE)
    assert [question.text for question in await memory.questions.unanswered(DAY)] == ["产值", "增速", "房价"]


async def test_what_is_set_aside_is_not_listed_until_that_is_taken_back(memory) -> None:
    await ask(memory)
    await memory.questions.voted(["output"], question_hash("产值"), Vote.DOWN, (7, 1))
    hashes = [question_hash(text) for text in ("房价", "产值")]
    for _ in range(2):
        await memory.questions.set_aside(hashes)
    await memory.written()
    assert [question.text for question in await memory.questions.unanswered(BEFORE)] == ["增速"]
    await memory.questions.take_back(hashes[0])
    await memory.written()
    assert len(await memory.questions.unanswered(BEFORE)) == 3


async def test_of_too_many_questions_the_frequent_ones_are_given(memory) -> None:
    for number in range(MOST_QUESTIONS + 1):
        await asked(memory, f"问题{number}", refused(), DAY)
    await asked(memory, "常问", refused(), DAY)
    await asked(memory, "常问", refused(), DAY)
    await memory.written()
    questions = await memory.questions.unanswered(DAY)
    assert len(questions) == MOST_QUESTIONS
    assert questions[0].text == "常问"


async def test_facts_by_questions_and_by_votes(memory) -> None:
    await ask(memory)
    await memory.questions.voted(["output", "schools"], question_hash("产值和小学"), Vote.UP, (7, 1))
    await memory.questions.voted(["output"], "", Vote.DOWN, (7, 2))
    await memory.written()
    votes = {"up": {"output": 1, "schools": 1}, "down": {"output": 1, "schools": 0}}
    assert await memory.questions.popular(BEFORE) == Popular({"output": 3, "schools": 1}, **votes)
    assert await memory.questions.popular(DAY) == Popular({"output": 2, "schools": 1}, **votes)
