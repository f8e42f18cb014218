"""Tries new knowledge: which questions it would answer in another way than the knowledge of a folder does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .answerer import Answerer
from .conversation import last_answer
from .evaluation import Expectation, Graded, Question, QuestionsError, grade, read_questions

if TYPE_CHECKING:
    from bot.answering.knowledge.model import Knowledge

    from .answer import Answer

QUESTIONS = "questions.jsonl"
_MOST_ASKED = 3_000
_MOST_TOLD = 20
_LARGEST = 20_000  # facts, with which one answer takes long, and as many as nobody looks through


class Retold(NamedTuple):
    """A question that is answered otherwise. `change`: of the score of the answer, below 0 where it gets worse."""

    question: str
    before: Answer
    after: Answer
    change: float


@dataclass(frozen=True)
class Trial:
    """`retold`: the first of the `total` questions that are answered otherwise, the worst first, of `asked` ones.

    `trouble`: why a question file could not be read, empty where all could.
    """

    asked: int = 0
    total: int = 0
    retold: tuple[Retold, ...] = ()
    trouble: str = ""


def try_out(old: Knowledge, new: Knowledge, folder: Path) -> Trial:
    """Asks both for the folder's question files, and for the labels of the facts that both have."""
    if len(new.facts) > _LARGEST:
        return Trial()
    asked, trouble = _questions_of(folder)
    kept = {fact.id for fact in new.facts}
    labels = (
        Question(q=fact.label, expect=[Expectation(id=fact.id)], kind="label") for fact in old.facts if fact.id in kept
    )
    questions = list(islice(chain(asked, labels), _MOST_ASKED))
    # One after the other, so that only one of them takes memory.
    before, after = (_graded(knowledge, questions) for knowledge in (old, new))
    retold = [
        Retold(" / ".join(one.question.said), one.answer, other.answer, other.score - one.score)
        for one, other in zip(before, after, strict=True)
        if _told(one.answer) != _told(other.answer)
    ]
    retold.sort(key=lambda one: one.change)
    return Trial(len(questions), len(retold), tuple(retold[:_MOST_TOLD]), trouble)


def question_files(folder: Path) -> list[Path]:
    """The question files of a knowledge folder: those in it, and `questions.jsonl` beside it."""
    beside = folder.absolute().parent / QUESTIONS
    return [*sorted(folder.glob("[!.]*.jsonl")), *([beside] if beside.is_file() else [])]


def _questions_of(folder: Path) -> tuple[list[Question], str]:
    questions: list[Question] = []
    trouble = ""
    for path in question_files(folder):
        try:
            questions += read_questions(path)
        except QuestionsError as error:
            trouble = str(error)
    return questions, trouble


def _graded(knowledge: Knowledge, questions: Sequence[Question]) -> list[Graded]:
    return list(grade(questions, partial(last_answer, Answerer(knowledge))))


def _told(answer: Answer) -> tuple[object, ...]:
    return answer.outcome, answer.verdict, [match.fact.id for match in answer.matches]
