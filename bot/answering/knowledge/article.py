"""Comparing a report with the article that it was taken from."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

from bot.answering.language.periods import Span, spans
from bot.answering.language.quantities import Quantity, plain, quantities

from .document import PendingProblem, located
from .folder import Loaded
from .problem import Problem, Severity, quoted
from .report_file import ReportFile
from .text_file import position, problem_of, read_text, shown

_SHORTEST_PIECE = 4
# A photo caption in the middle of a printed sentence is no longer than this.
_LONGEST_CAPTION = 59
# A caption may by chance begin like the rest of the sentence, but not for longer than this.
_CHANCE = 20
# What a list or a heading counts its parts with, where a line begins: 1. and (2), or 一、 （一） 第一章.
_LIST_MARKER = re.compile(r"[（(]?\d{1,2}(?:[）)、．]|\.(?!\d))")
_HEADING_MARKER = re.compile(
    r"[（(][一二三四五六七八九十]{1,3}[）)]|第?[一二三四五六七八九十]{1,3}(?:、|[章节编篇]|部分)"
)
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
    f"|第{_NUMERAL}(?=产业)"
    f"|第(?:{_NUMERAL}+|[0-9]+)[次届](?=[^，。；,;]{{0,10}}?(?:普查|会议|大会|全会|论坛|博览会|交易会|运动会|委员会)))"
)
_FULL_DATE = re.compile("[12][0-9]{3}(?:年[0-9]{1,2}月|[-./][0-9]{1,2}[-./][0-9]{1,2})")
_LONGEST_HEADING = 40
_LONGEST_BYLINE = 60
_SENTENCE_ENDS = ("。", "；", "！", "？")

_Place = tuple[int, int]
_Found = TypeVar("_Found", Quantity, Span)


class _CoveredPart(NamedTuple):
    """A part of the article, and the numbers in it that need no fact of their own; None: all of them."""

    span: _Place
    numbers: tuple[Quantity, ...] | None

    def covers(self, number: Quantity) -> bool:
        return self.numbers is None or any(is_same(number, other) for other in self.numbers)


def compare(loaded: Loaded, article: Path, text: str | None = None) -> tuple[Problem, ...]:
    """Where a report and its article differ: sentences that are not verbatim, and numbers that no fact has.

    White space makes no difference, and a sentence may be broken once by a photo caption. Of several reports the one
    that fits the article best is compared. An article that cannot be read is a problem too; nothing is raised.
    `text`: that of an article which is no text file.
    """
    read = read_text(article) if text is None else text
    if isinstance(read, Problem):
        return (read,)
    packed = _packed(read)
    if not packed:
        return (problem_of(article, "the article is empty: name the file that holds its text"),)
    if not loaded.files:
        return ()
    file = max(loaded.files, key=lambda one: sum(_packed(sentence.text) in packed for sentence in one.sentences))
    places = [_places(packed, _packed(sentence.text)) for sentence in file.sentences]
    pieces = list(pairwise([0, *_line_ends(read, places), len(packed)]))
    numbers = _in_pieces(packed, pieces, quantities)
    periods = _in_pieces(packed, pieces, lambda piece: spans(plain(piece)))
    parts = [*_in_facts(file, places), *_headings(file, read, places), *_in_periods(file, periods)]
    left_out = [match.span() for it in map(_packed, file.left_out) for match in re.finditer(re.escape(it), packed)]
    parts += [_CoveredPart(place, None) for place in (*left_out, *_asides(packed))]
    untold = _without_fact(shown(article), read, packed, numbers, parts)
    return (*located([*_not_verbatim(file, packed, places), *_not_left_out(file, packed)]), *untold)


def _packed(text: str) -> str:
    return "".join(text.split())


def _line_ends(text: str, places: Sequence[list[_Place]]) -> Iterator[int]:
    """Where the lines of the packed text end, but for those that a sentence goes on over."""
    within = {at for found in places for start, end in found for at in range(start + 1, end)}
    end = 0
    for line in text.splitlines():
        size = len(_packed(line))
        end += size
        if size and end not in within:
            yield end


def _places(article: str, sentence: str) -> list[_Place]:
    """Where the sentence stands in the article, in one piece or in two; [] where it does not."""
    start = article.find(sentence)
    if start >= 0:
        return [(start, start + len(sentence))]
    head = min(_head(article, sentence), len(sentence) - _SHORTEST_PIECE)
    for cut in range(head, max(_SHORTEST_PIECE - 1, head - _CHANCE), -1):
        caption = f".{{1,{_LONGEST_CAPTION}}}?"
        match = re.search(f"({re.escape(sentence[:cut])}){caption}({re.escape(sentence[cut:])})", article)
        if match:
            return [match.span(1), match.span(2)]
    return []


def _head(article: str, sentence: str) -> int:
    """How many of the first characters of the sentence stand together in the article."""
    return bisect_left(range(1, len(sentence) + 1), True, key=lambda size: sentence[:size] not in article)


def _not_verbatim(file: ReportFile, article: str, places: Sequence[list[_Place]]) -> Iterator[PendingProblem]:
    for sentence, found in zip(file.sentences, places, strict=True):
        if not found:
            packed = _packed(sentence.text)
            size = _head(article, packed)
            after = quoted(packed[max(0, size - 10) : size])
            where = f"differs after {after}" if size >= _SHORTEST_PIECE else "is not there"
            message = f"the sentence is not verbatim in the article: it {where}"
            yield PendingProblem(file.document, (*sentence.path, "text"), message)


def _not_left_out(file: ReportFile, article: str) -> Iterator[PendingProblem]:
    for at, phrase in enumerate(file.left_out):
        if _packed(phrase) not in article:
            message = f"{quoted(phrase)} is not in the article: copy it from there"
            yield PendingProblem(file.document, ("left_out", at), message, Severity.WARNING)


def _in_facts(file: ReportFile, places: Sequence[list[_Place]]) -> Iterator[_CoveredPart]:
    for sentence, found in zip(file.sentences, places, strict=True):
        texts = (
            text for fact in sentence.facts for text in (fact.figure, fact.label, fact.period or "", *fact.keywords)
        )
        numbers = tuple(number for text in texts for number in quantities(text))
        yield from (_CoveredPart(span, numbers) for span in found)


def _in_periods(file: ReportFile, periods: Sequence[Span]) -> Iterator[_CoveredPart]:
    """The periods that some fact is of, and the report's own year."""
    told = [one for fact, _ in file.facts() for one in spans(plain(fact.period or ""))]
    for period in periods:
        if period.year == file.report.year or any(_is_same_period(period, one) for one in told):
            yield _CoveredPart((period.start, period.end), None)


