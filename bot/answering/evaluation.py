"""Grading: how well the answers to a file of questions are the expected ones, and what new knowledge would change."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.answering.knowledge.model import Fact, Knowledge

from .answer import Answer, Outcome
from .answerer import Answerer
from .conversation import last_answer
from .exceptions import AnsweringError

OFFERED = 8  # the facts of an ambiguous answer that count
OTHERS = 1  # the unasked facts that an answer to several questions in one may state
CROWD = 3  # a list may state one more for so many that are expected
QUESTIONS = "questions.jsonl"  # the name of the file beside a knowledge folder
_MOST_ASKED = 3_000
_MOST_TOLD = 20
_LARGEST = 20_000  # facts, with which one answer takes long, and as many as nobody looks through


class QuestionsError(AnsweringError):
    """A question file cannot be read: the message says which line of it, and why."""


class Expectation(BaseModel):
    """A fact by its id, or by parts of its figure and sentence; white space does not count.

    `or`: others that are as good, in the same form.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str = Field(default="", min_length=1)
    figure: str = Field(default="", min_length=1)
    sentence: str = Field(default="", min_length=1)
    others: list["Expectation"] = Field(default=[], alias="or")

    @model_validator(mode="after")
    def _tells_a_fact(self) -> Self:
        if not self._says_which and not self.others:
            raise ValueError("say the id, the figure or the sentence that is expected")
        return self

    def fits(self, fact: Fact) -> bool:
        """Whether a fact is the expected one, or one that is as good."""
        is_it = (
            self._says_which
            and self.id in ("", fact.id)
            and _squeezed(self.figure) in _squeezed(fact.figure)
            and _squeezed(self.sentence) in _squeezed(fact.sentence)
        )
        return is_it or any(other.fits(fact) for other in self.others)

    @property
    def _says_which(self) -> bool:
        return any(map(_squeezed, (self.id, self.figure, self.sentence)))


class Question(BaseModel):
    """A line of a question file: a question, or the turns of a conversation, of which the last one is graded.

    `verdict`: of a claim. Keys besides these are the editor's own notes.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    q: str | None = None
    turns: list[str] = []
    expect: list[Expectation]
    kind: str = Field(pattern=r"^[^\s=]+$")
    verdict: bool | None = Field(default=None, strict=False)

    @model_validator(mode="after")
    def _expects_what_its_kind_says(self) -> Self:
        if self.q is None and not self.turns:
            raise ValueError("say q, a question, or turns, those of a conversation")
        if not self.expect and self.total not in ("refused", "meta"):
            raise ValueError("expect at least one fact, or give a kind that begins with oos- (out of scope)")
        return self

    @property
    def said(self) -> list[str]:
        """The messages, of which the last one is graded."""
        return self.turns or [self.q or ""]

    @property
    def total(self) -> str:
        """The total that the question counts in."""
        if self.kind.startswith("oos-"):
            return "refused"
        return self.kind if self.kind in TOTALS else "right"


TOTALS = ("right", "refused", "multi", "ambiguous", "followup", "claim", "list", "meta")


@dataclass(frozen=True, slots=True)
class Graded:
    """A question, what was answered, and the score of that, 0..1."""

    question: Question
    answer: Answer
    score: float

    @property
    def missed(self) -> bool:
        return self.score < 1


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The mean score of some questions (None without questions), and how many of them fell short of 1."""

    name: str
    questions: int
    score: float | None
    missed: int


def read_questions(path: Path) -> list[Question]:
    """Reads JSON lines of the form {"q": ..., "expect": [{"id", "figure", "sentence"}], "kind": ...}.

    Raises QuestionsError at the first line that is none, and where the file cannot be read or holds no questions.
    """
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    except OSError as error:
        raise QuestionsError(f"{path}: {error.strerror}: give a file of questions, one JSON object a line") from error
    questions = [_question(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not questions:
        raise QuestionsError(f"{path}: holds no questions: write one JSON object a line")
    return questions


def grade(questions: Iterable[Question], answer: Callable[[Sequence[str]], Answer]) -> Iterator[Graded]:
    """Has each question answered, and scores the answer; `answer` is given the messages of one conversation."""
    for question in questions:
        answered = answer(question.said)
        yield Graded(question, answered, _score(question, answered))


def stated(answerer: Answerer, question: str) -> list[Fact]:
    """The facts that are stated for a question by itself."""
    answer = last_answer(answerer, [question])
    return [match.fact for match in answer.matches] if answer.outcome is Outcome.ANSWER else []


def rows_by_kind(graded: Iterable[Graded]) -> list[ScoreRow]:
    """One row a kind, by name."""
    kind = attrgetter("question.kind")
    return [_row(name, list(group)) for name, group in groupby(sorted(graded, key=kind), key=kind)]


def totals(graded: Sequence[Graded]) -> list[ScoreRow]:
    return [_row(name, [one for one in graded if one.question.total == name]) for name in TOTALS]


def shortfalls(rows: Iterable[ScoreRow], minimums: Mapping[str, float]) -> list[str]:
    """A line for each minimum that is not reached. Raises QuestionsError for a minimum of nothing that was asked."""
    scores = {row.name: row.score for row in rows if row.score is not None}
    for name in minimums:
        if name not in scores:
            raise QuestionsError(f"--min {name}: no question counts in it; there are {', '.join(sorted(scores))}")
    return [
        f"{name}: {scores[name]:.3f} is below {least:g}" for name, least in minimums.items() if scores[name] < least
    ]


def _question(line: bytes, place: str) -> Question:
    try:
        return Question.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(map(str, first["loc"]))
        raise QuestionsError(
            f"{place}: {f'{key}: ' if key else ''}{first['msg'].removeprefix('Value error, ')}"
        ) from error


def _score(question: Question, answer: Answer) -> float:
    expected, facts = question.expect, [match.fact for match in answer.matches]
    is_stated, found = answer.outcome is Outcome.ANSWER, _found(expected, facts)
    offered = _found(expected, facts[:OFFERED]) / len(expected) if expected else 0.0
    crowd = len(facts) - len(expected)
    scores: dict[str, float] = {
        "right": is_stated and bool(_found(expected, facts[:1])),
        "followup": is_stated and bool(_found(expected, facts[:1])),
        "refused": not is_stated,
        "multi": is_stated and found == len(expected) and crowd <= OTHERS,
        "ambiguous": 0.0 if is_stated and len(facts) < 2 else offered,
        "claim": is_stated and found > 0 and answer.verdict is question.verdict,
        "list": is_stated and found == len(expected) and crowd <= max(OTHERS, len(expected) // CROWD),
        "meta": answer.outcome is Outcome.TALK,
    }
    return float(scores[question.total])


def _found(expected: Sequence[Expectation], facts: Sequence[Fact]) -> int:
    return sum(any(one.fits(fact) for fact in facts) for one in expected)


def _row(name: str, graded: Sequence[Graded]) -> ScoreRow:
    score = sum(one.score for one in graded) / len(graded) if graded else None
    return ScoreRow(name, len(graded), score, sum(one.missed for one in graded))


def _squeezed(text: str) -> str:
    return "".join(text.split())


# ---- what new knowledge would change


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
    before, after = (list(grade(questions, partial(last_answer, Answerer(knowledge)))) for knowledge in (old, new))
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


def _told(answer: Answer) -> tuple[object, ...]:
    return answer.outcome, answer.verdict, [match.fact.id for match in answer.matches]
