"""Cuts the text of an article into sections and sentences, verbatim but for line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_END = re.compile(r"[。！？!?]+[”’」』）)]*|(?<=[a-z0-9%)][.])(?=\s+[A-Z“\"])")
_TEXT = re.compile(r"[。！？；]|[a-z0-9%)][.](?:\s|$)")


@dataclass
class Section:
    """A heading and the sentences below it, each paragraph a list of its own."""

    title: str
    paragraphs: list[list[str]] = field(default_factory=list)


def sections(text: str, title: str) -> list[Section]:
    """The sections of an article that have sentences; those before any heading are called as the article."""
    found = [Section(title)]
    for line in map(str.strip, text.splitlines()):
        if _TEXT.search(line):
            found[-1].paragraphs.append(list(_sentences(line)))
        elif line:
            found.append(Section(line))
    return [section for section in found if section.paragraphs]


def _sentences(paragraph: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(paragraph):
        yield paragraph[start : end.end()].strip()
        start = end.end()
    if paragraph[start:].strip():
        yield paragraph[start:].strip()
