"""Periods of time, as questions and facts name them: years, and months within a year."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .numerals import ENGLISH_NUMBERS, whole_number

# The names of the grammar's period words: months of the year, and years counted from the report's own.
FULL_YEAR = (1, 12)
_MONTHS = {
    "full_year": FULL_YEAR, "first_half": (1, 6), "second_half": (7, 12), "three_quarters": (1, 9),
    "first_quarter": (1, 3), "second_quarter": (4, 6), "third_quarter": (7, 9), "fourth_quarter": (10, 12),
}  # fmt: skip
_YEARS = {"this_year": 0, "last_year": -1, "before_last_year": -2, "next_year": 1, "year_earlier": -1}
_BACK = {"quarter_earlier": 3, "month_earlier": 1}
_PRE_PANDEMIC = 2019  # the year that statistics set beside those of covid

_N = r"(\d{1,2}|[一二三四五六七八九十]{1,2})"
EN_MONTHS = "january february march april may june july august september october november december".split()
MONTHS = tuple(name[:3] for name in EN_MONTHS)
"""How the English names of months begin."""
_EN_MONTH = r"\b(" + "|".join(f"{name}|{name[:4]}|{name[:3]}" for name in EN_MONTHS) + r")\b"
# April 2018, 5 April 2018, Apr. 5, 2018: a month of a year, which needs no word before it.
_EN_DATE = re.compile(
    rf"(?:\b(?:in|during|for|of|on) )?(?:\b\d{{1,2}} )?{_EN_MONTH}\.?(?: \d{{1,2}},)? ((?:19|20)\d\d)(?![\d.,]*\d)"
)
_DIGITS = "零一二三四五六七八九"
# What makes a count of four digits.
_COUNTED = "家个项户亩人名所头吨元公平米件台口座间套辆张枚册艘架只株棵根匹幢栋趟岁斤克篇"
_COUNTED_AS = "yuan|people|house|home|job|unit|hour|小时|分钟|千[米瓦克]|立方"
# Four digits with 年 are a year whatever they are; without it only near ours, and where nothing is counted.
_YEAR = re.compile(
    r"(?<![\d.])(?<!\d,)([12]\d{3})年[度末底]?(?!代)"
    rf"|(?<![\d.])(?<!\d,)((?:19|20)\d\d)(?![\d.,]*[\d万亿千百%{_COUNTED}])(?!\s*(?:{_COUNTED_AS}))"
    r"|([一二][九零〇○][零〇○一二三四五六七八九]{2})年[末底]?"
)
# 2014-15 in English: the year in which it ends.
_OVER_NEW_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)\s?[-–/]\s?(\d\d)(?![\d\-–/.,%]|\s?[\u4e00-\u9fff])")
_MAY_NAME_YEARS = re.compile(r"[12一二][\d零〇○一二三四五六七八九]{3}")
# 十四年 and 30年 last that long; 14年 is a year, a round number only where a clause begins or behind a word of time.
_SHORT_YEAR = re.compile(
    r"(?:(?:^|(?<=[\s,，。；;、在到从自比较和与跟是])(?<!(?<!\d)\d到))(\d\d)|(?<![\d.了满第近去这整共达超用续每约后花过])(1[1-9]|2[1-9]))年"
    r"(?![来内间前里多以之了期])"
)
# 19、20、21三年
_LISTED_YEARS = re.compile(r"(?<![\d.])\d\d(?:[、,，和及]\d\d)+(?=[两三四五]?年)")
# 90年代, 上世纪九十年代: its first year.
_DECADE = re.compile(r"(?:(?:上个?|20)世纪)?(?<![0-9.])(?:(?:19|20)?([0-9])0|([二三四五六七八九])十)年代")
_YEARS_AGO = re.compile(_N + r"年前")
_MONTH_RANGE = re.compile(_N + r"月?份?\s*(?:[-~—–―至到]|一直到)+\s*" + _N + r"月份?")
_FIRST_MONTHS = re.compile(r"[前头]" + _N + r"个?月")
_MONTH = re.compile(r"(?:(截至|截止|截止到|截至到|到)\s*)?" + _N + r"月(?!坛)(份?[底末]|份|\d{1,2}[日号])?")
_QUARTERS = re.compile(r"([前头首])?第?([1-4])个?季度?(末)?|([一二三四])季度末")
_MAY_NAME_QUARTERS = re.compile("[1-4]个?季|季度末")
_EN_RANGE = re.compile(_EN_MONTH + r"\s*(?:to|through|until|and|[-–—])\s*" + _EN_MONTH)
_EN_AS_OF = re.compile(r"(?:(?:at |by )?(?:the )?end of|by|as of|until|to)\s+(?:the end of\s+)?" + _EN_MONTH)
# Those of a thing since it began are no months of a year.
_EN_FIRST = re.compile(
    r"\b(?<!its )(?<!their )first (\d{1,2}|" + "|".join(ENGLISH_NUMBERS) + r") months(?! (?:after|since|on the market))"
)
_EN_SINGLE = re.compile(
    r"(?:(?:in|during|for|of|on|the)\s+(?:\d{1,2}\s+)?|\b\d{1,2}\s+)"
    + _EN_MONTH
    + r"(?!\s*(?:(?:to|through|until|and)\s+|[-–—]\s*)"
    + _EN_MONTH
    + ")"
)
_EN_QUARTERS = ("first", "second", "third", "fourth")
_EN_QUARTER_END = re.compile(
    r"(?:\b(?:at|by) (?:the )?)?\bend of (?:the )?(?:q([1-4])\b|(" + "|".join(_EN_QUARTERS) + r") quarter\b)"
)
_LATIN_WORD = re.compile("[a-z]{3}")
_MAY_NAME_MONTHS = re.compile(_EN_MONTH + r"|\bfirst |\bend of ")


class Period(NamedTuple):
    """The years and months (first and last, 1..12) that a text names; none of either leaves it open."""

    years: frozenset[int] = frozenset()
    months: frozenset[tuple[int, int]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.years or self.months)


class Span(NamedTuple):
    """A place in a text that names a period: `year` in full, `offset` from the report's year, or `months` of a year.

    `is_earlier`: the offset is from the time that is told of, whenever that is asked about. `back`: it is the quarter
    or the month before the last one that is told of, by its length in months.
    """

    start: int
    end: int
    year: int | None = None
    months: tuple[int, int] | None = None
    offset: int | None = None
    is_earlier: bool = False
    back: int = 0

    def before(self, year: int, month: int) -> "Span":
        """The quarter or the month before the one that ends with a month, where that is named."""
        if not self.back:
            return self
        last = month - self.back
        if last < 1:
            return self._replace(year=year - 1, months=(last + 13 - self.back, last + 12))
        return self._replace(months=(last - self.back + 1, last))


def spans(text: str) -> list[Span]:
    """The periods that normalised text names in figures, in order, without overlaps."""
    found = _year_spans(text)
    found += [Span(*m.span(), months=(first, last)) for m, first, last in _months(text) if 1 <= first <= last <= 12]
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def named(name: str, start: int, end: int) -> Span:
    """The period that one of the grammar's period words names; `now` names none."""
    offset, is_earlier = _YEARS.get(name), name == "year_earlier"
    year = _PRE_PANDEMIC if name == "pre_pandemic" else None
    months, back = _MONTHS.get(name), _BACK.get(name, 0)
    return Span(start, end, year=year, months=months, offset=offset, is_earlier=is_earlier, back=back)


