"""Names what a figure tells, as people say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .clauses import words

if TYPE_CHECKING:
    from .readings import Reading

_COUNTED = frozenset("things person count firms vehicles animals plants books beds routes other".split())
_TRADED = ("出口", "进口", "进出口", "零售", "销售", "贸易", "成交", "交易", "外资")
_BY_YEAR = re.compile(r"(?:比|较)(?:上|去|前一)年(?:同期|末)?|同比")
_MARKS = re.compile(r"[“”‘’\"'\s，,。；;]")
_FALLS = ("降", "减", "跌", "缩", "落", "滑", "收窄")


def label_of(reading: Reading, labels: Sequence[str]) -> str:
    """The label of a figure; `labels` are those of the figures before. "" where nothing says what it is."""
    subject = subject_text(reading)
    lead = reading.lead
    if reading.relative >= 0:
        return f"{labels[reading.relative]}{_base(lead.base) or '比上年'}{lead.word}幅度"
    if not subject:
        return ""
    if lead.versus:
        return f"{subject}{lead.versus}的幅度"
    if lead.is_share:
        return f"{subject}占{lead.share_of or '全部'}的{lead.share_word}"
    if lead.multiple_of:
        return f"{subject}相当于{lead.multiple_of}的倍数"
    if reading.figure.ordinal:
        return f"{subject}在{lead.rank_among}的位次" if lead.rank_among else f"{subject}位次"
    if lead.change:
        return subject + _change(reading)
    return subject + _level(reading, subject)


def subject_text(reading: Reading) -> str:
    """What is measured, in one piece."""
    subject = "".join(reading.subject)
    if reading.lead.lasting:
        return f"{subject}连续{reading.tail}的"
    return _MARKS.sub("", subject + reading.tail).removeprefix("的").removesuffix("的")


def _base(base: str) -> str:
    return base.replace("的", "")


def _change(reading: Reading) -> str:
    lead, family = reading.lead, reading.figure.family
    base = _base(lead.base)
    if lead.named_change:
        return f"{base}{lead.word}"
    if family == "points":
        return f"{base}{lead.word}幅度"
    if family == "times":
        return f"{base}{lead.word}倍数"
    if family in ("percent", "permille"):
        noun = (
            "涨幅"
            if "涨" in lead.word
            else "降幅"
            if lead.change == "down"
            else "增速"
            if lead.change == "up"
            else "变化幅度"
        )
        if _BY_YEAR.fullmatch(base):
            return f"同比{noun}" if base == "同比" else noun
        return f"{base}{noun.replace('增速', '增幅') if base[:1] in '比较与' and base else noun}"
    suffix = "数" if family in _COUNTED else "额" if family == "money" else "量"
    return f"{base}{lead.word}{suffix}"


def _level(reading: Reading, subject: str) -> str:
    family = reading.figure.family
    if reading.lead.lasting:
        return "年数"
    if family == "ratio":
        return "" if subject.endswith(("比", "比例", "比率")) else "之比"
    if subject.endswith(words().measures) and not subject.endswith(_TRADED):
        return ""
    if family == "money" and subject.endswith(_TRADED):
        return "额"
    if family in _COUNTED:
        return "人数" if subject.endswith(("惠及", "带动", "服务", "就业", "受益")) and family == "person" else "数"
    if family == "area":
        return "面积" if not subject.endswith(("指标", "用地")) else ""
    return {"visits": "人次", "times_count": "次数"}.get(family, "")
