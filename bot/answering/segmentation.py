"""Reads text as a row of known words, numbers and periods, choosing the reading that leaves least unexplained."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from . import cells as reading
from .cells import Cell
from .periods import Span, spans
from .pinyin import fold, is_pinyin, read_alike, sounds
from .quantities import Quantity, quantities
from .vocabulary import Entry, Vocabulary

# What a word is worth in a reading: its size times how surely it is that word, less this, so that longer words win.
_WORD_COST = 0.4
_SOUND = 0.9
_SHORT_SOUND = 0.7
_SIZES = {"han": 1.0, "word": 2.0, "number": 1.0, "letter": 0.4, "sign": 0.5, "stop": 0.0}
_LONGEST_SOUND = 36
_PARTICLES = frozenset("的了吗呢在是有")
_LONGEST_LIKENESS = 8
_MAY_HAVE_NUMBER = re.compile(
    r"[\d零〇一二三四五六七八九十百千万亿两半成头]"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twent|thirt|fort|fift|sixt|seventy|eight|ninet|half|hundred"
    r"|thousand|million|billion|first|second|third|tenth|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)"
)


class Kind(StrEnum):
    CONTENT = "content"
    FILLER = "filler"
    NUMBER = "number"
    PERIOD = "period"
    UNKNOWN = "unknown"
    STOP = "stop"


class Word(NamedTuple):
    """A stretch of normalised text and what it may be: the entries it matches, each with a likeness of 0..1."""

    text: str
    start: int
    end: int
    kind: Kind
    entries: tuple[tuple[Entry, float], ...] = ()
    quantity: Quantity | None = None
    span: Span | None = None

    @property
    def entry(self) -> Entry | None:
        """The best of the entries."""
        return self.entries[0][0] if self.entries else None

    @property
    def asks(self) -> tuple[str, ...]:
        return self.entry.asks if self.entry else ()

    @property
    def content(self) -> bool:
        return any(entry.content for entry, _ in self.entries)


class _Option(NamedTuple):
    """A way to read the cells from `start` up to `end`."""

    start: int
    end: int
    value: float
    entries: tuple[tuple[Entry, float], ...] = ()
    quantity: Quantity | None = None
    span: Span | None = None


class _Lattice:
    """All ways found so far to read a row of cells."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.cells = cells
        self.options: list[list[_Option]] = [[] for _ in cells]
        self._sizes = [0.0, *accumulate(_SIZES[cell.kind] for cell in cells)]

    def size(self, start: int, end: int) -> float:
        return self._sizes[end] - self._sizes[start]

    def add(self, option: _Option) -> None:
        self.options[option.start].append(option)

    def add_entries(self, start: int, end: int, likeness: float, entries: Sequence[Entry]) -> None:
        value = self.size(start, end) * likeness - _WORD_COST
        self.add(_Option(start, end, value, tuple((entry, likeness) for entry in entries)))

    def add_span(
        self, start: int, end: int, bonus: float, quantity: Quantity | None = None, span: Span | None = None
    ) -> None:
        """A number or a period that stands at `start`..`end` of the text."""
        first = next((i for i, cell in enumerate(self.cells) if cell.start == start), None)
        last = next((i for i, cell in enumerate(self.cells) if cell.end == end), None)
        if first is not None and last is not None and first <= last:
            value = self.size(first, last + 1) - _WORD_COST + bonus
            self.add(_Option(first, last + 1, value, (), quantity, span))

    def best(self) -> list[_Option]:
        """The options that together are worth most; a cell that none covers stands alone with value 0."""
        count = len(self.cells)
        worth = [0.0] * (count + 1)
        chosen: list[_Option | None] = [None] * count
        for start in range(count - 1, -1, -1):
            worth[start] = worth[start + 1]
            for option in self.options[start]:
                value = option.value + worth[option.end]
                if value > worth[start] + 1e-9:
                    worth[start], chosen[start] = value, option
        path, at = [], 0
        while at < count:
            option = chosen[at] or _Option(at, at + 1, 0.0)
            path.append(option)
            at = option.end
        return path


