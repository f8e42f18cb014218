"""A chart, and which facts make one: those whose values are told alike."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.answering.conversation.values import in_unit_of
from bot.answering.knowledge.model import Fact
from bot.answering.matching.entries import Entry
from bot.answering.matching.index import Index

LEAST_BARS = 3
MOST_BARS = 12
_NO_LENGTH = frozenset(["name", "rank", "ratio"])  # families of units that no bar shows


class Bar(NamedTuple):
    """A value. `figure`: as the report prints it; `amount`: how long the bar is, below 0 for a fall."""

    label: str
    figure: str
    amount: Decimal


class Chart(NamedTuple):
    """What a picture says; `period` is empty where the labels say it."""

    title: str
    period: str
    bars: tuple[Bar, ...]
    source: str


class Value(NamedTuple):
    """A fact with its amount in the unit that all values of a comparison have, below 0 for a fall."""

    entry: Entry
    amount: Decimal


def comparable(facts: Collection[Fact], index: Index) -> list[Value]:
    """The largest group of facts that are measured alike, in their order; empty where it has fewer than three.

    Alike are the same aspect, base of a change, and family of units, of which one can be told in another.
    """
    groups: list[list[Value]] = []
    for fact in {fact.id: fact for fact in facts}.values():
        entry = index.entry_of(fact)
        if len(entry.quantities) == 1 and not entry.is_date and entry.aspect.unit not in _NO_LENGTH:
            _join(groups, entry, index)
    most = max(groups, key=len, default=[])
    return most[:MOST_BARS] if len(most) >= LEAST_BARS else []


def _join(groups: list[list[Value]], entry: Entry, index: Index) -> None:
    """Adds the fact to the first group that it is measured like."""
    for group in groups:
        first = group[0].entry
        amount = in_unit_of(first.quantities[0], entry.quantities[0], index.vocabulary)
        if _kind(first) == _kind(entry) and amount is not None:
            break
    else:
        group, amount = [], entry.quantities[0].value
        groups.append(group)
    before = index.reader.texts[entry.number].figure[: entry.quantities[0].start]
    is_fall = entry.aspect.change == "down" or before.rstrip().endswith(("-", "−", "–", "负"))
    group.append(Value(entry, -amount if is_fall else amount))


def _kind(entry: Entry) -> Sequence[object]:
    aspect = entry.aspect
    # A unit that the grammar does not know is like itself alone; a change without a base is against the year before.
    unit, base = aspect.unit or entry.quantities[0].unit, aspect.base or "year"
    return unit, aspect.forms, base if aspect.change else ""
