"""What is different between two readings of the knowledge."""

from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from .model import Fact, Knowledge

_FIELDS = ("figure", "label", "period", "keywords", "en.figure", "en.label", "en.period", "en.keywords")


class Difference(NamedTuple):
    """A field of a fact with its two values, empty where there is none; `field`: as in the file (`en.label`)."""

    field: str
    old: str
    new: str


class Changed(NamedTuple):
    """A fact of both readings, and all in which it differs: the figure first, then in the order of the fields."""

    old: Fact
    new: Fact
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """In the order of the knowledge: of the new one, and for what was removed of the old one.

    `elsewhere`: whether anything differs beside the facts, such as the lexicon, a report's head or the order.
    """

    added: tuple[Fact, ...] = ()
    removed: tuple[Fact, ...] = ()
    changed: tuple[Changed, ...] = ()
    elsewhere: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.elsewhere)


def changes(old: Knowledge, new: Knowledge) -> Changes:
    """Facts are the same where their ids are."""
    before = {fact.id: fact for fact in old.facts}
    after = {fact.id: fact for fact in new.facts}
    both = ((before[fact.id], fact) for fact in new.facts if fact.id in before)
    return Changes(
        tuple(fact for fact in new.facts if fact.id not in before),
        tuple(fact for fact in old.facts if fact.id not in after),
        tuple(Changed(one, other, found) for one, other in both if (found := differences(one, other))),
        elsewhere=(old.reports, old.lexicon) != (new.reports, new.lexicon)
        or [fact.id for fact in old.facts if fact.id in after] != [fact.id for fact in new.facts if fact.id in before],
    )


def differences(old: Fact, new: Fact) -> tuple[Difference, ...]:
    """All in which two facts differ; a report counts by its id, as its head is not the fact's."""
    if old == new:
        return ()
    pairs = zip(_fields(old), _fields(new), strict=True)
    return tuple(Difference(name, before, after) for (name, before), (_, after) in pairs if before != after)


def _fields(fact: Fact) -> tuple[tuple[str, str], ...]:
    told = [(name, attrgetter(name)(fact) or "") for name in _FIELDS]
    texts = [(name, value if isinstance(value, str) else ", ".join(value)) for name, value in told]
    return (*texts, ("text", fact.sentence), ("section", fact.section), ("report", fact.report.id))