def segment(text: str, vocabulary: Vocabulary) -> list[Word]:
    """The words of a keyword or a sentence, spelled as in the vocabulary; the rest is of kind UNKNOWN."""
    lattice = _exact(text, reading.split(text), vocabulary)
    return _words(text, lattice.cells, lattice.best())


def keyword_words(text: str, vocabulary: Vocabulary) -> list[Word]:
    """The same for a keyword, where a particle inside a name (商事登记) is a part of the name."""
    if reading.is_chinese(text) and not _MAY_HAVE_NUMBER.search(text):
        return _chinese_words(text, vocabulary)
    lattice = _exact(text, reading.split(text), vocabulary)
    for options in lattice.options:
        options[:] = [o for o in options if o.end - o.start > 1 or not o.entries or _stands_alone(o.entries[0][0])]
    return _words(text, lattice.cells, lattice.best())


def _chinese_words(text: str, vocabulary: Vocabulary) -> list[Word]:
    """The words of a keyword of Chinese characters only, as most are: the lattice's rule without the lattice."""
    entries, prefixes = vocabulary.entries, vocabulary.prefixes
    count = len(text)
    worth = [0.0] * (count + 1)
    chosen: list[tuple[int, Entry | None]] = [(start + 1, None) for start in range(count)]
    for start in range(count - 1, -1, -1):
        best = worth[start + 1] + 1e-9
        for end in range(start + 1, count + 1):
            key = text[start:end]
            entry = entries.get(key)
            if entry and (end - start > 1 or _stands_alone(entry)):
                value = end - start - _WORD_COST + worth[end]
                if value > best:
                    best, chosen[start] = value, (end, entry)
            if key not in prefixes:
                break
        worth[start] = best
    return list(_along(text, chosen))


def _along(text: str, chosen: Sequence[tuple[int, Entry | None]]) -> Iterator[Word]:
    at = 0
    while at < len(text):
        start, (at, entry) = at, chosen[at]
        if entry:
            yield Word(text[start:at], start, at, _entry_kind(entry), ((entry, 1.0),))
            continue
        while at < len(text) and not chosen[at][1]:
            at += 1
        yield Word(text[start:at], start, at, Kind.UNKNOWN)


def _stands_alone(entry: Entry) -> bool:
    return (
        entry.content or entry.joins or bool(entry.asks or entry.unit) or entry.key in _PARTICLES or entry.key.isascii()
    )


