"""Reads the facts' own keywords, and adds to the vocabulary what the lexicon lacks of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from . import cells as reading
from .entries import Entry
from .segmentation import chinese_pieces, keyword_words, parts
from .vocabulary import Vocabulary
from .words import Kind, Word

Concepts = tuple[int, ...]


def learn(phrases: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, Concepts]:
    """The concepts of each normalised phrase; unknown words become words of the vocabulary.

    The shortest phrases come first, so that the longer ones fall into words that are known by then.
    """
    read: dict[str, Concepts] = {}
    for phrase in sorted(set(phrases), key=lambda text: (len(text), text)):
        if _is_short_name(phrase, vocabulary):
            read[phrase] = (vocabulary.add_text(phrase).concept,)
        else:
            read[phrase] = tuple(dict.fromkeys(_learned(phrase, vocabulary)))
    _find_compounds(vocabulary)
    return read


def _learned(phrase: str, vocabulary: Vocabulary) -> Iterator[int]:
    pieces = chinese_pieces(phrase, vocabulary)
    if pieces is None:
        yield from _learned_by_lattice(phrase, vocabulary)
        return
    for text, entry in pieces:
        if entry is None:
            if len(text) > 1:
                yield vocabulary.add_text(text).concept
            continue
        if entry.content:
            yield entry.concept
        if entry.asks or entry.period:
            yield from map(vocabulary.mark, _entry_marks(entry))


def _learned_by_lattice(phrase: str, vocabulary: Vocabulary) -> Iterator[int]:
    for word in keyword_words(phrase, vocabulary):
        if word.kind is not Kind.UNKNOWN:
            yield from meaning(word, vocabulary)
        elif len(word.text) > 1:
            yield vocabulary.add_text(word.text).concept


def meaning(word: Word, vocabulary: Vocabulary) -> Iterator[int]:
    """The concept of a word, and its marks."""
    if word.entry and word.entry.content:
        yield word.entry.concept
    yield from map(vocabulary.mark, marks(word))


def marks(word: Word) -> tuple[str, ...]:
    """What a word says beyond its meaning: that it asks for a share or a number, is a year, or a count of things."""
    if word.span:
        return (f"{word.span.year or ''}{word.span.months or ''}",)
    if word.quantity:
        return (f"{word.quantity.value.normalize():f}",)
    return _entry_marks(word.entry) if word.entry else ()


def _entry_marks(entry: Entry) -> tuple[str, ...]:
    return (*entry.asks, entry.period) if entry.period else entry.asks


def known_marks(vocabulary: Vocabulary, words: Iterable[Word]) -> frozenset[int]:
    """The marks of words, as far as keywords have them; reading a text must not change what others mean."""
    known = vocabulary.marks
    return frozenset([known[name] for word in words for name in marks(word) if name in known])


def _is_short_name(phrase: str, vocabulary: Vocabulary) -> bool:
    """Whether a keyword of two or three characters is a name of its own (算谷), not a word and a particle."""
    if not 2 <= len(phrase) <= 3 or not reading.is_chinese(phrase) or phrase in vocabulary.entries:
        return False
    known = [vocabulary.entries.get(char) for char in phrase]
    return not all(entry and entry.content for entry in known)


def _find_compounds(vocabulary: Vocabulary) -> None:
    """Tells the vocabulary which concepts are made of others, judged by the first word of each."""
    for concept, name in enumerate(vocabulary.concepts):
        entry = vocabulary.entries.get(name)
        if entry and entry.concept == concept and len(name) > 2 and reading.is_chinese(name) and entry.may_be_compound:
            made_of = parts(name, vocabulary)
            if made_of:
                vocabulary.parts[concept] = made_of
