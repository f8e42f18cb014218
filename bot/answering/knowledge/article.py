"""Comparing a report with the article that it was taken from."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.answering.language.periods import Span
from bot.answering.language.quantities import Quantity, quantities

from .article_numbers import asides, figures_of, is_byline, is_same_period
from .document import PendingProblem, located
from .folder import Loaded
from .problem import Problem, Severity, quoted
from .report_file import ReportFile
from .text_file import position, read_text, shown

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
_LONGEST_HEADING = 40

_Span = tuple[int, int]


class _CoveredPart(NamedTuple):
    """A part of the article, and the numbers in it that need no fact of their own; None: all of them."""

    span: _Span
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
    return _compared(loaded, article, read)


def _compared(loaded: Loaded, article: Path, text: str) -> tuple[Problem, ...]:
    packed = _packed(text)
    if not packed:
        return (Problem(shown(article), 1, 1, "the article is empty: name the file that holds its text"),)
    if not loaded.files:
        return ()
    file = max(loaded.files, key=lambda one: sum(_packed(sentence.text) in packed for sentence in one.sentences))
    spans = [_spans(packed, _packed(sentence.text)) for sentence in file.sentences]
    numbers, periods = figures_of(packed, list(_line_ends(text, spans)))
    parts = [*_in_facts(file, spans), *_left_out(file, packed), *_headings(file, text, spans)]
    parts += [*_in_periods(file, spans, periods), *(_CoveredPart(span, None) for span in asides(packed))]
    untold = _without_fact(shown(article), text, packed, numbers, parts)
    return (*located(_not_verbatim(file, packed, spans)), *untold)


def _packed(text: str) -> str:
    return "".join(text.split())


def _line_ends(text: str, spans: Sequence[list[_Span]]) -> Iterator[int]:
    """Where the lines of the packed text end, but for those that a sentence goes on over."""
    within = {at for found in spans for start, end in found for at in range(start + 1, end)}
    end = 0
    for line in text.splitlines():
        size = len(_packed(line))
        end += size
        if size and end not in within:
            yield end


def _spans(article: str, sentence: str) -> list[_Span]:
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


def _not_verbatim(file: ReportFile, article: str, spans: Sequence[list[_Span]]) -> Iterator[PendingProblem]:
    for sentence, found in zip(file.sentences, spans, strict=True):
        if not found:
            packed = _packed(sentence.text)
            size = _head(article, packed)
            after = quoted(packed[max(0, size - 10) : size])
            where = f"differs after {after}" if size >= _SHORTEST_PIECE else "is not there"
            message = f"the sentence is not verbatim in the article: it {where}"
            yield PendingProblem(file.document, (*sentence.path, "text"), message)


def _in_facts(file: ReportFile, spans: Sequence[list[_Span]]) -> Iterator[_CoveredPart]:
    for sentence, found in zip(file.sentences, spans, strict=True):
        texts = (
            text for fact in sentence.facts for text in (fact.figure, fact.label, fact.period or "", *fact.keywords)
        )
        numbers = tuple(number for text in texts for number in quantities(text))
        yield from (_CoveredPart(span, numbers) for span in found)


def _in_periods(file: ReportFile, spans: Sequence[list[_Span]], periods: Sequence[Span]) -> Iterator[_CoveredPart]:
    """The periods that the facts of their sentence are of, and the report's own year anywhere."""
    told: list[tuple[_Span, list[Span]]] = []
    for sentence, found in zip(file.sentences, spans, strict=True):
        stated = [one for fact in sentence.facts for one in figures_of(fact.period or "").periods]
        told += [(span, stated) for span in found]
    for period in periods:
        stated = [one for (start, end), some in told if start <= period.start < end for one in some]
        if period.year == file.report.year or any(is_same_period(period, one) for one in stated):
            yield _CoveredPart((period.start, period.end), None)


def _left_out(file: ReportFile, article: str) -> Iterator[_CoveredPart]:
    for phrase in map(_packed, file.left_out):
        for match in re.finditer(re.escape(phrase), article):
            yield _CoveredPart(match.span(), None)


def _headings(file: ReportFile, text: str, spans: Sequence[list[_Span]]) -> Iterator[_CoveredPart]:
    """The titles, the byline, the lines that look like a title, and the markers of lists, where a line begins."""
    titles = [_packed(title) for title in file.titles]
    names = list(map(_packed, filter(None, (file.report.publisher, file.report.author))))
    first = min((start for found in spans for start, _ in found), default=0)
    article = _packed(text)
    start = 0
    for line in map(_packed, text.splitlines()):
        marker = _LIST_MARKER.match(line) or _HEADING_MARKER.match(line)
        size = marker.end() if marker else 0
        title = next((title for title in titles if article.startswith(title, start + size)), "")
        is_heading = _is_heading(line) or (start < first and is_byline(line, names))
        size = len(line) if is_heading else size + len(title)
        yield _CoveredPart((start, start + size), None)
        start += len(line)


def _is_heading(line: str) -> bool:
    is_short = len(line) <= _LONGEST_HEADING and not line.endswith(("。", "；", "！", "？", "，"))
    return is_short and bool(_HEADING_MARKER.match(line))


def is_same(number: Quantity, other: Quantity) -> bool:
    """Whether two numbers are the same, with the same unit where both have one.

    English loses its scale with its spaces: $5millionprofit.
    """
    is_one = number.value == other.value or number.value == number.written == other.written
    return is_one and (number.unit == other.unit or not number.unit or not other.unit)


def _without_fact(
    name: str, text: str, article: str, numbers: Sequence[Quantity], parts: Iterable[_CoveredPart]
) -> Iterator[Problem]:
    covered = set(_covered(numbers, parts))
    offsets = [offset for offset, character in enumerate(text) if not character.isspace()]
    for index, number in enumerate(numbers):
        if index not in covered:
            written = quoted(article[number.start : number.end])
            message = f"the number {written} has no fact: give it one, or list its phrase under left_out"
            yield Problem(name, *position(text, offsets[number.start]), message, Severity.WARNING)


def _covered(numbers: Sequence[Quantity], parts: Iterable[_CoveredPart]) -> Iterator[int]:
    starts = [number.start for number in numbers]
    for part in parts:
        start, end = part.span
        within = range(bisect_left(starts, start), bisect_left(starts, end))
        yield from (index for index in within if part.covers(numbers[index]))
