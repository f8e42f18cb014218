"""Questions that ask for the same thing in other words, put together for an editor to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    found: list[Cluster] = []
    groups: dict[tuple[str, ...], _Group] = {}
    for question in sorted(questions, key=lambda question: -question.count):
        core = core_of(question.text)
        group = groups.setdefault(tuple(_NUMBER.findall(core)), _Group())
        cluster = group.like(core)
        if cluster is None:
            cluster = group.add(core)
            found.append(cluster)
        cluster.questions.append(question)
    return sorted(found, key=lambda cluster: -cluster.count)


class _Group:
    """The clusters of questions with the same numbers, by the cores of their first questions."""

    def __init__(self) -> None:
        self._clusters: dict[str, Cluster] = {}
        # By the cores that are long enough to be compared: these, and their bigrams.
        self._cores: dict[str, str] = {}
        self._bigrams: dict[str, str] = {}

    def add(self, core: str) -> Cluster:
        self._clusters[core] = Cluster()
        if len(core) > _SHORT:
            self._cores[core], self._bigrams[core] = core, _bigrams(core)
        return self._clusters[core]

    def like(self, core: str) -> Cluster | None:
        if core in self._clusters or len(core) <= _SHORT:
            return self._clusters.get(core)
        # The order of characters catches typing errors, the bigrams catch words that have changed places.
        for text, known in ((core, self._cores), (_bigrams(core), self._bigrams)):
            best = process.extractOne(text, known, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            if best is not None:
                return self._clusters[best[2]]
        return None


def _bigrams(core: str) -> str:
    return " ".join(sorted(_pairs(core.split())))


def _pairs(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if len(word) < 2 or _LATIN.match(word):
            yield word
        else:
            yield from (word[place : place + 2] for place in range(len(word) - 1))
