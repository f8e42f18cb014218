"""The answers to the repository's own questions stay as good as they are."""

from __future__ import annotations

from functools import cache

from shipped import ROOT, shipped

from bot.answering.evaluation import Graded, grade, read_questions, rows_by_kind, shortfalls, totals

# The least share of right answers: the four totals, and each kind of question. Raise one when it rises for good.
FLOORS = {
    "right": 0.973,
    "refused": 0.983,
    "multi": 0.96,
    "ambiguous": 0.86,
    "canonical": 0.985,
    "keywords": 0.99,
    "typo": 0.978,
    "traditional": 0.992,
    "colloquial": 0.95,
    "english": 0.98,
    "pinyin": 0.97,
    "reverse": 0.983,
    "oos-chat": 0.99,
    "oos-metric": 0.97,
    "oos-period": 0.99,
    "oos-place": 0.99,
}

QUESTIONS = ROOT / "tests" / "questions" / "jinan-hightech-2021.jsonl"


@cache
def graded() -> tuple[Graded, ...]:
    return tuple(grade(read_questions(QUESTIONS), shipped().answer))


def test_the_answers_are_as_good_as_they_were() -> None:
    rows = [*rows_by_kind(graded()), *totals(graded())]
    missed = [f"{one.question.kind}: {one.question.q}" for one in graded() if one.missed]
    assert shortfalls(rows, FLOORS) == [], "\n".join(missed)


def test_every_kind_of_question_has_a_floor() -> None:
    assert {row.name for row in [*rows_by_kind(graded()), *totals(graded())]} == FLOORS.keys()


def test_every_question_expects_facts_that_there_are() -> None:
    facts = shipped().knowledge.facts
    questions = read_questions(QUESTIONS)
    strange = [q.q for q in questions if not all(any(one.fits(fact) for fact in facts) for one in q.expect)]
    assert strange == []


def test_every_question_is_asked_once() -> None:
    asked = [question.q for question in read_questions(QUESTIONS)]
    assert sorted(set(asked)) == sorted(asked)
