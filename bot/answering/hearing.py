"""What a question says, weighed once before any fact is looked at."""

from __future__ import annotations

from collections.abc import Mapping
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


class Heard:
    """A question's words and numbers with their weights, and the concepts that it says (0..1: how surely).

    All that facts are compared with and that is the same for each of them; nothing here changes but what is kept of
    sentences and years that came up.
    """

    def __init__(self, question: Question, index: Index, around: Mapping[int, frozenset[int]]) -> None:
        """`around`: for each concept of a place around the report's own, the concepts that name the same place."""
        self.question = question
        self.index = index
        self.words = [(word, index.weight(word) * _emphasis(word, question, index)) for word in question.content]
        self.context = [(word, index.weight(word) * _CONTEXT) for word in question.context if index.knows(word)]
        self.numbers = [_number(word, word.quantity) for word in question.numbers if word.quantity]
        self._weigh()
        self.says = _says(question, index)
        self.said = frozenset(self.says)
        # What each of these concepts adds to what is said of a phrase.
        self.worths = {concept: index.weights[concept] * share for concept, share in self.says.items()}
        self.phrases = index.phrases[question.language]
        self.kinds = Kinds(question, question.content, index.aspects)
        self.terms = Terms([word for word, _ in (*self.words, *self.context)], question.text, index.parts, around)
        self.sought = question.sought
        self.periods = question.periods
        self._look_for_aspects()
        self._look_for_places()
        self._sought_in: dict[Sentence, bool] = {}
        self._periods: dict[int, Period] = {}

    def _weigh(self) -> None:
        """`weight`: that of all that a fact has to explain."""
        self.weights = [weight for _, weight in self.words]
        self.texts = [(word.text, weight) for word, weight in self.words]
        self.context_weights = [weight for _, weight in self.context]
        self.words_weight = sum(self.weights)
        self.weight = self.words_weight + (sum(self.context_weights) + sum(number.weight for number in self.numbers))

    def _look_for_aspects(self) -> None:
        """`unsaid_aspects`: those that a fact's label gives way for; none where the question says only aspects."""
        only_aspects = all(word.entry and word.entry.aspect for word, _ in self.words)
        self.unsaid_aspects: frozenset[int] = frozenset() if only_aspects else self.index.measuring - self.said

    def _look_for_places(self) -> None:
        """`places`: the words that name places, by their positions among the words.

        `subjects`: those that name subjects of reports, with the ids of the reports.
        """
        self.places = [(at, word) for at, (word, _) in enumerate(self.words) if word.entry and word.entry.place]
        entries = [(word.text, word.entry) for word in self.question.words if word.entry]
        self.subjects = [(text, entry.subjects) for text, entry in entries if entry.subjects]

    @cached_property
    def relates(self) -> bool:
        """Whether the question asks how its subject stands to something larger: its share, its rank, a multiple."""
        concepts = (entry.concept for word, _ in self.words for entry, _ in word.entries)
        return bool(self.question.asks & _RELATING) or not self.index.relations.isdisjoint(concepts)

    def seeks(self, name: Name) -> bool:
        """Whether a name is of the kind that the question asks for: 商事登记确认制改革, where it asks for a 改革.

        It has most of what the question says of the kind, or half of it with the last word, which tells the kind.
        """
        alike = [
            word.text in name.text or any(entry.concept in name.concepts for entry, _ in word.entries)
            for word in self.sought
        ]
        return 2 * sum(alike) + sum(alike[-1:]) > len(alike)

    def seeks_in(self, sentence: Sentence) -> bool:
        """Whether what the question asks for is a name that some fact of a sentence answers with."""
        if sentence not in self._sought_in:
            self._sought_in[sentence] = any(map(self.seeks, sentence.answers))
        return self._sought_in[sentence]

    def period_in(self, year: int) -> Period:
        """The period that the question names, as a report of `year` understands it."""
        if year not in self._periods:
            self._periods[year] = period(self.periods, year)
        return self._periods[year]


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