def period(found: Iterable[Span], year: int, *, over: bool = False) -> Period:
    """One period from the spans of a text, in a report of `year`.

    `over`: the text was written when that year was over, so that its last year is that one.
    """
    kept = list(found)
    years = {span.year for span in kept if span.year is not None}
    for span in kept:
        if span.offset is not None:
            years.add(year if over and span.offset == -1 and not span.is_earlier else year + span.offset)
    return Period(frozenset(years), frozenset(span.months for span in kept if span.months))


def covers(fact: Period, asked: Period, year: int) -> bool:
    """Whether a fact of the period `fact`, in a report of `year`, answers for the period `asked`.

    A fact that gives no months answers for its whole year alone; one that gives months answers for these, and for its
    year where no months are asked for.
    """
    return asked.years <= (fact.years or {year}) and asked.months <= (fact.months or {FULL_YEAR})


def _year_spans(text: str) -> list[Span]:
    found: list[Span] = []
    if _MAY_NAME_YEARS.search(text):
        over = (m for m in _OVER_NEW_YEAR.finditer(text) if (int(m[1]) + 1) % 100 == int(m[2]))
        found += [Span(*m.span(), year=int(m[1]) + 1) for m in over]
        dates = _EN_DATE.finditer(text) if _LATIN_WORD.search(text) else ()
        found += [Span(*m.span(), year=int(m[2]), months=(_en_month(m[1]), _en_month(m[1]))) for m in dates]
        for m in _YEAR.finditer(text):
            digits = m[1] or m[2] or "".join(str(max(_DIGITS.find(c), 0)) for c in m[3])
            found.append(Span(*m.span(), year=int(digits)))
    if "年代" in text:
        found += [Span(*m.span(), year=_in_full(f"{whole_number(m[1] or m[2])}0")) for m in _DECADE.finditer(text)]
    if "年" in text:
        found += [Span(*m.span(), offset=-whole_number(m[1])) for m in _YEARS_AGO.finditer(text)]
        found += [Span(*m.span(), year=_in_full(m[1] or m[2])) for m in _SHORT_YEAR.finditer(text)]
        for listed in _LISTED_YEARS.finditer(text):
            years = re.finditer(r"\d\d", listed[0])
            found += [Span(listed.start() + m.start(), listed.start() + m.end(), year=_in_full(m[0])) for m in years]
    return found


