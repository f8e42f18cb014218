"""The numbers of an article, and the places in it whose numbers need no fact, by what stands around them."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from bot.answering.language.periods import Span, spans
from bot.answering.language.quantities import Quantity, plain, quantities

_DATE = r"(?:[12][0-9]{3}年?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}[日号])?[末底初]?|[0-9]{1,2}月(?:[0-9]{1,2}[日号]|[末底])?)"
# What a figure is measured against is no fact: 比2020年, 与2020年相比, 由2010年的5家增加到8家.
_BASE = re.compile(
    "(?:[比较]|[高低多少大小快慢优好]于|compared(?:with|to)|than(?:in)?"
    "|[与同和跟](?=[^，。；,;]{1,30}?(?:相比|相同|持平|相当|一致|一样|对比|相近))[^，。；,;0-9]{0,12}"
    f"|[从由](?={_DATE}[^，。；,;]{{0,20}}的))(?P<it>{_DATE})"
)
_NUMERAL = "[一二三四五六七八九十]"
# Publications and events are called by their numbers: 《2022年报告》, 党的二十大, 十九届四中全会, 第七次人口普查.
_NAME = re.compile(
    f"(?P<it>《[^《》]*》|党的{_NUMERAL}+大|{_NUMERAL}+大(?=精神|报告|以来|召开|代表)|{_NUMERAL}+届(?={_NUMERAL}中全会)"
    f"|第(?:{_NUMERAL}+|[0-9]+)[次届](?=[^，。；,;]{{0,10}}?(?:普查|会议|大会|全会|论坛|博览会|交易会|运动会|委员会)))"
)
_FULL_DATE = re.compile("[12][0-9]{3}(?:年[0-9]{1,2}月|[-./][0-9]{1,2}[-./][0-9]{1,2})")
_LONGEST_BYLINE = 60


_Found = TypeVar("_Found", Quantity, Span)


class Figures(NamedTuple):
    """The numbers and the periods of a text, in its order."""

    numbers: list[Quantity]
    periods: list[Span]


def figures_of(text: str, cuts: Sequence[int] = ()) -> Figures:
    """What stands in a text; nothing goes on over one of the `cuts`."""
    pieces = list(pairwise([0, *cuts, len(text)]))
    return Figures(_in_pieces(text, pieces, quantities), _in_pieces(text, pieces, lambda piece: spans(plain(piece))))


def _in_pieces(text: str, pieces: Sequence[tuple[int, int]], find: Callable[[str], Sequence[_Found]]) -> list[_Found]:
    return [
        found._replace(start=start + found.start, end=start + found.end)
        for start, end in pieces
        for found in find(text[start:end])
    ]


def asides(text: str) -> Iterator[tuple[int, int]]:
    """Where a text names what something is compared with, a publication or an event."""
    folded = plain(text)
    return (match.span("it") for pattern in (_BASE, _NAME) for match in pattern.finditer(folded))


def is_same_period(period: Span, other: Span) -> bool:
    """Whether two periods are the same year, or end with the same month: 前8个月 and 1—8月."""
    if period.months and other.months:
        return period.months[1] == other.months[1]
    return period.year is not None and period.year == other.year


def is_byline(line: str, names: Sequence[str]) -> bool:
    """Whether a line between title and text tells who published it, one of `names`, or when."""
    is_sentence = len(line) > _LONGEST_BYLINE or line.endswith(("。", "；", "！", "？"))
    return not is_sentence and (bool(_FULL_DATE.search(line)) or any(name in line for name in names))
