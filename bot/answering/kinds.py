"""What a question makes of each kind of figure, the same for all facts of the kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .fitting import fits
from .profiles import NAMES
from .question import Question
from .words import Word

# A word explained less than this is one that the fact is not about.
NAMED = 0.5
_TOPIC_UNEXPLAINED = 0.35
_ASPECT_UNEXPLAINED = 0.6
_COUNTED_UNEXPLAINED = 0.85
_OPEN = frozenset(["number", "amount", "each", "overview", "what"])
_OTHER_ASPECT = 0.7
_NEAR_ASPECT = 0.95
_NAMING = frozenset(["name", "which", "place", "person"])


class Fit(NamedTuple):
    """`fits`: how well a kind of figure is the one asked for, 0..1.

    `needed`: the places of the words that a fact of the kind has to explain, and what is left of one that does not.
    """

    fits: float
    needed: Sequence[tuple[int, float]]


class Kinds:
    """The kinds of figure as one question sees them, each looked at once.

    `aspects`: the kinds that its aspects ask for: growth asks for a share, an investment for money.
    """

    def __init__(self, question: Question, words: Sequence[Word], aspects: Mapping[int, str]) -> None:
        """`words`: the content of the question. `aspects`: the kind that each concept of an aspect asks for."""
        self._question = question
        concepts = (entry.concept for word in words for entry, _ in word.entries)
        self.aspects = frozenset(aspects[concept] for concept in concepts if concept in aspects)
        self._is_open = bool(self.aspects) and question.asks <= _OPEN and not question.unit
        self._needed = list(_needed(question, words, aspects))
        counted = list(_needed(question, words, {})) if question.asks & _NAMING else self._needed
        self._needed_of = dict.fromkeys(NAMES, counted)
        self._fits: dict[str, Fit] = {}

    def fit(self, kind: str) -> Fit:
        found = self._fits.get(kind)
        if found is None:
            fitting = fits(self._question, kind) * self._by_aspect(kind)
            found = self._fits[kind] = Fit(fitting, self._needed_of.get(kind, self._needed))
        return found

    def _by_aspect(self, kind: str) -> float:
        """1, or less where the question words leave the kind open and the aspects ask for another one."""
        if not self._is_open or kind in self.aspects or kind in NAMES:
            return 1.0
        return _NEAR_ASPECT if kind == "times" and "percent" in self.aspects else _OTHER_ASPECT


def _needed(question: Question, words: Sequence[Word], aspects: Mapping[int, str]) -> Iterator[tuple[int, float]]:
    """The words for a matter, an aspect (growth) or something counted."""
    for at, word in enumerate(words):
        entry = word.entry
        if entry and entry.topic:
            yield at, _TOPIC_UNEXPLAINED
        elif entry and entry.concept in aspects and not entry.asks:
            yield at, _ASPECT_UNEXPLAINED
        elif entry and word is question.focus:
            yield at, _COUNTED_UNEXPLAINED
