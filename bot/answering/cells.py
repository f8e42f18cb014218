"""The cells that text is read in: a Chinese character, a Latin word, a number, or a mark that ends a clause."""

from __future__ import annotations

import re
from typing import NamedTuple

from .english import stem

_ALL_HAN = re.compile(r"[\u4e00-\u9fff]+")
_FIRST_HAN, _LAST_HAN = "\u3400", "\u9fff"
# Words of other scripts fall into single letters. Few and short classes compile fast, so that a letter is told to be
# Chinese later; the last of the letters here stand between Chinese ones.
_CELL = re.compile(
    r"(?P<word>[a-z\u00df-\u024f]+(?:['’&][a-z]+)*\d*)"
    r"|(?P<letter>[^\W\d_]|[\u4dc0-\u4dff])"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<sign>%)"
    r"|(?P<stop>[,;?!。、:\n]|\.(?!\d))"
)


class Cell(NamedTuple):
    """`text` is what is compared first, `stem` (of a Latin word) what is compared next; `start`, `end`: its place."""

    text: str
    stem: str
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
        start, end = match.span()
        if kind == "letter":
            kind = "han" if _FIRST_HAN <= found <= _LAST_HAN else "word"
        if kind == "word":
            found = found.removesuffix("'s").removesuffix("’s")
            cells.append(Cell(found, stem(found), kind, start, end))
        else:
            cells.append(Cell(found, found, kind, start, end))
    return cells


def is_chinese(text: str) -> bool:
    """Whether text is made of Chinese characters only, so that each is one cell."""
    return bool(_ALL_HAN.fullmatch(text))


class Key(NamedTuple):
    """What a word is looked up by: as it is spelled, or by the stems of its Latin words; `length`: its cells."""

    spelled: str
    stemmed: str
    length: int


def key_of(text: str) -> Key:
    """The key of a whole normalised text: Chinese without spaces, Latin words with one between them."""
    if is_chinese(text):
        return Key(text, text, len(text))
    cells = split(text)
    spelled = stemmed = ""
    latin = False
    for cell in cells:
        spelled, stemmed = appended(spelled, cell.text, cell, latin), appended(stemmed, cell.stem, cell, latin)
        latin = cell.latin
    return Key(spelled, stemmed, len(cells))


def appended(key: str, text: str, cell: Cell, latin: bool) -> str:
    """A key with one more cell; `latin`: whether the one before it is Latin."""
    return f"{key} {text}" if latin and cell.latin else key + text
