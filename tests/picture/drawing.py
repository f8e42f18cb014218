"""A conversation as a picture in SVG: bubbles with their text and buttons, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from .colours import style_sheet
from .column import APART, COLUMN, Column
from .shapes import box

if TYPE_CHECKING:
    from .conversation import Saying

# In pixels.
_WIDTH: Final = 800
_MARGIN: Final = 16


def place(language: str) -> Path:
    """Where the picture of a language is kept."""
    return Path(__file__).with_name(f"conversation.{language}.svg")


def picture(columns: Sequence[Sequence[Saying]], language: str) -> str:
    """The SVG of a conversation, which goes on from the foot of one column to the head of the next."""
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "xml:lang": language, "xml:space": "preserve"})
    SubElement(root, "style").text = style_sheet()
    wall = box(root, "wall", (0, 0, _WIDTH, 0), 12)
    step = (_WIDTH - 2 * _MARGIN - COLUMN) // max(len(columns) - 1, 1)
    feet = [Column(root, _MARGIN + number * step, _MARGIN).drawn(each) for number, each in enumerate(columns)]
    height = max(feet) - APART + _MARGIN
    wall.set("height", str(height))
    for number in range(1, len(columns)):
        box(root, "line", (_MARGIN + number * step - (step - COLUMN) // 2, _MARGIN, 1, height - 2 * _MARGIN))
    root.attrib |= {"width": str(_WIDTH), "height": str(height), "viewBox": f"0 0 {_WIDTH} {height}"}
    root.text = "\n"
    for child in root:
        child.tail = "\n"
    return tostring(root, encoding="unicode") + "\n"
