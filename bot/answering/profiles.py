"""What each fact explains: its words, its figure's kind and value, its period."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from . import cells as reading
from .cells import Cell
from .knowledge import Fact, Knowledge, Report
from .normalize import normalize
from .periods import Period, combined
from .quantities import Quantity, quantities
from .segmentation import Kind, Word, parts, segment, unknown_words
from .vocabulary import Vocabulary

_SINCE = re.compile(r"以来|since")
_RANK = re.compile(r"第[一二三四五六七八九十\d]|前列|前茅|首位|唯一|首家")


@dataclass(frozen=True, slots=True)
class Profile:
    """A fact as matching sees it.

    `phrases`: its label and keywords, each as the concepts in it; `chinese`: those that are not English. `label`: normalised. `named`: all concepts of these. `told`: those
    of the rest of its sentence that name no fact, `siblings`: those that name another of its facts. `kind`: what its figure measures (a kind of the lexicon's units, `rank`, `name`, `number`).
    """

    fact: Fact
    phrases: tuple[tuple[int, ...], ...]
    chinese: tuple[tuple[int, ...], ...]
    label: str
    named: frozenset[int]
    told: frozenset[int]
    kind: str
    figures: tuple[Quantity, ...]
    numbers: frozenset[Decimal]
    period: Period
    text: str
    siblings: frozenset[int] = frozenset()


def profiles(knowledge: Knowledge, vocabulary: Vocabulary) -> list[Profile]:
    """A profile for each fact. Words of the keywords that the lexicon lacks become words of the vocabulary."""
    texts = [(fact, _phrases(fact)) for fact in knowledge.facts]
    learn((phrase for _, phrases in texts for phrase in phrases), vocabulary)
    compounds(vocabulary)
    sentences: dict[str, frozenset[int]] = {}
    made = [_profile(fact, phrases, vocabulary, sentences) for fact, phrases in texts]
    siblings: dict[str, set[int]] = defaultdict(set)
    for profile in made:
        siblings[profile.fact.sentence].update(profile.named)
    return [_among(profile, siblings[profile.fact.sentence]) for profile in made]


def _among(profile: Profile, named: set[int]) -> Profile:
    """The profile with what its sentence tells apart from what names the sentence's other facts."""
    return replace(profile, told=profile.told - named, siblings=profile.told & named)


def learn(phrases: Iterable[str], vocabulary: Vocabulary) -> None:
    """Adds the unknown words of phrases, from the shortest phrase to the longest, so that long ones fall into known words."""
    for phrase in sorted(set(phrases), key=lambda text: (len(text), text)):
        cells = reading.split(phrase)
        if _is_short_name(cells, vocabulary):
            vocabulary.add_key(reading.joined(cells), len(cells))
            continue
        for word in unknown_words(phrase, vocabulary):
            cells = reading.split(word.text)
            vocabulary.add_key(reading.joined(cells), len(cells))


def _is_short_name(cells: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether a keyword of two or three characters is a name of its own (算谷), not a word and a particle."""
    if not 2 <= len(cells) <= 3 or any(cell.kind != "han" for cell in cells):
        return False
    entries = [vocabulary.entries.get(cell.text) for cell in cells]
    return not vocabulary.entries.get(reading.joined(cells)) and not all(e and e.content for e in entries)


def compounds(vocabulary: Vocabulary) -> None:
    """Tells the vocabulary which concepts are made of others, judged by the first word of each."""
    for concept, name in enumerate(vocabulary.concepts):
        entry = vocabulary.entries.get(name)
        if entry and entry.concept == concept and len(name) > 2 and not name.isascii() and not (entry.topic or entry.place):
            made_of = parts(Word(name, 0, len(name), Kind.CONTENT), vocabulary)
            if made_of:
                vocabulary.parts[concept] = made_of


def _phrases(fact: Fact) -> list[str]:
    english = (fact.en.label, *fact.en.keywords)
    return list(dict.fromkeys([*_chinese(fact), *(normalize(text) for text in english if text)]))


def _chinese(fact: Fact) -> list[str]:
    return list(dict.fromkeys(normalize(text) for text in (fact.label, *fact.keywords)))


def _profile(fact: Fact, texts: Sequence[str], vocabulary: Vocabulary, sentences: dict[str, frozenset[int]]) -> Profile:
    sentence = normalize(fact.sentence)
    if sentence not in sentences:
        sentences[sentence] = frozenset(concepts(segment(sentence, vocabulary), vocabulary))
    phrases = list(dict.fromkeys(concepts(segment(text, vocabulary), vocabulary) for text in texts))
    chinese = {concepts(segment(text, vocabulary), vocabulary) for text in texts[: len(_chinese(fact))]}
    figure_words = [concepts(segment(normalize(text), vocabulary), vocabulary) for text in (fact.figure, fact.en.figure) if text]
    words = {concept for phrase in (*phrases, *figure_words) for concept in phrase}
    named = frozenset(words.union(*(vocabulary.parts.get(concept, ()) for concept in words)))
    figures = quantities(normalize(fact.figure))
    return Profile(
        fact=fact,
        phrases=tuple(phrase for phrase in phrases if phrase),
        chinese=tuple(phrase for phrase in phrases if phrase and phrase in chinese),
        label=normalize(f"{fact.label} {fact.en.label}"),
        named=named,
        told=sentences[sentence] - named,
        kind=_kind(fact, vocabulary),
        figures=figures,
        numbers=frozenset(q.value for q in quantities(sentence)),
        period=_period(fact, vocabulary),
        text=" ".join((*texts, sentence)),
    )


def concepts(words: Iterable[Word], vocabulary: Vocabulary) -> tuple[int, ...]:
    """The concepts of words and the marks of numbers, periods and question words, each once, in order."""
    found = [concept for word in words for concept in (*_meaning(word), *marks(word, vocabulary))]
    return tuple(dict.fromkeys(found))


def _meaning(word: Word) -> tuple[int, ...]:
    return (word.entry.concept,) if word.entry and word.entry.content else ()


def marks(word: Word, vocabulary: Vocabulary) -> tuple[int, ...]:
    """What a phrase says beyond its words: that it asks for a share or a number, speaks of a year, of nineteen things."""
    if word.span:
        return (vocabulary.mark(f"{word.span.year or ''}{word.span.months or ''}"),)
    if word.quantity:
        return (vocabulary.mark(f"{word.quantity.value.normalize():f}"),)
    if not word.entry:
        return ()
    names = (*word.entry.asks, word.entry.period) if word.entry.period else word.entry.asks
    return tuple(vocabulary.mark(name) for name in names)


def _kind(fact: Fact, vocabulary: Vocabulary) -> str:
    figure = normalize(fact.figure)
    found = quantities(figure)
    if _RANK.search(figure):
        return "rank"
    if not found or len(figure) > 2 * sum(q.end - q.start for q in found) + 6:
        return "name"
    unit = vocabulary.entries.get(found[0].unit)
    return unit.unit if unit and unit.unit else "number"


def _period(fact: Fact, vocabulary: Vocabulary) -> Period:
    words = segment(normalize(fact.period or ""), vocabulary)
    return period(words, fact.report, since=bool(_SINCE.search(fact.period or "")))


def period(words: Iterable[Word], report: Report, *, since: bool = False) -> Period:
    """The period that words name, relative to a report's year."""
    found = [word for word in words if word.kind is Kind.PERIOD]
    spans = [word.span for word in found if word.span]
    kinds = [word.entry.period for word in found if word.entry and word.entry.period]
    return combined(spans, kinds, report.year, since=since)