def parts(word: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """The concepts that a Chinese compound is made of (外资企业: 外资, 企业); empty where it is none of known words."""
    if not any(word[:end] in vocabulary.entries for end in range(1, len(word))):
        return ()
    lattice = _exact(word, reading.split(word), vocabulary)
    for options in lattice.options:
        options[:] = [option for option in options if option.end - option.start < len(word)]
    inner = [option.entries[0][0].concept if option.entries else -1 for option in lattice.best()]
    return tuple(inner) if len(inner) > 1 and min(inner) >= 0 else ()


def understand(text: str, vocabulary: Vocabulary) -> list[Word]:
    """The words of a question: as `segment`, and then also by sound (typos, pinyin) and by likeness of spelling."""
    cells = _with_letters(text, reading.split(text), vocabulary)
    lattice = _exact(text, cells, vocabulary)
    path = lattice.best()
    if any(_is_unknown(cells, option) for option in path):
        lattice = _exact(text, _corrected(cells, path, vocabulary), vocabulary)
        path = lattice.best()
        _add_likenesses(lattice, path, vocabulary)
        path = lattice.best()
    return [_completed(word, vocabulary) for word in _words(text, lattice.cells, path)]


def _exact(text: str, cells: Sequence[Cell], vocabulary: Vocabulary) -> _Lattice:
    lattice = _Lattice(cells)
    for start in range(len(cells)):
        for end, entry in _known(cells, start, vocabulary):
            lattice.add_entries(start, end, 1.0, [entry])
    if _MAY_HAVE_NUMBER.search(text):
        for span in spans(text):
            lattice.add_span(span.start, span.end, 0.2, span=span)
        for quantity in (_without_noun(quantity, text) for quantity in quantities(text)):
            lattice.add_span(quantity.start, quantity.end, -0.1, quantity=quantity)
    return lattice


def _known(cells: Sequence[Cell], start: int, vocabulary: Vocabulary) -> Iterator[tuple[int, Entry]]:
    """The entries that begin at a cell, with the cells at which they end."""
    entries, stems, prefixes = vocabulary.entries, vocabulary.stems, vocabulary.prefixes
    spelled = stemmed = ""
    latin = False
    for end in range(start, len(cells)):
        cell = cells[end]
        if cell.kind in ("stop", "letter"):
            return
        spelled = reading.appended(spelled, cell.text, cell, latin)
        stemmed = reading.appended(stemmed, cell.stem, cell, latin)
        latin = cell.latin
        entry = entries.get(spelled) or stems.get(stemmed)
        if entry:
            yield end + 1, entry
        if spelled not in prefixes and stemmed not in prefixes:
            return


def _without_noun(quantity: Quantity, text: str) -> Quantity:
    """The number alone where an English noun follows it ("two bonded zones"): the noun is a word of the question."""
    written = text[quantity.start : quantity.end]
    if not (quantity.unit.isascii() and quantity.unit.isalpha() and written.isascii()):
        return quantity
    number = written[: written.rfind(" ")].rstrip() if " " in written else written
    return dataclasses.replace(quantity, unit="", end=quantity.start + len(number))


def _is_unknown(cells: Sequence[Cell], option: _Option) -> bool:
    bare = not option.entries and option.quantity is None and option.span is None
    return bare and cells[option.start].kind not in ("stop", "sign")


# ---- pinyin


def _with_letters(text: str, cells: list[Cell], vocabulary: Vocabulary) -> list[Cell]:
    """The cells with every word that is pinyin rather than English taken apart into letters."""
    words = [text[cell.start : cell.end] for cell in cells if cell.kind == "word"]
    if not words:
        return cells
    pinyin = sum(is_pinyin(word) for word in words)
    strange = any(is_pinyin(word) and len(word) > 1 and not vocabulary.is_english(word) for word in words)
    has_han = any(cell.kind == "han" for cell in cells)
    all_pinyin = strange and pinyin >= 0.6 * len(words)
    apart: list[Cell] = []
    for cell in cells:
        word = text[cell.start : cell.end]
        alone = (has_han or len(word) > 5) and not vocabulary.is_english(word)
        letters = cell.kind == "word" and is_pinyin(word) and (all_pinyin or alone)
        apart += (
            [Cell(text[i], text[i], "letter", i, i + 1) for i in range(cell.start, cell.end)] if letters else [cell]
        )
    return apart


def _corrected(cells: Sequence[Cell], path: Sequence[_Option], vocabulary: Vocabulary) -> list[Cell]:
    """The cells with unknown English words replaced by the known ones that they are most likely meant to be."""
    corrected = list(cells)
    for option in path:
        cell = cells[option.start]
        if cell.kind == "word" and _is_unknown(cells, option):
            meant = vocabulary.english_like(cell.text)
            corrected[option.start] = cell._replace(text=meant[0], stem=meant[1]) if meant else cell
    return corrected


# ---- likeness


def _add_likenesses(lattice: _Lattice, path: Sequence[_Option], vocabulary: Vocabulary) -> None:
    cells = lattice.cells
    unknown = [False] * len(cells)
    weak = [False] * len(cells)
    for option in path:
        unknown[option.start] = _is_unknown(cells, option)
        weak[option.start] = unknown[option.start] or (
            option.end - option.start == 1 and cells[option.start].kind == "han"
        )
    for start, cell in enumerate(cells):
        if cell.kind == "letter":
            _add_pinyin(lattice, start, vocabulary)
        elif cell.kind == "han":
            _add_typos(lattice, start, unknown, weak, vocabulary)


def _add_pinyin(lattice: _Lattice, start: int, vocabulary: Vocabulary) -> None:
    letters = ""
    for end in range(start, min(len(lattice.cells), start + _LONGEST_SOUND)):
        cell = lattice.cells[end]
        if cell.kind != "letter":
            return
        letters += cell.text
        entries = vocabulary.sounding(fold(letters)) if len(letters) > 1 or letters in "ae" else []
        if entries:
            lattice.add_entries(start, end + 1, 0.95, _most_useful(entries))


def _most_useful(entries: Sequence[Entry]) -> list[Entry]:
    """A syllable of its own is mostly a particle; of longer words that sound alike, any may be meant."""
    particles = [entry for entry in entries if len(entry.key) == 1 and (entry.filler or entry.asks)]
    return particles[:1] or sorted(entries, key=lambda entry: not entry.content)[:4]


def _add_typos(lattice: _Lattice, start: int, unknown: list[bool], weak: list[bool], vocabulary: Vocabulary) -> None:
    cells = lattice.cells
    text = cells[start].text
    for end in range(start + 2, min(len(cells), start + _LONGEST_LIKENESS) + 1):
        if cells[end - 1].kind != "han":
            return
        text += cells[end - 1].text
        if not (any(unknown[start:end]) or (len(text) > 2 and any(weak[start:end]))):
            continue
        _add_homophones(partial(lattice.add_entries, start, end), text, vocabulary)
        if any(unknown[start:end]) and len(text) > 2:
            near = vocabulary.spelled_like(text)
            if near:
                lattice.add_entries(start, end, 1 - 1 / len(text), near[:4])


def _add_homophones(add: Callable[[float, Sequence[Entry]], None], text: str, vocabulary: Vocabulary) -> None:
    found = (entry for sound in sounds(text) for entry in vocabulary.sounding(sound))
    entries = {entry.key: entry for entry in found if _may_be_meant(text, entry)}
    if entries:
        add(_SOUND if len(text) > 2 else _SHORT_SOUND, list(entries.values())[:4])


def _may_be_meant(text: str, entry: Entry) -> bool:
    """Many short words sound alike: two characters have to be read alike to the letter, and name no place or time."""
    if entry.filler or (len(text) < 4 and (entry.place or entry.period or entry.topic)):
        return False
    return len(text) > 2 or read_alike(text, entry.key)


# ---- the result


def _words(text: str, cells: Sequence[Cell], path: Sequence[_Option]) -> list[Word]:
    words: list[Word] = []
    for option in path:
        first, last = cells[option.start], cells[option.end - 1]
        kind = _kind(first, option)
        start = first.start
        if kind is Kind.UNKNOWN and words and words[-1].kind is Kind.UNKNOWN and _adjoins(first, words[-1], text):
            start = words.pop().start
        words.append(Word(text[start : last.end], start, last.end, kind, option.entries, option.quantity, option.span))
    return words


def _kind(first: Cell, option: _Option) -> Kind:
    if option.entries:
        kinds = [_entry_kind(entry) for entry, _ in option.entries]
        return Kind.CONTENT if kinds[0] is Kind.FILLER and Kind.CONTENT in kinds else kinds[0]
    if option.span:
        return Kind.PERIOD
    if option.quantity:
        return Kind.NUMBER
    return Kind.STOP if first.kind in ("stop", "sign") else Kind.UNKNOWN


def _entry_kind(entry: Entry) -> Kind:
    if entry.period:
        return Kind.PERIOD
    return Kind.CONTENT if entry.content else Kind.FILLER


def _adjoins(cell: Cell, word: Word, text: str) -> bool:
    return cell.start == word.end and cell.kind in ("han", "letter") and not text[word.start].isdigit()


def _completed(word: Word, vocabulary: Vocabulary) -> Word:
    """An unknown run of Chinese that is a part of longer known words is taken for any of these."""
    if word.kind is not Kind.UNKNOWN or len(word.text) < 2 or word.text.isascii():
        return word
    found = vocabulary.containing(word.text)
    return word._replace(kind=Kind.CONTENT, entries=tuple(found)) if found else word
