"""The words that text is read as."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from .entries import Entry
from .periods import Span
from .quantities import Quantity


class Kind(StrEnum):
    CONTENT = "content"
    FILLER = "filler"
    NUMBER = "number"
    PERIOD = "period"
    UNKNOWN = "unknown"
    STOP = "stop"


class Word(NamedTuple):
    """A stretch of normalised text and what it may be: the entries it matches, each with a likeness of 0..1."""

    text: str
    start: int
    end: int
    kind: Kind
    entries: tuple[tuple[Entry, float], ...] = ()
    quantity: Quantity | None = None
    span: Span | None = None

    @property
    def entry(self) -> Entry | None:
        """The best of the entries."""
        return self.entries[0][0] if self.entries else None

    @property
    def asks(self) -> tuple[str, ...]:
        return self.entries[0][0].asks if self.entries else ()

    @property
    def content(self) -> bool:
        return any(entry.content for entry, _ in self.entries)


def kind_of(entry: Entry) -> Kind:
    """The kind of a word that is `entry`."""
    if entry.period:
        return Kind.PERIOD
    return Kind.CONTENT if entry.content else Kind.FILLER
