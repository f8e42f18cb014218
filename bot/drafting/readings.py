"""Reads the figures of an article one after another, with what they leave to the clauses and sentences before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.answering.language.tokens import Token, tokenise

from .clauses import Lead, lead_of, words
from .figures import Figure, figures
from .plain import plain

if TYPE_CHECKING:
    from bot.answering.language.vocabulary import Vocabulary

_BOUNDARY = re.compile(r"[，。；：！？;!?（）()]|,(?!\d{3}(?!\d))|:(?!\d)")
_LIST_JOIN = re.compile(r"[\s、,，和与及以]{0,3}")
_FROM = re.compile(r"(?:由|从)(.*?)(?:的)?\Z")
_FROM_TO = re.compile(
    r"(?:由|从).*?(发展|增加|提高|上升|下降|减少|缩小|扩大|增长|提升|降低)?(?:到|至|为)?(?:目前|现在)?的?\Z"
)
_OPENING = 8
_ITEMS = re.compile(r"[、和与及]|以及")
_TAIL_END = re.compile(r"[，。；：！？;,.:!?（）()]")
_LARGEST_TAIL = 20
_INDICATORS = ("价格", "增加值", "投资", "收入", "支出", "额", "产量", "产值", "利润", "出口", "进口", "余额", "价")
_LASTING = re.compile(r"[^，。；：！？;,:!?（）()]{1,18}")
Subject = tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A figure and what it tells.

    `subject`: what is measured, in words; `lead`: how it is told. `of`: the label of the rate, share or growth of which
    this is the change. `tail`: what is counted, where that stands behind the figure. `spans`: the periods, the nearest
    last. `carried`: how far away the subject was named: "" here, else clause, sentence, title or nowhere.
    """

    figure: Figure
    lead: Lead
    subject: Subject
    tail: str = ""
    relative: int = -1
    period: tuple[Token, ...] = ()
    carried: str = ""
    former: bool = False
    said: str = ""


@dataclass
class Context:
    """What the text before has named. `relative`: the number of the last reading that told a rate, share or growth."""

    subject: Subject = ()
    family: str = ""
    items: list[Subject] = field(default_factory=list)
    recent: list[Subject] = field(default_factory=list)
    relative: int = -1
    period: tuple[Token, ...] = ()
    title: Subject = ()
    count: int = 0


