"""The words that questions and facts have in common: the lexicon's, and what the facts' own keywords add to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from . import cells as reading
from .cells import Key
from .entries import Entry
from .knowledge import Lexicon
from .normalize import normalize_all

if TYPE_CHECKING:
    from .likeness import Likeness

Group = TypeVar("Group")

# The place of entries that name what surrounds a report's own place.
AROUND = "around"


class Vocabulary:
    """Looks words up as they are spelled; `likeness` looks up those that are spelled otherwise.

    Without `english` it leaves out the English words of the lexicon, save abbreviations such as GDP.
    """

    def __init__(self, lexicon: Lexicon, *, english: bool) -> None:
        self.english = english
        self.entries: dict[str, Entry] = {}
        self.stems: dict[str, Entry] = {}
        self.concepts: list[str] = []
        self.prefixes: set[str] = set()
        self.parts: dict[int, tuple[int, ...]] = {}
        self.marks: dict[str, int] = {}
        self._read_synonyms(lexicon.synonyms)
        self._read_places(lexicon)
        self._read_lists(lexicon)
        self._read_kinds(lexicon)
        self.aspects = {c: kind for kind, words in lexicon.aspects.items() for c in self._concepts(words)}
        self.relations = self._concepts(lexicon.relations)
        for entry in self.entries.values():
            if entry.concept in self.aspects:
                entry.aspect = True

    @cached_property
    def likeness(self) -> Likeness:
        """The words that others may be meant to be."""
        from .likeness import Likeness  # noqa: PLC0415 - questions that are spelled right do not wait for it

        return Likeness(self.entries, self.stems)

    def _read_lists(self, lexicon: Lexicon) -> None:
        for entry in self.add(lexicon.topics):
            entry.topic = True
        for entry in self._entries(lexicon.fillers):
            entry.filler = True
        for entry in self._entries(lexicon.joins):
            entry.joins = True
        for entry in self._entries(lexicon.here):
            entry.here = True

    def _read_kinds(self, lexicon: Lexicon) -> None:
        for kind, entry in self._grouped(lexicon.asks.items()):
            entry.asks = (*entry.asks, kind)
        for kind, entry in self._grouped(lexicon.units.items()):
            entry.unit = kind
        for kind, entry in self._grouped(lexicon.periods.items()):
            entry.period = kind

    def add_subject(self, names: Iterable[str], report: str) -> None:
        """The names of a report's subject: they say nothing about which of its facts is meant."""
        for entry in self._entries(names):
            entry.here = True
            entry.subjects |= {report}

    def add(self, words: Iterable[str]) -> list[Entry]:
        """The entries of words that carry meaning of their own, made where they are new."""
        return [self._meaning(entry) for entry in self._entries(words)]

    def add_text(self, text: str) -> Entry:
        """The same for one text that is already normalised."""
        return self._meaning(self._of(text))

    def mark(self, name: str) -> int:
        """The concept of something that is no word (a number, a period, a kind of question), made where it is new."""
        if name not in self.marks:
            self.marks[name] = self.concept(name)
        return self.marks[name]

    def concept(self, name: str) -> int:
        """A new concept under a name that explanations show."""
        self.concepts.append(name)
        return len(self.concepts) - 1

    def _entries(self, words: Iterable[str]) -> Iterator[Entry]:
        return map(self._of, normalize_all(self._known(words)))

    def _grouped(self, groups: Iterable[tuple[Group, Sequence[str]]]) -> Iterator[tuple[Group, Entry]]:
        """The entries of the words of many groups, each with its group, normalised in one go."""
        known = [(group, word) for group, words in groups for word in self._known(words)]
        entries = map(self._of, normalize_all(word for _, word in known))
        return ((group, entry) for (group, _), entry in zip(known, entries, strict=True))

    def _known(self, words: Iterable[str]) -> Iterable[str]:
        return words if self.english else [word for word in words if not word.isascii() or word == word.upper()]

    def _of(self, text: str) -> Entry:
        """The entry of a normalised text, made where it is new; Chinese, as most are, is its own key."""
        entry = self.entries.get(text)
        if entry is None:
            if not reading.is_chinese(text):
                return self._at(reading.key_of(text))
            entry = self.entries[text] = Entry(text)
            if len(text) > 2:
                self._add_prefixes(text)
        return entry

    def _at(self, key: Key) -> Entry:
        entry = self.entries.get(key.spelled)
        if entry is None:
            entry = self.entries[key.spelled] = Entry(key.spelled)
            if key.length > 2:
                self._add_prefixes(key.spelled)
            if key.stemmed != key.spelled or key.spelled.isascii():
                # Of words that share a stem (projects, projected) the first has it; the others are found as spelled.
                self.stems.setdefault(key.stemmed, entry)
                self._add_prefixes(key.stemmed)
        return entry

    def _add_prefixes(self, key: str) -> None:
        """What a key of three cells or more begins with, so that a reader knows after two when it need not read on."""
        for end in range(2, len(key)):
            self.prefixes.add(key[:end])

    def _meaning(self, entry: Entry) -> Entry:
        if not entry.content:
            entry.concept = self.concept(entry.key)
        return entry

    def _concepts(self, words: Iterable[str]) -> frozenset[int]:
        return frozenset(entry.concept for entry in self.add(words))

    def _read_synonyms(self, groups: Sequence[tuple[str, ...]]) -> None:
        for concept, entry in self._grouped([(self.concept(group[0]), group) for group in groups]):
            entry.concept = concept

    def _read_places(self, lexicon: Lexicon) -> None:
        for province, places in lexicon.places.items():
            for entry in self.add((province, *places)):
                entry.place = entry.key
            for name in (province, *places):
                self._add_suffix(name, "省" if name == province else "市")
        for level, words in lexicon.wider.items():
            for entry in self.add(words):
                entry.place = level

    def _add_suffix(self, place: str, suffix: str) -> None:
        """济南市 means 济南, and 山东省 山东; the names of districts and counties end in a suffix of their own."""
        if reading.is_chinese(place) and not place.endswith(("区", "县", "市", "省")):
            other = self._at(Key(place + suffix, place + suffix, len(place) + 1))
            if not other.content:
                entry = self.entries[place]
                other.concept, other.place = entry.concept, entry.place
