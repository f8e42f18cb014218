"""Writes when a figure of an English sentence holds, as the period of a fact."""

import re

from .english_prose.times import Time, times

_RELATIVE = re.compile("^(?:previous|same|last|this|current) ")
_QUARTERS = ("first", "second", "third", "fourth")
_PART = re.compile("(?:quarter|half|months|period)$")


class EnglishPeriods:
    """Writes the periods of one report; where a sentence names none, it is the `usual` one: that of the title.

    Where the report is on a year such as 2029-30, so are its other years.
    """

    def __init__(self, text: str, title: str, year: int) -> None:
        self._year = year
        self._is_split = bool(re.search(rf"\b{year - 1}[-–/]{year % 100:02d}\b", text))
        self._months = next((one.months for one in times(title) if one.months), "")
        self.usual = _joined(self._months, self._written(year))

    def written(self, when: Time | None) -> str:
        """The period of a time; the usual one where it is none."""
        if when is None or not (when.year or when.months or when.offset is not None):
            return self.usual
        year = when.year or self._written(self._year + (when.offset or 0))
        months = when.months or ("" if when.year else self._months)
        if _RELATIVE.match(months):  # the same quarter, last May
            months = self._months if _PART.search(months) else _RELATIVE.sub("", months)
        return _joined(months, year)

    def is_usual_year(self, when: Time) -> bool:
        """Whether a time is of no other year than the report's."""
        return not when.year or when.year.endswith(str(self._year)[2:])

    def _written(self, year: int) -> str:
        return f"{year - 1}-{year % 100:02d}" if self._is_split and year else str(year)


def _joined(months: str, year: str) -> str:
    """Months and a year: January 2030, third quarter of 2030."""
    months = months.replace("-quarter", " quarter").replace("-half", " half")
    if months[:1] == "Q":
        months = f"{_QUARTERS[int(months[1]) - 1]} quarter"
    return f"{months} of {year}" if year and _PART.search(months) else f"{months} {year}".strip()
