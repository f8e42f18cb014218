"""The answers to the questions about the repository's own reports stay as good as they are."""

from functools import cache, partial
from pathlib import Path

import pytest

from bot.answering.answer import Outcome
from bot.answering.answerer import Answerer
from bot.answering.conversation import last_answer
from bot.answering.evaluation import Graded, grade, read_questions, shortfalls, totals
from tests.support.reports.shipped import folder_of, shipped
from tests.support.repository import ROOT

JINAN = "jinan-hightech-2021"
# The least totals: what was measured on 2 December 2026, less 0.03. Raise one when it rises for good. The right
# ones of the English report fell when its formal questions came to be held to what Chinese ones are: of four other
# reports in English 20 answers got better by that, and 6 worse.
_FLOORS = """\
                        right   refused     multi ambiguous  followup     claim      list      meta
jinan-hightech-2021      0.83      0.94      0.87      0.43      0.93      0.97      0.89      0.97
city                     0.89      0.95      0.97      0.68      0.97      0.97      0.87      0.97
english                  0.71      0.97      0.97      0.00      0.79      0.97      0.78      0.97
health                   0.91      0.97      0.97      0.80      0.97      0.93      0.97      0.97
trade                    0.91      0.97      0.97      0.80      0.96      0.94      0.92      0.97
"""
_TOTALS, *_ROWS = map(str.split, _FLOORS.splitlines())
FLOORS = {report: dict(zip(_TOTALS, map(float, least), strict=True)) for report, *least in _ROWS}


@pytest.fixture(params=FLOORS, scope="module")
def report(request) -> str:
    """Of the module, so that all tests of a report come together, in one process, which grades it once."""
    return str(request.param)


def questions(report: str) -> Path:
    return ROOT / "tests" / "questions" / f"{JINAN}.jsonl" if report == JINAN else folder_of(report) / "questions.jsonl"


def conversations(report: str) -> Path:
    return questions(report).with_name(f"{JINAN}-conversations.jsonl" if report == JINAN else "conversations.jsonl")


def answerer(report: str) -> Answerer:
    return shipped("" if report == JINAN else report)


@cache
def graded(report: str) -> tuple[Graded, ...]:
    asked = [*read_questions(questions(report)), *read_questions(conversations(report))]
    return tuple(grade(asked, partial(last_answer, answerer(report))))


def test_the_answers_are_as_good_as_they_were(report) -> None:
    missed = [f"{one.question.kind}: {' / '.join(one.question.said)}" for one in graded(report) if one.missed]
    assert shortfalls(totals(graded(report)), FLOORS[report]) == [], "\n".join(missed)


def test_every_report_has_a_floor() -> None:
    assert {path.parent.name for path in ROOT.glob("tests/reports/*/report.yaml")} | {JINAN} == FLOORS.keys()


def test_every_question_expects_facts_that_there_are_and_is_asked_once(report) -> None:
    facts = answerer(report).knowledge.facts
    asked = [*read_questions(questions(report)), *read_questions(conversations(report))]
    strange = [q.said for q in asked if not all(any(one.fits(fact) for fact in facts) for one in q.expect)]
    assert strange == []
    assert sorted({tuple(q.said) for q in asked}) == sorted(tuple(q.said) for q in asked)


def test_what_the_report_does_not_say_stays_unsaid_after_an_answer(report) -> None:
    alone = [one for one in graded(report) if not one.question.turns]
    before = [one.question.said for one in alone if one.answer.outcome is Outcome.ANSWER]
    refused = [one.question.said for one in alone if one.question.total == "refused" and not one.missed]
    said = [[*before[7 * at % len(before)], *question] for at, question in enumerate(refused)]
    answered = [turns for turns in said if last_answer(answerer(report), turns).outcome is Outcome.ANSWER]
    assert len(answered) <= max(1, 0.05 * len(said)), answered
