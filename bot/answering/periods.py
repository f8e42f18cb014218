"""Periods of time, as questions and facts name them: years, and months within a year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from .numerals import chinese_value

NINE_MONTHS = (1, 9)
ELEVEN_MONTHS = (1, 11)
FULL_YEAR = (1, 12)
# The lexicon's kind of words such as 现在, which tell the report's own year from one that it looks back to.
NOW = "now"

# What the lexicon's period words mean in months; its year words are relative to the report's year.
_MONTHS = {
    "full_year": FULL_YEAR,
    "first_half": (1, 6),
    "second_half": (7, 12),
    "first_quarter": (1, 3),
    "second_quarter": (4, 6),
    "third_quarter": (7, 9),
    "fourth_quarter": (10, 12),
    "three_quarters": NINE_MONTHS,
    "eleven_months": ELEVEN_MONTHS,
}
_YEARS = {NOW: 0, "this_year": 0, "last_year": -1, "before_last_year": -2, "next_year": 1}

_N = r"(\d{1,2}|[一二三四五六七八九十]{1,2})"
_EN_MONTHS = "january february march april may june july august september october november december".split()
_EN_MONTH = r"\b(" + "|".join(f"{name}|{name[:4]}|{name[:3]}" for name in _EN_MONTHS) + r")\b"
_YEAR = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)(?![\d.]*[\d万亿千百%家个项户亩人名所])年?度?|([一二][九零〇○][零〇○一二三四五六七八九]{2})年"
)
_SHORT_YEAR = re.compile(r"(?<![\d.第近去])(1[5-9]|2[0-5])年(?![来内间前里多])")
_MONTH_RANGE = re.compile(_N + r"月?份?\s*(?:[-~—–―至到]|一直到)+\s*" + _N + r"月份?")
_FIRST_MONTHS = re.compile(r"[前头]" + _N + r"个?月")
_MONTH = re.compile(r"(截至|截止|截止到|截至到|到)?\s*" + _N + r"月(?!坛)(份?[底末]|份)?")
_QUARTERS = re.compile(r"([前头])?第?([1-4])个?季度?(末)?|三季度(末)")
# Not compiled until a text has two Latin words, which most have not: it takes a while.
_EN_RANGE = _EN_MONTH + r"\s*(?:to|through|until|and|[-–—])\s*" + _EN_MONTH
_EN_AS_OF = r"(?:end of|by|as of|until|to)\s+(?:the end of\s+)?" + _EN_MONTH
_EN_SINGLE = r"(?:in|during|for|of)\s+" + _EN_MONTH + r"(?!\s*(?:to|through|until|and|[-–—])\s)"

_TWO_LATIN_WORDS = re.compile(r"[a-z]\W+[a-z]")

_COMPARED_BEFORE = re.compile(
    r"(?:比|比起|较|跟|与|和|同|是|为|相当于|约|到|相比|对比|(?:than|from|over|with|to|times|of|on|against)(?:\s+the)?(?:\s+level\s+of)?\s)\s*$"
)
_COMPARED_AFTER = re.compile(
    r"^(?:同期|这时候|这会儿|同一时期|同时期)?(?:的)?\s*(?:相比|比|[几多]\S{0,2}倍|\d+倍|一百倍|来比|翻|增加|增长了?多少倍|涨)"
)


class Period(NamedTuple):
    """`years` and `months` (first and last, 1..12) that a text names; `other`: a period that no fact has."""

    years: frozenset[int] = frozenset()
    months: frozenset[tuple[int, int]] = frozenset()
    other: bool = False
    since: bool = False

    def __bool__(self) -> bool:
        return bool(self.years or self.months or self.other)


class Span(NamedTuple):
    """A place in a text that names a period in figures."""

    start: int
    end: int
    year: int | None = None
    months: tuple[int, int] | None = None


def spans(text: str) -> list[Span]:
    """The periods that normalised text names in figures, in order, without overlaps."""
    found = [*_year_spans(text), *_month_spans(text)]
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def combined(figures: Iterable[Span], words: Iterable[str], year: int, *, since: bool = False) -> Period:
    """One period from the spans in figures and the lexicon's kinds of period words, `year` being the report's."""
    years: set[int] = set()
    months: set[tuple[int, int]] = set()
    other = False
    for span in figures:
        if span.year:
            years.add(span.year)
        if span.months:
            months.add(span.months)
    for kind in words:
        if kind in _MONTHS:
            months.add(_MONTHS[kind])
        elif kind in _YEARS:
            years.add(year + _YEARS[kind])
        else:
            other = True
    return Period(frozenset(years), frozenset(months), other, since)


def is_compared(text: str, start: int, end: int) -> bool:
    """Whether the last year at `start`..`end` is what something is compared with, not the period asked for."""
    return bool(
        _COMPARED_BEFORE.search(text[max(0, start - 24) : start]) or _COMPARED_AFTER.match(text[end : end + 12])
    )


def covers(fact: Period, asked: Period, year: int) -> bool:
    """Whether a fact of the period `fact`, in a report of `year`, answers for the period `asked`.

    A fact that gives no months answers for the whole year, and for the cumulative months that a report of that year
    speaks of; never for a quarter, a half or a single month.
    """
    if asked.other:
        return False
    years = fact.years | {year} if fact.since or not fact.years else fact.years
    if not asked.years <= years:
        return False
    months = fact.months or {NINE_MONTHS, ELEVEN_MONTHS, FULL_YEAR}
    return asked.months <= months


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(chinese_value(text) or 0)


def _year_spans(text: str) -> list[Span]:
    found = []
    for match in _YEAR.finditer(text):
        digits = match[1] or "".join(
            str("零一二三四五六七八九".find(c.replace("〇", "零").replace("○", "零"))) for c in match[2]
        )
        found.append(Span(match.start(), match.end(), year=int(digits)))
    if "年" in text:
        found += [Span(m.start(), m.end(), year=2000 + int(m[1])) for m in _SHORT_YEAR.finditer(text)]
    return found


def _month_spans(text: str) -> list[Span]:
    # Most texts name neither; looking for one character takes less than looking for a pattern.
    found = _chinese_months(text) if "月" in text else []
    if "季" in text:
        found += [_quarter_span(m) for m in _QUARTERS.finditer(text)]
    if _TWO_LATIN_WORDS.search(text):
        found += _english_spans(text)
    return [span for span in found if span.months and 1 <= span.months[0] <= span.months[1] <= 12]


def _chinese_months(text: str) -> list[Span]:
    found = [Span(m.start(), m.end(), months=(_number(m[1]), _number(m[2]))) for m in _MONTH_RANGE.finditer(text)]
    found += [Span(m.start(), m.end(), months=(1, _number(m[1]))) for m in _FIRST_MONTHS.finditer(text)]
    for match in _MONTH.finditer(text):
        last = _number(match[2])
        until = match[1] or (match[3] or "")[-1:] in ("底", "末")
        found.append(Span(match.start(), match.end(), months=(1 if until else last, last)))
    return found


def _english_spans(text: str) -> list[Span]:
    ranges = re.finditer(_EN_RANGE, text)
    found = [Span(m.start(), m.end(), months=(_en_month(m[1]), _en_month(m[2]))) for m in ranges]
    found += [Span(m.start(), m.end(), months=(1, _en_month(m[1]))) for m in re.finditer(_EN_AS_OF, text)]
    for match in re.finditer(_EN_SINGLE, text):
        month = _en_month(match[1])
        found.append(Span(match.start(), match.end(), months=(month, month)))
    return found


def _quarter_span(match: re.Match[str]) -> Span:
    quarter = int(match[2] or 3)
    cumulative = match[1] or match[3] or match[4]
    return Span(match.start(), match.end(), months=(1 if cumulative else 3 * quarter - 2, 3 * quarter))


def _en_month(name: str) -> int:
    return next(i for i, month in enumerate(_EN_MONTHS, 1) if month.startswith(name[:3]))
