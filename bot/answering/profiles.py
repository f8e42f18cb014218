"""What each fact explains: its words, its figure's kind and value, its period."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, islice

from .knowledge import Fact, Knowledge
from .learning import Concepts, learn, meaning
from .normalize import normalize_all
from .periods import Period, combined
from .quantities import Quantity, quantities
from .segmentation import Kind, Word, segment
from .vocabulary import Vocabulary

_SINCE = re.compile(r"以来|since")
_RANK = re.compile(r"第[一二三四五六七八九十\d]|前列|前茅|首位|唯一|首家")
# A figure with more around its number than this is a name that has a number in it.
_ROOM = 6
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Profile:
    """A fact as matching sees it.

    `phrases`: its label and keywords, each as the concepts in it; `chinese`: those that are not English. `label`: its
    labels, normalised. `named`: all concepts of the phrases and the figure. `told`: those of the rest of its sentence
    that name no fact; `siblings`: those that name another fact of the sentence. `kind`: what its figure measures (a
    kind of the lexicon's units, `rank`, `name` or `number`). `figures`: the quantities of its figure; `numbers`: the
    values of all in its sentence. `year`: its report's. `text`: its phrases and sentence, normalised.
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
    year: int
    text: str


def profiles(knowledge: Knowledge, vocabulary: Vocabulary) -> list[Profile]:
    """A profile for each fact. Words of the keywords that the lexicon lacks become words of the vocabulary."""
    texts = list(_texts(knowledge.facts, english=vocabulary.english))
    phrases = learn((phrase for text in texts for phrase in text.phrases), vocabulary)
    reader = _Reader(vocabulary, phrases)
    made = [_profile(text, reader) for text in texts]
    named: dict[str, set[int]] = defaultdict(set)
    for profile in made:
        named[profile.fact.sentence] |= profile.named
    return [_among(profile, named[profile.fact.sentence]) for profile in made]


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
    """Reads texts as concepts, each text once."""

    def __init__(self, vocabulary: Vocabulary, read: Mapping[str, Concepts]) -> None:
        self.vocabulary = vocabulary
        self._read = dict(read)

    def concepts(self, text: str) -> Concepts:
        if text not in self._read:
            found = (concept for word in segment(text, self.vocabulary) for concept in meaning(word, self.vocabulary))
            self._read[text] = tuple(dict.fromkeys(found))
        return self._read[text]

    def phrases(self, texts: Iterable[str]) -> tuple[Concepts, ...]:
        return tuple(dict.fromkeys(filter(None, map(self.concepts, texts))))


def _profile(texts: _Texts, reader: _Reader) -> Profile:
    phrases = reader.phrases(texts.phrases)
    words = {c for phrase in (*phrases, *reader.phrases((texts.figure, texts.english_figure))) for c in phrase}
    named = words.union(*(reader.vocabulary.parts.get(concept, ()) for concept in words))
    figures = quantities(texts.figure)
    fact = texts.fact
    return Profile(
        fact=fact,
        phrases=phrases,
        chinese=reader.phrases(texts.chinese),
        label=texts.label,
        named=frozenset(named),
        told=frozenset(reader.concepts(texts.sentence)) - named,
        siblings=frozenset(),
        kind=_kind(texts.figure, figures, reader.vocabulary),
        figures=figures,
        numbers=frozenset(quantity.value for quantity in quantities(texts.sentence)),
        period=period(
            segment(texts.period, reader.vocabulary), fact.report.year, since=bool(_SINCE.search(texts.period))
        ),
        year=fact.report.year,
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


def period(words: Iterable[Word], year: int, *, since: bool = False) -> Period:
    """The period that words name, in a report of `year`."""
    found = [word for word in words if word.kind is Kind.PERIOD]
    spans = [word.span for word in found if word.span]
    kinds = [word.entry.period for word in found if word.entry and word.entry.period]
    return combined(spans, kinds, year, since=since)
