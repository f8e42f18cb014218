"""All facts of a knowledge, and which of them a word leads to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, partial
from math import log
from typing import TYPE_CHECKING

from bot.answering.language.periods import Period, Span, period
from bot.answering.language.quantities import quantities
from bot.answering.language.tokens import Token, tokenise

from .entries import Entry, FactReading, NameToken, Sense, senses_of
from .observation import read
from .tuning import TUNING

if TYPE_CHECKING:
    from decimal import Decimal

    from bot.answering.knowledge.model import Knowledge, Report
    from bot.answering.language.quantities import Quantity
    from bot.answering.language.vocabulary import Vocabulary

_LEAST_WEIGHT = 0.3
_DECEMBER = 12
_SENTENCES_KEPT = 256


class Index:
    """All facts, and for each concept, pair of characters and number the facts that have it, by their numbers.

    `shares`: how far, 0..1, each fact explains a concept: in full with a name, less with what stands near its figure or
    in the rest of its sentence. `named`: the concepts of names. `by_pair` leads from two neighbouring characters of a
    name, `by_value` from the value of a figure and whether it is a rank, `by_number` from a number as a sentence writes
    it. `names`: the tokens of all labels and keywords.
    """

    def __init__(self, knowledge: Knowledge, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.shares: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self.by_pair: defaultdict[str, dict[int, None]] = defaultdict(dict)
        self.by_value: defaultdict[tuple[Decimal, bool], dict[int, None]] = defaultdict(dict)
        self.by_number: defaultdict[str, dict[int, None]] = defaultdict(dict)
        # Facts of one sentence, which follow each other, share its words and numbers, and many facts a keyword.
        cut = lru_cache(_SENTENCES_KEPT)(partial(tokenise, vocabulary=vocabulary))
        numbers = lru_cache(_SENTENCES_KEPT)(quantities)
        understand = cache(lambda text: read(cut(text)))
        readings = [FactReading(fact, vocabulary, cut, understand) for fact in knowledge.facts]
        self.names = [observation.tokens for reading in readings for observation in reading.names]
        frequency = Counter(concept for reading in readings for concept in reading.concepts)
        scale = log(len(readings) + 1) or 1.0
        self._weights = {
            concept: _LEAST_WEIGHT + (1.0 - _LEAST_WEIGHT) * (1.0 - log(facts) / scale)
            for concept, facts in frequency.items()
        }
        self._name_tokens: dict[tuple[str, tuple[Sense, ...]], NameToken] = {}
        self.entries = [reading.entry(number, self._name_token) for number, reading in enumerate(readings)]
        self._usual = _usual(self.entries)
        self._under_way = {
            e.fact.report.id for e in self.entries if e.period.months and max(e.period.months)[1] < _DECEMBER
        }
        self.named = frozenset(concept for entry in self.entries for concept in entry.concepts)
        for entry in self.entries:
            self._add(entry, numbers(entry.sentence))

    def weight(self, concept: str) -> float:
        """How much a concept tells of which fact is meant: 1 for one that no other fact has, least for one of all."""
        return self._weights.get(concept, 1.0)

    def asked_period(self, asked: Iterable[Span], report: Report) -> Period:
        """The period that a question asks a report for: of a report on a year that is over, people say last year."""
        return period(asked, report.year, over=report.id not in self._under_way)

    def is_covered_year(self, span: Span) -> bool:
        """Whether a period is just the year of some report."""
        return span.year is not None and not span.months and any(e.fact.report.year == span.year for e in self.entries)

    def is_usual(self, entry: Entry) -> bool:
        """Whether a fact is of the time that its report is about, as it tells of most facts."""
        return entry.number in self._usual

    def share(self, concept: str, entry: Entry) -> float:
        """How far a fact explains a concept, 0..1."""
        facts = self.shares.get(concept)
        return facts.get(entry.number, 0.0) if facts else 0.0

    def _name_token(self, token: Token) -> NameToken:
        """The token as one of a name; facts share it, as there are many more facts than words."""
        senses = senses_of(token)
        known = self._name_tokens.get((token.text, senses))
        if known is None:
            weight = max((self.weight(concept) for sense in senses for concept in sense), default=1.0)
            literal = senses in ((), ((token.text,),))
            known = self._name_tokens[token.text, senses] = NameToken(token.text, senses, weight, literal)
        return known

    def _add(self, entry: Entry, numbers: Iterable[Quantity]) -> None:
        number = entry.number
        levels = ((1.0, entry.concepts), (TUNING.nearby, entry.nearby), (TUNING.around, entry.around))
        for share, concepts in levels:
            for concept in concepts:
                self.shares[concept][number] = share
        for at in range(len(entry.text) - 1):
            self.by_pair[entry.text[at : at + 2]][number] = None
        for quantity in entry.quantities:
            self.by_value[quantity.value, quantity.ordinal][number] = None
        for quantity in numbers:
            self.by_number[entry.sentence[quantity.start : quantity.end]][number] = None


def _usual(entries: Sequence[Entry]) -> set[int]:
    """The numbers of the facts that tell of their report's year, and of no months or those that most facts tell of."""
    months: defaultdict[str, Counter[frozenset[tuple[int, int]]]] = defaultdict(Counter)
    for entry in entries:
        months[entry.fact.report.id][entry.period.months] += 1
    usual = {report: found.most_common(1)[0][0] for report, found in months.items()}
    return {
        entry.number
        for entry in entries
        if entry.period.months in (frozenset(), usual[entry.fact.report.id])
        and (not entry.period.years or entry.fact.report.year in entry.period.years)
    }
