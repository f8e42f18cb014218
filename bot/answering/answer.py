"""The result of answering: what a reply states, offers, or declines to state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.answering.knowledge.model import Fact


class Outcome(StrEnum):
    """`answer`: the reply states facts. `choices`: it offers them. `none`: the report does not say it.

    `talk`: it is about the bot or the report itself, or a greeting.
    """

    ANSWER = "answer"
    CHOICES = "choices"
    NONE = "none"
    TALK = "talk"


class Language(StrEnum):
    CHINESE = "zh"
    ENGLISH = "en"


class Reason(StrEnum):
    """Why a question was refused, so that the reply can say what the report does cover."""

    PLACE = "place"
    PERIOD = "period"
    UNKNOWN = "unknown"


class Topic(StrEnum):
    """What is talked about where no figure is asked for."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    WHO = "who"
    ABILITY = "ability"
    USAGE = "usage"
    PUBLISHER = "publisher"
    YEAR = "year"
    SUMMARY = "summary"
    WRONG = "wrong"


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
    `verdict`: for the `answer` to a claim, whether the report bears it out; None where nothing was claimed, or where
    its figure cannot tell.
    `topic`: for `talk`; of "you are wrong" `nearest` are the facts that were stated last. `listed`: of how many facts
    that fit a list those stated are the first. `chosen_from`: of how many the one stated is the first by its value.
    Both are 0 elsewhere.
    """

    question: str
    language: Language
    outcome: Outcome
    matches: tuple[Match, ...] = ()
    reason: Reason | None = None
    asked: str = ""
    nearest: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    verdict: bool | None = None
    topic: Topic | None = None
    listed: int = 0
    chosen_from: int = 0
