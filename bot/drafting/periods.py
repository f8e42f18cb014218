"""Writes when a figure holds, as the period of a fact."""

import re
from collections.abc import Sequence

from bot.answering.language.tokens import Token, tokenise
from bot.answering.language.vocabulary import Vocabulary

from .english_prose.figures import Time, times
from .reading.plain import is_chinese, plain

_UNTIL = re.compile(r"^(?:截至|截止到?|到|(?i:on|in|during|at|by|since) (?:the )?)")
_TO = ("至", "到", "-", "—", "～", "~")
_YEAR = re.compile(r"^(?:[12]\d{3}|\d\d)年度?")
_RELATIVE = re.compile("^(?:previous|same|last|this|current) ")
# What a report on a part of a year is called.
_REPORTED = {
    "上半年": re.compile("半年度?(?:业绩|报告?)|中报|中期(?:报告|业绩)"),
    "一季度": re.compile("[一1]季度?报告?"),
    "前三季度": re.compile("[三3]季度?报告?"),
}
_QUARTERS = ("first", "second", "third", "fourth")
_PART = re.compile("(?:quarter|half|months|period)$")


class Periods:
    """Writes the periods of one report; where a sentence names none, it is the `usual` one: that of the title."""

    def __init__(self, text: str, title: str, year: int, vocabulary: Vocabulary) -> None:
        self.year = year
        # Where a report says 今年, the year before is another one; else it was written when its year was over.
        self._last = year - 1 if "今年" in text else year
        self.english = EnglishPeriods(text, title, year)
        if not is_chinese(title):
            self.usual = self.english.usual
            return
        tokens = [token for token in tokenise(plain(title), vocabulary) if token.span]
        months = [token for token in tokens if token.span and token.span.months]
        part = next((part for part, names in _REPORTED.items() if names.search(title)), "")
        self.usual = self.written(title, months[:1]) if months else f"{year}年{part}"

    def written(self, sentence: str, tokens: Sequence[Token]) -> str:
        """The period of tokens of a sentence, with its year; the usual one where they name none."""
        year, months = self.year, ""
        for token in tokens:
            span = token.span
            if span is None:
                continue
            text = sentence[token.start : token.end].strip()
            # 上年 is never the report's own year, as 去年 may be.
            last = self.year - 1 if text[0] == "上" or text.endswith("同期") else self._last
            year = span.year or (year if not span.offset else last if span.offset == -1 else year + span.offset)
            if span.months:
                until = _YEAR.sub("", _UNTIL.sub("", text)).strip()
                is_range = months and sentence[: token.start].rstrip().endswith(_TO)
                months = f"{months}至{until}" if is_range else until
        if tokens and tokens[-1].text.endswith("同期"):
            months = months or self.usual.partition("年")[2]
        if all(t.span and not (t.span.year or t.span.months or t.span.offset is not None) for t in tokens):
            return self.usual
        behind = sentence[tokens[-1].end : tokens[-1].end + 1]
        months = months.replace("月份", "月").replace("全年", "")
        return f"{year}年{months}{behind if behind and behind in '末底初' else ''}"


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
