"""What the reports cover, and so what a refusal cannot say that they leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from .answer import Answer, Reason
from .knowledge import Report, Subject
from .normalize import normalize_all
from .periods import spans

# What may stand between years: 2019年和2020年.
_AND = re.compile(r"(?:和|与|及|或|、|,|and|or|\s)*")


class Coverage:
    """The years and the places that reports are about."""

    def __init__(self, reports: Iterable[Report]) -> None:
        kept = tuple(reports)
        self._years = frozenset(report.year for report in kept)
        self._places = frozenset(normalize_all(name for report in kept for name in _names(report.subject)))

    def consistent(self, answer: Answer) -> Answer:
        """The answer, refused for its place or year only where no report is about that.

        Of two reports, one may lack what the other has: then the year or place that was asked for is covered all the
        same, and the matter is what is missing.
        """
        place = answer.reason is Reason.PLACE and answer.asked in self._places
        year = answer.reason is Reason.PERIOD and self._has_years(answer.asked)
        return replace(answer, reason=Reason.UNKNOWN, asked="") if place or year else answer

    def _has_years(self, asked: str) -> bool:
        """Whether all that is asked for are years of the reports: a month or a quarter of one may well be missing."""
        found = spans(asked)
        rest = asked
        for span in reversed(found):
            rest = rest[: span.start] + rest[span.end :]
        return bool(found) and bool(_AND.fullmatch(rest)) and all(span.year in self._years for span in found)


def _names(subject: Subject) -> tuple[str, ...]:
    return (subject.label, subject.en, *subject.aliases)
