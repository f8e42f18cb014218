"""The few shapes that the pictures are drawn with."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement


def box(root: Element, kind: str, bounds: tuple[int, int, int, int], radius: int = 0) -> Element:
    """A rectangle; `bounds`: left, top, width and height in pixels."""
    names = ("x", "y", "width", "height")
    given = {name: str(value) for name, value in zip(names, bounds, strict=True)}
    return SubElement(root, "rect", {"class": kind, **given, **({"rx": str(radius)} if radius else {})})


def words(root: Element, kind: str, at: tuple[int, int], runs: Iterable[tuple[str, Iterable[str]]]) -> Element:
    """A line of text that begins at `at`; of each run, the text and its marks."""
    line = SubElement(root, "text", {"class": kind, "x": str(at[0]), "y": str(at[1])})
    for text, marks in runs:
        SubElement(line, "tspan", {"class": " ".join(sorted(marks))} if marks else {}).text = text
    return line


def circle(root: Element, kind: str, centre: tuple[int, int], radius: int, opacity: float) -> None:
    given = {"cx": str(centre[0]), "cy": str(centre[1]), "r": str(radius), "fill-opacity": str(opacity)}
    SubElement(root, "circle", {"class": kind, **given})


def arrow_down(root: Element, kind: str, tip: tuple[int, int]) -> None:
    x, y = tip
    SubElement(root, "path", {"class": kind, "d": f"M{x - 7} {y - 7}h14L{x} {y}z"})
