"""Ids of facts: of the sounds of their labels, so that they are the same when an article is drafted again."""

import re
from collections.abc import Iterable

from bot.answering.knowledge.report_file import LONGEST_ID

from .reading.plain import plain

_NO_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_PREFIX, _ROOM_FOR_NUMBER = 10, 3


def syllables(text: str) -> list[str]:
    """The pinyin of each Chinese character, without tones, and what stands between them."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a bot that drafts nothing need not wait for its dictionary

    return lazy_pinyin(text)


def slug(parts: Iterable[str], longest: int = LONGEST_ID) -> str:
    """Small letters, digits and hyphens for words, of long ones the initials; "" where they have no letter."""
    sounds = [syllables(plain(part)) for part in parts]
    whole = _joined("".join(part) for part in sounds)
    if len(whole) > longest:
        whole = _joined("".join(sound if sound.isdigit() else sound[:1] for sound in part) for part in sounds)
    return whole[:longest].strip("-")


def _joined(words: Iterable[str]) -> str:
    return _NO_ID.sub("-", "-".join(words)).strip("-")


class Ids:
    """Gives each fact of a report an id of its own; all begin alike, as ids are unique over all reports."""

    def __init__(self, report_id: str) -> None:
        words = [word for word in report_id.split("-") if word]
        years = [word[2:] if re.fullmatch(r"(?:19|20)\d\d.*", word) else word for word in words if word[0].isdigit()]
        self.prefix = "".join([*(word[0] for word in words if not word[0].isdigit()), *years])[:_LONGEST_PREFIX]
        self._taken: set[str] = set()

    def of(self, parts: Iterable[str]) -> str:
        """The id for the words of a label."""
        stem = slug(parts, LONGEST_ID - len(self.prefix) - 1 - _ROOM_FOR_NUMBER)
        return self.take(f"{self.prefix}-{stem or 'fact'}".strip("-"))

    def take(self, wanted: str) -> str:
        """The id that is wanted, or one like it where a fact has that already."""
        given, number = wanted, 2
        while given in self._taken:
            given, number = f"{wanted}-{number}", number + 1
        self._taken.add(given)
        return given
