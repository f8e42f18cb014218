"""What a question says, weighed once before any fact is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .index import Index
from .kinds import Kinds
from .periods import Period
from .profiles import Name, Sentence, period
from .quantities import Quantity
from .question import Question
from .terms import ASSEMBLED, Terms
from .words import Word

# The thing that is counted says more than the words around it.
_FOCUS = 1.5
# What only leads up to the question says less.
_LED = 0.6
# What the other parts of a question say helps to tell facts apart, but need not be explained.
_CONTEXT = 0.3
_CONTEXT_SAID = 0.5
# A number in digits says as much as a rare word; 两 or three mostly comes with the words around it.
_IN_DIGITS = 1.0
_IN_WORDS = 0.2
_RELATING = frozenset(["rank", "times", "percent"])


class Number(NamedTuple):
    """A quantity that the question states, and its weight; `digits`: not written as a word."""

    quantity: Quantity
    weight: float
    digits: bool


@dataclass(frozen=True)
class Heard:
    """A question's words and numbers with their weights, and the concepts that it says (0..1: how surely).

    `around`: for each concept of a place around the report's own, the concepts that name the same place.
    """

    question: Question
    index: Index
    around: Mapping[int, frozenset[int]]
    words: Sequence[tuple[Word, float]]
    context: Sequence[tuple[Word, float]]
    numbers: Sequence[Number]
    says: Mapping[int, float]

    @cached_property
    def weights(self) -> Sequence[float]:
        """Those of the words."""
        return [weight for _, weight in self.words]

    @cached_property
    def context_weights(self) -> Sequence[float]:
        return [weight for _, weight in self.context]

    @cached_property
    def words_weight(self) -> float:
        return sum(self.weights)

    @cached_property
    def weight(self) -> float:
        """The weight of all that a fact has to explain."""
        rest = sum(self.context_weights) + sum(number.weight for number in self.numbers)
        return self.words_weight + rest

    @cached_property
    def terms(self) -> Terms:
        """The words, and then those of the context."""
        words = [word for word, _ in (*self.words, *self.context)]
        return Terms(words, self.question.text, self.index.parts, self.around)

    @cached_property
    def kinds(self) -> Kinds:
        return Kinds(self.question, self.question.content, self.index.aspects)

    @cached_property
    def worths(self) -> Mapping[int, float]:
        """What each concept that the question says adds to the weight of a phrase that is said."""
        return {concept: self.index.weights[concept] * share for concept, share in self.says.items()}

    @cached_property
    def said(self) -> frozenset[int]:
        return frozenset(self.says)

    @cached_property
    def relates(self) -> bool:
        """Whether the question asks how its subject stands to something larger: its share, its rank, a multiple."""
        concepts = (entry.concept for word, _ in self.words for entry, _ in word.entries)
        return bool(self.question.asks & _RELATING) or not self.index.relations.isdisjoint(concepts)

    @cached_property
    def unsaid_aspects(self) -> Set[int]:
        """The aspects that a fact's label gives way for; none where the question says nothing but aspects."""
        if all(word.entry and word.entry.aspect for word, _ in self.words):
            return frozenset()
        return self.index.aspects.keys() - self.said

    @cached_property
    def places(self) -> Sequence[tuple[int, Word]]:
        """The words that name places, by their places among the words."""
        return [(at, word) for at, (word, _) in enumerate(self.words) if word.entry and word.entry.place]

    @cached_property
    def subjects(self) -> Sequence[tuple[str, frozenset[str]]]:
        """The words that name subjects of reports, and the ids of these reports."""
        entries = ((word.text, word.entry) for word in self.question.words)
        return [(text, entry.subjects) for text, entry in entries if entry and entry.subjects]

    def seeks(self, name: Name) -> bool:
        """Whether a name is of the kind that the question asks for: 商事登记确认制改革, where it asks for a 改革.

        It has most of what the question says of the kind, or half of it with the last word, which tells the kind.
        """
        if not self.question.sought:
            return False
        alike = [
            word.text in name.text or any(entry.concept in name.concepts for entry, _ in word.entries)
            for word in self.question.sought
        ]
        return 2 * sum(alike) + sum(alike[-1:]) > len(alike)

    def seeks_in(self, sentence: Sentence) -> bool:
        """Whether what the question asks for is a name that some fact of a sentence answers with."""
        if not self.question.sought:
            return False
        if sentence not in self._sought:
            self._sought[sentence] = any(map(self.seeks, sentence.answers))
        return self._sought[sentence]

    @cached_property
    def _sought(self) -> dict[Sentence, bool]:
        return {}

    @cached_property
    def _periods(self) -> dict[int, Period]:
        return {}

    def period_in(self, year: int) -> Period:
        """The period that the question names, as a report of `year` understands it."""
        if year not in self._periods:
            self._periods[year] = period(self.question.periods, year)
        return self._periods[year]


def hear(question: Question, index: Index, around: Mapping[int, frozenset[int]]) -> Heard:
    """The question, weighed by how few facts each of its words is about."""
    return Heard(
        question,
        index,
        around,
        [(word, index.weight(word) * _emphasis(word, question, index)) for word in question.content],
        [(word, index.weight(word) * _CONTEXT) for word in question.context if index.knows(word)],
        [_number(word, word.quantity) for word in question.numbers if word.quantity],
        _says(question, index),
    )


def _emphasis(word: Word, question: Question, index: Index) -> float:
    if word is question.focus or (word in question.sought and _is_answered(word, index)):
        return _FOCUS
    return _LED if word in question.led else 1.0


def _is_answered(word: Word, index: Index) -> bool:
    """Whether some fact answers with a name that has the word: no report has the 东西 of 什么东西."""
    return any(entry.concept in index.answered for entry, _ in word.entries)


def _number(word: Word, quantity: Quantity) -> Number:
    digits = any(char.isdigit() for char in word.text)
    return Number(quantity, _IN_DIGITS if digits else _IN_WORDS, digits)


def _says(question: Question, index: Index) -> dict[int, float]:
    says = dict.fromkeys(question.marks, 1.0)
    for words, share in ((question.content, 1.0), (question.context, _CONTEXT_SAID)):
        for word in words:
            for entry, likeness in word.entries:
                if entry.content:
                    says[entry.concept] = max(share * likeness, says.get(entry.concept, 0.0))
    for compound in {compound for concept in says for compound in index.compounds.get(concept, ())} - says.keys():
        made_of = index.parts[compound]
        says[compound] = ASSEMBLED * sum(says.get(part, 0.0) for part in made_of) / len(made_of)
    return says
