"""All ways to read a row of cells as words, numbers and periods, and the one that leaves least unexplained."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from . import cells as reading
from .cells import Cell
from .entries import Entry
from .periods import Span, spans
from .quantities import Quantity, quantities
from .vocabulary import Vocabulary
from .words import Kind, Word, kind_of

# What a word is worth in a reading: its size times how surely it is that word, less this, so that longer words win;
# and less still where it is a guess, which must not break up a word that is spelled right.
WORD_COST = 0.4
_GUESS_COST = 0.15
_SIZES = {"han": 1.0, "word": 2.0, "number": 1.0, "letter": 0.4, "sign": 0.5, "stop": 0.0}
_MAY_HAVE_NUMBER = re.compile(
    r"[\d零〇一二三四五六七八九十百千万亿两半]"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twent|thirt|fort|fift|sixt|ninet|half"
    r"|hundred|thousand|million|billion|first|second|third|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)


class Option(NamedTuple):
    """A way to read the cells from `start` up to `end`."""

    start: int
    end: int
    value: float
    entries: tuple[tuple[Entry, float], ...] = ()
    quantity: Quantity | None = None
    span: Span | None = None


class Lattice:
    """All ways found so far to read a row of cells."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.cells = cells
        self.options: list[list[Option]] = [[] for _ in cells]
        self._sizes = [0.0, *accumulate(_SIZES[cell.kind] for cell in cells)]

    def size(self, start: int, end: int) -> float:
        return self._sizes[end] - self._sizes[start]

    def add(self, option: Option) -> None:
        self.options[option.start].append(option)

    def add_words(self, start: int, found: Iterable[tuple[int, Entry]]) -> None:
        """Adds words that are spelled right: where each ends, and its entry."""
        sizes = self._sizes
        self.options[start] += [
            Option(start, end, sizes[end] - sizes[start] - WORD_COST, ((entry, 1.0),)) for end, entry in found
        ]

    def add_entries(self, start: int, end: int, likeness: float, entries: Sequence[Entry], cost: float = 0.0) -> None:
        """`cost`: how much less the reading is worth than its size and likeness make it."""
        value = self.size(start, end) * likeness - WORD_COST - (_GUESS_COST if likeness < 1 else 0) - cost
        self.add(Option(start, end, value, tuple([(entry, likeness) for entry in entries])))

    def add_span(
        self, start: int, end: int, bonus: float, quantity: Quantity | None = None, span: Span | None = None
    ) -> None:
        """A number or a period that stands at `start`..`end` of the text."""
        first = next((i for i, cell in enumerate(self.cells) if cell.start == start), None)
        last = next((i for i, cell in enumerate(self.cells) if cell.end == end), None)
        if first is not None and last is not None and first <= last:
            value = self.size(first, last + 1) - WORD_COST + bonus
            self.add(Option(first, last + 1, value, (), quantity, span))

    def best(self) -> list[Option]:
        """The options that together are worth most; a cell that none covers stands alone with value 0."""
        count = len(self.cells)
        worth = [0.0] * (count + 1)
        chosen: list[Option | None] = [None] * count
        for start in range(count - 1, -1, -1):
            worth[start] = worth[start + 1]
            for option in self.options[start]:
                value = option.value + worth[option.end]
                if value > worth[start] + 1e-9:
                    worth[start], chosen[start] = value, option
        path, at = [], 0
        while at < count:
            option = chosen[at] or Option(at, at + 1, 0.0)
            path.append(option)
            at = option.end
        return path


def exact(text: str, cells: Sequence[Cell], vocabulary: Vocabulary) -> Lattice:
    """The lattice of the words that are spelled as in the vocabulary, of numbers and of periods."""
    lattice = Lattice(cells)
    for start in range(len(cells)):
        lattice.add_words(start, _known(cells, start, vocabulary))
    if _MAY_HAVE_NUMBER.search(text):
        for span in spans(text):
            lattice.add_span(span.start, span.end, 0.2, span=span)
        for quantity in (_without_noun(quantity, text) for quantity in quantities(text)):
            lattice.add_span(quantity.start, quantity.end, -0.1, quantity=quantity)
    return lattice


def has_numbers(text: str) -> bool:
    """Whether a number or a period stands in the text."""
    return bool(_MAY_HAVE_NUMBER.search(text) and (spans(text) or quantities(text)))


def _known(cells: Sequence[Cell], start: int, vocabulary: Vocabulary) -> list[tuple[int, Entry]]:
    """The entries that begin at a cell, with the cells at which they end."""
    found: list[tuple[int, Entry]] = []
    entries, stems, prefixes = vocabulary.entries, vocabulary.stems, vocabulary.prefixes
    spelled = stemmed = ""
    latin = False
    for end in range(start, len(cells)):
        cell = cells[end]
        kind = cell.kind
        if kind == "han":
            spelled += cell.text
            stemmed += cell.stem
            latin = False
        elif kind in ("stop", "letter"):
            break
        else:
            spelled = reading.appended(spelled, cell.text, cell, latin)
            stemmed = reading.appended(stemmed, cell.stem, cell, latin)
            latin = cell.latin
        entry = entries.get(spelled) or stems.get(stemmed)
        if entry:
            found.append((end + 1, entry))
        if end > start and spelled not in prefixes and stemmed not in prefixes:
            break
    return found


def _without_noun(quantity: Quantity, text: str) -> Quantity:
    """The number alone where an English noun follows it ("two bonded zones"): the noun is a word of the question."""
    written = text[quantity.start : quantity.end]
    if not (quantity.unit.isascii() and quantity.unit.isalpha() and written.isascii()):
        return quantity
    number = written[: written.rfind(" ")].rstrip() if " " in written else written
    return dataclasses.replace(quantity, unit="", end=quantity.start + len(number))


def is_unknown(cells: Sequence[Cell], option: Option) -> bool:
    """Whether an option is a cell that nothing is known of."""
    bare = not option.entries and option.quantity is None and option.span is None
    return bare and cells[option.start].kind not in ("stop", "sign")


def words_along(text: str, cells: Sequence[Cell], path: Sequence[Option]) -> list[Word]:
    """The words of a path through the lattice; unknown cells side by side become one word."""
    words: list[Word] = []
    for option in path:
        first, last = cells[option.start], cells[option.end - 1]
        kind = _kind(first, option)
        start = first.start
        if kind is Kind.UNKNOWN and words and words[-1].kind is Kind.UNKNOWN and _adjoins(first, words[-1], text):
            start = words.pop().start
        words.append(Word(text[start : last.end], start, last.end, kind, option.entries, option.quantity, option.span))
    return words


def _kind(first: Cell, option: Option) -> Kind:
    if option.entries:
        best = kind_of(option.entries[0][0])
        if best is Kind.FILLER and any(kind_of(entry) is Kind.CONTENT for entry, _ in option.entries[1:]):
            return Kind.CONTENT
        return best
    if option.span:
        return Kind.PERIOD
    if option.quantity:
        return Kind.NUMBER
    return Kind.STOP if first.kind in ("stop", "sign") else Kind.UNKNOWN


def _adjoins(cell: Cell, word: Word, text: str) -> bool:
    return cell.start == word.end and cell.kind in ("han", "letter") and not text[word.start].isdigit()
