"""Completes what a figure tells by what was spoken of before, where its own words leave that open."""

import re
from dataclasses import dataclass, field, replace

from . import words as w
from .figures import COUNTED
from .plain import share_a_word
from .reading import Carried, Reading
from .sentence import SentenceText
from .subjects import JOINS, Subject, Subjects, is_generic, is_measured
from .topics import PER_TIME, Context

_LONG = 6  # characters of a name that says itself of what it is
# 原定新增 | 16条, 实际新增 | 17条: how what is meant to be is told, and what is so by now.
_PLANNED, _ACTUAL = frozenset("原定 计划 规划 安排 年初 任务 目标 拟 预定".split()), frozenset(["实际", "目前"])
_DEED = 2  # characters
_PEOPLE = ("生", "师", "工", "员")
_RATED = ("率", "度")
_KIND = re.compile(r"\w{1,4}?[级类型性式](?=\w{2})")


@dataclass
class Completion:
    """What was read of a sentence so far, by which the next figure is completed.

    `recent`: the subjects of the sentence so far.
    """

    text: SentenceText
    context: Context
    subjects: Subjects
    readings: list[Reading] = field(default_factory=list)
    recent: list[Subject] = field(default_factory=list)

    @property
    def _near(self) -> Carried:
        return Carried.CLAUSE if self.recent else Carried.SENTENCE

    @property
    def _before(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    def _carried(self, reading: Reading) -> Reading:
        """With what was spoken of last."""
        before, lead = self._before, reading.lead
        if before and lead.change and before.tail and not (before.is_part or before.lead.lasting or lead.share_word):
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
        if done := self._done_of(base, reading):
            subject = done
        elif self.recent and own[-1] in PER_TIME and not own[1:]:
            subject = (*own, *self.recent[-1])  # 接听来电9个，日均 | 3个
        elif base and len(own) == 1 and is_measured(own) and base[-1].endswith(own[0]):
            subject = base  # 茶园面积 ...; 面积 ...
        elif is_generic(own):
            subject = self.subjects.of_which(own, self.recent, topic)
        elif own[0].startswith("新") and not own[1:] and self.recent and reading.figure.family == self.context.family:
            subject = (*self.subjects.bearer(self.recent[0]), *own)  # 茶馆总数9家, 新建 | 2家
        elif topics.holds and leaves_open and own[0] not in topic and not share_a_word("".join(topic), "".join(own)):
            subject = (*topic, *own)
        else:
            subject = self._with_measure_of(base, reading) or own
        if subject == own:
            return reading
        return replace(reading, subject=subject, carried=self._near if subject == base else Carried.CLAUSE)

    def _done_of(self, base: Subject, reading: Reading) -> Subject:
        """What has come of a plan that was told right before: 水管改造安排5米, 已改造 | 6米; () where it is none."""
        deed = "".join(piece for piece in reading.subject if piece not in _ACTUAL)
        is_alike = reading.figure.family == self.context.family and not reading.lead.change
        if not (is_alike and 0 < len(deed) <= _DEED and self.recent) or _PLANNED.isdisjoint(base):
            return ()
        thing = tuple(piece for piece in base if piece not in _PLANNED and piece not in reading.subject)
        return (*thing, *reading.subject) if thing else ()

    def _with_measure_of(self, base: Subject, reading: Reading) -> Subject:
        """A part of what was spoken of last, with what that was measured by; () where it is none."""
        lead, own, family, viewed = reading.lead, reading.subject, reading.figure.family, self.text.viewed
        if self.recent and own[1:] and own[0] in (base[1:] if is_measured(own) else base[1:][-1:]):
            is_part = is_measured(own) and self.text.is_part(len(self.readings)) and own[-1] != base[-1]
            return () if is_part else self.subjects.beside(own, base)
        whole = self.context.topics.whole
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
        is_same = family == self.context.family
        lists = viewed and (self.text.tells_parts or is_measured(viewed))
        lists = lists and (is_same or family not in COUNTED)  # 事故5起. 从性别看，男性 | 3人
        is_named = base[-1] in w.GENERIC and not base[-1].endswith(w.MEASURES)  # 在校生 ..., 本科生
        is_part = is_same and self.text.is_part(len(self.readings)) and not lead.change and not is_named
        is_even = is_same and lead.came and not lead.change and base[-1].endswith(_RATED)  # 满意度为5%, 茶农为 | 6%
        is_any = bool(is_even or goes_on or lists or is_part)
        return self.subjects.with_measure(own, base, is_any=is_any) if is_any or is_same else ()
