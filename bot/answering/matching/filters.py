"""Whether a fact is of the type that a question asks for: aspect, unit, base, period and place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.answering.language.periods import covers, period

from .index import NEW
from .observation import RELATIVE
from .places import HERE, surroundings
from .tuning import TUNING

if TYPE_CHECKING:
    from .index import Entry
    from .observation import Observation

# What is told of one of many, and so not of all of them.
PER_ONE = frozenset(["人均", "户均", "次均"])
_TYPED = ("rank", "contribution")
# Families that the same question word may count.
_ALIKE = frozenset(
    [
        frozenset(("count", "times_count")),
        frozenset(("person", "visits")),
        frozenset(("percent", "permille")),
        frozenset(("percent", "points")),
        frozenset(("times", "ratio")),
        frozenset(("area", "count")),
    ]
)


def fits(
    question: Observation, entry: Entry, said: frozenset[str], exclusive: Mapping[str, frozenset[str]]
) -> tuple[str, float]:
    """Why a fact does not fit ("" where it does), and a factor below 1 where it fits less well."""
    for check in (_place, _period):
        if misfit := check(question, entry):
            return misfit, 1.0
    if _excluded(said, entry, exclusive):
        return "breakdown", 1.0
    misfit, factor = _aspect(question, entry, said)
    if entry.period.years and entry.fact.report.year not in entry.period.years and not question.spans and not question.quantities:
        factor *= TUNING.other_year
    return misfit, factor


def _excluded(said: frozenset[str], entry: Entry, exclusive: Mapping[str, frozenset[str]]) -> bool:
    """Whether the names of a fact say one of a pair of which the question says the other: 农村 and 城镇."""
    return any(
        concept not in entry.concepts and not exclusive[concept].isdisjoint(entry.concepts) and not exclusive[concept] & said
        for concept in said
        if concept in exclusive
    )


def _period(question: Observation, entry: Entry) -> str:
    year = entry.fact.report.year
    asked = period(question.spans, year)
    return "" if covers(entry.period, asked, year) else "period"


def _place(question: Observation, entry: Entry) -> str:
    around = surroundings(entry.fact.report)
    keys = [around.key(token) for token in question.places]
    for key, behind in zip(keys, keys[1:] + [""], strict=False):
        # 济南市高新区: what the report's place lies in may stand before its name.
        leads = behind == HERE and key in around.around.values()
        if key != HERE and key not in entry.mentioned and not leads:
            return "place"
    return ""


def _aspect(question: Observation, entry: Entry, said: frozenset[str]) -> tuple[str, float]:
    asked, has = question.aspect, entry.aspect
    factor = 1.0
    unit = asked.unit
    changes = bool(asked.change) or unit == "points" or (bool(asked.base) and "share" not in asked.told and unit != "times")
    if _wants_name(question) and has.unit != "name" and not question.quantities:
        factor *= 0.9
    if has.unit == "name":
        if "number" in question.asks or unit:
            return "name", 1.0
        return "", factor
    for told in _TYPED:
        if (told in asked.told or unit == told) and told not in has.told and has.unit != told:
            return told, 1.0
    if "share" in asked.told and not changes and has.unit not in ("percent", "permille", "ratio"):
        return "share", 1.0
    if "share" in asked.told and not changes and has.change:
        return "share", 1.0
    if "share" in asked.told and "share" not in has.told and not has.change:
        factor *= TUNING.other_share
    if "share" in has.told and not asked.told & {"share"} and unit != "percent" and not has.change and not question.quantities:
        factor *= TUNING.other_share
    if has.unit == "times" and unit != "times" and "multiple" not in asked.told and not question.quantities:
        factor *= TUNING.other_share
    if "ratio" in has.told and unit in ("person", "count"):
        return "ratio", 1.0
    if question.total and not PER_ONE.isdisjoint(entry.concepts):
        return "level", 1.0
    if unit and has.unit and unit != has.unit and frozenset((unit, has.unit)) not in _ALIKE:
        return "unit", 1.0
    if changes and not has.change:
        if asked.change != "up" or NEW not in entry.concepts or has.unit in RELATIVE:
            return "change", 1.0
    if not changes and has.change and not question.quantities:
        if "level" in asked.told and NEW not in said:
            return "level", 1.0
        if NEW not in said:
            factor *= TUNING.unasked_change if unit != "percent" else 0.8
    if changes and has.change:
        if has.unit == "points" and unit != "points" and "share" not in asked.told:
            factor *= TUNING.other_kind
        if asked.base and has.base and asked.base != has.base:
            return "base", 1.0
        if asked.base and asked.base != "year" and not has.base:
            return "base", 1.0
        if unit == "points" and has.unit == "percent":
            factor *= TUNING.other_share
        if {asked.change, has.change} == {"up", "down"}:
            factor *= TUNING.other_sign
        if asked.kind and not unit and asked.kind != has.kind:
            factor *= TUNING.other_kind
        if asked.base == "" and has.base not in ("", "year"):
            factor *= 0.95
    return "", factor


def _wants_name(question: Observation) -> bool:
    return "name" in question.asks and "number" not in question.asks
