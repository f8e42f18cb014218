"""What is read of a figure, and what a reader keeps in mind of the text before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from .clauses import Lead

if TYPE_CHECKING:
    from bot.answering.language.tokens import Token

    from .figures import Figure
    from .sentence import SentenceText
    from .subjects import Subject


class Carried(StrEnum):
    """Where the subject of a figure was named: by itself, or how far before it."""

    HERE = "here"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Reading:
    """A figure and what it tells.

    `subject`: what is measured, in words; `lead`: how it is told. `tail`: what is counted, or said of the part that a
    percentage is, where that stands behind the figure; `is_part`: it is such a part. `is_former`: something else is
    compared with it. `place`: where, if the sentence says so before; `year`: of one of several in a row. `change_of`:
    the number of the reading of which this tells the change, -1 for none. `whole`: what a share is of, where it does
    not say so. `prices`: by which prices it was calculated. `label`: in an English sentence, what it is called.
    `period` has the tokens of the sentence `stated_in`.
    """

    figure: Figure
    lead: Lead
    subject: Subject
    tail: str = ""
    is_part: bool = False
    is_former: bool = False
    place: str = ""
    year: int = 0
    period: tuple[Token, ...] = ()
    change_of: int = -1
    whole: str = ""
    prices: str = ""
    carried: Carried = Carried.HERE
    label: str = ""
    stated_in: str = ""


@dataclass
class Context:
    """What the text before has named; `rates`: the numbers of the last readings in a row that told a rate."""

    title: Subject = ()
    subject: Subject = ()
    place: str = ""
    family: str = ""
    whole: Subject = ()
    rates: list[int] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    period: tuple[str, tuple[Token, ...]] = ("", ())


@dataclass
class Progress:
    """How far a sentence is read. `recent`: its subjects; `items`: those of the figures in a row from `row` on."""

    text: SentenceText
    readings: list[Reading] = field(default_factory=list)
    recent: list[Subject] = field(default_factory=list)
    items: list[Subject] = field(default_factory=list)
    row: int = 0

    @property
    def near(self) -> Carried:
        return Carried.CLAUSE if self.recent else Carried.SENTENCE