def _headings(file: ReportFile, text: str, places: Sequence[list[_Place]]) -> Iterator[_CoveredPart]:
    """The titles, the byline, the lines that look like a title, and the markers of lists, where a line begins."""
    titles = [_packed(title) for title in file.titles]
    names = list(map(_packed, filter(None, (file.report.publisher, file.report.author))))
    first = min((start for found in places for start, _ in found), default=0)
    article = _packed(text)
    start = 0
    for line in map(_packed, text.splitlines()):
        marker = _LIST_MARKER.match(line) or _HEADING_MARKER.match(line)
        size = marker.end() if marker else 0
        title = next((title for title in titles if article.startswith(title, start + size)), "")
        is_short = len(line) <= _LONGEST_HEADING and not line.endswith((*_SENTENCE_ENDS, "，"))
        is_heading = is_short and _HEADING_MARKER.match(line)
        size = len(line) if is_heading or (start < first and _is_byline(line, names)) else size + len(title)
        yield _CoveredPart((start, start + size), None)
        start += len(line)


def is_same(number: Quantity, other: Quantity) -> bool:
    """Whether two numbers are the same, with the same unit where both have one.

    English loses its scale with its spaces: $5millionprofit.
    """
    is_one = number.value == other.value or number.value == number.written == other.written
    return is_one and (number.unit == other.unit or not number.unit or not other.unit)


def _without_fact(
    name: str, text: str, article: str, numbers: Sequence[Quantity], parts: Iterable[_CoveredPart]
) -> Iterator[Problem]:
    starts = [number.start for number in numbers]
    covered: set[int] = set()
    for part in parts:
        within = range(*(bisect_left(starts, border) for border in part.span))
        covered.update(index for index in within if part.covers(numbers[index]))
    offsets = [offset for offset, character in enumerate(text) if not character.isspace()]
    for index, number in enumerate(numbers):
        if index not in covered:
            written = quoted(article[number.start : number.end])
            message = f"the number {written} has no fact: give it one, or list its phrase under left_out"
            yield Problem(name, *position(text, offsets[number.start]), message, Severity.WARNING)


def _in_pieces(text: str, pieces: Sequence[tuple[int, int]], find: Callable[[str], Sequence[_Found]]) -> list[_Found]:
    """What stands in a text; nothing goes on from one of the pieces to the next."""
    return [
        found._replace(start=start + found.start, end=start + found.end)
        for start, end in pieces
        for found in find(text[start:end])
    ]


def _asides(text: str) -> Iterator[tuple[int, int]]:
    """Where a text names what something is compared with, a publication or an event."""
    folded = plain(text)
    return (match.span("it") for pattern in (_BASE, _NAME) for match in pattern.finditer(folded))


def _is_same_period(period: Span, other: Span) -> bool:
    """Whether two periods are the same year, or end with the same month: 前8个月 and 1—8月."""
    if period.months and other.months:
        return period.months[1] == other.months[1]
    return period.year is not None and period.year == other.year


def _is_byline(line: str, names: Sequence[str]) -> bool:
    """Whether a line between title and text tells who published it, one of `names`, or when."""
    is_sentence = len(line) > _LONGEST_BYLINE or line.endswith(_SENTENCE_ENDS)
    return not is_sentence and (bool(_FULL_DATE.search(line)) or any(name in line for name in names))
