"""Reads the figures of an article one after another, with what they leave to the clauses and sentences before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.answering.language.tokens import Token, tokenise

from .clauses import Lead, lead_of, predicate, tail_of, tokens_of
from .figures import Figure, figures
from .plain import plain
from .subjects import Subject, Subjects, is_generic, is_measured, items_of
from .words import words

if TYPE_CHECKING:
    from bot.answering.language.vocabulary import Vocabulary

_BOUNDARY = re.compile(r"[，。；：！？;!?（）()]|,(?!\d{3}(?!\d))|:(?!\d)")
_LIST_JOIN = re.compile(r"[\s、,，和与及]{0,3}")
_ASIDE = re.compile(r"[（(][^（）()\d]*[）)]")
_BY_PRICES = re.compile(r"按(?:可比|不变|当年|现行)(?:价格?|口径)(?:计算)?|扣除价格因素")
_EACH = re.compile("分别|各自")
_VIEW = re.compile(r"[分从按][^，,。]{0,12}[看分][,，]")
_END_OF_YEAR = re.compile(r"(?<=\d年)[末底初](?!期)")
_WHEN = re.compile(r"[在于](?=\d{4}年)|(?<=\d{4}年)的")
_YEARS = re.compile(
    r"((?:19|20)\d\d)年?\s*[-—–~～至到]+\s*((?:19|20)\d\d)年?|((?:(?:19|20)\d\d年?[、和及,])+(?:19|20)\d\d年)"
)
_WHOLE = re.compile(r"([^，。,\d]{0,3}(?:\d{4}年)?[^，。,]{2,12})中[，,]")
_COMPARED = frozenset("比较与和同跟自由从到")
_OPENING = 3  # characters of a sentence within which a period holds for those after it, too
_SHORT_TITLE = 16
_COUNTABLE = frozenset(
    "things person count firms vehicles animals plants books beds routes visits times_count other".split()
)
_RELATIVE = frozenset(["percent", "points"])


class Carried(StrEnum):
    """Where the subject of a figure was named: by itself, or how far before it."""

    HERE = "here"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    TITLE = "title"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Reading:
    """A figure and what it tells.

    `subject`: what is measured, in words; `lead`: how it is told. `tail`: what is counted, where that stands behind
    the figure. `place`: where, if the sentence says so before; `year`: of one of several in a row. `change_of`: the number of the reading of which this tells the change, -1 for none. `whole`: what a
    share is of, where it does not say so. `prices`: by which prices it was calculated.
    """

    figure: Figure
    lead: Lead
    subject: Subject
    tail: str = ""
    change_of: int = -1
    period: tuple[Token, ...] = ()
    carried: Carried = Carried.HERE
    whole: str = ""
    prices: str = ""
    place: str = ""
    year: int = 0
    is_part: bool = False


@dataclass
class _Context:
    """What the text before has named. `rates`: the numbers of the last readings in a row that told a rate."""

    subject: Subject = ()
    family: str = ""
    whole: Subject = ()
    rates: list[int] = field(default_factory=list)
    period: tuple[Token, ...] = ()
    title: Subject = ()
    years: list[int] = field(default_factory=list)


class Reader:
    """Reads the sentences of an article in their order."""

    def __init__(self, vocabulary: Vocabulary, own_places: Sequence[str]) -> None:
        self._vocabulary = vocabulary
        self._subjects = Subjects(vocabulary)
        self._own = sorted((plain(name) for name in own_places if name), key=len, reverse=True)
        self._context = _Context()
        self._count = 0

    def begin_section(self, title: str) -> None:
        """Forgets what the section before has named."""
        topic = [token.text for token in tokenise(plain(title), self._vocabulary) if token.is_content]
        self._context = _Context(title=tuple(topic) if len(title) <= _SHORT_TITLE else ())

    def begin_paragraph(self) -> None:
        """Forgets the period of the paragraph before."""
        self._context.period = ()

    def read(self, sentence: str) -> list[Reading]:
        """The figures of a sentence with what they tell."""
        found = _Sentence(sentence, self._own, self._vocabulary)
        readings: list[Reading] = []
        recent: list[Subject] = [self._context.subject] if found.goes_into_parts and self._context.subject else []
        items: list[Subject] = []
        first_of_row = 0
        for at, figure in enumerate(found.figures):
            if at and found.goes_on(at) and items and at - first_of_row < len(items):
                row = at - first_of_row
                before = readings[first_of_row]
                of = before.change_of + row if before.change_of >= 0 else -1
                reading = replace(before, figure=figure, subject=items[row], change_of=of, year=0)
            elif (
                at
                and found.goes_on(at)
                and readings[first_of_row].year
                and at - first_of_row < len(self._context.years)
            ):
                year = self._context.years[at - first_of_row]
                reading = replace(readings[first_of_row], figure=figure, year=year, change_of=-1)
            else:
                first_of_row = at
                lead = found.lead(at)
                row = found.row(at)
                items = items_of(found.text, lead.subject, row) if row > 1 else []
                self._context.years = found.years(at) or self._context.years
                is_yearly = row > 1 and not items and row == len(self._context.years)
                if row > 1 and not items and not is_yearly and len(recent) >= row and not lead.subject:
                    items = recent[-row:]
                own = items[0] if items else tuple(found.text[t.start : t.end] for t in lead.subject)
                reading = Reading(figure, lead, own, period=found.period(at) or self._context.period)
                whole = "".join(found.whole or self._context.whole)
                reading = replace(reading, prices=found.prices(at), whole=whole if self._context.whole != own else "")
                if not items or not lead.subject:
                    reading = self._resolved(found, at, reading, recent, readings)
                    if row > 1 and not items and reading.change_of >= 0:
                        items = [reading.subject] * row
                    reading = replace(reading, year=self._context.years[0] if is_yearly else 0)
                    items = items and [reading.subject, *items[1:]]
            readings.append(reading)
            self._remember(reading, recent, follows=at > 0 and at != first_of_row)
        self._context.period = found.opening_period or self._context.period
        return [replace(one, subject=tuple(map(found.printed, one.subject))) for one in readings]

    def _resolved(
        self, found: _Sentence, at: int, reading: Reading, recent: Sequence[Subject], readings: Sequence[Reading]
    ) -> Reading:
        """With the subject that the clause itself does not say, or says but a part of."""
        reading = replace(reading, place=found.place(at))
        context, lead, own, family = self._context, reading.lead, reading.subject, reading.figure.family
        near = Carried.CLAUSE if recent else Carried.SENTENCE
        growth = own[-1:] if own and "change" in self._roles(own[-1]) else ()
        if context.rates and (not own or own == growth) and ((family == "points" and lead.change) or lead.versus):
            return replace(reading, subject=context.subject, change_of=context.rates[0], carried=near)
        if lead.lasting:
            return replace(reading, tail=predicate(found.text, reading.figure))
        tail = found.tail(at + found.row(at) - 1)
        if tail and (family in _COUNTABLE or reading.figure.ordinal) and not (own and is_measured(own)):
            return replace(reading, tail=tail, subject=() if found.is_tail_before(at) else own)
        if not own and lead.came and readings and readings[-1].figure.family == family and not readings[-1].lead.change:
            return replace(readings[-1], figure=reading.figure, period=reading.period, carried=near)
        if family == "percent" and not (lead.change or lead.share_word or lead.versus):
            told = tail or predicate(found.text, reading.figure)
            if told and (not own or not is_measured(own) or told.startswith(words().of_a_part)):
                own = (*recent[-1], *own) if recent and own[:1] == ("贡献",) else own
                return replace(reading, tail=told, subject=own, is_part=True)
        if not own:
            topic = () if recent else found.topic(at)
            subject = topic or (context.subject if recent or lead.change or lead.share_word else context.title)
            carried = Carried.CLAUSE if topic or recent else near if context.subject else Carried.TITLE
            return replace(reading, subject=subject, carried=carried if subject else Carried.NOWHERE)
        if growth and len(own) == 1 and context.subject:
            return replace(reading, subject=(*context.subject, *own), carried=near)
        return self._completed(reading, recent)

    def _completed(self, reading: Reading, recent: Sequence[Subject]) -> Reading:
        context, lead, own, family = self._context, reading.lead, reading.subject, reading.figure.family
        base = context.subject
        if is_generic(own):
            named = recent or ([context.title] if context.title and not base else [])
            subject = self._subjects.of_which(own, named) if named else own
        elif recent and len(base) > 1 and len(own) > 1 and own[0] == base[-1]:
            subject = (*base[:-1], *own)
        elif lead.change == "" and own[-1].endswith(("贡献率", "贡献度")) and recent:
            subject = (*base, "对", *own) if "对" not in own else own
        elif not base or is_measured(own) or not is_measured(base):
            subject = own
        elif lead.change and family in _RELATIVE and base[-1].endswith(words().indicators) and recent:
            subject = self._subjects.with_measure(own, base)
        elif family == context.family and not lead.share_word and self._subjects.is_beside(own, base):
            subject = self._subjects.with_measure(own, base)
        else:
            subject = own
        return replace(reading, subject=subject, carried=Carried.HERE if subject == own else Carried.CLAUSE)

    def _remember(self, reading: Reading, recent: list[Subject], *, follows: bool) -> None:
        context, lead = self._context, reading.lead
        if reading.subject:
            context.subject = reading.subject
            recent.append(reading.subject)
            context.whole = context.whole if len(recent) > 1 else reading.subject
        if not lead.change and not lead.share_word:
            context.family = reading.figure.family
        if reading.figure.family == "percent":
            context.rates = [*context.rates, self._count] if follows else [self._count]
        self._count += 1

    def _roles(self, name: str) -> dict[str, str]:
        word = self._vocabulary.words.get(name)
        return word.roles if word else {}


class _Sentence:
    """A sentence as it is read: its figures and what stands between them, all offsets those of the sentence."""

    def __init__(self, sentence: str, own: Sequence[str], vocabulary: Vocabulary) -> None:
        self.sentence, self._vocabulary = sentence, vocabulary
        self.text = _blotted(plain(sentence), own)
        self.figures = [one for one in figures(self.text, vocabulary) if not self._is_idle(one)]
        self._tokens = tokenise(self.text, vocabulary)
        ends = [0, *(figure.end for figure in self.figures)]
        self.starts = [
            max((m.end() for m in _BOUNDARY.finditer(self.text, end, figure.start)), default=end)
            for end, figure in zip(ends, self.figures, strict=False)
        ]

    def lead(self, at: int) -> Lead:
        return lead_of(self.text, self.starts[at], self.figures[at], self._vocabulary)

    def tail(self, at: int) -> str:
        until = self.figures[at + 1].start if at + 1 < len(self.figures) else len(self.text)
        return tail_of(self.text, self.figures[at].end, until, self._vocabulary)

    def goes_on(self, at: int) -> bool:
        """Whether nothing but the sign of a list stands before a figure."""
        return bool(_LIST_JOIN.fullmatch(self.text, self.figures[at - 1].end, self.figures[at].start))

    def row(self, at: int) -> int:
        """How many figures stand in a row from one on."""
        end = at + 1
        while end < len(self.figures) and self.goes_on(end):
            end += 1
        return end - at

    def is_numeral(self, at: int) -> bool:
        """Whether a figure is written in characters."""
        return self._is_numeral(self.figures[at])

    def prices(self, at: int) -> str:
        match = _BY_PRICES.search(plain(self.sentence), self.starts[at], self.figures[at].start)
        return match.group() if match else ""

    def topic(self, at: int) -> Subject:
        """What the clauses before a figure speak of."""
        clauses = [0, *(match.end() for match in _BOUNDARY.finditer(self.text, 0, self.starts[at]))]
        for start, end in reversed(list(pairwise(clauses))):
            kept: list[str] = []
            for token in tokens_of(self.text, start, end - 1, self._vocabulary):
                if (token.is_content or _is_elsewhere(token)) and "change" not in token.roles:
                    kept.append(token.text)
                elif kept:
                    break
            if kept:
                return tuple(kept)
        return ()

    def is_tail_before(self, at: int) -> bool:
        """Whether all that stands before a figure is what the figure before it counts: 1家影院、1块银幕."""
        if not at:
            return False
        between = self.text[self.figures[at - 1].end : self.figures[at].start]
        return bool(re.fullmatch(r"[^，。；,;]{1,12}[、和及与]", between))

    def place(self, at: int) -> str:
        """Another place than the report's own, of which the clauses before a figure speak."""
        here = self.starts[at]
        if any(_is_elsewhere(token) for token in self._tokens if here <= token.start < self.figures[at].start):
            return ""
        starts = {0, *(match.end() for match in _BOUNDARY.finditer(self.text, 0, here))}
        named = [
            token for token in self._tokens if token.start in starts and _is_elsewhere(token) and token.end <= here
        ]
        if not named or self.text[named[-1].end : named[-1].end + 1] in "、和与及":
            return ""
        part = next(
            (t for t in self._tokens if t.start == named[-1].end and t.is_unknown and len(t.text) == 2), named[-1]
        )
        return self.sentence[named[-1].start : part.end]

    def years(self, at: int) -> list[int]:
        """The years of which a sentence speaks together, before a figure."""
        found = list(_YEARS.finditer(self.text, 0, self.figures[at].start))
        if not found:
            return []
        first, last, listed = found[-1].groups()
        return (
            [int(year) for year in re.findall(r"\d{4}", listed)] if listed else list(range(int(first), int(last) + 1))
        )

    def period(self, at: int) -> tuple[Token, ...]:
        """The period that holds for a figure, () for none."""
        figure = self.figures[at]
        right_before = [token for token in self._tokens if token.span and token.end == figure.start]
        before = [token for token in self._periods() if token.end <= figure.start] or right_before
        return _together(before, (right_before or before)[-1]) if before else ()

    @property
    def goes_into_parts(self) -> bool:
        """Whether a sentence tells parts of what the one before tells: 其中, 分产业看."""
        return self.text.startswith("其中") or bool(_VIEW.match(self.text))

    @property
    def whole(self) -> Subject:
        """What the figures of a sentence are parts of, where it begins so: 总诊疗量中."""
        match = _WHOLE.match(self.text)
        tokens = tokens_of(self.text, 0, match.end(1), self._vocabulary) if match else []
        return tuple(token.text for token in tokens if not token.span and not token.is_stop)

    @property
    def opening_period(self) -> tuple[Token, ...]:
        """The period that holds for the sentences that follow, too."""
        opening = [token for token in self._periods() if token.start < _OPENING]
        return _together(opening, opening[-1]) if opening and not _VIEW.match(self.text) else ()

    def printed(self, piece: str) -> str:
        """A piece of a subject as the sentence prints it."""
        at = self.text.find(piece)
        return self.sentence[at : at + len(piece)] if at >= 0 else piece

    def _periods(self) -> list[Token]:
        """The periods but for those that something is compared with."""
        pairs = zip([None, *self._tokens], self._tokens, strict=False)
        return [token for before, token in pairs if token.span and not (before and before.text in _COMPARED)]

    def _is_idle(self, figure: Figure) -> bool:
        """Whether a number stands before nothing that it could count: 十九大, 分三大门类看, 1美元兑."""
        if _VIEW.match(self.text[max(0, self.text.rfind(",", 0, figure.start) + 1) :]) or self.text.startswith(
            "兑", figure.end
        ):
            return True
        counts = figure.family in ("other", "things", "") and not figure.ordinal and self._is_numeral(figure)
        return counts and not tail_of(self.text, figure.end, len(self.text), self._vocabulary)

    def _is_numeral(self, figure: Figure) -> bool:
        return not any(char.isdigit() for char in self.text[figure.start : figure.end])


def _is_elsewhere(token: Token) -> bool:
    """Whether a token names a place by its own name."""
    return (
        len(token.roles.get("place", "")) in (2, 6)
        and token.roles["place"] != "county"
        and token.roles["place"] not in ("any",)
    )


def _blotted(text: str, own: Sequence[str]) -> str:
    """With blanks for what says nothing of any figure, such as the name of the report's own place."""
    for name in own:
        text = text.replace(f"{name}的", " " * (len(name) + 1)).replace(name, " " * len(name))
    for pattern in (_ASIDE, _BY_PRICES, _EACH, _END_OF_YEAR, _WHEN):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _together(tokens: Sequence[Token], last: Token) -> tuple[Token, ...]:
    """A period with what it goes on from: 2021年 | 前三季度."""
    found = [last]
    for token in reversed(tokens):
        if token.end == found[0].start:
            found.insert(0, token)
    return tuple(found)
