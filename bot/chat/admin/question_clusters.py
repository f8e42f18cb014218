"""Questions that ask for the same thing in other words, put together for an editor to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz, process

from bot.answering.answer import Outcome
from bot.storage import Unanswered

# Of 100. Below it, questions of four characters that differ in one would be the same.
_ALIKE: Final = 76
# One character more or less makes another word of a short one, such as 出口 of 进出口.
_SHORT: Final = 3
_LATIN: Final = re.compile(r"[a-z0-9]")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")


@dataclass(slots=True)
class Cluster:
    """Questions that are alike; the one asked most often stands first, and for all of them."""

    questions: list[Unanswered] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.questions[0].text

    @property
    def count(self) -> int:
        return sum(question.count for question in self.questions)

    @property
    def refused(self) -> int:
        return sum(question.count for question in self.questions if question.outcome == Outcome.NONE)

    @property
    def wordings(self) -> int:
        return len({question.text for question in self.questions})


def clusters(questions: Sequence[Unanswered], core_of: Callable[[str], str]) -> list[Cluster]:
    """`questions` in clusters, the greatest first. Numbers and years are compared exactly, words by likeness.

    `core_of`: gives the words of a question that say what it asks for, with spaces between.
    """
    # By the numbers in the questions: the clusters, and the bigrams that they are known by, each by its core.
    groups: dict[tuple[str, ...], tuple[dict[str, Cluster], dict[str, str]]] = {}
    for question in sorted(questions, key=lambda question: -question.count):
        core = core_of(question.text)
        found, bigrams = groups.setdefault(tuple(_NUMBER.findall(core)), ({}, {}))
        found.setdefault(_like(core, bigrams), Cluster()).questions.append(question)
    all_found = [cluster for found, _ in groups.values() for cluster in found.values()]
    return sorted(all_found, key=lambda cluster: (-cluster.count, -cluster.questions[0].count))


def _like(core: str, bigrams: dict[str, str]) -> str:
    """The known core that this one is like; itself, which then is known too, where it is like none."""
    if core in bigrams or len(core) <= _SHORT:
        return core
    # The order of characters catches typing errors, the bigrams catch words that have changed places.
    if best := process.extractOne(core, bigrams.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE):
        return best[0]
    if best := process.extractOne(_bigrams(core), bigrams, scorer=fuzz.ratio, score_cutoff=_ALIKE):
        return best[2]
    bigrams[core] = _bigrams(core)
    return core


def _bigrams(core: str) -> str:
    return " ".join(sorted(pair for word in core.split() for pair in _pairs(word)))


def _pairs(word: str) -> Iterator[str]:
    if len(word) < 2 or _LATIN.match(word):
        yield word
    else:
        yield from (word[place : place + 2] for place in range(len(word) - 1))
