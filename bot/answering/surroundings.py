"""The places that a report's own place lies in: 全市 in a report on 济南高新区 is 济南, 全省 is 山东."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .knowledge import Lexicon, Report
from .normalize import normalize_all
from .vocabulary import AROUND, Vocabulary


def surroundings(reports: Sequence[Report], lexicon: Lexicon, vocabulary: Vocabulary) -> Mapping[int, frozenset[int]]:
    """For each concept of a surrounding place, all concepts that name the same place.

    The entries of these places are marked as such in the vocabulary.
    """
    same: dict[int, frozenset[int]] = {}
    for report in reports:
        for level, names in _around(report, lexicon).items():
            entries = vocabulary.add((*sorted(names), *lexicon.wider.get(level, ())))
            concepts = frozenset(entry.concept for entry in entries)
            same.update({concept: same.get(concept, frozenset()) | concepts for concept in concepts})
    for entry in vocabulary.entries.values():
        if entry.place and entry.concept in same:
            entry.place = AROUND
    return same


def _around(report: Report, lexicon: Lexicon) -> dict[str, set[str]]:
    """The names of the city and the province that the report's subject begins with, by the lexicon's levels."""
    subject = tuple(normalize_all((report.subject.label, report.subject.en)))
    for province, places in lexicon.places.items():
        cities = {
            place
            for place, name in zip(places, normalize_all(places), strict=True)
            if any(text.startswith(name) for text in subject)
        }
        if cities:
            return {"city": cities, "province": {province}}
    return {}