class Reader:
    """Reads the sentences of an article in their order."""

    def __init__(self, vocabulary: Vocabulary, own_places: Sequence[str]) -> None:
        self._vocabulary = vocabulary
        self._own = sorted((plain(name) for name in own_places if name), key=len, reverse=True)
        self._context = Context()

    def begin_section(self, title: str) -> None:
        """Forgets what the section before has named."""
        tokens = [t for t in tokenise(plain(title), self._vocabulary) if t.is_content]
        topic = tuple(token.text for token in tokens) if len(title) <= 16 else ()
        self._context = Context(title=topic, count=self._context.count)

    def begin_paragraph(self) -> None:
        """Forgets the period of the paragraph before."""
        self._context.period = ()

    def read(self, sentence: str) -> list[Reading]:
        """The figures of a sentence with what they tell."""
        text = self._here(plain(sentence))
        found = [one for one in figures(text, self._vocabulary) if not self._is_idle(text, one)]
        starts = self._lead_starts(sentence, found)
        context = self._context
        context.items = []
        readings: list[Reading] = []
        periods = self._periods(text)
        for at, (figure, start) in enumerate(zip(found, starts, strict=True)):
            before = text[start : figure.start]
            lead = lead_of(text, start, figure, self._vocabulary)
            lead, former = _changed_from(text, lead)
            tail = self._tail(text, figure, found[at + 1].start if at + 1 < len(found) else len(text))
            first = not readings
            reading = Reading(
                figure,
                lead,
                tuple(text[t.start : t.end] for t in lead.subject),
                said=sentence[start : figure.start],
                former=former,
            )
            if _LIST_JOIN.fullmatch(before) and at and context.items:
                reading = self._next_item(reading, readings[-1], at - self._run_start)
            else:
                self._run_start = at
                run = _run(text, found, at)
                context.items = self._items(text, lead, run) or ([] if "分别" not in before else _latest(context, run))
                reading = self._resolved(text, sentence, reading, tail, first=first, start=start)
            reading = self._dated(reading, periods)
            readings.append(reading)
            self._remember(reading)
        opening = [token for token in periods if token.start < _OPENING]
        context.period = _together(opening, opening[-1]) if opening else context.period
        return [replace(r, subject=tuple(_raw(r.subject, sentence, text))) for r in readings]

    # What stands where

    def _here(self, text: str) -> str:
        """With the names of the report's own place blotted out, so that all offsets stay."""
        for name in self._own:
            text = text.replace(f"{name}的", " " * (len(name) + 1)).replace(name, " " * len(name))
        return text

    def _lead_starts(self, sentence: str, found: Sequence[Figure]) -> list[int]:
        starts = []
        end = 0
        for figure in found:
            boundary = max((m.end() for m in _BOUNDARY.finditer(sentence, end, figure.start)), default=end)
            starts.append(boundary)
            end = figure.end
        return starts

    def _periods(self, text: str) -> list[Token]:
        tokens = tokenise(text, self._vocabulary)
        compared = frozenset("比较与和同跟自由从到")
        return [
            token
            for before, token in pairwise([None, *tokens])
            if token.span and (before is None or before.text not in compared)
        ]

    def _dated(self, reading: Reading, periods: Sequence[Token]) -> Reading:
        own = [p for p in periods if p.end <= reading.figure.start]
        if not own:
            return replace(reading, period=self._context.period)
        return replace(reading, period=_together(own, own[-1]))

    # Who is meant

    def _tail(self, text: str, figure: Figure, until: int) -> str:
        """What is counted, where it stands right behind the figure: 482个 | 农家书屋."""
        stretch = text[figure.end : until]
        end = _TAIL_END.search(stretch)
        stretch = stretch[: end.start()] if end else stretch
        own = stretch.removeprefix("的")
        tokens = tokenise(own, self._vocabulary)
        kept: list[Token] = []
        for token in tokens:
            is_noun = (token.is_content and "change" not in token.roles) or token.is_unknown
            if is_noun or (kept and token.text in "、和的“”"):
                kept.append(token)
            else:
                break
        while kept and not (kept[-1].is_content or kept[-1].is_unknown):
            kept.pop()
        text_kept = own[: kept[-1].end] if kept else ""
        return text_kept if 1 < len(text_kept) <= _LARGEST_TAIL else ""

    def _is_idle(self, text: str, figure: Figure) -> bool:
        """Whether a numeral in characters stands before nothing that it could count: 十九大."""
        counts = figure.family in ("other", "things", "")
        return counts and not figure.ordinal and _is_numeral(text, figure) and not self._tail(text, figure, len(text))

    def _items(self, text: str, lead: Lead, run: int) -> list[Subject]:
        """The things that so many figures in a row are of, one each."""
        if run < 2 or not lead.subject:
            return []
        items: list[list[str]] = [[]]
        for token in lead.subject:
            if _ITEMS.fullmatch(token.text):
                items.append([])
            else:
                items[-1].append(text[token.start : token.end])
        items = [item for item in items if item]
        if len(items) != run:
            return []
        last = items[-1]
        if len(last) > 1 and last[-1].endswith(words().measures):
            items = [
                item if item[-1].endswith(words().measures) else [*item, *last[_same_head(item, last) :]]
                for item in items
            ]
        return [tuple(item) for item in items]

    def _next_item(self, reading: Reading, before: Reading, number: int) -> Reading:
        items = self._context.items
        subject = items[number] if number < len(items) else before.subject
        return replace(
            reading,
            lead=replace(before.lead, subject=[]),
            subject=subject,
            relative=before.relative,
            carried="" if number < len(items) else "nowhere",
        )

    def _resolved(self, text: str, sentence: str, reading: Reading, tail: str, *, first: bool, start: int) -> Reading:
        context, lead, own = self._context, reading.lead, reading.subject
        if context.items:
            own = context.items[0]
            return replace(reading, subject=own)
        if lead.change and reading.figure.family == "points" and not own and not lead.versus:
            return replace(
                reading, subject=context.subject, relative=context.relative, carried="sentence" if first else "clause"
            )
        counts = reading.figure.family not in ("percent", "points", "times", "ratio", "duration")
        if (
            tail
            and counts
            and (_is_numeral(text, reading.figure) or not any(token.is_content for token in lead.subject))
        ):
            return replace(reading, tail=tail)
        if lead.lasting:
            behind = _LASTING.match(text, reading.figure.end)
            return replace(reading, tail=behind.group() if behind else "")
        if not own:
            nearest = () if not first else self._topic(text, sentence, start)
            subject = nearest or context.subject or context.title
            carried = (
                "clause"
                if nearest or not first
                else "sentence"
                if context.subject
                else "title"
                if subject
                else "nowhere"
            )
            return replace(reading, subject=subject, tail=tail if not subject else "", carried=carried)
        return self._completed(reading, first=first)

    def _topic(self, text: str, sentence: str, start: int) -> Subject:
        """What the clauses before the first figure speak of."""
        clauses = [0, *(m.end() for m in _BOUNDARY.finditer(sentence, 0, start))]
        for begin, end in reversed(list(pairwise(clauses))):
            kept: list[str] = []
            for token in tokenise(text[begin : end - 1], self._vocabulary):
                if token.is_content and "change" not in token.roles:
                    kept.append(token.text)
                elif kept and not (token.is_unknown and len(token.text) <= 2):
                    break
            if kept:
                return tuple(kept)
        return ()

    def _completed(self, reading: Reading, *, first: bool) -> Reading:
        """With what the subject leaves to the one before it: 小学 | 在校生, or 衣着 | 价格."""
        context, own = self._context, reading.subject
        base = context.subject if not first else ()
        joined = "".join(own)
        if joined in _generic() or own[-1] in ("总量", "总数", "总额") or (len(own) == 1 and own[0] in _generic()):
            if not base:
                base = context.title if first and not context.subject else context.subject
            if not base or joined in "".join(base):
                return reading
            return replace(reading, subject=self._replaced(base, own), carried="clause")
        last = context.subject[-1] if context.subject else ""
        goes_on = bool(reading.lead.change) and reading.figure.family in ("percent", "points")
        beside = reading.figure.family == context.family == "money" and not self._exclusive(own[-1]).isdisjoint(
            context.subject
        )
        if last.endswith(_INDICATORS) and not own[-1].endswith(words().measures) and (goes_on or beside):
            return replace(reading, subject=(*own, last), carried="clause")
        return reading

    def _replaced(self, base: Subject, own: Subject) -> Subject:
        if len(own) > 1 and base[-1].endswith(own[0]):
            return (base[-1], *own[1:])
        exclusive = self._exclusive(own[-1])
        for at, piece in enumerate(base):
            if piece in exclusive and at:
                return (*base[:at], *own)
        if base[-1].endswith(words().measures) or base[-1] in _generic():
            return (*base[:-1], *own)
        return (*base, *own)

    def _exclusive(self, name: str) -> frozenset[str]:
        word = self._vocabulary.words.get(name)
        concepts = [sense[0] for sense in word.senses if len(sense) == 1] if word else []
        return frozenset().union(*(self._vocabulary.exclusive.get(concept, frozenset()) for concept in concepts))

    def _remember(self, reading: Reading) -> None:
        context, lead = self._context, reading.lead
        if reading.subject and not reading.lead.versus:
            context.subject = reading.subject
        if not lead.change and not lead.is_share:
            context.family = reading.figure.family
            context.recent = [*context.recent[-5:], reading.subject]
        if reading.figure.family == "percent":
            context.relative = context.count
        context.count += 1