def _in_full(digits: str) -> int:
    return int(digits) + (1900 if int(digits) > 60 else 2000)


def _months(text: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """What names months, with the first and the last of them, which may be none that there are."""
    # Most texts name none; looking for one character takes less than looking for a pattern.
    if "月" in text:
        yield from ((m, whole_number(m[1]), whole_number(m[2])) for m in _MONTH_RANGE.finditer(text))
        yield from ((m, 1, whole_number(m[1])) for m in _FIRST_MONTHS.finditer(text))
        for m in _MONTH.finditer(text):
            # 12月31日 closes the year as 12月底 does.
            until = m[1] or (m[3] or "")[-1:] in ("底", "末") or (m[3] or "")[:-1] in ("30", "31")
            yield m, 1 if until else whole_number(m[2]), whole_number(m[2])
    if "季" in text and _MAY_NAME_QUARTERS.search(text):
        for m in _QUARTERS.finditer(text):
            quarter = whole_number(m[2] or m[4])
            yield m, 1 if m[1] or m[3] or m[4] else 3 * quarter - 2, 3 * quarter
    if _LATIN_WORD.search(text) and _MAY_NAME_MONTHS.search(text):
        yield from ((m, _en_month(m[1]), _en_month(m[2])) for m in _EN_RANGE.finditer(text))
        yield from ((m, 1, _en_month(m[1])) for m in _EN_AS_OF.finditer(text))
        for m in _EN_QUARTER_END.finditer(text):
            yield m, 1, 3 * (int(m[1]) if m[1] else _EN_QUARTERS.index(m[2]) + 1)
        yield from ((m, 1, int(ENGLISH_NUMBERS.get(m[1], m[1]))) for m in _EN_FIRST.finditer(text))
        yield from ((m, _en_month(m[1]), _en_month(m[1])) for m in _EN_SINGLE.finditer(text))


def _en_month(name: str) -> int:
    return next(i for i, month in enumerate(EN_MONTHS, 1) if month.startswith(name[:3]))
