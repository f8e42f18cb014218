"""What each fact explains: its words, its figure's kind and value, its period."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from .knowledge import Fact, Knowledge, Report
from .learning import learn
from .normalize import normalize_all
from .periods import Period, combined
from .quantities import Quantity, quantities
from .segmentation import Kind, Word, segment
from .vocabulary import Vocabulary

_SINCE = re.compile(r"以来|since")
_RANK = re.compile(r"第[一二三四五六七八九十\d]|前列|前茅|首位|唯一|首家")
# A figure with more around its number than this is a name that has a number in it.
_ROOM = 6

Concepts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A fact as matching sees it.

    `phrases`: its label and keywords, each as the concepts in it; `chinese`: those that are not English. `label`: its
    labels, normalised. `named`: all concepts of the phrases and the figure. `told`: those of the rest of its sentence
    that name no fact; `siblings`: those that name another fact of the sentence. `kind`: what its figure measures (a
    kind of the lexicon's units, `rank`, `name` or `number`). `figures`: the quantities of its figure; `numbers`: the
    values of all in its sentence. `text`: its phrases and sentence, normalised.
    """

    fact: Fact
    phrases: tuple[Concepts, ...]
    chinese: tuple[Concepts, ...]
    label: str
    named: frozenset[int]
    told: frozenset[int]
    siblings: frozenset[int]
    kind: str
    figures: tuple[Quantity, ...]
    numbers: frozenset[Decimal]
    period: Period
    text: str


def profiles(knowledge: Knowledge, vocabulary: Vocabulary) -> list[Profile]:
    """A profile for each fact. Words of the keywords that the lexicon lacks become words of the vocabulary."""
    texts = [_Texts(fact) for fact in knowledge.facts]
    learn((phrase for text in texts for phrase in text.phrases), vocabulary)
    reader = _Reader(vocabulary)
    made = [_profile(text, reader) for text in texts]
    named: dict[str, set[int]] = defaultdict(set)
    for profile in made:
        named[profile.fact.sentence] |= profile.named
    return [_among(profile, named[profile.fact.sentence]) for profile in made]


class _Texts:
    """A fact's texts, normalised in one go."""

    def __init__(self, fact: Fact) -> None:
        chinese = (fact.label, *fact.keywords)
        english = tuple(filter(None, (fact.en.label, *fact.en.keywords)))
        sentence, figure, english_figure, period, *phrases = normalize_all(
            (fact.sentence, fact.figure, fact.en.figure, fact.period or "", *chinese, *english)
        )
        self.fact = fact
        self.sentence = sentence
        self.figures = (figure, english_figure)
        self.period = period
        self.chinese = phrases[: len(chinese)]
        self.phrases = phrases
        self.label = f"{phrases[0]} {phrases[len(chinese)]}" if english else phrases[0]


class _Reader:
    """Reads phrases as concepts, each phrase once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._read: dict[str, Concepts] = {}

    def concepts(self, text: str) -> Concepts:
        if text not in self._read:
            self._read[text] = concepts(segment(text, self.vocabulary), self.vocabulary)
        return self._read[text]

    def phrases(self, texts: Iterable[str]) -> tuple[Concepts, ...]:
        return tuple(dict.fromkeys(filter(None, map(self.concepts, texts))))


def _profile(texts: _Texts, reader: _Reader) -> Profile:
    phrases = reader.phrases(texts.phrases)
    words = {concept for phrase in (*phrases, *reader.phrases(texts.figures)) for concept in phrase}
    named = words.union(*(reader.vocabulary.parts.get(concept, ()) for concept in words))
    figures = quantities(texts.figures[0])
    fact = texts.fact
    return Profile(
        fact=fact,
        phrases=phrases,
        chinese=reader.phrases(texts.chinese),
        label=texts.label,
        named=frozenset(named),
        told=frozenset(reader.concepts(texts.sentence)) - named,
        siblings=frozenset(),
        kind=_kind(texts.figures[0], figures, reader.vocabulary),
        figures=figures,
        numbers=frozenset(quantity.value for quantity in quantities(texts.sentence)),
        period=period(segment(texts.period, reader.vocabulary), fact.report, since=bool(_SINCE.search(texts.period))),
        text=" ".join((*texts.phrases, texts.sentence)),
    )


def _among(profile: Profile, named: set[int]) -> Profile:
    """The profile with what its sentence tells apart from what names the sentence's other facts."""
    return replace(profile, told=profile.told - named, siblings=profile.told & named)


def _kind(figure: str, found: tuple[Quantity, ...], vocabulary: Vocabulary) -> str:
    if _RANK.search(figure):
        return "rank"
    if not found or len(figure) > 2 * sum(quantity.end - quantity.start for quantity in found) + _ROOM:
        return "name"
    unit = vocabulary.entries.get(found[0].unit)
    return unit.unit if unit and unit.unit else "number"


def concepts(words: Iterable[Word], vocabulary: Vocabulary) -> Concepts:
    """The concepts of words and the marks of numbers, periods and question words, each once, in order."""
    found = (concept for word in words for concept in (*_meaning(word), *marks(word, vocabulary)))
    return tuple(dict.fromkeys(found))


def _meaning(word: Word) -> Iterator[int]:
    if word.entry and word.entry.content:
        yield word.entry.concept


def marks(word: Word, vocabulary: Vocabulary) -> Iterator[int]:
    """What a phrase says beyond its words: that it asks for a share or a number, speaks of a year, of nineteen things."""
    if word.span:
        yield vocabulary.mark(f"{word.span.year or ''}{word.span.months or ''}")
    elif word.quantity:
        yield vocabulary.mark(f"{word.quantity.value.normalize():f}")
    elif word.entry:
        for name in filter(None, (*word.entry.asks, word.entry.period)):
            yield vocabulary.mark(name)


def period(words: Iterable[Word], report: Report, *, since: bool = False) -> Period:
    """The period that words name, relative to a report's year."""
    found = [word for word in words if word.kind is Kind.PERIOD]
    spans = [word.span for word in found if word.span]
    kinds = [word.entry.period for word in found if word.entry and word.entry.period]
    return combined(spans, kinds, report.year, since=since)
