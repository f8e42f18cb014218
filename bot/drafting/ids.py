"""Ids of facts: of the sounds of their labels, so that they are the same when an article is drafted again."""

from __future__ import annotations

import re

from pypinyin import lazy_pinyin

from bot.answering.knowledge.report_file import LONGEST_ID

from .plain import plain

_NO_ID = re.compile(r"[^a-z0-9]+")
_ROOM_FOR_NUMBER = 3


def slug(text: str, longest: int = LONGEST_ID) -> str:
    """Small letters, digits and hyphens for a text, at most so many characters; "" where it has no letter."""
    words = _NO_ID.split("-".join(lazy_pinyin(plain(text))))
    kept = ""
    for word in filter(None, words):
        longer = f"{kept}-{word}" if kept else word
        if len(longer) > longest:
            break
        kept = longer
    return kept or "-".join(filter(None, words))[:longest].strip("-")


class Ids:
    """Gives each fact of a report an id of its own; all begin alike, as ids are unique over all reports."""

    def __init__(self, report_id: str) -> None:
        *words, _ = [*report_id.split("-"), ""]
        letters = "".join(word[0] for word in words if not word[0].isdigit())
        digits = "".join(
            word[-4:][2 if word[:4].isdigit() and len(word) == 4 else 0 :] for word in words if word[0].isdigit()
        )
        self.prefix = f"{letters}{digits}"[:10]
        self._taken: set[str] = set()

    def of(self, label: str) -> str:
        """The id for a label that no other fact of the report has."""
        stem = slug(label, LONGEST_ID - len(self.prefix) - 1 - _ROOM_FOR_NUMBER) or "fact"
        return self.take(f"{self.prefix}-{stem}".strip("-"))

    def take(self, wanted: str) -> str:
        """The id that is wanted, or one like it where a fact has that already."""
        given, number = wanted, 2
        while given in self._taken:
            given, number = f"{wanted}-{number}", number + 1
        self._taken.add(given)
        return given
