"""Finds the figures of an English sentence: its numbers, but for those that date, limit or name something."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.answering.language.quantities import Quantity, quantities

from .times import Time

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
_CODE = re.compile(
    r"\b(?:of|the|for|all) (?!about|over|some|nearly|only|around|just)[a-z]{4,} (\d{3})(?: and (\d{3}))? [a-z]+s\b"
)
_CURRENCY = re.compile(r"(?:(?:\b[A-Z]{1,3})?[£$€¥₹])?$")
_CHANGES = ("百分点", "千分点")
_ROW, _PER_CENT = re.compile(",? and |, "), ("%", "百分点")


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


def codes_in(article: str) -> set[str]:
    """The numbers by which an article calls things: of emergency | 999 calls."""
    return {code for pair in _CODE.findall(article) for code in pair}


def numbers(text: str, when: Sequence[Time], codes: Collection[str]) -> list[Number]:
    """The figures of a sentence; `codes`: the numbers that are names."""
    dated = [(one.start, one.end) for one in when] + [match.span() for match in _ADDRESS.finditer(text)]
    found = [one for one in quantities(text) if not any(start <= one.start < end for start, end in dated)]
    kept = [one for one in found if not (text[one.start : one.end] in codes or _is_none(text, one))]
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
