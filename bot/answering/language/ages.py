"""Groups of people by age, as Chinese and English text names them: 60岁及以上, aged 65 and over, 0-14岁."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .numerals import whole_number

_ZH, _EN, _DASH = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})", "[0-9]{1,3}", "[-—–~～至到]{1,2}"
_LOW, _HIGH = f"(?<![0-9.一二三四五六七八九十])(?P<low>{_ZH})", f"(?P<high>{_ZH})"
_YEARS, _OLD = "(?:周岁|岁)", "(?: years)?(?: old| of age)?"
_ALSO = "(?:及|或|和|及其)?"
_NOT_SAID_OF_IT = "(?! *(?:了|吗|吧|[,，.。?？!！;；]))"  # 平均年龄超过40岁了 is said of the age, and names nobody
_FORMS = (
    rf"{_LOW}{_YEARS}? ?{_DASH} ?{_HIGH}{_YEARS}",
    rf"{_LOW}(?:{_YEARS}?(?:往上|朝上|开外)|{_YEARS}{_ALSO}以上)",
    rf"(?<![不未])(?:年满|年过|满|过了|超过){_LOW}{_YEARS}(?:{_ALSO}以上)?{_NOT_SAID_OF_IT}",
    rf"(?<![0-9.一二三四五六七八九十]){_HIGH}{_YEARS}(?:往下|朝下|{_ALSO}以下|以内)",
    rf"(?:不满|未满|不到){_HIGH}{_YEARS}{_NOT_SAID_OF_IT}",
    rf"\bage[ds]? (?:between )?(?P<low>{_EN}) ?(?:-|–|to|and) ?(?P<high>{_EN})\b{_OLD}",
    rf"\b(?:aged? )?(?P<low>{_EN}){_OLD} (?:and|or) (?:over|above|older|up)\b",
    rf"\b(?:aged|people|those) over (?:the age of )?(?P<low>{_EN})\b{_OLD}",
    rf"\b(?:aged? )?(?P<high>{_EN}){_OLD} (?:and|or) (?:under|below|younger)\b",
    rf"\b(?:aged|people|children|those) under (?:the age of )?(?P<high>{_EN})\b{_OLD}",
)
_BORN_IN = re.compile("(?<![0-9.])(?:[0-9]0|[零五六七八九]零)后")
_DIGITS = str.maketrans("零五六七八九", "056789")
_MAY_HAVE_AGES = re.compile("岁|[0零]后|往上|朝上|开外|[0-9] (?:and|or|years)|(?:over|under|age[ds]?) ")
_NAME = re.compile("[0-9]+(?:-[0-9]+岁|岁及以[上下]|后)")


class AgeGroup(NamedTuple):
    """A stretch of text that names an age group, and the group in one spelling: 60岁及以上, 0-14岁, 90后."""

    start: int
    end: int
    name: str


def age_groups(text: str) -> Iterator[AgeGroup]:
    """The age groups that a normalised text names; those of one form after those of another."""
    if not _MAY_HAVE_AGES.search(text):
        return
    for form in _FORMS:  # compiled when first needed, as few reports have any ages
        for match in re.finditer(form, text):
            ages = {bound: whole_number(numeral) for bound, numeral in match.groupdict().items()}
            low, high = ages.get("low"), ages.get("high")
            name = f"{low}岁及以上" if high is None else f"{high}岁及以下" if low is None else f"{low}-{high}岁"
            yield AgeGroup(*match.span(), name)
    yield from (AgeGroup(*m.span(), m[0].translate(_DIGITS)) for m in _BORN_IN.finditer(text))


def is_age_group(concept: str) -> bool:
    """Whether a concept is an age group in the spelling of this module."""
    return _NAME.fullmatch(concept) is not None
