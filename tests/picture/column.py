"""One column of a picture: what is said, from the top down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element

from .colours import FONT_SIZE
from .paragraphs import paragraphs
from .shapes import arrow_down, box, circle, words
from .wrapping import Letter, runs, shortened, width, wrapped

if TYPE_CHECKING:
    from telegram_server import Button

    from .conversation import Saying

# All in pixels.
COLUMN: Final = 374
APART: Final = 12
_BUBBLE: Final = 364
_PADDING: Final = 12
_LINE: Final = 20
_EMPTY_LINE: Final = 8
_BASELINE: Final = 15
_QUOTE: Final = 10
_BUTTON: Final = 30
_GAP: Final = 4
_ARROW: Final = 12


@dataclass(slots=True)
class Column:
    """`top`: how far it is drawn."""

    root: Element
    left: int
    top: int

    def drawn(self, sayings: Sequence[Saying]) -> int:
        """Draws all, and returns where the next would begin."""
        for saying in sayings:
            self._bubble(saying)
            for row in saying.content.markup.buttons:
                self._buttons(row, saying.pressed)
            if saying.pressed:
                self.top += _ARROW
                arrow_down(self.root, "bar", (self.left + _BUBBLE // 2, self.top))
                self.top += _GAP
            else:
                self.top += APART
        return self.top

    def _bubble(self, saying: Saying) -> None:
        lines = list(_lines(paragraphs(saying.content.formatted)))
        wide = _BUBBLE
        if saying.by_person:
            wide = ceil(max(map(width, lines)) * FONT_SIZE) + 2 * _PADDING
        left = self.left + COLUMN - wide if saying.by_person else self.left
        height = _text_height(lines) + _PADDING + _GAP
        box(self.root, "person" if saying.by_person else "bot", (left, self.top, wide, height), 12)
        self._text(lines, left + _PADDING, self.top + (_PADDING + _GAP) // 2)
        self.top += height + _GAP

    def _text(self, lines: Sequence[list[Letter]], left: int, top: int) -> None:
        for quoted, group in groupby(lines, _is_quote):
            block = list(group)
            if quoted:
                height = sum(map(_height, block)) + 2 * _GAP
                box(self.root, "quote", (left, top + _GAP, _BUBBLE - 2 * _PADDING, height), 4)
                box(self.root, "bar", (left, top + _GAP, 3, height), 1)
                top += 2 * _GAP
            for line in block:
                self._line(line, left + _QUOTE * quoted, top)
                top += _height(line)
            top += 2 * _GAP * quoted

    def _line(self, line: list[Letter], left: int, top: int) -> None:
        if line:
            kind = "faint" if all("italic" in letter.marks for letter in line) else "text"
            stretches = ((text, marks - {"blockquote"}) for text, marks in runs(line))
            words(self.root, kind, (left, top + _BASELINE), stretches)

    def _buttons(self, row: Sequence[Button], pressed: Button | None) -> None:
        edges = [(_BUBBLE + _GAP) * number // len(row) for number in range(len(row) + 1)]
        for button, (start, end) in zip(row, pairwise(edges), strict=True):
            left, wide = self.left + start, end - start - _GAP
            is_pressed = button is pressed
            box(self.root, "pressed" if is_pressed else "button", (left, self.top, wide, _BUTTON), 8)
            text = shortened(button.text, (wide - 2 * _PADDING) / FONT_SIZE)
            at = (left + wide // 2, self.top + _BASELINE + (_BUTTON - _LINE) // 2)
            words(self.root, "onpressed" if is_pressed else "text", at, [(text, ())]).set("text-anchor", "middle")
            if is_pressed:
                touched = (left + wide - 2 * _PADDING, self.top + _BUTTON // 2)
                circle(self.root, "tap", touched, 10, 0.35)
                circle(self.root, "tap", touched, 5, 0.8)
        self.top += _BUTTON + _GAP


def _lines(message: Sequence[list[Letter]]) -> Iterator[list[Letter]]:
    for paragraph in message:
        room = _BUBBLE - 2 * _PADDING - (2 * _QUOTE if _is_quote(paragraph) else 0)
        yield from wrapped(paragraph, room / FONT_SIZE)


def _height(line: Sequence[Letter]) -> int:
    return _LINE if line else _EMPTY_LINE


def _text_height(lines: Sequence[list[Letter]]) -> int:
    quotes = sum(quoted for quoted, _ in groupby(lines, _is_quote))
    return sum(map(_height, lines)) + 4 * _GAP * quotes


def _is_quote(line: Sequence[Letter]) -> bool:
    return any("blockquote" in letter.marks for letter in line)
