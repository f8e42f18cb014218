"""The result of answering: what a reply states, offers, or declines to state."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.answering.knowledge.model import Fact

PAGE = 12  # facts of a list that one reply states


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


def language_of(text: str) -> Language:
    """Chinese where any character of a text is."""
    return Language.CHINESE if any("\u3400" <= char <= "\u9fff" for char in text) else Language.ENGLISH


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
    RELEASED = "released"
    YEAR = "year"
    SUMMARY = "summary"
    SECTIONS = "sections"
    WRONG = "wrong"
    AGAIN = "again"
    NO_MORE = "no-more"


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
    `topic`: for `talk`; `nearest` are the facts that were stated last.
    `listed`: all facts that fit a list, of which those stated are a page; empty elsewhere. `first`: the place of the
    first one that is stated among all that fit, from 0. `chosen_from`: of a superlative, how many were compared.
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
    listed: tuple[Fact, ...] = ()
    first: int = 0
    chosen_from: int = 0

    def page(self, first: int) -> "Answer | None":
        """The page of a list that begins with the fact at a place; None where there is none."""
        facts = self.listed[first : first + PAGE]
        return replace(self, matches=tuple(Match(fact, 1.0) for fact in facts), first=first) if facts else None
