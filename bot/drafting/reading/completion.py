"""Completes what a figure tells by what was spoken of before, where its own words leave that open."""

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

from . import words as w
from .figures import COUNTED
from .plain import share_a_word
from .reading import Carried, Reading
from .sentence import SentenceText
from .subjects import JOINS, Subject, Subjects, is_generic, is_measured
from .topics import Context

_LONG = 6  # characters of a name that says itself of what it is
_DONE = frozenset(["出口", "进口", "新增", "削减", "减排", "查处"])  # of all in a list
# 原定新增 | 16条, 实际新增 | 17条: how what is meant to be is told, and what is so by now.
_PLANNED, _ACTUAL = frozenset("原定 计划 规划 安排 年初 任务 目标 拟 预定".split()), frozenset(["实际", "目前"])
_DEED = 2  # characters
_ALIKE = frozenset("个家户所座处台辆")  # units of the same things
_PEOPLE = ("生", "师", "工", "员")
_RATED = ("率", "度")
_RATES = frozenset(["percent", "permille", "points", "ratio", "times", "", "duration"])
_KIND = re.compile(r"\w{1,4}?[级类型性式](?=\w{2})")


@dataclass
class Completion:
    """What was read of a sentence so far, by which the next figure is completed.

    `recent`: the subjects of the sentence so far; `part`: the last part of what was spoken of that several things are
    told of.
    """

    text: SentenceText
    context: Context
    subjects: Subjects
    readings: list[Reading] = field(default_factory=list)
    recent: list[Subject] = field(default_factory=list)
    part: Subject = ()

    @property
    def _near(self) -> Carried:
        return Carried.CLAUSE if self.recent else Carried.SENTENCE

    @property
    def _before(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    def _carried(self, reading: Reading) -> Reading:
        """With what was spoken of last, and told as that where but the time is another: 2020年增长5%, 2021年为 | 6%."""
        before, lead = self._before, reading.lead
        is_told = lead.change or lead.share_word or lead.multiple_of
        is_rate = before and before.lead.change and before.figure.family == reading.figure.family == "percent"
        if before and is_rate and before.period != reading.period and not is_told:
            reading = replace(reading, lead=before.lead)
        if before and lead.change and before.tail and not (before.is_part or before.lead.lasting or lead.share_word):
            # 5人被罚, 增长 | 3%
            return replace(reading, subject=before.subject, tail=before.tail, carried=Carried.CLAUSE)
        base = self.context.subject
        if base[1:] and base[-1].endswith(w.RATES) and reading.figure.family not in _RATES:
            base = base[:-1]  # 用户渗透率达50%, 达到 | 3亿户
        if base and (self.recent or reading.lead.change or reading.lead.share_word):
            return replace(reading, subject=base, carried=self._near)
        return replace(reading, carried=Carried.NOWHERE)

    def _completed(self, reading: Reading) -> Reading:
        """With what its own words leave to the subject before."""
        at, own, base, topics = len(self.readings), reading.subject, self.context.subject, self.context.topics
        parts = [one for one in self.readings if one.figure.start > self.text.text.find("其中") >= 0]
        topic = topics.whole if reading.lead.leading and parts[1:] else topics.nearest  # 其中甲、乙, 带动 | 6人
        is_open = is_measured(own) and not own[1:]
        does = reading.lead.leading or self.text.is_elliptic(at)
        leaves_open = (topics.goes_on and (does or is_open)) or (is_open and len(own[0]) < _LONG)
        if known := self._of_part(own) or self.subjects.opposite(own, self.recent) or self._done_of(base, reading):
            subject = known
        elif per := self.context.per(own, reading.figure, self.recent, is_part=self.text.is_part(at)):
            subject = per
        elif base and len(own) == 1 and is_measured(own) and base[-1].endswith(own[0]):
            subject = base  # 茶园面积 ...; 面积 ...
        elif is_generic(own):
            is_sum = self._before and self._before.figure.family == "money" and base and not is_measured(base)
            recent = (() if is_sum else self.recent) or ([base] if base and own[-1] in w.AVERAGES else [])
            subject = self.subjects.of_which(own, recent, topic or (() if recent else self.context.heading))
        elif self.context.heading and own[0] in w.OWN and not own[1:] and not self.recent:
            subject = (*self.context.heading, *own)
        elif own[0].startswith("新") and not own[1:] and self.recent and reading.figure.family == self.context.family:
            subject = (*self.subjects.bearer(self.recent[0]), *own)  # 茶馆总数9家, 新建 | 2家
        elif topics.holds and leaves_open and own[0] not in topic and not share_a_word("".join(topic), "".join(own)):
            subject = (*topic, *own)
        else:
            subject = self._of_like_measure(reading) or self._with_measure_of(base, reading)
            subject = subject or self._done_alike(reading) or own
        if subject == own:
            return reading
        before = self._before
        is_alike = before and before.figure.family == reading.figure.family
        if before and is_alike and before.lead.named_change and not reading.lead.change:
            reading = replace(reading, lead=before.lead)  # 春茶产量涨幅为5%, 秋茶为6%
        return replace(reading, subject=subject, carried=self._near if subject == base else Carried.CLAUSE)

    def _of_part(self, own: Subject) -> Subject:
        """What is measured of the part named last as of the whole: 产值5元, 其中春茶2吨, 产值 | 4元. () for none."""
        is_told = is_measured(own) and any(one.subject[-len(own) :] == own for one in self.readings)
        return (*self.part, *own) if self.part and is_told else ()

    def _done_of(self, base: Subject, reading: Reading) -> Subject:
        """What has come of a plan that was told right before: 水管改造安排5米, 已改造 | 6米; () where it is none."""
        deed = "".join(piece for piece in reading.subject if piece not in _ACTUAL)
        is_alike = reading.figure.family == self.context.family and not reading.lead.change
        if not (is_alike and 0 < len(deed) <= _DEED and self.recent) or _PLANNED.isdisjoint(base):
            return ()
        thing = tuple(piece for piece in base if piece not in _PLANNED and piece not in reading.subject)
        return (*thing, *reading.subject) if thing else ()

    def _of_like_measure(self, reading: Reading) -> Subject:
        """A part, with what was told in its unit: 茶厂产量3吨, 产值5元, 其中春茶 | 2吨. () where that was told last."""
        own, family = reading.subject, reading.figure.family
        is_told = reading.lead.change or reading.lead.share_word or is_measured(own) or family in COUNTED
        if family == self.context.family or is_told:
            return ()
        levels = [one for one in self.readings if not (one.lead.change or one.lead.share_word)]
        alike = [one.subject for one in levels if one.figure.family == family and one.subject]
        if not alike or not alike[-1][-1].endswith(w.MEASURES):
            return ()
        self.part = own
        return self.subjects.with_measure(own, alike[-1], is_any=True)

    def _done_alike(self, reading: Reading) -> Subject:
        """Another thing of which is told what was of the one before: 出口红茶3元, 绿茶 | 2元; () where it is none."""
        own = reading.subject
        levels = [one for one in self.readings if not (one.lead.change or one.lead.share_word or one.tail)]
        before = levels[-1] if levels else None
        at = len(self.readings)
        is_other = reading.lead.change or reading.lead.leading or is_measured(own) or own[0] in _DONE
        if not before or is_other or self.text.is_elliptic(at) or self.subjects.is_deed("".join(own)):
            return ()
        is_same = before.figure.numbers[-1].unit == reading.figure.numbers[-1].unit
        is_same = is_same and self.text.segment(at) == self.text.segment(self.readings.index(before))
        verbs = tuple(takewhile(lambda piece: piece in _DONE, before.subject))
        return (*verbs, *own) if is_same and verbs and before.subject[len(verbs) :] else ()

    def _with_measure_of(self, base: Subject, reading: Reading) -> Subject:
        """A part of what was spoken of last, with what that was measured by; () where it is none."""
        lead, own, family, viewed = reading.lead, reading.subject, reading.figure.family, self.text.viewed
        if self.recent and own[1:] and own[0] in (base[1:] if is_measured(own) else base[1:][-1:]):
            is_part = is_measured(own) and self.text.is_part(len(self.readings)) and own[-1] != base[-1]
            return () if is_part else self.subjects.beside(own, base)
        before = (self.recent or [self.context.topics.whole])[-1]
        whole = self.context.topics.whole
        if before[1:] and any(piece.endswith(w.KINDS) for piece in before[:-1]):
            whole = before  # 国家级项目 ..., 省级
        if whole and "".join(own).endswith(w.KINDS) and family in ("percent", self.context.family):
            return (*own, _KIND.sub("", "".join(whole), count=1))  # 社会团体 ..., 教育类
        is_such = own[1:] and own[-1] in base[:-1] and JOINS.isdisjoint(base)  # 入境的外国人 ..., 免签入境
        is_of_people = family not in COUNTED and own[-1].endswith(_PEOPLE)  # 本科毕业生月收入3元, 高职毕业生为 | 2元
        if not base or not (is_measured(base) or family == "duration" or is_such):
            return ()
        if is_measured(own) and not is_of_people:
            return ()
        if lead.share_word and base[-1].endswith(w.RATES):
            return ()
        goes_on = self.recent and lead.change and base[-1].endswith(w.INDICATORS)
        is_rate = family == "percent" and self._before and self._before.lead.named_change
        figures = [reading.figure, self.context.level or reading.figure]
        units = {one.numbers[-1].unit for one in figures} - {""}
        is_other = family in COUNTED and len(units) > 1 and not units <= _ALIKE  # 手机出货5部, 新机型 | 3款
        is_same = family == self.context.family and not is_other
        is_row = len(lead.subject) > len(own) and self.text.tells_each(len(self.readings))  # 甲、乙分别完成 | 5吨、6吨
        lists = is_rate or (is_same and is_row) or (viewed and (self.text.tells_parts or is_measured(viewed)))
        lists = lists and (is_same or family not in COUNTED)  # 事故5起. 从性别看，男性 | 3人
        is_named = base[-1] in w.GENERIC and not base[-1].endswith(w.MEASURES)  # 在校生 ..., 本科生
        is_part = is_same and self.text.is_part(len(self.readings)) and not lead.change and not is_named
        is_one = is_same and own != whole and JOINS & {*whole} and "".join(own) in "".join(whole)  # 甲和乙均超3吨; 乙
        is_even = is_same and lead.came and not lead.change and base[-1].endswith(_RATED)  # 满意度为5%, 茶农为 | 6%
        is_points = (family, self.context.family) == ("points", "percent")
        is_any = bool(is_even or goes_on or lists or is_part or is_one or is_points)
        is_told = base == viewed and not self.text.tells_parts
        return self.subjects.with_measure(own, base, is_any=is_any, is_whole=is_told) if is_any or is_same else ()
