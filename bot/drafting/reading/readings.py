"""Reads the figures of an article one after another, with what they leave to the clauses and sentences before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answering.language.tokens import tokenise

from .behind import predicate
from .clauses import Lead
from .english_prose import english_labels
from .plain import plain
from .reading import Carried, Context, Progress, Reading
from .sentence import SentenceText
from .subjects import Subject, Subjects, is_generic, is_measured, items_of
from .words import words

if TYPE_CHECKING:
    from bot.answering.language.vocabulary import Vocabulary

_LONGEST_TOPIC = 16  # characters of a heading that names what its section is about
_COUNTABLE = frozenset(
    "things person count firms vehicles animals plants books beds routes visits times_count other".split()
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_RATES = frozenset(["permille", "percent", "duration"])
_RELATIVE = frozenset(["percent", "points"])


class Reader:
    """Reads the sentences of an article in their order."""

    def __init__(self, vocabulary: Vocabulary, own_places: Sequence[str]) -> None:
        self._vocabulary = vocabulary
        self._subjects = Subjects(vocabulary)
        self._own = sorted((plain(name) for name in own_places if name), key=len, reverse=True)
        self._context = Context()
        self._count = 0

    def begin_section(self, title: str) -> None:
        """Forgets what the section before has named."""
        topic = [token.text for token in tokenise(plain(title), self._vocabulary) if token.is_content]
        self._context = Context(title=tuple(topic) if len(title) <= _LONGEST_TOPIC else ())

    def begin_paragraph(self) -> None:
        """Forgets the period of the paragraph before."""
        self._context.period = ("", ())

    def read(self, sentence: str) -> list[Reading]:
        """The figures of a sentence with what they tell."""
        done = Progress(SentenceText(sentence, self._own, self._vocabulary))
        if done.text.tells_parts and self._context.subject:
            done.recent.append(self._context.subject)
        if not _CHINESE.search(sentence):
            return self._read_english(done.text)
        for at in range(len(done.text.figures)):
            reading = self._in_row(done, at) or self._first_of_row(done, at)
            self._remember(reading, done, follows=at != done.row)
            done.readings.append(reading)
        if done.text.opening_period:
            self._context.period = sentence, done.text.opening_period
        self._context.place = done.text.last_place
        return [replace(one, subject=tuple(map(done.text.printed, one.subject))) for one in done.readings]

    def _read_english(self, text: SentenceText) -> list[Reading]:
        labels, last = english_labels(text.sentence, text.figures, "".join(self._context.subject))
        readings = [
            Reading(
                figure,
                Lead(),
                (),
                period=text.english_period(at),
                stated_in=text.sentence,
                label=self._without_own(label),
                carried=Carried.HERE if label else Carried.NOWHERE,
            )
            for at, (figure, label) in enumerate(zip(text.figures, labels, strict=True))
        ]
        self._context.subject = (last,) if last else self._context.subject
        return readings

    def _without_own(self, label: str) -> str:
        """A label in English without the name of what the report is about."""
        for name in self._own:
            label = re.sub(rf"(?i) (?:of|in|on) (?:the )?{re.escape(name)}(?!\w)", "", label)
        return label

    def _in_row(self, done: Progress, at: int) -> Reading | None:
        """A figure that tells of the next thing what the first of its row tells of the first."""
        place = at - done.row
        if not at or not done.text.goes_on(at):
            return None
        first, figure = done.readings[done.row], done.text.figures[at]
        if place < len(done.items):
            change_of = first.change_of + place if first.change_of >= 0 else -1
            return replace(first, figure=figure, subject=done.items[place], change_of=change_of)
        if first.year and place < len(self._context.years):
            return replace(first, figure=figure, year=self._context.years[place])
        is_alike = figure.family == first.figure.family and not done.text.tail(at)
        return replace(first, figure=figure) if is_alike and first.subject else None

    def _first_of_row(self, done: Progress, at: int) -> Reading:
        text, context = done.text, self._context
        lead, length = text.lead(at), text.row(at)
        context.years = text.years(at) or context.years
        items = items_of(text.text, lead.subject, length) if length > 1 else []
        is_yearly = length > 1 and not items and length == len(context.years)
        if length > 1 and not (items or is_yearly or lead.subject):
            items = text.listed_before(at, length) or (done.recent[-length:] if len(done.recent) >= length else [])
        own = items[0] if items else tuple(text.text[token.start : token.end] for token in lead.subject)
        whole = "".join(text.whole or context.whole) if context.whole != own else ""
        stated, period = (text.sentence, text.period(at)) if text.period(at) else context.period
        reading = Reading(
            text.figures[at], lead, own, period=period, stated_in=stated, whole=whole, prices=text.prices(at)
        )
        done.row = at
        if not items or not lead.subject:
            reading = self._resolved(reading, done, at)
        elif done.recent and not is_measured(own):
            reading = self._completed(reading, done)
        added = reading.subject[len(own) :] if own and reading.subject[: len(own)] == own else ()
        done.items = items and [reading.subject, *((*item, *added) for item in items[1:])]
        return replace(reading, year=context.years[0] if is_yearly else 0)

    def _resolved(self, reading: Reading, done: Progress, at: int) -> Reading:
        """With the subject that the clause itself does not say, or says but a part of."""
        context, lead, own, family = self._context, reading.lead, reading.subject, reading.figure.family
        reading = replace(reading, place=done.text.place(at, context.place))
        growth = own if own and "change" in self._roles(own[-1]) else ()
        if context.rates and own == growth and ((family == "points" and lead.change) or lead.versus):
            return replace(reading, subject=context.subject, change_of=context.rates[0], carried=done.near)
        if done.recent and done.text.is_compared_with(at):
            return replace(reading, subject=(*own, *done.recent[-1]), is_former=True)
        if lead.lasting:
            return replace(reading, tail=predicate(done.text.text, reading.figure))
        found = self._by_what_follows(reading, done, at) or self._level_that_came(reading, done)
        if found:
            return found
        return self._completed(reading, done) if own else self._carried(reading, done, at)

    def _by_what_follows(self, reading: Reading, done: Progress, at: int) -> Reading | None:
        """A figure that says behind it what it counts, or of what it is a part: 482个农家书屋, 7.5%来自网店."""
        lead, own, family = reading.lead, reading.subject, reading.figure.family
        tail = done.text.tail(at + done.text.row(at) - 1)
        if tail and (family in _COUNTABLE or reading.figure.ordinal) and not (own and is_measured(own)):
            whose = done.text.topic_before(at) if reading.figure.ordinal and not own and not done.recent else own
            return replace(reading, tail=tail, subject=() if done.text.is_tail_before(at) else whose)
        if family != "percent" or lead.change or lead.share_word or lead.versus:
            return None
        told = tail or predicate(done.text.text, reading.figure)
        if not told or (own and is_measured(own)):
            return None
        return replace(reading, tail=told, is_part=True)

    def _level_that_came(self, reading: Reading, done: Progress) -> Reading | None:
        """The level that something came to, of which the clause before told the former one."""
        before = done.readings[-1] if done.readings else None
        if not before or reading.lead.subject or not reading.lead.came or before.lead.change:
            return None
        if before.figure.family != reading.figure.family:
            return None
        subject = reading.subject or before.subject
        return replace(
            before,
            figure=reading.figure,
            subject=subject,
            period=reading.period,
            stated_in=reading.stated_in,
            carried=done.near,
        )

    def _carried(self, reading: Reading, done: Progress, at: int) -> Reading:
        """With what was spoken of last."""
        context = self._context
        topic = () if done.recent else done.text.topic_before(at)
        if topic:
            return replace(reading, subject=topic, carried=Carried.CLAUSE)
        if context.subject and (done.recent or reading.lead.change or reading.lead.share_word):
            return replace(reading, subject=context.subject, carried=done.near)
        return replace(reading, carried=Carried.NOWHERE)

    def _completed(self, reading: Reading, done: Progress) -> Reading:
        """With what its own words leave to the subject before."""
        own, base = reading.subject, self._context.subject
        if base and len(own) == 1 and is_measured(own) and base[-1].endswith(own[0]):
            subject = base  # 茶园面积 ...; 面积 ...
        elif is_generic(own):
            named = done.recent or ([self._context.title] if self._context.title and not self._context.subject else [])
            subject = self._subjects.of_which(own, named) if named else own
        else:
            subject = self._completed_by(base, reading, done) or own
        before = done.readings[-1] if done.readings and subject != own else None
        if before and before.lead.named_change and not reading.lead.change and before.figure.family in _RATES:
            reading = replace(reading, lead=before.lead)  # 春茶产量涨幅为5%, 秋茶为6%
        carried = Carried.HERE if subject == own else done.near if subject == base else Carried.CLAUSE
        return replace(reading, subject=subject, carried=carried)

    def _completed_by(self, base: Subject, reading: Reading, done: Progress) -> Subject:
        lead, own, family = reading.lead, reading.subject, reading.figure.family
        if done.recent and len(base) > 1 and len(own) > 1 and own[0] == base[-1]:
            return (*base[:-1], *own)
        if not base or is_measured(own) or not is_measured(base):
            return ()
        goes_on = done.recent and lead.change and family in _RELATIVE and base[-1].endswith(words().indicators)
        is_part = self._subjects.is_beside(own, base) or (bool(done.recent) and family in _RATES)
        before = done.readings[-1] if done.readings else None
        is_same = before and before.lead.named_change and before.figure.family == family and not lead.change
        alike = (is_same or family == self._context.family) and not lead.share_word and is_part
        return self._subjects.with_measure(own, base) if goes_on or alike else ()

    def _remember(self, reading: Reading, done: Progress, *, follows: bool) -> None:
        context = self._context
        if reading.is_former:
            self._count += 1
            return
        if reading.subject:
            context.subject = reading.subject
            done.recent.append(reading.subject)
            context.whole = context.whole if len(done.recent) > 1 else reading.subject
        if not reading.lead.change and not reading.lead.share_word:
            context.family = reading.figure.family
        if reading.figure.family == "percent":
            context.rates = [*context.rates, self._count] if follows else [self._count]
        self._count += 1

    def _roles(self, name: str) -> Mapping[str, str]:
        word = self._vocabulary.words.get(name)
        return word.roles if word else {}
