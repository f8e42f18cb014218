"""What a fact says and what a question asks for, in one structure: a question is an observation with holes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answering.language.periods import Span
    from bot.answering.language.quantities import Quantity
    from bot.answering.language.tokens import Token

# The families of units that tell how much something changed, not how much of it there is.
RELATIVE = frozenset({"percent", "points", "permille", "times"})


@dataclass(slots=True)
class Aspect:
    """How a figure is told.

    `change`: "" for none, else its sign: up, down, either or same. `kind`: what a change mostly is measured in: percent
    or amount, points for the change of a growth, "" where it is open. `told`: any of share, contribution, multiple,
    ratio, rank, level. `base`: what a change is measured against: year, month, quarter, start, decade, or a year such
    as 2005. `unit`: the family of the figure's unit, name for a figure without a number, "" where it is open.
    """

    change: str = ""
    kind: str = ""
    told: frozenset[str] = frozenset()
    base: str = ""
    unit: str = ""


@dataclass(slots=True)
class Observation:
    """What a text says of a figure.

    `content`: the tokens that say what is measured, of which part and how counted. `asks`: the kinds of answer that its
    question words ask for. `spans`: the periods. `places`: the tokens that name places.
    `total`: it says that the whole is meant. `head`: what is counted, where it stands right behind its measure word.
    """

    tokens: list[Token]
    content: list[Token] = field(default_factory=list)
    aspect: Aspect = field(default_factory=Aspect)
    asks: frozenset[str] = frozenset()
    spans: list[Span] = field(default_factory=list)
    places: list[Token] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    total: bool = False
    head: Token | None = None
