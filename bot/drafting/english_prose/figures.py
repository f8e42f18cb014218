"""Finds the times and the figures of an English sentence; no figure are numbers that date, limit or name something."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.answering.language.numerals import ENGLISH_NUMBERS
from bot.answering.language.periods import EN_MONTHS
from bot.answering.language.quantities import Quantity, quantities

MONTHS = tuple(map(str.title, EN_MONTHS))
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_YEAR = r"(?:19|20)\d\d(?:\s?[-–/]\s?\d\d(?:\d\d)?)?(?![\d,.]*\d|\s?%)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_PART = (
    r"(?:(?:first|second|third|fourth|final|last|previous|current|same)[ -]"
    r"(?:(?:two|three|four|six|nine|ten) )?(?:halves|half|quarters?|months?|weeks?|term|semester))"
)
_SPAN = (
    rf"(?:(?:previous|last|same|this) )?(?:{_DAY} )?{_MONTH}(?: {_DAY}(?!\d))?"
    rf"(?:[- –](?:to|and|through|until)?[- –]?(?:{_DAY} )?{_MONTH}(?: {_DAY})?)?(?:[ -](?:quarter|period|half))?"
)
_OF_YEAR = rf"(?:,? (?:of |in )?(?:the |fiscal |calendar )*(?:{_YEAR}|(?:(?:last|this|same|previous|that) )?year))"
_STEP = r"(?:year|quarter|month|week|decade)s?"
_RELATIVE = (
    rf"(?:(?:the|a|one|two|three|five|ten|\d+) )?{_STEP} (?:before|earlier|ago|prior)"
    r"|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
    r"|(?i:last|this|(?:the )?(?:previous|prior|preceding|same|next|following|coming|past)) "
    r"(?:(?:fiscal|financial|school|academic) )?(?:year|quarter|month|week|summer|winter|spring|autumn|fall|season)"
    r"(?:['’]s)?"
)
_BEFORE = (
    r"(?:(?:at|by|since|from|until|as of) the (?:end|start|beginning|middle) of (?:the )?"
    r"|(?:in|during|over|for) the (?:year|quarter|months?|week|period)(?: (?:to|ended|of|from|through))? (?:the )?"
    r"|(?:on|in|at|by|since|during|for|over|from|until|through|throughout|between|of|as of|than in|than|against|with) "
    r"(?:the )?)?"
)
_TIME = re.compile(
    rf"(?<![\w.$£€])(?P<before>(?i:{_BEFORE}))(?:(?P<months>(?<!within the ){_PART}|Q[1-4]|{_SPAN})(?P<of>{_OF_YEAR})?"
    rf"|(?P<year>{_YEAR})(?: (?:financial |calendar )?year)?|(?P<relative>{_RELATIVE}))(?![\w%])"
)
_WHOLE = re.compile(
    r"(?i)\b(?:(?:over|in|during|for|throughout|at|by|on) the (?:end of the |whole )?(?:year|quarter|month|week|period)"
    r"|year[ -](?:over|on)[ -]year|yoy)\b(?! (?:to|before|earlier))"
)
_AGAINST = re.compile(r"(?i)(?:than|from|since|with|against|over(?! the (?:year|quarter|month|week)))\b")
_COMPARING = re.compile(
    r"\b(?:than|with|from|against|over) (?:the |that |those )?(?:level|figure|rate|number|total|period)s? $"
)
_BACK = re.compile(r"before|earlier|ago|^(?:the )?(?:previous|prior|preceding|last) year")
_AGO = re.compile(r"(\w+) years? (?:before|earlier|ago|prior)")
# Numbers that name something: category A, Red | 1, table | 3.
_NAME_BEFORE = re.compile(
    r"(?:\b[A-Z]|(?:(?<=[a-z,] )|^)[A-Z][\w'’]*|"
    r"\b(?i:no|number|table|chart|page|note|grade|phase|level|category|type|section|room|line|ages?|aged|stage)\.?) $"
)
_COUNTED = re.compile(r" [a-z]+s\b(?! (?:to|and|in)\b)")
_LONGEST_NAME = 3  # digits
_OR_MORE = re.compile(
    r"^(?:\s?(?:%|per cent|percent|\w+))?,? (?:or|and) "
    r"(?:more|over|above|older|under|less|fewer|below|younger|higher|lower|up|better)\b"
)
# Within | 8 minutes, the last | 2 years.
_WITHIN = re.compile(
    r"\b(?:within|every|first|last|past|next|these|those|other|following|previous|per|"
    r"(?:pages?|ages?|aged)(?: \d+ (?:to|and|of))?) $"
)
_COMPOUND = re.compile(r"-(?!plus\b)[a-z]")
_IN_COMPOUND = re.compile(r"[A-Za-z]$|\w-$")
# The clock, web pages and telephones.
_ADDRESS = re.compile(
    r"\b\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\b|o'clock)|\b\d{1,2}:\d\d\b"
    r"|\S+://\S+|www\.\S+|\S+@\S+|\(?\b0\d{2,4}\)?[ -]\d{3,}(?:[ -]\d{3,})?"
)
_RANGE = re.compile(r" ?[-–—] ?| to | out of |(?<=\d) and ")
_CURRENCY = re.compile(r"(?:(?:\b[A-Z]{1,3})?[£$€¥₹])?$")
_CHANGES = ("百分点", "千分点")
_ROW, _PER_CENT = re.compile(",? and |, "), ("%", "百分点")


class Time(NamedTuple):
    """A time where it stands with its preposition.

    `year`: in full, or ""; `offset`: years from that of the report, or None; `months`: which part of the year, as
    written. `is_base`: something may be compared with it; `is_whole`: it is but that of the report, such as over the
    year. `said`: as it is told in a name, without its preposition.
    """

    start: int
    end: int
    said: str
    year: str = ""
    offset: int | None = None
    months: str = ""
    is_base: bool = False
    is_whole: bool = False

    @property
    def name(self) -> str:
        """What is said of it, as the name of that time: last year of last year's."""
        return self.said.removesuffix("'s").removesuffix("’s")


