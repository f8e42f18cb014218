"""What the buttons carry: dataclasses, written as one line of at most 64 bytes and read back from it.

Buttons stay in chats for years: what an earlier version wrote goes on being read, or is answered by a polite word.
"""

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import ClassVar, Final, Self, get_origin, get_type_hints

from bot.answering.answer import Language

MOST_BYTES: Final = 64
_NUMBER: Final = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class CallbackData:
    """The base of what a button carries: fields of type str, int or a StrEnum, joined by colons.

    A `prefix` stands first and tells the kind apart; without one, the first field is an enum that does so. Only the
    last field may have colons.
    """

    prefix: ClassVar[str]
    _types: ClassVar[list[type]]

    def __init_subclass__(cls, prefix: str = "") -> None:
        cls.prefix = prefix
        cls._types = [kind for kind in get_type_hints(cls).values() if get_origin(kind) is not ClassVar]

    def pack(self) -> str:
        """The data of the button. Raises ValueError for more than 64 bytes."""
        values = [str(getattr(self, field.name)) for field in fields(self)]
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
        values = data.split(":", len(cls._types) - 1)
        if any(kind is int and not _NUMBER.fullmatch(value) for kind, value in zip(cls._types, values, strict=False)):
            return None
        try:
            return cls(*(kind(value) for kind, value in zip(cls._types, values, strict=True)))
        except ValueError:
            return None


# ---- answers


class Placement(StrEnum):
    """How a press shows a fact: as an answer in place of the message with the button or below it, or as a page.

    The page may be that of any other fact than the one that the button names.
    """

    IN_PLACE = "f"
    BELOW = "n"
    PAGE = "d"
    RANDOM_PAGE = "r"

    @property
    def is_page(self) -> bool:
        return self in (self.PAGE, self.RANDOM_PAGE)


@dataclass(frozen=True)
class FactButton(CallbackData):
    """Shows a fact. `key`: of `key_of`."""

    placement: Placement
    language: Language
    key: str


@dataclass(frozen=True)
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
        earlier = {"vuu": cls.UP, "vud": cls.UP, "vdu": cls.DOWN, "vdd": cls.DOWN}
        return earlier.get(str(value))


@dataclass(frozen=True)
class VoteButton(CallbackData):
    """Votes on an answer. `question`: the hash of the question, empty where there was none.

    `keys`: of the facts that the answer states, with spaces between.
    """

    sign: Sign
    question: str
    keys: str

    @classmethod
    def of(cls, sign: Sign, question: str, keys: list[str]) -> Self:
        """With as many of the keys as there is room for, at least the first."""
        room = MOST_BYTES - len(cls(sign, question, "").pack())
        while len(keys) > 1 and len(" ".join(keys).encode()) > room:
            keys = keys[:-1]
        return cls(sign, question, " ".join(keys))


# ---- browsing


class ListKind(StrEnum):
    """What is listed: the sections of the reports, or the facts of one."""

    SECTIONS = "t"
    FACTS = "s"


@dataclass(frozen=True)
class ListButton(CallbackData):
    """Leads to a page of a list, numbered from 0. `key`: of the section, empty for the list of sections."""

    listed: ListKind
    language: Language
    page: int = 0
    key: str = ""


# ---- pictures


@dataclass(frozen=True)
class ChartButton(CallbackData, prefix="chart"):
    """Sends a chart. `keys`: of the facts in it, of `short_key_of`, one after the other."""

    language: Language
    keys: str


# ---- subscriptions


@dataclass(frozen=True)
class SubscribeButton(CallbackData, prefix="sub"):
    """Subscribes the chat to announcements; there is no other `change`."""

    change: str = "on"


# ---- what only admins have


class Decision(StrEnum):
    """What becomes of a document that was checked."""

    APPLY = "a"
    DROP = "d"


@dataclass(frozen=True)
class DocumentButton(CallbackData, prefix="doc"):
    """Applies or drops a checked document, which is in the message that the one with the button replies to.

    So any process, and after a restart, can apply it. `digest`: of the document. `fingerprint`: of the folder that it
    was checked with.
    """

    decision: Decision
    digest: str
    fingerprint: str


@dataclass(frozen=True)
class UnansweredPageButton(CallbackData, prefix="desk-unanswered"):
    """Leads to a page of /unanswered. `first`: the number of its first entry, counted from 0."""

    days: int
    first: int


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class TeachButton(CallbackData):
    """Deals with a question that was asked in vain. `question`: its hash. `key`: of the fact that is to answer it."""

    step: TeachStep
    question: str
    key: str = ""
