"""What the buttons carry with which people leaf through the reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.answering.answer import Language


class Place(StrEnum):
    """Where a button leads: the sections, the facts of a section, a fact, or a fact by chance."""

    TOPICS = "t"
    SECTION = "s"
    FACT = "d"
    RANDOM = "r"


# The data of all these buttons, and of no other.
TURNS: Final = re.compile(rf"[{''.join(Place)}]:")
_PAGED: Final = (Place.TOPICS, Place.SECTION)
_MOST_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """The data of a button, at most 64 bytes.

    `key`: of the section, of the fact, or of the fact that is not to come up again. `page`: of sections or their facts.
    """

    place: Place
    language: Language
    key: str = ""
    page: int = 0

    @property
    def data(self) -> str:
        number = (str(self.page),) if self.place in _PAGED else ()
        return ":".join((self.place, self.language, *number, self.key))

    @classmethod
    def read(cls, data: str) -> Turn | None:
        """None for data that no such button carries."""
        place, _, rest = data.partition(":")
        language, _, key = rest.partition(":")
        if place not in list(Place) or language not in list(Language):
            return None
        if Place(place) not in _PAGED:
            return cls(Place(place), Language(language), key)
        number, _, key = key.partition(":")
        if not (number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS):
            return None
        return cls(Place(place), Language(language), key, int(number))
