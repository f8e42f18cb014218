"""The cells that text is read in: a Chinese character, a Latin word, a number, or a mark that ends a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .english import stem

_CELL = re.compile(
    r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff])"
    r"|(?P<word>[^\W\d_\u3400-\u9fff]+(?:['’&][^\W\d_]+)*(?:\d+)?)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<sign>%)"
    r"|(?P<stop>[,;?!。、:\n]|\.(?!\d))"
)


@dataclass(frozen=True, slots=True)
class Cell:
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


def joined(cells: list[Cell]) -> str:
    """The key under which a run of cells is looked up: Chinese without spaces, Latin words with one between them."""
    parts: list[str] = []
    before_latin = False
    for cell in cells:
        if before_latin and cell.latin:
            parts.append(" ")
        parts.append(cell.text)
        before_latin = cell.latin
    return "".join(parts)
