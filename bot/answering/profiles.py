"""What each fact explains: its words, its figure's kind and value, its period."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from .knowledge import Fact, Knowledge
from .learning import Concepts, known_marks, learn, meaning
from .normalize import normalize_all
from .periods import Period, combined
from .quantities import Quantity, quantities
from .segmentation import segment
from .vocabulary import Vocabulary
from .words import Kind, Word

_SINCE = re.compile(r"以来|since")
_RANK = re.compile(r"第[一二三四五六七八九十\d]|前列|前茅|首位|唯一|首家")
# A figure with more around its number than this is a name that has a number in it.
_ROOM = 6
_BATCH = 1000
# The kinds of figures that are no quantity.
NAMES = ("name", "place")


class Name(NamedTuple):
    """A name that a fact answers with, normalised, and all concepts of its words; empty for a quantity."""

    text: str = ""
    concepts: frozenset[int] = frozenset()


class Sentence:
    """A sentence of a report, read when a question first comes near it.

    `text` is normalised; `named`: the concepts that name the facts in it; `answers`: the names that these answer with.
    """

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.named: set[int] = set()
        self.answers: list[Name] = []
        self._vocabulary = vocabulary

    @cached_property
    def concepts(self) -> frozenset[int]:
        """All concepts of the sentence."""
        words = segment(self.text, self._vocabulary)
        named = (word.entry.concept for word in words if word.entry and word.entry.content)
        return frozenset(named) | known_marks(self._vocabulary, words)

    @cached_property
    def told(self) -> frozenset[int]:
        """Those that name none of its facts, and so are told of each."""
        return self.concepts - self.named

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """The values of its quantities."""
        return frozenset(quantity.value for quantity in quantities(self.text))


class Profile(NamedTuple):
    """A fact as matching sees it.

    `phrases`: its label and keywords, each as the concepts in it; `chinese`: those that are not English. `label`: its
    labels, normalised. `named`: all concepts of the phrases, and of a figure that is a name, the `answer`. `kind`: what
    its figure measures (a kind of the lexicon's units, `rank`, `name`, `place` or `number`). `figures`: the quantities
    of its figure. `year`: its report's. `text`: its phrases and sentence, normalised.
    """

    fact: Fact
    phrases: tuple[Concepts, ...]
    chinese: tuple[Concepts, ...]
    label: str
    named: frozenset[int]
    answer: Name
    sentence: Sentence
    kind: str
    figures: tuple[Quantity, ...]
    period: Period
    year: int
    text: str


def profiles(knowledge: Knowledge, vocabulary: Vocabulary) -> list[Profile]:
    """A profile for each fact. Words of the keywords that the lexicon lacks become words of the vocabulary."""
    texts = list(_texts(knowledge.facts, english=vocabulary.english))
    phrases = learn((phrase for text in texts for phrase in text.phrases), vocabulary)
    reader = _Reader(vocabulary, phrases)
    return [_profile(text, reader) for text in texts]


class _Texts:
    """A fact's texts, normalised."""

    def __init__(self, fact: Fact, texts: Sequence[str]) -> None:
        self.fact = fact
        self.sentence, self.figure, self.english_figure, self.period, *self.phrases = texts
        chinese = 1 + len(fact.keywords)
        self.chinese = self.phrases[:chinese]
        self.label = " ".join((self.phrases[0], *self.phrases[chinese : chinese + 1]))


def _texts(facts: Sequence[Fact], *, english: bool) -> Iterator[_Texts]:
    """The texts of facts, many facts normalised in one go."""
    for start in range(0, len(facts), _BATCH):
        batch = facts[start : start + _BATCH]
        raw = [_raw_texts(fact, english=english) for fact in batch]
        normal = iter(normalize_all(chain.from_iterable(raw)))
        for fact, texts in zip(batch, raw, strict=True):
            yield _Texts(fact, list(islice(normal, len(texts))))


def _raw_texts(fact: Fact, *, english: bool) -> list[str]:
    foreign = (fact.en.label, *fact.en.keywords) if english else ()
    figure = fact.en.figure if english else ""
    return [fact.sentence, fact.figure, figure, fact.period or "", fact.label, *fact.keywords, *filter(None, foreign)]


class _Reader:
    """Reads texts, each text once."""

    def __init__(self, vocabulary: Vocabulary, read: Mapping[str, Concepts]) -> None:
        self.vocabulary = vocabulary
        self._read = read
        self._periods: dict[tuple[str, int], Period] = {}
        self._sentences: dict[str, Sentence] = {}

    def phrases(self, texts: Iterable[str]) -> tuple[Concepts, ...]:
        return tuple(dict.fromkeys(concepts for text in texts if (concepts := self._read[text])))

    def sentence(self, text: str) -> Sentence:
        return self._sentences.setdefault(text, Sentence(text, self.vocabulary))

    def period(self, text: str, year: int) -> Period:
        if (text, year) not in self._periods:
            since = bool(_SINCE.search(text))
            self._periods[text, year] = period(segment(text, self.vocabulary), year, since=since)
        return self._periods[text, year]


def _profile(texts: _Texts, reader: _Reader) -> Profile:
    fact, vocabulary = texts.fact, reader.vocabulary
    phrases = reader.phrases(texts.phrases)
    figures = quantities(texts.figure)
    kind = _kind(texts.figure, figures, vocabulary)
    words = {concept for phrase in phrases for concept in phrase}
    answer: set[int] = set()
    if kind in ("name", "rank"):
        figure_words = segment(texts.figure, vocabulary)
        if kind == "name" and any(word.entry and word.entry.place for word in figure_words):
            kind = "place"
        answer.update(concept for word in figure_words for concept in meaning(word, vocabulary))
        answer.update(_concepts(texts.english_figure, vocabulary))
    named = _with_parts(words | answer, vocabulary)
    name = Name(texts.figure, _with_parts(answer, vocabulary)) if kind in NAMES else Name()
    sentence = reader.sentence(texts.sentence)
    sentence.named |= named
    if name.text:
        sentence.answers.append(name)
    return Profile(
        fact=fact,
        phrases=phrases,
        chinese=reader.phrases(texts.chinese),
        label=texts.label,
        named=named,
        answer=name,
        sentence=sentence,
        kind=kind,
        figures=figures,
        period=reader.period(texts.period, fact.report.year),
        year=fact.report.year,
        text=" ".join((*texts.phrases, texts.sentence)),
    )


def _with_parts(concepts: Set[int], vocabulary: Vocabulary) -> frozenset[int]:
    return frozenset(concepts).union(*(vocabulary.parts.get(concept, ()) for concept in concepts))


def _concepts(text: str, vocabulary: Vocabulary) -> Iterator[int]:
    return (concept for word in segment(text, vocabulary) for concept in meaning(word, vocabulary))


def _kind(figure: str, found: tuple[Quantity, ...], vocabulary: Vocabulary) -> str:
    if _RANK.search(figure):
        return "rank"
    if not found or len(figure) > 2 * sum(quantity.end - quantity.start for quantity in found) + _ROOM:
        return "name"
    unit = vocabulary.entries.get(found[0].unit)
    return unit.unit if unit and unit.unit else "number"


def period(words: Iterable[Word], year: int, *, since: bool = False) -> Period:
    """The period that words name, in a report of `year`."""
    found = [word for word in words if word.kind is Kind.PERIOD]
    spans = [word.span for word in found if word.span]
    kinds = [word.entry.period for word in found if word.entry and word.entry.period]
    return combined(spans, kinds, year, since=since)
