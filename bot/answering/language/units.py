"""The units of numbers: which spellings are one kind, and which Chinese measure words count.

Texts are in small letters.
"""

import re
from decimal import Decimal
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit in its one spelling, its span in the text, and what one as written is worth in it (二成: 10 %)."""

    unit: str
    start: int
    end: int
    factor: int = 1


_SPELLINGS = {
    "元": "元|块钱|块|人民币|yuan|rmb|cny|renminbi|¥",
    "美元": "美元|美金|us$|usd|$|us dollars|us dollar|u.s. dollars|american dollars|dollars|dollar",
    "欧元": "欧元|eur|euros|euro|€",
    "%": "%|percent|per cent|pct",
    "百分点": "个百分点|个多百分点|百分点|percentage points|percentage point",
    "‰": "‰",
    "倍": "倍|-fold| fold|fold|times|x",
    "亩": "亩|mu",
    "公顷": "公顷|hectares|hectare|ha",
    "小时": "个小时|小时",
    "季度": "个季度|季度",
    "千瓦时": "千瓦时|度电|kwh|kilowatt-hours|kilowatt hours",
    "平方公里": "平方公里|平方千米|square kilometres|square kilometers|sq km|km²|km2",
    "平方米": "平方米|平米|m2",
    "立方米": "立方米|m3",
    "公里": "公里|千米|km",
    "厘米": "厘米|cm",
    "毫米": "毫米|mm",
    "米": "公尺|米",
    "升": "公升|升",
    "吨": "公吨|吨",
    "千克": "千克|kg",
    "千瓦": "千瓦|kw",
    "兆瓦": "兆瓦|mw",
    "吉瓦": "吉瓦|gw",
    "摄氏度": "摄氏度|°c",
    "升/日": "升/日|l/d",
    "毫克/升": "毫克/升|mg/l",
    "微克/立方米": "微克/立方米|μg/m3|ug/m3",
}
# The longer ones first.
_MEASURE = (
    "张床位|平方米|立方米|标准箱|标箱|吨标准煤|吨标煤|吨公里|人公里|车道公里|海里|诊次|架次|航次|列次|标准煤|街道|周年|人次|个月|分钟|公里|千米|公斤|千克|千瓦|兆瓦|日元|港元|英镑|名次|剂次|场次|"
    "[个项家所年人户名次条批期届位件份片块支只座栋幢台辆架艘套张门层岁天日月号分秒大强级类种省市县区镇村点周米吨度床款笔站"
    "集版环步轮样股段字部间处例剂宗颗根匹头棵对组队场堂班课斤册篇列趟回羽尾盏眼枚本里升克餐桌袋箱桶度瓦单]"
)
# After a Chinese numeral these are rather part of a name or a time: 三区, 两市, 三点.
_ONLY_AFTER_DIGITS = "分区市县省点样对部字步环度号"
_KINDS = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings.split("|")}


def _alternatives(spellings: list[str]) -> str:
    longest_first = sorted(spellings, key=len, reverse=True)
    return "|".join(
        re.escape(word) + (r"\b" if word[-1].isascii() and word[-1].isalpha() else "") for word in longest_first
    )


_BEHIND = re.compile(rf"\ ?(?P<unit>{_alternatives(list(_KINDS))}|{_MEASURE})")
_BEFORE = re.compile(r"(?:(?P<usd>us\ ?\$|\busd|\$)|(?P<cny>\bcny|\brmb|¥|人民币)|(?P<eur>\beur|€))\ ?\Z")
_LONGEST_BEFORE, _LAST_BEFORE = 5, frozenset("$dyb¥币r€ ")
# 第一集团: so does this one.
_NO_UNIT = re.compile("集[团群镇聚中]")
# 2成立, 三成员: the character belongs to the next word.
_TENTH = re.compile(r"成(?![立为功长员果本交熟都分就绩效])")


def unit_before(text: str, start: int) -> Unit | None:
    """The currency that ends at `start`: US$2 billion, CNY 110 million."""
    may_end = start and text[start - 1] in _LAST_BEFORE  # before most numbers stands a word
    match = _BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start) if may_end else None
    if match is None:
        return None
    unit = "美元" if match["usd"] else "元" if match["cny"] else "欧元"
    return Unit(unit, match.start(), start)


def unit_behind(text: str, end: int, value: Decimal) -> Unit | None:
    """The known unit that starts at `end`, if any; `value` tells a share (二成) from a verb (2021成立)."""
    tenth = _TENTH.match(text, end)
    if tenth and value <= 10:
        return Unit("%", end, tenth.end(), factor=10)
    match = _BEHIND.match(text, end)
    if match is None or _NO_UNIT.match(text, match.start("unit")):
        return None
    spelling = match["unit"]
    if spelling in _ONLY_AFTER_DIGITS and not text[end - 1 : end].isascii():
        return None
    return Unit(_KINDS.get(spelling, spelling), match.start("unit"), match.end())
