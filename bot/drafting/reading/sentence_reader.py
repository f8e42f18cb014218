"""Reads the figures of a sentence one after another, with what they leave to the clauses and sentences before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.answering.language.tokens import Token

from . import words as w
from .clauses import COMPARED
from .figures import COUNTED
from .reading import Carried, Reading
from .sentence import SentenceText
from .subjects import JOINS, PART_OF, Subject, Subjects, is_generic, is_measured
from .topics import PER_ONE, Context

_LONG = 6  # characters of a name that says itself of what it is
_PLACE_KINDS = frozenset("省市县区镇乡村")  # how the names of places end
_PEOPLE = ("生", "师", "工", "员")
_KIND = re.compile(r"\w{1,4}?[级类型性式](?=\w{2})")
_LONGEST_DEED = 18  # characters of a clause that tells what those that are counted do
_CLAUSES = 9  # before a figure whose clause does not say of what it is
_COUNTABLE = COUNTED | {"visits", "times_count"}
_RATE_BEHIND = re.compile("的(增速|增幅|涨幅|降幅|跌幅|增长率)")
_ARE_SUCH = re.compile(r"[^的]{3,20}的[^的\d]{2,8}")  # 收入超过5亿元的 | 茶厂


def _without_superlative(own: Subject) -> Subject:
    """What is measured of the place that has the most or the least of it: 茶价最高的 | 甲镇 as 甲镇 | 茶价."""
    at = next((at for at, piece in enumerate(own) if piece.rstrip("的") in w.SUPERLATIVES), len(own))
    behind = own[at + 1 :]
    behind = behind[1:] if behind[:1] == ("的",) else behind
    return (*behind, *own[:at]) if behind and behind[-1][-1] in _PLACE_KINDS else own


@dataclass
class SentenceReader:
    """Reads a sentence, figure by figure.

    `recent`: the subjects of the sentence so far. `items`: the subjects of the figures in a row from `row` on; `rates`:
    what the figures of that row may tell the change of; `periods`: when they are.
    """

    text: SentenceText
    context: Context
    subjects: Subjects
    readings: list[Reading] = field(default_factory=list)
    recent: list[Subject] = field(default_factory=list)
    items: Sequence[Subject] = ()
    rates: Sequence[Reading] = ()
    periods: Sequence[tuple[Token, ...]] = ()
    row: int = 0

    def read(self) -> list[Reading]:
        self.context.topics.begin_sentence(self.text)
        self.context.share_of = self.text.among or self.context.share_of
        if self.text.tells_parts:
            self.recent.append(self.context.subject)
        if self.text.figures and (measure := self.text.viewed) and is_measured(measure):
            self.recent.append(measure)
            self.context.subject, self.context.family = measure, self.text.figures[0].family
        for at in range(len(self.text.figures)):
            reading = self._in_row(at) or self._first_of_row(at)
            self.readings.append(reading)
            if not reading.is_former:
                self._remember(reading, follows=at != self.row)
        if self.recent:
            self.context.told_before = [*dict.fromkeys(self.recent)]
        if self.text.opening_period:
            self.context.stated_in, self.context.period = self.text.sentence, self.text.opening_period
        return self.readings

    def _note_place(self, end: int) -> None:
        """Takes note of a place that it names before `end`: what follows is of that until it names another."""
        place = self.text.place(end)
        self.context.place = self.context.place if place is None else place

    def _in_row(self, at: int) -> Reading | None:
        """A figure that tells of the next thing what the first of its row tells of the first."""
        place = at - self.row
        if not self.text.goes_on(at):
            return None
        first, figure = self.readings[self.row], self.text.figures[at]
        # 分别下降5%和 | 增长6%
        if told := next((one for one in (self.text.leads[at], self.readings[-1].lead) if one.change), None):
            first = replace(first, lead=replace(first.lead, change=told.change, word=told.word))
        if first.change_of and place < len(self.rates):
            rate = self.rates[place]
            return replace(first, figure=figure, subject=rate.subject, change_of=rate)
        if place < len(self.items):
            return replace(first, figure=figure, subject=self.items[place])
        if place < len(self.periods):
            return replace(first, figure=figure, period=self.periods[place])
        is_alike = figure.family == first.figure.family and not self.text.tail(at)
        return replace(first, figure=figure) if is_alike and first.subject else None

    def _first_of_row(self, at: int) -> Reading:
        text, context = self.text, self.context
        lead, length = text.leads[at], text.row(at)
        if lead.change and text.base and not (lead.base or lead.versus):
            lead = replace(lead, base=text.base)
        self._begin_row(at, length)
        self.periods = text.periods_in_row(at, length)
        listed = [text.listed[i] for i in range(at, at + length) if i in text.listed]
        items = listed or ([] if self.periods else context.items(text, at, length, self.recent))
        own = items[0] if items else tuple(text.text[one.start : one.end] for one in lead.subject)
        own = () if "".join(own) in w.CONVERTED else _without_superlative(own)
        period = self.periods[0] if self.periods else text.period(at)
        self._note_place(text.figures[at].start)
        reading = Reading(
            text.figures[at],
            lead,
            own,
            place="" if listed else context.place,
            period=period or context.period,
            stated_in=text.sentence if period else context.stated_in,
            whole=context.whole_of(is_part=text.is_part(at)),
        )
        context.share_of = lead.share_of or context.share_of
        counted = text.tail(at) if own and text.figures[at].family in _COUNTABLE else ""
        context.topics.note(text, at, (*own, counted) if counted else own)
        if not items:
            reading = self._resolved(reading, at)
        elif self.recent and not (listed or is_measured(own) or own in self.recent):
            reading = self._completed(reading)
        reading = replace(reading, topic=context.topics.of(reading.subject))
        self.items = items and [reading.subject, *((*item, *reading.subject[len(own) :]) for item in items[1:])]
        return reading

    def _begin_row(self, at: int, length: int) -> None:
        """Takes note of what the figures in a row from one on may tell the change of, and the share."""
        told = [one for one in self.readings if one.figure.family == "percent" and not one.lead.change]
        if len(self.context.rates) < length <= len(told):
            self.context.rates = told[-length:]  # 甲占比为5%，乙占比为6%，分别提高1、2个百分点
        follows_items = bool(self.items) and at == self.row + len(self.items)
        self.row, self.rates = at, self.context.rates
        since = self.text.figures[at - 1].end if at else 0
        if self.recent and PART_OF in self.text.text[since : self.text.figures[at].start]:
            family = self.text.figures[at].family
            alike = [one.subject for one in self.readings if one.figure.family == family]
            self.context.whole = () if follows_items else (alike or self.recent)[-1]  # 甲、乙分别为5吨和4吨，其中

    def _resolved(self, reading: Reading, at: int) -> Reading:
        """With the subject that the clause itself does not say, or says but a part of."""
        context, lead, own = self.context, reading.lead, reading.subject
        if found := self._mark(reading, at) or self._named_before(reading, at) or self._rate_behind(reading):
            return found
        is_growth = not own or self.subjects.is_change(own[-1])
        is_any = is_growth or is_generic(own)
        is_bare = is_any or (not own[1:] and is_measured(own))
        topic = self.text.topic_before(at, 1 if own else _CLAUSES, is_any=is_any) if is_bare else ()
        if topic and own:
            whose = topic[: -len(own)] if topic[-len(own) :] == own else topic
            return replace(reading, subject=(*whose, *own), carried=Carried.CLAUSE)
        is_of_rate = is_growth and not (own[1:] or lead.share_word)
        if context.rates and is_of_rate and reading.figure.family == "points":
            if not own and self._before and self._before.change_of:
                lead = replace(lead, subject=self._before.lead.subject)  # 增速同比回落2个百分点，较去年回落 | 3个百分点
                reading = replace(reading, lead=lead)
            return replace(reading, subject=context.subject, change_of=context.rates[0], carried=self._near)
        if self.text.is_former(at):
            reading = self._former(reading, at)
            if reading.is_former:
                return reading
        found = self._otherwise(reading, at) or self._by_what_follows(reading, at)
        found = found or self._level_that_came(reading)
        if topic and not found:
            found = replace(reading, subject=topic, carried=Carried.CLAUSE)
        return found or (self._completed(reading) if reading.subject else self._carried(reading))

    def _mark(self, reading: Reading, at: int) -> Reading | None:
        """A round number that what was spoken of last has passed, of which nothing is told: 首次突破 | 5万亩大关."""
        tail, base = self.text.tail(at), self.context.subject
        if tail not in w.MARKS or reading.subject or not base:
            return None
        return replace(reading, subject=(*base, f"突破的{tail}"), is_former=True, carried=self._near)

    def _named_before(self, reading: Reading, at: int) -> Reading | None:
        """A figure of what the clause before says that it is the most of."""
        lead = reading.lead
        best = None if reading.subject or lead.change or lead.share_word else self.text.superlative(at)
        subject = tuple(one.text for one in best.subject) if best else ()
        return replace(reading, lead=best, subject=subject, carried=Carried.CLAUSE) if best and subject else None

    def _rate_behind(self, reading: Reading) -> Reading | None:
        """A figure behind which the rate stands that it is: 以5%的增速领跑."""
        subject = reading.subject or self.context.subject
        rate = _RATE_BEHIND.match(self.text.text, reading.figure.end) if subject else None
        if not rate:
            return None
        change = "down" if rate[1][0] in "降跌" else "up"
        lead = replace(reading.lead, change=change, word=rate[1], named_change=True)
        return replace(reading, lead=lead, subject=subject, carried=reading.carried if reading.subject else self._near)

    def _otherwise(self, reading: Reading, at: int) -> Reading | None:
        """A figure that tells how long, a share of a measure, or how many do something."""
        lead, own, base = reading.lead, reading.subject, self.context.subject
        if lead.lasting:
            return replace(reading, tail=self.text.behind(at), subject=own or (base if self.recent else ()))
        if own == ("占比",) and self.recent:
            return replace(reading, lead=replace(lead, share_word="比重"), subject=self.recent[-1], carried=self._near)
        if reading.figure.family not in _COUNTABLE:
            return None
        deed = self.text.told_behind(at)  # 5家 | 预计亏损的茶厂
        if not _ARE_SUCH.fullmatch(deed):
            return None
        return replace(reading, subject=(), tail=deed)

    def _former(self, reading: Reading, at: int) -> Reading:
        """A figure that another one is compared with."""
        own = tuple(one.text for one in reading.lead.subject if not one.span and one.text not in COMPARED)
        if compared := self.text.compared(at):
            reading = replace(reading, period=compared, stated_in=self.text.sentence)
        return replace(reading, subject=(*own, *self.context.subject), is_former=True, carried=self._near)

    def _by_what_follows(self, reading: Reading, at: int) -> Reading | None:
        """A figure that says behind it what it counts, or of what it is a part: 482个农家书屋, 7.5%来自网店."""
        lead, own, figure = reading.lead, reading.subject, reading.figure
        tail, told = self.text.tail(at + self.text.row(at) - 1), self.text.told_behind(at)
        if tail and self.text.text.startswith("的", figure.end):
            is_own = tail.endswith(w.RATES if figure.family == "percent" else w.MEASURES)
            if is_own or (own and is_measured(own)):  # 创造了 | 3亿元的收入, 面积 | 3亩的茶园
                return replace(reading, subject=(tail,) if is_own else (tail, own[-1]))
        counts = figure.family in _COUNTABLE
        if counts and own and not tail and self.text.text[: figure.start].rstrip().endswith("的"):
            kind = next((one for one in reversed(self.recent) if "的" not in one), ())
            if kind and not is_measured(kind):
                return replace(reading, subject=(*own, "的", *kind))  # 茶厂9家，其中产值超5元的 | 3家
        if counts and not own and told.startswith(tail) and 1 < len(told) - len(tail) <= _LONGEST_DEED:
            whole = f"{told}人" if figure.family == "person" else ""
            does = told[len(tail) :].removeprefix("中")
            if not tail and self.text.is_part(at) and self.recent:
                return replace(reading, subject=self.recent[-1], tail=told)  # 其中13条 | 属首创
            tail = f"{does}的{tail}" if tail else whole
        if tail and counts:
            is_listed = own[:1] != ("除",) and ("、" in own or own[-1:] == ("等",))  # 春茶、秋茶等 | 5种茶叶
            return replace(reading, tail=tail, subject=() if is_listed else own)
        if figure.family == "percent" and own and self.text.text.endswith("的有", 0, figure.start):
            return replace(reading, is_part=True)  # 表示满意的有 | 85%
        is_share = figure.family == "percent" and not lead.change and bool(tail or told)
        does = told if told.startswith(("的", tail)) else tail  # 5%的茶农 | 种红茶
        return replace(reading, tail=does or told, is_part=True) if is_share else None

    def _level_that_came(self, reading: Reading) -> Reading | None:
        """The level that something came to, of which the clause before told the former one."""
        before, figure = self._before, reading.figure
        if not before or reading.lead.subject or not reading.lead.came:
            return None
        if before.lead.change or before.figure.family != figure.family:
            return None
        return replace(reading, lead=before.lead, tail=before.tail, subject=before.subject, carried=self._near)

    def _remember(self, reading: Reading, *, follows: bool) -> None:
        context, subject = self.context, reading.subject
        if subject:
            # What follows a list of names is rather of all of them than of the last one.
            is_listed = len(self.readings) - 1 in self.text.listed
            context.subject = subject[1:] if is_listed and subject[1:] else subject
            self.recent.append(subject)
            context.whole = context.whole if len(self.recent) > 1 else subject
        if not (reading.lead.change or reading.lead.multiple_of or reading.lead.share_word or reading.lead.lasting):
            context.family = reading.figure.family
        if reading.figure.family in ("percent", "permille"):
            context.rates = [*context.rates, reading] if follows else [reading]

    @property
    def _near(self) -> Carried:
        return Carried.CLAUSE if self.recent else Carried.SENTENCE

    @property
    def _before(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    def _carried(self, reading: Reading) -> Reading:
        """With what was spoken of last."""
        before, lead = self._before, reading.lead
        if before and lead.change and before.tail:
            # 5人被罚, 增长 | 3%
            return replace(reading, subject=before.subject, tail=before.tail, carried=Carried.CLAUSE)
        base = self.context.subject
        if base and (self.recent or lead.change or lead.share_word):
            return replace(reading, subject=base, carried=self._near)
        return replace(reading, carried=Carried.NOWHERE)

    def _completed(self, reading: Reading) -> Reading:
        """With what its own words leave to the subject before."""
        at, own, base, topics = len(self.readings), reading.subject, self.context.subject, self.context.topics
        topic = topics.nearest
        is_open = is_measured(own) and not own[1:]
        does = reading.lead.leading or self.text.is_elliptic(at)
        leaves_open = (topics.goes_on and (does or is_open)) or (is_open and len(own[0]) < _LONG)
        if self.recent and PER_ONE.fullmatch(own[-1]) and not own[1:]:
            subject = (*own, *self.recent[-1])  # 接听来电9个，日均 | 3个
        elif self.recent and own[0] in w.SUPERLATIVES and own[1:] and not own[1][0].isdigit():
            subject = (*self.subjects.bearer(self.recent[-1]), *own)  # 发现白茶5次，最大 | 面积
        elif base and len(own) == 1 and is_measured(own) and base[-1].endswith(own[0]):
            subject = base  # 茶园面积 ...; 面积 ...
        elif is_generic(own):
            subject = self.subjects.of_which(own, self.recent, topic)
        elif own[0].startswith("新") and not own[1:] and self.recent and reading.figure.family == self.context.family:
            subject = (*self.subjects.bearer(self.recent[0]), *own)  # 茶馆总数9家, 新建 | 2家
        elif topics.holds and leaves_open and own[0] not in topic and own[0][:2] not in "".join(topic):
            subject = (*topic, *own)
        elif not own[0].startswith("新"):  # 茶农规模9人，新增 | 茶农
            subject = self._with_measure_of(base, reading) or own
        else:
            subject = own
        if subject == own:
            return reading
        return replace(reading, subject=subject, carried=self._near if subject == base else Carried.CLAUSE)

    def _with_measure_of(self, base: Subject, reading: Reading) -> Subject:
        """A part of what was spoken of last, with what that was measured by; () where it is none."""
        lead, own, family, viewed = reading.lead, reading.subject, reading.figure.family, self.text.viewed
        if self.recent and own[1:] and own[0] in (base[1:] if is_measured(own) else base[1:][-1:]):
            before = base[: base.index(own[0])]
            return () if before[-1:] and before[-1] in JOINS else (*before, *own)  # beside another thing of the same
        whole = self.context.topics.whole
        if whole and "".join(own).endswith(w.KINDS) and not is_measured(own):
            return (*own, _KIND.sub("", "".join(whole), count=1))  # 社会团体 ..., 教育类
        is_such = own[1:] and own[-1] in base[:-1] and JOINS.isdisjoint(base)  # 入境的外国人 ..., 免签入境
        is_of_people = family not in COUNTED and own[-1].endswith(_PEOPLE)  # 本科毕业生月收入3元, 高职毕业生为 | 2元
        if not base or not (is_measured(base) or family == "duration" or is_such):
            return ()
        if is_measured(own) and not is_of_people:
            return ()
        if lead.share_word and base[-1].endswith(w.RATES):
            return ()
        is_place = not own[1:] and own[0][-1] in _PLACE_KINDS  # 茶园面积 ..., 甲镇增长5%
        goes_on = self.recent and lead.change and (is_place or base[-1].endswith(w.INDICATORS))
        is_same = family == self.context.family
        lists = viewed and (self.text.tells_parts or is_measured(viewed))
        lists = lists and (is_same or family not in COUNTED)  # 事故5起. 从性别看，男性 | 3人
        is_named = base[-1] in w.GENERIC and not base[-1].endswith(w.MEASURES)  # 在校生 ..., 本科生
        is_part = is_same and self.text.is_part(len(self.readings)) and not is_named
        is_any = bool(goes_on or lists or is_part)
        return self.subjects.with_measure(own, base, is_any=is_any) if is_any or is_same else ()
