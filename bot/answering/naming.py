"""What a fact is called, what its figure is and when, in a reader's language; in Chinese where it has no English."""

import re

from .answer import Language, language_of
from .knowledge.model import Fact
from .language.periods import EN_MONTHS

_PERIOD = re.compile(r"(?:截[至止])?([12][0-9]{3})年度?(.*)")
_QUARTERS = dict(zip("一二三四", ("first", "second", "third", "fourth"), strict=True))
# What stands behind a year, and what stands for it in front of one.
_PARTS = {
    "": "", "全年": "", "末": "end of ", "底": "end of ", "以来": "since ", "上半年": "first half of ",
    "下半年": "second half of ", "前三季度": "first three quarters of ",
    **{f"{digit}季度": f"{name} quarter of " for digit, name in _QUARTERS.items()},
    **{f"第{digit}季度": f"{name} quarter of " for digit, name in _QUARTERS.items()},
}  # fmt: skip
_MONTH = "([1-9]|1[0-2])"
_MONTHS = re.compile(f"(?:{_MONTH}月?[—–~至到-])?{_MONTH}月(?:份|([底末])|([0-9]{{1,2}})日)?")


def label_of(fact: Fact, language: Language) -> str:
    return fact.en.label if language is Language.ENGLISH and fact.en.label else fact.label


def figure_of(fact: Fact, language: Language) -> str:
    return fact.en.figure if language is Language.ENGLISH and fact.en.figure else fact.figure


def period_of(fact: Fact, language: Language) -> str:
    """Empty where the fact has none, or in English one that cannot be said so; its sentence tells it then."""
    period = fact.en.period if language is Language.ENGLISH and fact.en.period else fact.period or ""
    return _in_english(period) if language is Language.ENGLISH and language_of(period) is not language else period


def _in_english(period: str) -> str:
    """A Chinese period in English, such as end of 2022; empty for one that is written in any other way."""
    found = _PERIOD.fullmatch(period.strip())
    if not found:
        return ""
    year, rest = found.groups()
    if rest in _PARTS:
        return f"{_PARTS[rest]}{year}"
    months = _MONTHS.fullmatch(rest)
    if not months:
        return ""
    named = [EN_MONTHS[int(month) - 1].title() for month in months.group(1, 2) if month]
    before = f"{months[4]} " if months[4] else "end of " if months[3] else ""
    return f"{before}{'–'.join(named)} {year}"
