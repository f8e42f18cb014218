"""The words that questions and facts have in common: the lexicon's, and what the facts' own keywords add to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from . import cells as reading
from .cells import Key
from .english import stem
from .knowledge import Lexicon
from .normalize import normalize_all
from .pinyin import word_sounds

_FUZZY_LENGTHS = range(3, 10)
_PIECES_LOOKED_AT = 200
_SHORTEST_MISTYPED = 5
_ALIKE = 0.79

# The place of entries that name what surrounds a report's own place.
AROUND = "around"


@dataclass(slots=True)
class Entry:
    """What is known of a word.

    `concept`: the number of what it means, shared by its synonyms; -1 for none. `here`: it names a report's own place;
    `subjects`: the ids of the reports that it is the subject of.
    """

    key: str
    concept: int = -1
    filler: bool = False
    topic: bool = False
    here: bool = False
    subjects: frozenset[str] = frozenset()
    joins: bool = False
    asks: tuple[str, ...] = ()
    unit: str = ""
    period: str = ""
    place: str = ""

    @property
    def may_be_compound(self) -> bool:
        """Whether what the word is made of says something of what it means."""
        return not (self.topic or self.place)

    @property
    def content(self) -> bool:
        """Whether the word says which fact is meant."""
        return self.concept >= 0


class Vocabulary:
    """Looks words up by their spelling, by their sound, and by their likeness.

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
        self.aspects = self._concepts(lexicon.aspects)
        self.relations = self._concepts(lexicon.relations)

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
        for kind, words in lexicon.asks.items():
            for entry in self._entries(words):
                entry.asks = (*entry.asks, kind)
        for kind, words in lexicon.units.items():
            for entry in self._entries(words):
                entry.unit = kind
        for kind, words in lexicon.periods.items():
            for entry in self._entries(words):
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
        return self._meaning(self._at(reading.key_of(text)))

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
        for text in normalize_all(word for word in words if self.english or not _is_english(word)):
            yield self._at(reading.key_of(text))

    def _at(self, key: Key) -> Entry:
        entry = self.entries.get(key.spelled)
        if entry is None:
            entry = self.entries[key.spelled] = Entry(key.spelled)
            # Of words that share a stem (projects, projected) the first has it; the others are found as spelled.
            self.stems.setdefault(key.stemmed, entry)
            if key.length > 1:
                for spelling in {key.spelled, key.stemmed}:
                    self._add_prefixes(spelling)
        return entry

    def _add_prefixes(self, key: str) -> None:
        """What a longer key begins with, so that a reader knows when it need not read on."""
        ends = (
            range(1, len(key))
            if " " not in key
            else (i for i in range(1, len(key)) if key[i] == " " or not key[i - 1].isascii())
        )
        self.prefixes.update(key[:end] for end in ends)

    def _meaning(self, entry: Entry) -> Entry:
        if not entry.content:
            entry.concept = self.concept(entry.key)
        return entry

    def _concepts(self, words: Iterable[str]) -> frozenset[int]:
        return frozenset(entry.concept for entry in self.add(words))

    def _read_synonyms(self, groups: Iterable[tuple[str, ...]]) -> None:
        for group in groups:
            concept = self.concept(group[0])
            for entry in self._entries(group):
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

    # ---- likeness

    def prepare(self) -> None:
        """Builds the indexes of likeness, each of which would otherwise be built when it is first looked into."""
        self.sounding("")
        self.spelled_like("    ")
        self.containing("  ")
        self.english_like("     ")
        self.is_english("")

    @cached_property
    def _by_sound(self) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = defaultdict(list)
        for key, entry in self.entries.items():
            if not key.isascii():
                for sound in word_sounds(key):
                    index[sound].append(entry)
        return dict(index)

    @cached_property
    def _by_deletion(self) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = defaultdict(list)
        for key, entry in self.entries.items():
            if len(key) in _FUZZY_LENGTHS and not key.isascii() and _is_told_apart(entry):
                for shorter in _deletions(key):
                    index[shorter].append(entry)
        return dict(index)

    @cached_property
    def _by_bigram(self) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = defaultdict(list)
        for key, entry in self.entries.items():
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
        return _by_first_letter(self.entries)

    @cached_property
    def _stemmed_words(self) -> dict[str, list[str]]:
        return _by_first_letter(self.stems)

    @cached_property
    def _stems_of_words(self) -> frozenset[str]:
        return frozenset(word for key in self.stems for word in key.split(" ") if word.isascii())

    def is_english(self, word: str) -> bool:
        """Whether a Latin word, in whatever inflection, stands in some entry."""
        return stem(word) in self._stems_of_words

    def sounding(self, sound: str) -> list[Entry]:
        """The entries that are read like `sound` (folded pinyin without spaces)."""
        return self._by_sound.get(sound, [])

    def spelled_like(self, text: str) -> list[Entry]:
        """The entries one edit away: a character swapped with its neighbour, wrong, missing, or too many."""
        if len(text) not in _FUZZY_LENGTHS:
            return []
        near = {id(entry): entry for key in (text, *_deletions(text)) for entry in self._by_deletion.get(key, [])}
        shorter = (self.entries.get(key) for key in _deletions(text))
        near.update({id(e): e for e in shorter if e and _is_told_apart(e) and len(e.key) >= 3})
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


def _by_first_letter(keys: Iterable[str]) -> dict[str, list[str]]:
    words: dict[str, set[str]] = defaultdict(set)
    for word in {word for key in keys for word in key.split(" ")}:
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


def _is_english(word: str) -> bool:
    return word.isascii() and any(char.islower() for char in word)


def _deletions(text: str) -> Iterator[str]:
    for i in range(len(text)):
        yield text[:i] + text[i + 1 :]
