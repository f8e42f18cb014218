"""The words of a question as facts have them: in their names, in what their sentences tell, in their texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TypeAlias

from .profiles import Profile, Sentence
from .words import Kind, Word

# How much of a word counts as explained that only the fact's sentence has; less where it names another fact there.
TOLD = 0.6
_SIBLINGS = 0.3
# What else the sentence tells is what a question describes the name by that it asks for.
_DESCRIBED = 0.75
_PRINTED = 0.9
# How surely a compound is said where only the words that it is made of are.
ASSEMBLED = 0.8


# A concept that the word at a place among the words may mean, and how surely.
_Term: TypeAlias = tuple[int, int, float]
# The words that a sentence tells something of, by their places, and how well that explains them.
_Told: TypeAlias = Sequence[tuple[int, float]]
_Known: TypeAlias = dict[Sentence, _Told]


class Terms:
    """Says how well facts explain words: 1 where a name has it, less where only the sentence has, 0 not at all.

    Made once a question, so that a fact takes little more than a look at what it is named by: what sentences tell is
    the same for each of their facts.
    """

    def __init__(
        self,
        words: Sequence[Word],
        text: str,
        parts: Mapping[int, tuple[int, ...]],
        around: Mapping[int, frozenset[int]],
    ) -> None:
        """`text` is what the words were read in; `parts` are those of compounds, `around` as `Heard` has it."""
        self._words = words
        self._text = text
        self._unknown = [
            (at, word.text) for at, word in enumerate(words) if word.kind is Kind.UNKNOWN and len(word.text) > 1
        ]
        self._told: _Known = {}
        self._described: _Known = {}
        self._names: list[_Term] = []
        self._compounds: list[tuple[int, tuple[int, ...], float]] = []
        self._tellable: list[_Term] = []
        self._places: list[_Term] = []
        for at, word in enumerate(words):
            rest = self._places if word.entry and word.entry.place else self._tellable
            for entry, likeness in word.entries:
                if entry.content:
                    concept = entry.concept
                    self._names.append((at, concept, likeness))
                    if concept in around:
                        self._names += ((at, same, likeness) for same in around[concept])
                    if concept in parts:
                        self._compounds.append((at, parts[concept], likeness))
                    else:
                        rest.append((at, concept, likeness))
        self._has_others = bool(self._compounds or self._places or self._unknown)

    def explained(self, profile: Profile, *, described: bool) -> list[float]:
        """How well a fact explains each word.

        `described`: it answers with a name of the kind that is asked for.
        """
        shares = [0.0] * len(self._words)
        named = profile.named
        for at, concept, likeness in self._names:
            if concept in named and likeness > shares[at]:
                shares[at] = likeness
        if self._tellable and min(shares) < _DESCRIBED:
            known = self._described if described else self._told
            told = known.get(profile.sentence)
            if told is None:
                told = self._tell(profile.sentence, shares, known, described=described)
            for at, share in told:
                shares[at] = max(shares[at], share)
        if self._has_others:
            self._explain_others(shares, profile, described=described)
        return shares

    def _explain_others(self, shares: list[float], profile: Profile, *, described: bool) -> None:
        """The same of compounds, places and words that nothing knows."""
        for at, made_of, likeness in self._compounds:
            shares[at] = max(shares[at], likeness * _assembled(made_of, profile.named))
        for at, concept, likeness in self._places:
            if self.is_printed(self._words[at], profile.text):
                shares[at] = max(shares[at], likeness * _told(concept, profile.sentence, described=described))
        for at, text in self._unknown:
            if text in profile.text:
                shares[at] = _PRINTED

    def _tell(self, sentence: Sentence, shares: Sequence[float], known: _Known, *, described: bool) -> _Told:
        """The words that a sentence tells something of, and how well that explains them.

        None where `shares` explain as much already: many sentences need never be read.
        """
        if all(shares[at] >= _DESCRIBED for at, _, _ in self._tellable):
            return ()
        concepts = sentence.concepts
        told = known[sentence] = [
            (at, likeness * _told(concept, sentence, described=described))
            for at, concept, likeness in self._tellable
            if concept in concepts
        ]
        return told

    def is_printed(self, word: Word, text: str) -> bool:
        """Whether a text has a place's name together with the word behind it, as in a longer name."""
        behind = self._text[word.start : word.end + 2]
        return len(behind) > len(word.text) + 1 and behind in text


def _assembled(made_of: Sequence[int], named: Set[int]) -> float:
    """How surely a compound names a fact, judged by which of the words that it is made of do."""
    have = sum([part in named for part in made_of]) / len(made_of)
    return ASSEMBLED * (1.0 if have == 1 else have / 2)


def _told(concept: int, sentence: Sentence, *, described: bool) -> float:
    if concept not in sentence.concepts:
        return 0.0
    return _DESCRIBED if described else TOLD if concept in sentence.told else _SIBLINGS
