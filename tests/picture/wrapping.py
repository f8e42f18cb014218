"""Text in lines of a measured width. The fonts are the reader's own, so that widths are estimates on the safe side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from unicodedata import east_asian_width

_WIDTHS: Final = {
    **dict.fromkeys("ijl|' .,:;!I", 0.28),
    **dict.fromkeys('frt()[]/\\-"·“”‘’', 0.37),
    **dict.fromkeys("mwMW%@&", 0.88),
}
_SQUARE: Final = 1.0
_CAPITAL: Final = 0.7
_OTHER: Final = 0.56
_BOLDER: Final = 1.07
_NOT_LAST: Final = "《（“‘(["
_NOT_FIRST: Final = "，。、；：！？》）”’…—,.;:!?)]%"


@dataclass(frozen=True, slots=True)
class Letter:
    """A character, and the kinds of the entities that mark it."""

    character: str
    marks: frozenset[str] = frozenset()

    @property
    def width(self) -> float:
        """In ems."""
        width = _WIDTHS.get(self.character) or _other_width(self.character)
        return width * _BOLDER if "bold" in self.marks else width


def _other_width(character: str) -> float:
    if east_asian_width(character) in "WFA":
        return _SQUARE
    return _CAPITAL if character.isupper() else _OTHER


def plain(text: str) -> list[Letter]:
    return [Letter(character) for character in text]


def width(letters: Iterable[Letter]) -> float:
    """In ems."""
    return sum(letter.width for letter in letters)


def wrapped(letters: list[Letter], limit: float) -> list[list[Letter]]:
    """One paragraph in lines of at most `limit` ems, without the spaces at their ends; a word too long is cut."""
    lines: list[list[Letter]] = [[]]
    for word in _words(letters):
        if width(lines[-1]) + width(_stripped(word)) > limit and lines[-1]:
            lines.append([])
        for letter in word:
            if width([*lines[-1], letter]) > limit and not letter.character.isspace():
                lines.append([])
            lines[-1].append(letter)
    return [_stripped(line) for line in lines]


def shortened(text: str, limit: float) -> str:
    """`text`, or as much of it as fits into `limit` ems with three dots behind."""
    if width(plain(text)) <= limit:
        return text
    while text and width(plain(f"{text}…")) > limit:
        text = text[:-1]
    return f"{text.rstrip()}…"


def runs(line: list[Letter]) -> Iterator[tuple[str, frozenset[str]]]:
    """The stretches of a line that are marked alike."""
    for marks, letters in groupby(line, lambda letter: letter.marks):
        yield "".join(letter.character for letter in letters), marks


def _words(letters: list[Letter]) -> Iterator[list[Letter]]:
    """The shortest stretches that no line ends within, each with the spaces behind it."""
    word: list[Letter] = []
    for letter in letters:
        if word and _parted(word[-1].character, letter.character):
            yield word
            word = []
        word.append(letter)
    yield word


def _parted(before: str, after: str) -> bool:
    """Whether a line may end between these two."""
    if before.isspace() or after.isspace():
        return not after.isspace()
    chinese = any(east_asian_width(character) in "WF" for character in (before, after))
    return chinese and before not in _NOT_LAST and after not in _NOT_FIRST


def _stripped(line: list[Letter]) -> list[Letter]:
    end = len(line)
    while end and line[end - 1].character.isspace():
        end -= 1
    return line[:end]
