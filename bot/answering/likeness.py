"""Finds the words of the vocabulary that a mistyped one may be meant to be."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from .english import stem
from .entries import Entry
from .pinyin import word_sounds

_FUZZY_LENGTHS = range(3, 10)
_PIECES_LOOKED_AT = 200
_SHORTEST_MISTYPED = 5
_ALIKE = 0.79


class Likeness:
    """Looks entries up by their sound and by what they look like; each index is built when it is first looked into.

    `entries` by their spelling and `stems` by their stems are those of a vocabulary that does not change any more.
    """

    def __init__(self, entries: Mapping[str, Entry], stems: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._stems = stems

    def prepare(self) -> None:
        """Builds the indexes of likeness, each of which would otherwise be built when it is first looked into."""
        self.sounding("")
        self.begins_a_sound("")
        self.spelled_like("    ")
        self.containing("  ")
        self.english_like("     ")
        self.is_english("")

    @cached_property
    def _by_sound(self) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = defaultdict(list)
        for key, entry in self._entries.items():
            if not key.isascii():
                for sound in word_sounds(key):
                    index[sound].append(entry)
        return dict(index)

    @cached_property
    def _sounds(self) -> list[str]:
        return sorted(self._by_sound)

    @cached_property
    def _by_deletion(self) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = defaultdict(list)
        for key, entry in self._entries.items():
            if len(key) in _FUZZY_LENGTHS and not key.isascii() and _is_told_apart(entry):
                for shorter in _deletions(key):
                    index[shorter].append(entry)
        return dict(index)

    @cached_property
    def _by_bigram(self) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = defaultdict(list)
        for key, entry in self._entries.items():
            if (
                len(key) >= 3
                and not key.isascii()
                and entry.content
                and not (entry.topic or entry.place or entry.period)
            ):
                for bigram in dict.fromkeys(key[i : i + 2] for i in range(len(key) - 1)):
                    index[bigram].append(entry)
        return dict(index)

    @cached_property
    def _spelled_words(self) -> dict[str, list[str]]:
        return _by_first_letter(self._entries)

    @cached_property
    def _stemmed_words(self) -> dict[str, list[str]]:
        return _by_first_letter(self._stems)

    @cached_property
    def _stems_of_words(self) -> frozenset[str]:
        return frozenset(word for key in self._stems for word in key.split(" ") if word.isascii())

    def is_english(self, word: str) -> bool:
        """Whether a Latin word, in whatever inflection, stands in some entry."""
        return stem(word) in self._stems_of_words

    def sounding(self, sound: str) -> list[Entry]:
        """The entries that are read like `sound` (folded pinyin without spaces)."""
        return self._by_sound.get(sound, [])

    def begins_a_sound(self, beginning: str) -> bool:
        """Whether some entry's sound begins so: where it does not, no longer text that begins so sounds like a word."""
        at = bisect_left(self._sounds, beginning)
        return at < len(self._sounds) and self._sounds[at].startswith(beginning)

    def spelled_like(self, text: str) -> list[Entry]:
        """The entries one edit away: a character swapped with its neighbour, wrong, missing, or too many."""
        if len(text) not in _FUZZY_LENGTHS:
            return []
        deletions = _deletions(text)
        keys = [text, *deletions]
        if self._by_deletion.keys().isdisjoint(keys) and self._entries.keys().isdisjoint(deletions):
            return []
        near = {id(entry): entry for key in keys for entry in self._by_deletion.get(key, ())}
        shorter = [entry for key in deletions if (entry := self._entries.get(key))]
        near.update({id(e): e for e in shorter if _is_told_apart(e) and len(e.key) >= 3})
        return [entry for entry in near.values() if _is_one_edit_away(text, entry.key)]

    def containing(self, run: str, cutoff: float = 80) -> list[tuple[Entry, float]]:
        """The longer entries that `run` is a part of, with how much alike (0..1) they are where they overlap."""
        bigrams = sorted((run[i : i + 2] for i in range(len(run) - 1)), key=lambda b: len(self._by_bigram.get(b, ())))
        seen: dict[str, Entry] = {}
        for bigram in bigrams:
            for entry in self._by_bigram.get(bigram, ())[:_PIECES_LOOKED_AT]:
                if len(entry.key) > len(run):
                    seen[entry.key] = entry
        found = process.extract(run, list(seen), scorer=fuzz.partial_ratio, score_cutoff=cutoff, limit=6)
        return [(seen[key], score / 100) for key, score, _ in found]

    def english_like(self, word: str) -> tuple[str, str] | None:
        """The known English word that a mistyped one most likely is, and its stem; or None."""
        meant = _most_alike(word, self._spelled_words)
        if meant:
            return meant, stem(meant)
        meant = _most_alike(stem(word), self._stemmed_words)
        return (meant, meant) if meant else None


def _by_first_letter(entries: Mapping[str, Entry]) -> dict[str, list[str]]:
    words: dict[str, set[str]] = defaultdict(set)
    for word in {word for key, entry in entries.items() if _is_told_apart(entry) for word in key.split(" ")}:
        if word.isascii() and word.isalpha() and len(word) > 3:
            words[word[0]].add(word)
    return {letter: sorted(found) for letter, found in words.items()}


def _most_alike(word: str, known: Mapping[str, Sequence[str]]) -> str | None:
    if len(word) < _SHORTEST_MISTYPED:
        return None
    scorer = OSA.normalized_similarity
    found = process.extractOne(word, known.get(word[0], ()), scorer=scorer, score_cutoff=_ALIKE)
    return found[0] if found else None


def _is_told_apart(entry: Entry) -> bool:
    """Whether a word is worth guessing at from a likeness: not one whose mistaken sight would refuse an answer."""
    return (entry.content or bool(entry.asks)) and not (entry.topic or entry.place or entry.period)


def _is_one_edit_away(text: str, key: str) -> bool:
    """Three characters are too few to tell a wrong one from another word; swapped ones still show."""
    if max(len(text), len(key)) < 4 and sorted(text) != sorted(key):
        return False
    return OSA.distance(text, key, score_cutoff=1) <= 1


def _deletions(text: str) -> list[str]:
    return [text[:i] + text[i + 1 :] for i in range(len(text))]
