"""Draws a chart for the screen of a phone: a label and a figure a row, and the bar below them."""

import re
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path

from .chart import Bar, Chart


class TextStyle(NamedTuple):
    """How a text looks; `size`: of its letters, in pixels."""

    size: int
    colour: str
    bold: bool = False


# In pixels. A phone shows a picture about 300 points wide, in which the labels then have 12.
WIDTH = 1080
HIGHEST = 6200
_MARGIN = 60
_ROOM = WIDTH - 2 * _MARGIN
_BAR = 34
_GAP = 44
_FIGURE_ROOM = _ROOM * 9 // 20  # beside a label

_PAPER = "#ffffff"
_AXIS = "#afb8c1"
_TITLE = TextStyle(54, "#1f2328", bold=True)
_LABEL = TextStyle(42, "#1f2328")
_VALUE = TextStyle(42, "#2563c9", bold=True)
_FALL = TextStyle(42, "#c4501b", bold=True)
_NOTE = TextStyle(34, "#656d76")
_COLOURS = 32  # a third of the bytes, and none that the edge of a letter misses

_LINE = 1.4  # the height of a line, in sizes of its letters
_MOST_LINES = 3
# What a line does not end within: a Latin word, and the marks behind a character or a word.
_PIECES = re.compile(r"(?:[!-~\u00a1-\u2e7f]+|\s+|[^\s!-~\u00a1-\u2e7f][，。、；：？！）》」』]*)(?: ·)?")


def draw(chart: Chart) -> bytes:
    """The chart as a PNG, WIDTH pixels wide and at most HIGHEST high."""
    page = _Page()
    page.write(chart.title, _TITLE)
    page.write(chart.period, _NOTE)
    amounts = [Decimal(0), *(bar.amount for bar in chart.bars)]
    for bar in chart.bars:
        page.skip(_GAP)
        page.row(bar, min(amounts), max(amounts))
    page.skip(_GAP)
    page.write(chart.source, _NOTE)
    return page.png()


class _Page:
    """A sheet that is written on from the top down, and then cut off below the last line."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH, HIGHEST), _PAPER)
        self._pen = ImageDraw.Draw(self._image)
        self._y = float(_MARGIN)
        # Threads must not share them.
        self._fonts = {
            style.size: ImageFont.truetype(sans_path(), style.size, layout_engine=ImageFont.Layout.BASIC)
            for style in (_TITLE, _LABEL, _NOTE)
        }

    def skip(self, pixels: float) -> None:
        self._y += pixels

    def write(self, text: str, style: TextStyle, width: int = _ROOM, *, right: bool = False) -> None:
        """Writes a text from the left margin or up to the right one, in as many lines as it needs."""
        font, at, anchor = self._fonts[style.size], _MARGIN, "la"
        if right:
            at, anchor = WIDTH - _MARGIN, "ra"
        for line in _lines(text, font, width):
            self._pen.text((at, self._y), line, style.colour, font, anchor, stroke_width=style.bold)
            self.skip(style.size * _LINE)

    def row(self, bar: Bar, lowest: Decimal, highest: Decimal) -> None:
        """The label, the figure at its right or, where it is long, below, and the bar on its side of the axis."""
        style = _FALL if bar.amount < 0 else _VALUE
        width = round(self._fonts[style.size].getlength(bar.figure))
        if width <= _FIGURE_ROOM:
            self.write(bar.figure, style, right=True)
            self.skip(-style.size * _LINE)
            self.write(bar.label, _LABEL, _ROOM - width - _GAP)
        else:
            self.write(bar.label, _LABEL)
            self.write(bar.figure, style)
        self.skip(_LABEL.size * 0.3)
        span = highest - lowest or 1
        axis = _MARGIN + round(_ROOM * -lowest / span)
        length = max(round(_ROOM * abs(bar.amount) / span), 3) if bar.amount else 0
        left, right = (axis - length, axis) if bar.amount < 0 else (axis, axis + length)
        if length:
            self._pen.rectangle((left, self._y, right, self._y + _BAR), style.colour)
        self._pen.line((axis, self._y - 6, axis, self._y + _BAR + 6), _AXIS, 3)
        self.skip(_BAR)

    def png(self) -> bytes:
        image = self._image.crop((0, 0, WIDTH, round(self._y) + _MARGIN // 2))
        out = BytesIO()
        image.quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(out, "PNG")
        return out.getvalue()


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """A text in lines of a width; what is longer than _MOST_LINES is cut."""
    lines = [""]
    for piece in _PIECES.findall(" ".join(text.split())):
        # A word that is longer than a line breaks anywhere.
        for part in [piece] if font.getlength(piece) <= width else piece:
            if font.getlength(lines[-1] + part) <= width:
                lines[-1] += part
            elif len(lines) < _MOST_LINES:
                lines.append(part.lstrip())
            else:
                last = lines[-1]
                while last and font.getlength(f"{last}…") > width:
                    last = last[:-1]
                return [*lines[:-1], f"{last}…"]
    return lines if lines[0] else []
