"""Reads keywords and sentences as the vocabulary spells their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from . import cells as reading
from .entries import Entry
from .lattice import WORD_COST, exact, has_numbers, words_along
from .vocabulary import Vocabulary
from .words import Word

# A stretch of text, and the word that it is; None where it is unknown.
Piece: TypeAlias = tuple[str, Entry | None]

_PARTICLES = frozenset("的了吗呢在是有")


def segment(text: str, vocabulary: Vocabulary) -> list[Word]:
    """The words of a keyword or a sentence, spelled as in the vocabulary; the rest is of kind UNKNOWN."""
    lattice = exact(text, reading.split(text), vocabulary)
    return words_along(text, lattice.cells, lattice.best())


def keyword_words(text: str, vocabulary: Vocabulary) -> list[Word]:
    """The same for a keyword, where a particle inside a name (商事登记) is a part of the name."""
    lattice = exact(text, reading.split(text), vocabulary)
    for options in lattice.options:
        options[:] = [o for o in options if o.end - o.start > 1 or not o.entries or _stands_alone(o.entries[0][0])]
    return words_along(text, lattice.cells, lattice.best())


def chinese_pieces(text: str, vocabulary: Vocabulary) -> Iterator[Piece] | None:
    """The same for a keyword of Chinese characters only, as most are: the lattice's rule without the lattice.

    None for any other text.
    """
    if not reading.is_chinese(text) or has_numbers(text):
        return None
    return _along(text, _chosen(text, vocabulary, len(text)))


def _chosen(text: str, vocabulary: Vocabulary, longest: int) -> list[tuple[int, Entry | None]]:
    """For each character of a Chinese text, where the word that begins there ends, and its entry if it is known."""
    entries, prefixes = vocabulary.entries, vocabulary.prefixes
    count = len(text)
    worth = [0.0] * (count + 1)
    chosen: list[tuple[int, Entry | None]] = [(start + 1, None) for start in range(count)]
    for start in range(count - 1, -1, -1):
        best = worth[start + 1] + 1e-9
        entry = entries.get(text[start])
        if entry and _stands_alone(entry):
            best, chosen[start] = 1 - WORD_COST + worth[start + 1], (start + 1, entry)
        # Most stop after two characters, which a range would take longer to make than to go through.
        end, last = start + 2, start + longest if longest < count - start else count
        while end <= last:
            key = text[start:end]
            entry = entries.get(key)
            if entry:
                value = end - start - WORD_COST + worth[end]
                if value > best:
                    best, chosen[start] = value, (end, entry)
            if key not in prefixes:
                break
            end += 1
        worth[start] = best
    return chosen


def _along(text: str, chosen: Sequence[tuple[int, Entry | None]]) -> Iterator[Piece]:
    at = 0
    while at < len(text):
        start, (at, entry) = at, chosen[at]
        if not entry:
            while at < len(text) and not chosen[at][1]:
                at += 1
        yield text[start:at], entry


def _stands_alone(entry: Entry) -> bool:
    return (
        entry.concept >= 0
        or entry.joins
        or bool(entry.asks or entry.unit)
        or entry.key in _PARTICLES
        or entry.key.isascii()
    )


def parts(word: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """The concepts that a Chinese compound is made of (外资企业: 外资, 企业); empty where it is none of known words."""
    inner = [entry for _, entry in _along(word, _chosen(word, vocabulary, len(word) - 1))]
    return tuple(entry.concept for entry in inner if entry) if all(e and e.content for e in inner) else ()
