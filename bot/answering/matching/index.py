"""All facts of a knowledge, and which of them a word leads to."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from functools import cached_property
from itertools import chain, compress, count
from math import log
from operator import add, itemgetter
from typing import NamedTuple, TypeAlias

from bot.answering.knowledge.model import Fact, Knowledge, Report
from bot.answering.language.dictionary import chinese_names
from bot.answering.language.periods import FULL_YEAR, Period, Span, period
from bot.answering.language.tokens import Token
from bot.answering.language.vocabulary import Vocabulary, key_of

from .entries import Entry, NameTokens, Sense, senses_of
from .names import Texts, joined_things
from .reading import Reader
from .tuning import TUNING

# A word that more facts have leads to none of them: it is looked up in those that rarer words have found.
COMMON = 400
_DECEMBER = 12
_ASIDE = 0.05  # of the facts of a report on a whole year may tell of a half of it, or of nine months
_PER_ONE = ("平均",)  # what a figure of so much for each says
_TOGETHER = ("累计",)  # what one of the months since January says
LEFT_OUT = re.compile(r"\((?:不[要含算计]|不包括|除了)([^()]*)\)")
JOINS = frozenset("、和与及")
_NUMBERED = re.compile(r"^\(?[一二三四五六七八九十0-9]+(?:\)|[、.,])\s*|[“”\"'‘’《》]")
# How a sentence begins that goes on from the one before, whose words are around its facts as well.
_OF_WHICH = ("其中", "of which", "of these", "of those")
_LATIN = re.compile("[!-~]+")
_LEAST_WEIGHT = 0.3
# Where a fact has a concept: in its names, in the clause of its figure, or in the rest of its sentence; and how far it
# explains it there, or nowhere.
NAMED, NEARBY, AROUND = range(1, 4)
_SHARES = (0.0, 1.0, TUNING.nearby, TUNING.around)
# A concept that more facts explain is kept packed.
_UNPACKED, _MOST_KEPT = 1000, 2000


class PackedShares:
    """How far, 0..1, each fact explains a concept, by the numbers of the facts; much smaller than a mapping.

    `levels`: where the facts have it, by their numbers; `size`: how many there are.
    """

    def __init__(self, levels: Mapping[int, int], size: int) -> None:
        self._levels, self._explaining = bytearray(size), len(levels)
        for number, level in levels.items():
            self._levels[number] = level

    def __len__(self) -> int:
        return self._explaining

    def get(self, number: int, _default: float, /) -> float:
        return _SHARES[self._levels[number]]

    def __iter__(self) -> Iterator[int]:
        return compress(count(), self._levels)

    def items(self) -> Iterator[tuple[int, float]]:
        return ((at, _SHARES[self._levels[at]]) for at in self)


Shares: TypeAlias = dict[int, float] | PackedShares


class Postings:
    """For each concept the texts that say it, each with the numbers of the facts that have the text."""

    def __init__(self, size: int) -> None:
        """`size`: how many facts there are."""
        self._size, self._scale = size, log(size + 1) or 1.0
        self._said: defaultdict[str, list[tuple[int, Sequence[int]]]] = defaultdict(list)
        self._shares: dict[str, Shares] = {}
        self._weights: dict[str, float] = {}

    def add(self, concepts: Iterable[str], level: int, facts: Sequence[int]) -> None:
        """A text that says some concepts: a name, a clause or a sentence, by its level. `facts` may still grow."""
        text = level, facts
        for concept in concepts:
            self._said[concept].append(text)

    def named(self) -> frozenset[str]:
        """The concepts that some fact explains in full."""
        return frozenset(c for c, texts in self._said.items() if any(level == NAMED for level, _ in texts))

    def weight(self, concept: str) -> float:
        """How much a concept tells of which fact is meant: 1 for one that no other fact has, least for one of all."""
        known = self._weights.get(concept)
        if known is None:
            named = (facts for level, facts in self._said.get(concept, ()) if level == NAMED)
            facts = len(set(chain.from_iterable(named))) or 1
            known = self._weights[concept] = _LEAST_WEIGHT + (1.0 - _LEAST_WEIGHT) * (1.0 - log(facts) / self._scale)
        return known

    def shares(self, concept: str) -> Shares:
        """How far each fact explains a concept that does: in full with a name, less with its sentence."""
        found = self._shares.get(concept)
        if found is None:
            if len(self._shares) >= _MOST_KEPT:
                self._shares.clear()
            levels: dict[int, int] = {}
            for level, facts in sorted(self._said.get(concept, ()), key=itemgetter(0), reverse=True):
                levels.update(dict.fromkeys(facts, level))
            if len(levels) > _UNPACKED:
                found = PackedShares(levels, self._size)
            else:
                found = {number: _SHARES[levels[number]] for number in sorted(levels)}
            self._shares[concept] = found
        return found


class _Times(NamedTuple):
    """When a report of the year `own` tells of: the year before, where most of its facts are of that, or its own.

    `months`: those that most facts tell of, none where they tell of a year. `is_over`: its own year was over.
    """

    own: int
    year: int
    months: frozenset[tuple[int, int]]
    is_over: bool

    @property
    def until(self) -> tuple[int, int]:
        """The year and the month with which it ends."""
        return self.own, max((last for _, last in self.months), default=_DECEMBER)


class Index:
    """All facts, and for each concept, pair of characters and number the facts that have it, by their numbers.

    `named`: the concepts of names. `by_value` leads from the value of a figure, with its scale and without, and whether
    it is a rank, `by_number` from a number as a sentence writes it, `by_years` from how many years a period may be said
    to last. `reader`: reads the facts.
    """

    def __init__(self, knowledge: Knowledge, texts: Sequence[Texts], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.reader = Reader(knowledge.facts, texts, vocabulary)
        self.by_value: defaultdict[tuple[Decimal, bool], array[int]] = defaultdict(_numbers)
        self.by_number: defaultdict[str, array[int]] = defaultdict(_numbers)
        self.by_years: defaultdict[int, array[int]] = defaultdict(_numbers)
        postings = Postings(len(texts))
        for piece, facts in self.reader.names.pieces():
            postings.add(piece.read.named, NAMED, facts)
            postings.add(piece.read.everyday, NEARBY, facts)
        before = told = ("", "")
        for number, one in enumerate(texts):
            if (one.section, one.sentence) != told:
                before, told = told, (one.section, one.sentence)
            self._add(number, postings)
            if one.sentence.startswith(_OF_WHICH) and before[0] == one.section:
                postings.add(self.reader.sentence(before[1]).said, AROUND, [number])
        self.shares, self.weight, self.named = postings.shares, postings.weight, postings.named()
        self._tokens = NameTokens(postings.weight)
        self._entries: dict[int, Entry] = {}
        self._joined: dict[int, Sequence[frozenset[str]]] = {}
        self.frames: dict[int, list[Token]] = {}
        periods = defaultdict[str, list[Period]](list)
        for number, fact in enumerate(knowledge.facts):
            period_of = self.reader.period(number)
            periods[fact.report.id].append(period_of)
            self._add_years(number, period_of.years)
        self._times = {report.id: _times(report, periods[report.id]) for report in knowledge.reports}
        in_order = sorted(knowledge.reports, key=lambda report: self._times[report.id].until)
        self._latest = {report.subject.label: report for report in in_order}
        self._years = {report.year for report in knowledge.reports}

    @property
    def entries(self) -> list[Entry]:
        """All facts as a whole."""
        return [self.entry(number) for number in range(len(self))]

    def __len__(self) -> int:
        return len(self.reader.facts)

    def entry(self, number: int) -> Entry:
        """A fact as a whole, which is read when it is first looked at."""
        known = self._entries
        return known.get(number) or known.setdefault(number, self.reader.entry(number, self._tokens))

    def entry_of(self, fact: Fact) -> Entry:
        """One of the facts of the knowledge as a whole."""
        return self.entry(self.numbers[fact.id])

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        return {fact.id: number for number, fact in enumerate(self.reader.facts)}

    @cached_property
    def sections(self) -> Sequence[tuple[str, Sequence[int]]]:
        """The title of each section, normalised and without its numeral and quotes, with the numbers of its facts."""
        found: defaultdict[str, array[int]] = defaultdict(_numbers)
        for number, texts in enumerate(self.reader.texts):
            found[texts.section].append(number)
        return [(_NUMBERED.sub("", title), numbers) for title, numbers in found.items()]

    @cached_property
    def left_out(self) -> frozenset[str]:
        """What sentences leave out in brackets: 固定资产投资(不含农户)."""
        sentences = dict.fromkeys(texts.sentence for texts in self.reader.texts)
        return frozenset(chain.from_iterable(map(LEFT_OUT.findall, sentences)))

    def joined(self, entry: Entry) -> Sequence[frozenset[str]]:
        """What each of the things says that the label of a fact joins, as concepts; none where they are one name."""
        if JOINS.isdisjoint(entry.label):
            return ()
        known = self._joined
        if entry.number not in known:
            known[entry.number] = joined_things(self._label(entry.number))
        return known[entry.number]

    def share(self, concept: str, entry: Entry) -> float:
        """How far a fact explains a concept, 0..1."""
        return self.shares(concept).get(entry.number, 0.0)

    def frequency(self, concept: str) -> int:
        """How many facts explain a concept in any way."""
        return len(self.shares(concept))

    @cached_property
    def by_pair(self) -> Mapping[str, array[int]]:
        """The facts that have two neighbouring characters in a name, or in a Latin word of their sentence."""
        found: defaultdict[str, array[int]] = defaultdict(_numbers)
        for number, texts in enumerate(self.reader.texts):
            text = "\n".join([texts.names, *_LATIN.findall(texts.sentence)])
            for pair in set(map(add, text, text[1:])):
                found[pair].append(number)
        return found

    def has_in_names(self, text: str) -> bool:
        """Whether a text of two characters or more stands in some name."""
        found = self.having_pairs(text, all_of_them=True)
        return any(text in self.reader.texts[number].names for number in found)

    def _label(self, number: int) -> list[Token]:
        """The tokens of the label of a fact."""
        return [token for piece in self.reader.names.label(number) for token in piece.tokens]

    @cached_property
    def is_english(self) -> bool:
        """Whether all labels are in English."""
        return all(fact.label.isascii() for fact in self.reader.facts)

    @cached_property
    def by_chinese(self) -> Mapping[str, Sequence[Sense]]:
        """What the English words of labels say, by the Chinese words for them that the dictionary has."""
        found: defaultdict[str, dict[Sense, None]] = defaultdict(dict)
        if any(fact.label.isascii() for fact in self.reader.facts):
            for token in self.reader.names.tokens():
                if token.text.isascii() and (token.is_content or token.is_unknown):
                    for word in chinese_names().get(key_of(token.text), "").split():
                        found[word].update(dict.fromkeys(senses_of(token)))
        return {word: tuple(senses) for word, senses in found.items()}

    def having_pairs(self, text: str, *, all_of_them: bool) -> set[int]:
        """The facts that have two neighbouring characters of a text in some name; at least those that have them all."""
        found = self._by_pairs(text)
        if not all_of_them:
            return set(chain.from_iterable(found))
        rarest: Sequence[int] = min(found, key=len, default=())
        having = set(rarest)
        for others in found:
            if len(having) > 1000:
                having.intersection_update(others)
        return having

    def frequency_of_pairs(self, text: str, *, all_of_them: bool) -> int:
        """The most facts that `having_pairs` may find."""
        found = list(map(len, self._by_pairs(text)))
        return min(found, default=0) if all_of_them else sum(found)

    def _by_pairs(self, text: str) -> list[Sequence[int]]:
        """The facts that have each pair of neighbouring characters."""
        return [self.by_pair.get(pair, ()) for pair in map(add, text, text[1:])]

    def asked_period(self, asked: Iterable[Span], report: Report) -> Period:
        """The period that a question asks a report for: of a report on a year that is over, people say last year.

        Of several reports on one subject, they say so of the latest.
        """
        report = self._latest[report.subject.label]
        times = self._times[report.id]
        return period((span.before(*times.until) for span in asked), report.year, over=times.is_over)

    def is_over(self, report: Report) -> bool:
        """Whether the year of a report was over when it was written."""
        return self._times[report.id].is_over

    def is_covered_year(self, span: Span) -> bool:
        """Whether a period is just the year of some report."""
        return span.year in self._years and not span.months

    def is_usual(self, entry: Entry) -> bool:
        """Whether a fact is of the time that its report is about, as it tells of most facts."""
        (years, months), times = entry.period, self._times[entry.fact.report.id]
        return months in (frozenset(), {FULL_YEAR}, times.months) and (not years or times.year in years)

    def is_told_anew(self, entry: Entry) -> bool:
        """Whether the latest report on the same subject tells a fact under the same label."""
        subject = entry.fact.report.subject.label
        return entry.fact.report is not self._latest[subject] and (subject, entry.label) in self._told_last

    @cached_property
    def _told_last(self) -> frozenset[tuple[str, str]]:
        """The labels of the latest reports, each with their subject's."""
        return frozenset(
            (fact.report.subject.label, texts.names.partition("\n")[0])
            for fact, texts in zip(self.reader.facts, self.reader.texts, strict=True)
            if fact.report is self._latest[fact.report.subject.label]
        )

    def _add(self, number: int, postings: Postings) -> None:
        clause, texts = self.reader.clause(number), self.reader.texts[number]
        sentence, section = map(self.reader.sentence, (texts.sentence, texts.section))
        if not clause.facts:
            postings.add(frozenset().union(*[piece.read.said for piece in clause.pieces]), NEARBY, clause.facts)
        for text in (sentence, section):
            if not text.facts:
                postings.add(text.said, AROUND, text.facts)
        if "/" in texts.figure:  # 12人/店
            postings.add(_PER_ONE, NEARBY, [number])
        if any(first == 1 < last < _DECEMBER for first, last in self.reader.period(number).months):
            postings.add(_TOGETHER, NEARBY, [number])
        for one in (clause, sentence, section):
            one.facts.append(number)
        for quantity in self.reader.figure(number).quantities:
            for value in {quantity.value, quantity.written}:
                self.by_value[value, quantity.ordinal].append(number)
        for written in sentence.numbers:
            self.by_number[written].append(number)

    def _add_years(self, number: int, years: Set[int]) -> None:
        """Adds how many years a period may be said to last: 2018—2023年 are 近五年 and 六年间."""
        if between := max(years, default=0) - min(years, default=0):
            self.by_years[between].append(number)
            self.by_years[between + 1].append(number)


def _numbers() -> array[int]:
    return array("I")


def _times(report: Report, told: Sequence[Period]) -> _Times:
    """When a report tells of, by the periods of its facts."""
    years = Counter(chain.from_iterable(one.years or {report.year} for one in told))
    months = Counter(one.months for one in told).most_common(1)
    year = report.year - (years[report.year - 1] > years.total() / 2)
    usual = months[0][0] if months else frozenset()
    # A report on a year that was not over tells some of it until a month before the last one, or of such a quarter.
    in_its_year = [one.months for one in told if one.years <= {report.year}]
    until_then = [one for one in in_its_year if any(first == 1 < last < _DECEMBER for first, last in one)]
    # Who tells of its second half as well tells of all of it.
    is_told_on = any(1 < first < last == _DECEMBER for one in in_its_year for first, last in one)
    is_under_way = len(until_then) > _ASIDE * len(in_its_year) and not is_told_on
    is_until_its_end = not usual or max(last for _, last in usual) == _DECEMBER
    return _Times(report.year, year, usual, year == report.year and is_until_its_end and not is_under_way)