def _together(tokens: Sequence[Token], last: Token) -> tuple[Token, ...]:
    """A period with what it goes on from: 2021年 | 前三季度."""
    found = [last]
    for token in reversed(tokens):
        if token.end == found[0].start:
            found.insert(0, token)
    return tuple(found)


def _generic() -> frozenset[str]:
    return words().generic


def _latest(context: Context, run: int) -> list[Subject]:
    return context.recent[-run:] if run > 1 and len(context.recent) >= run else []


def _same_head(item: Sequence[str], last: Sequence[str]) -> int:
    """How many of the last item's words an item has words of its own for."""
    return min(len(item), len(last) - 1)


def _run(text: str, found: Sequence[Figure], at: int) -> int:
    """How many figures follow one another with nothing but list signs between."""
    count = 1
    while at + count < len(found) and _LIST_JOIN.fullmatch(text, found[at + count - 1].end, found[at + count].start):
        count += 1
    return count


def _is_numeral(text: str, figure: Figure) -> bool:
    return not any(char.isdigit() for char in text[figure.start : figure.end])


def _changed_from(text: str, lead: Lead) -> tuple[Lead, bool]:
    """The lead without what a level came from: 由十年前的 | 不足百个, 发展到目前的 | 1735个."""
    for at, token in enumerate(lead.subject):
        if token.text in ("由", "从") and at:
            stretch = text[token.start : lead.subject[-1].end]
            came = any(word in stretch for word in ("到", "至", "发展"))
            return replace(lead, subject=lead.subject[:at], came=True, change=""), not came
    return lead, False


def _raw(subject: Subject, sentence: str, text: str) -> Iterator[str]:
    """The subject as the sentence writes it, where it does."""
    for piece in subject:
        at = text.find(piece)
        yield sentence[at : at + len(piece)] if at >= 0 else piece
