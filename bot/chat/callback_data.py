"""What the buttons carry: dataclasses, written as one line of at most 64 bytes and read back from it.

Buttons stay in chats for years: what an earlier version wrote goes on being read, or is answered by a polite word.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self, dataclass_transform, get_origin, get_type_hints

from bot.answering.answer import Language

MOST_BYTES = 64
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass_transform(frozen_default=True)
class CallbackData:
    """The base of the frozen dataclasses that buttons carry: fields of str, int or a StrEnum, joined by colons.

    A `prefix` stands first and tells the kind apart; without one, the first field is an enum that does so. Only the
    last field may have colons.
    """

    prefix: ClassVar[str]
    _types: ClassVar[dict[str, type]]

    def __init_subclass__(cls, prefix: str = "") -> None:
        cls.prefix = prefix
        cls._types = {name: kind for name, kind in get_type_hints(cls).items() if get_origin(kind) is not ClassVar}
        dataclass(frozen=True)(cls)

    def pack(self) -> str:
        """The data of the button. Raises ValueError for more than 64 bytes."""
        values = [str(getattr(self, name)) for name in self._types]
        data = ":".join([self.prefix, *values] if self.prefix else values)
        if len(data.encode()) > MOST_BYTES:
            raise ValueError(f"a button takes no more than {MOST_BYTES} bytes: {data!r}")
        return data

    @classmethod
    def unpack(cls, data: object) -> Self | None:
        """What `pack` has written; None for whatever no such button carries."""
        if not isinstance(data, str):
            return None
        if cls.prefix:
            head, _, data = data.partition(":")
            if head != cls.prefix:
                return None
        kinds, values = list(cls._types.values()), data.split(":", len(cls._types) - 1)
        if any(kind is int and not _NUMBER.fullmatch(value) for kind, value in zip(kinds, values, strict=False)):
            return None
        try:
            return cls(*(kind(value) for kind, value in zip(kinds, values, strict=True)))
        except ValueError:
            return None


class Placement(StrEnum):
    """How a press shows a fact: as an answer in place of the message with the button or below it, or as a page."""

    IN_PLACE = "f"
    BELOW = "n"
    PAGE = "d"
    RANDOM_PAGE = "r"  # of any other fact than the one that the button names

    @property
    def is_page(self) -> bool:
        return self in (self.PAGE, self.RANDOM_PAGE)


class FactButton(CallbackData):
    """Shows a fact. `key`: of `key_of`."""

    placement: Placement
    language: Language
    key: str


class ListPageButton(CallbackData, prefix="page"):
    """Leads to a page of the list that the message with the button states. `first`: the place of its first fact."""

    language: Language
    first: int


class Sign(StrEnum):
    """A vote on an answer."""

    UP = "vu0"
    DOWN = "vd0"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        # Version 1.0.0 wrote the vote before it in the third place.
        return {"vuu": cls.UP, "vud": cls.UP, "vdu": cls.DOWN, "vdd": cls.DOWN}.get(str(value))


class VoteButton(CallbackData):
    """Votes on an answer. `question`: its hash, empty for none. `keys`: of the facts stated, with spaces between."""

    sign: Sign
    question: str
    keys: str

    @classmethod
    def of(cls, sign: Sign, question: str, keys: list[str]) -> Self:
        """The vote on as many of the keys as there is room for, at least on the first."""
        room = MOST_BYTES - len(cls(sign, question, "").pack())
        while len(keys) > 1 and len(" ".join(keys).encode()) > room:
            keys = keys[:-1]
        return cls(sign, question, " ".join(keys))


class ListKind(StrEnum):
    """What is listed: the sections of the reports, or the facts of one."""

    SECTIONS = "t"
    FACTS = "s"


class ListButton(CallbackData):
    """Leads to a page of a list, numbered from 0. `key`: of the section, empty for the list of sections."""

    listed: ListKind
    language: Language
    page: int = 0
    key: str = ""


class ChartButton(CallbackData, prefix="chart"):
    """Sends a chart. `keys`: of the facts in it, of `short_key_of`, one after the other."""

    language: Language
    keys: str


class SubscribeButton(CallbackData, prefix="sub"):
    """Subscribes the chat to announcements; there is no other `change`."""

    change: str = "on"


class Decision(StrEnum):
    """What becomes of a document that was checked."""

    APPLY = "a"
    DROP = "d"


class DocumentButton(CallbackData, prefix="doc"):
    """Applies or drops a checked document, which is in the message that the one with the button replies to."""

    decision: Decision
    digest: str  # of the document
    fingerprint: str  # of the folder that it was checked with


class UnansweredPageButton(CallbackData, prefix="desk-unanswered"):
    """Leads to a page of /unanswered. `first`: the number of its first entry, counted from 0."""

    days: int
    first: int


class UnansweredFileButton(CallbackData, prefix="desk-csv"):
    """Sends what was asked in vain in the last days as a file."""

    days: int


class TeachStep(StrEnum):
    """What a button below a question that was asked in vain does."""

    FACT = "tf"  # has a fact tried that is to answer it
    OPEN = "to"  # shows it, and what can be done, below
    SEARCH = "tw"  # asks for words of another fact
    ASIDE = "ta"  # sets it aside: it is not in the report
    RELIST = "tr"  # takes that back, and shows what can be done


class TeachButton(CallbackData):
    """Deals with a question that was asked in vain. `question`: its hash. `key`: of the fact that is to answer it."""

    step: TeachStep
    question: str
    key: str = ""
