"""The result of answering: what a reply states, offers, or declines to state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.answering.knowledge.model import Fact


class Outcome(StrEnum):
    """`answer`: the reply states facts. `choices`: it offers them. `none`: the report does not say it."""

    ANSWER = "answer"
    CHOICES = "choices"
    NONE = "none"


class Language(StrEnum):
    CHINESE = "zh"
    ENGLISH = "en"


class Reason(StrEnum):
    """Why a question was refused, so that the reply can say what the report does cover."""

    PLACE = "place"
    PERIOD = "period"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """A fact and how well it fits the question, 0..1."""

    fact: Fact
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome for one question.

    `matches`: the facts stated (`answer`) or offered (`choices`, up to 6), best first; empty for `none`.
    `reason` and `asked`: for `none`, why, and the word of the question that names another place or period.
    `missing`: for `answer`, the parts of the question that the reports do not answer.
    `nearest`: for `none`, up to 3 facts on neighbouring topics to offer instead.
    """

    question: str
    language: Language
    outcome: Outcome
    matches: tuple[Match, ...] = ()
    reason: Reason | None = None
    asked: str = ""
    nearest: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
