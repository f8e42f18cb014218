"""The cells that text is read in: a Chinese character, a Latin word, a number, or a mark that ends a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .english import stem

_ALL_HAN = re.compile(r"[\u4e00-\u9fff]+")
_CELL = re.compile(
    r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff])"
    r"|(?P<word>[^\W\d_\u3400-\u9fff]+(?:['’&][^\W\d_]+)*(?:\d+)?)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<sign>%)"
    r"|(?P<stop>[,;?!。、:\n]|\.(?!\d))"
)


class Cell(NamedTuple):
    """`text` is what is compared (a Latin word's stem); `start` and `end` are its place in the normalised text."""

    text: str
    kind: str
    start: int
    end: int

    @property
    def latin(self) -> bool:
        return self.kind in ("word", "number")


def split(text: str) -> list[Cell]:
    """The cells of normalised text; quotation marks, hyphens and other signs between them are left out."""
    cells = []
    for match in _CELL.finditer(text):
        kind = match.lastgroup or ""
        found = match.group()
        cells.append(Cell(stem(found) if kind == "word" else found, kind, match.start(), match.end()))
    return cells


def is_chinese(text: str) -> bool:
    """Whether text is made of Chinese characters only, so that each is one cell."""
    return bool(_ALL_HAN.fullmatch(text))


def key_of(text: str) -> tuple[str, int]:
    """The key of a whole normalised text, and of how many cells it is made."""
    if is_chinese(text):
        return text, len(text)
    cells = split(text)
    return joined(cells), len(cells)


def joined(cells: Sequence[Cell]) -> str:
    """The key under which a run of cells is looked up: Chinese without spaces, Latin words with one between them."""
    parts: list[str] = []
    before_latin = False
    for cell in cells:
        if before_latin and cell.latin:
            parts.append(" ")
        parts.append(cell.text)
        before_latin = cell.latin
    return "".join(parts)
