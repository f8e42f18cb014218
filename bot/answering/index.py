"""The inverted index: from the words of a question to the few facts worth scoring."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from heapq import nlargest
from itertools import chain, islice

from .answer import Language
from .entries import Entry
from .knowledge import Fact
from .periods import covers
from .phrases import Phrases
from .profiles import Profile, period
from .question import Question
from .vocabulary import Vocabulary
from .words import Kind, Word

# How many facts are scored, and how many postings are looked at to find them: bounds of the time a question takes.
_CANDIDATES = 48
_BESIDE = 6
_POSTINGS = 4000

_TOPIC_WEIGHT = 1.5
_STRANGER_WEIGHT = 0.8
_HINT_WEIGHT = 0.25
_ASPECT_WEIGHT = 0.8
_MARK_WEIGHT = 0.5
_UNKNOWN_WEIGHTS = (0.0, 0.1, 0.5, 0.7)
_LONG_UNKNOWN_WEIGHT = 1.0
# A single character is as often a part of some other word as a word.
_CHARACTER_WEIGHT = 0.4


class Index:
    """Postings of concepts and of figures' values, and the weight of each concept by how few facts name it."""

    def __init__(self, facts: Sequence[Profile], vocabulary: Vocabulary) -> None:
        self.facts = facts
        self._postings: dict[int, list[int]] = defaultdict(list)
        self._values: dict[Decimal, list[int]] = defaultdict(list)
        self._kinds: dict[str, list[int]] = defaultdict(list)
        self._times: dict[tuple[int, int] | int, list[int]] = defaultdict(list)
        self._positions: dict[str, int] = {}
        self._years = list(dict.fromkeys(profile.year for profile in facts))
        for position, profile in enumerate(facts):
            for concept in profile.named:
                self._postings[concept].append(position)
            self._kinds[profile.kind].append(position)
            for months in profile.period.months:
                self._times[months].append(position)
            for year in profile.period.years:
                self._times[year].append(position)
            self._positions[profile.fact.id] = position
            for value in dict.fromkeys(quantity.value for quantity in profile.figures):
                self._values[value].append(position)
        self.answered = frozenset().union(*(profile.answer.concepts for profile in facts))
        self.parts = vocabulary.parts
        self.compounds = _compounds(vocabulary.parts)
        self.aspects = vocabulary.aspects
        self.measuring = frozenset(vocabulary.aspects)
        self.relations = vocabulary.relations
        self.weights = self._concept_weights(vocabulary)
        self.phrases = {of: Phrases(self.weights, english=of is Language.ENGLISH) for of in Language}

    def _concept_weights(self, vocabulary: Vocabulary) -> list[float]:
        """Inverse document frequency, scaled so that a concept of one fact weighs 1 and of no fact a little less."""
        most = math.log((len(self.facts) + 1) / 1.5) or 1.0
        weights = [_STRANGER_WEIGHT] * len(vocabulary.concepts)
        for concept, found in self._postings.items():
            weights[concept] = max(0.15, math.log((len(self.facts) + 1) / (len(found) + 0.5)) / most)
        for aspect in vocabulary.aspects:
            weights[aspect] = max(weights[aspect], _ASPECT_WEIGHT)
        for mark in vocabulary.marks.values():
            weights[mark] = _MARK_WEIGHT
        return weights

    def knows(self, word: Word) -> bool:
        """Whether some fact is named by a word, or by what it is made of."""
        concepts = (entry.concept for entry, _ in word.entries)
        return any(concept in self._postings or concept in self.parts for concept in concepts)

    def weight(self, word: Word) -> float:
        """How much a word of a question says about which fact is meant."""
        if word.kind is Kind.UNKNOWN:
            size = len(word.text) if not word.text.isascii() else len(word.text) // 2
            return _UNKNOWN_WEIGHTS[size] if size < len(_UNKNOWN_WEIGHTS) else _LONG_UNKNOWN_WEIGHT
        weight = max([self._entry_weight(entry) for entry, _ in word.entries if entry.content], default=0.0)
        return min(weight, _CHARACTER_WEIGHT) if len(word.text) == 1 else weight

    def _entry_weight(self, entry: Entry) -> float:
        if entry.topic and entry.concept not in self._postings:
            return _TOPIC_WEIGHT
        weight = self.weights[entry.concept]
        return min(weight, _HINT_WEIGHT) if entry.asks else weight

    def of_kind(self, kinds: Iterable[str]) -> list[Profile]:
        """The facts whose figures are of one of these kinds, in the order of the knowledge."""
        return [self.facts[position] for kind in sorted(kinds) for position in self._kinds.get(kind, ())]

    def of_period(self, words: Sequence[Word]) -> list[Profile]:
        """The facts that state the period which words name; in a report of another year they may name another."""
        found: list[Profile] = []
        for year in self._years:
            named = period(words, year)
            positions = chain.from_iterable(self._times.get(time, ()) for time in named.months or named.years)
            near = (self.facts[position] for position in islice(positions, _POSTINGS))
            found += (profile for profile in near if profile.year == year and covers(profile.period, named, year))
        return found

    def beside(self, fact: Fact) -> list[Profile]:
        """The other facts of the sentence, and then the nearest of the section."""
        own = self._positions[fact.id]
        near = range(max(0, own - _BESIDE), min(len(self.facts), own + _BESIDE + 1))
        nearest = sorted(near, key=lambda at: (self.facts[at].fact.sentence != fact.sentence, abs(at - own)))
        return [self.facts[at] for at in nearest if at != own and self.facts[at].fact.section == fact.section]

    def candidates(self, question: Question) -> list[Profile]:
        """The facts that share most with the question, at most a few dozen, in the order of the knowledge."""
        found: dict[int, float] = defaultdict(float)
        looked = 0
        for weight, positions in sorted(self._found(question), key=lambda item: len(item[1])):
            if looked + len(positions) > _POSTINGS and found:
                self._raise(found, weight, positions)
                continue
            looked += len(positions)
            for position in positions[:_POSTINGS]:
                found[position] += weight
        if len(found) > _CANDIDATES:
            found = dict(nlargest(_CANDIDATES, found.items(), key=lambda item: (item[1], -item[0])))
        return [self.facts[position] for position in sorted(found)]

    def _found(self, question: Question) -> Iterable[tuple[float, list[int]]]:
        for word in (*question.content, *question.context):
            for entry, likeness in word.entries:
                for concept in (entry.concept, *self.parts.get(entry.concept, ())):
                    if concept in self._postings:
                        yield self.weights[concept] * likeness, self._postings[concept]
        for word in question.numbers:
            if word.quantity and word.quantity.value in self._values:
                yield 2.0, self._values[word.quantity.value]

    @staticmethod
    def _raise(found: dict[int, float], weight: float, positions: list[int]) -> None:
        """A common word adds to the facts that rarer words found; it brings none of its own."""
        if len(positions) < 20 * len(found):
            common = found.keys() & set(positions)
            for position in common:
                found[position] += weight


def _compounds(parts: Mapping[int, tuple[int, ...]]) -> dict[int, list[int]]:
    compounds: dict[int, list[int]] = defaultdict(list)
    for compound, made_of in parts.items():
        for part in made_of:
            compounds[part].append(compound)
    return dict(compounds)
