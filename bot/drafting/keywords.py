"""Other names of a fact, by which people ask for it as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .labels import subject_text
from .plain import plain
from .words import words

if TYPE_CHECKING:
    from .readings import Reading

MOST = 4


def keywords_of(readings: Sequence[Reading], labels: Sequence[str]) -> list[tuple[str, ...]]:
    """Up to four names for each figure, of which no other figure has one."""
    wanted = [list(dict.fromkeys(_names(reading, label))) for reading, label in zip(readings, labels, strict=True)]
    common = Counter(plain(name) for names in wanted for name in names)
    taken = {plain(label) for label in labels}
    found = []
    for names, label in zip(wanted, labels, strict=True):
        own = [name for name in names if common[plain(name)] == 1 and plain(name) not in taken and 1 < len(name) <= 30]
        found.append(tuple(own[:MOST]) or (label,))
    return found


def _names(reading: Reading, label: str) -> list[str]:
    """Names of a figure, the best first."""
    subject, lead = subject_text(reading), reading.lead
    names = []
    if label.startswith(subject):
        told = label[len(subject) :]
        shorter = ["".join(reading.subject[at:]) for at in range(len(reading.subject) - 1, 0, -1)]
        names += [name + told for name in shorter if name not in words().generic]
    if not lead.change and not lead.share_word and not lead.versus:
        names.append(subject)
    return names