def times(text: str) -> list[Time]:
    """The times of a sentence in their order."""
    found = [_time(match) for match in _TIME.finditer(text)]
    taken = [range(one.start, one.end) for one in found]
    whole = (one for one in _WHOLE.finditer(text) if not any(one.start() in it or one.end() - 1 in it for it in taken))
    return sorted([*found, *(Time(*match.span(), match.group(), is_whole=True) for match in whole)])


def _time(match: re.Match[str]) -> Time:
    before, relative = match["before"] or "", match["relative"] or ""
    year = re.search(r"(?:19|20)\d\d.*", (match["of"] or "") + (match["year"] or ""))
    is_base = bool(
        _AGAINST.match(before)
        or _COMPARING.search(match.string, 0, match.start())
        or (_BACK.search(relative) and not before)
        or (before.lower() == "on " and match["year"])  # rose 5% on 2029
    )
    # Of this year's graduates: the preposition is that of what follows.
    is_of_name = relative.endswith(("'s", "’s")) and not is_base
    return Time(
        match.start() + len(before) * is_of_name,
        match.end(),
        match.group()[len(before) :],
        year.group().strip() if year else "",
        None if year else _offset(relative or match["of"] or ""),
        (match["months"] or "").strip(),
        is_base,
    )


def _offset(text: str) -> int | None:
    """How many years from that of the report a time is."""
    if ago := _AGO.search(text):
        return -int(ago[1]) if ago[1].isdigit() else -ENGLISH_NUMBERS.get(ago[1], 1)
    if "year" not in text:
        return None
    return -1 if re.search("last|previous|prior|preceding", text) else 1 if re.search("next|coming", text) else 0


@dataclass(frozen=True)
class Number:
    """A figure of a sentence, where it stands without what it counts. `sign`: 1 or -1 where it is written, else 0."""

    start: int
    end: int
    quantities: tuple[Quantity, ...]
    sign: int = 0

    @property
    def unit(self) -> str:
        return self.quantities[-1].unit

    @property
    def is_percent(self) -> bool:
        return self.unit == "%"

    @property
    def is_change(self) -> bool:
        """Whether it can tell nothing but a change: percentage points."""
        return self.unit in _CHANGES

    @property
    def is_relative(self) -> bool:
        """Whether it is a percentage, or percentage points."""
        return self.is_percent or self.is_change


def numbers(text: str, when: Sequence[Time]) -> list[Number]:
    """The figures of a sentence."""
    dated = [(one.start, one.end) for one in when] + [match.span() for match in _ADDRESS.finditer(text)]
    found = [one for one in quantities(text) if not any(start <= one.start < end for start, end in dated)]
    kept = [one for one in found if not _is_none(text, one)]
    for at in range(len(kept) - 1, 0, -1):
        first, second = kept[at - 1 : at + 1]
        if not first.unit and second.unit in _PER_CENT and _ROW.fullmatch(text, first.end, second.start):
            kept[at - 1] = first._replace(unit=second.unit)  # 2.1 and 3.5 per cent
    return list(_joined(text, kept))


def _joined(text: str, found: Sequence[Quantity]) -> Iterator[Number]:
    at = 0
    while at < len(found):
        group = [found[at]]
        following = found[at + 1] if at + 1 < len(found) else None
        if following and _are_range(text, group[0], following):
            group.append(following)
        at += len(group)
        money = _CURRENCY.search(text, 0, group[0].start)
        start = money.start() if money else group[0].start
        yield Number(start, group[-1].end, tuple(group), _sign_before(text, start))


def _sign_before(text: str, start: int) -> int:
    before = text[max(0, start - 2) : start]
    if before.endswith("+"):
        return 1
    return -1 if before.endswith(("-", "–", "−")) and not before[:1].isalnum() else 0


def _are_range(text: str, first: Quantity, second: Quantity) -> bool:
    between = _RANGE.fullmatch(text, first.end, second.start)
    is_change = re.search(r"\b(?:from|by|rose|fell|up|down|\w+ed) $", text[: first.start])
    if between and "and" in between.group():
        return text[: first.start].lower().endswith("between ")
    return bool(between) and not is_change and (first.unit == second.unit or not first.unit)


def _is_none(text: str, one: Quantity) -> bool:
    """Whether a number tells no figure."""
    written, before, behind = text[one.start : one.end], text[: one.start], text[one.end :]
    if one.ordinal or one.unit in ("月", "点", "号") or _COMPOUND.match(behind) or _IN_COMPOUND.search(before):
        return True
    if not any(map(str.isdigit, written)):
        return not one.unit
    is_short = written.isdigit() and len(written) <= _LONGEST_NAME
    is_name = is_short and _NAME_BEFORE.search(before) and not _COUNTED.match(behind)
    return bool(is_name or _OR_MORE.match(behind) or _WITHIN.search(before))
