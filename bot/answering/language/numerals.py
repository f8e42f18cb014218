"""Number words: what 五千万, 二〇二一 and "two hundred million" are worth."""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_ONE_TO_NINE = "[一二两三四五六七八九]"
_SECTION = re.compile(f"(?:{_ONE_TO_NINE}千)?零?(?:{_ONE_TO_NINE}百)?零?(?:{_ONE_TO_NINE}?十)?零?{_ONE_TO_NINE}?")
_SCALE = re.compile("(万亿|亿|万)")
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
_ONES = _SCALES | _SMALL_SCALES
_SHORT = re.compile(f"(.*{_ONE_TO_NINE}(万亿|[百千万亿]))({_ONE_TO_NINE})")

_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
# Single words only, and the value of each.
ENGLISH_NUMBERS = {word: ten * 10 for ten, word in enumerate(_TENS, 1)} | {n: i for i, n in enumerate(_TO_NINETEEN)}
ENGLISH_SCALES = {"thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000}
ENGLISH_ORDINALS = {word: value for value, word in enumerate(_ORDINALS, 1)}


def any_of(words: Iterable[str]) -> str:
    """A pattern of words where they begin, those of one first letter together: it is found in a third of the time."""
    alike = groupby(sorted(words), key=itemgetter(0))
    return "|".join(rf"{first}(?<!\w.)(?:{'|'.join(word[1:] for word in group)})" for first, group in alike)


def chinese_value(numeral: str) -> Decimal | None:
    """The value of 十二, 五千万, 二零二一, 十二点九; None where the characters make no number (十四五, 千万, 三四).

    A scale word needs a number before it, as 万一 and 千万 are words; 十 does not.
    """
    whole, _, fraction = numeral.partition("点")
    value = _whole_value(whole)
    decimals = "".join(str(_DIGITS[digit]) for digit in fraction)
    return None if value is None else Decimal(f"{value}.{decimals}")


def whole_number(numeral: str) -> int:
    """The value of 12 and 十二; 0 where the characters make no number."""
    return int(numeral) if numeral.isdigit() else int(chinese_value(numeral) or 0)


def _whole_value(numeral: str) -> int | None:
    if numeral == "零":
        return 0
    if len(numeral) > 1 and all(digit in _DIGITS for digit in numeral):
        # 三四 is "three or four"; digits read out one by one are a year or hold a zero.
        is_read_out = len(numeral) == 4 or (len(numeral) > 2 and "零" in numeral)
        return int("".join(str(_DIGITS[digit]) for digit in numeral)) if is_read_out else None
    return _sum_of_sections(numeral)


def _sum_of_sections(numeral: str) -> int | None:
    short = _SHORT.fullmatch(numeral)
    if short:
        # 一万二 and 三百五 leave the last scale out, which is a tenth of the one before.
        return (_sum_of_sections(short[1]) or 0) + _DIGITS[short[3]] * _ONES[short[2]] // 10
    total = 0
    parts = [*_SCALE.split(numeral), ""]
    for section, scale in zip(parts[::2], parts[1::2], strict=True):
        value = _section_value(section) if _SECTION.fullmatch(section) else None
        if value is None or (scale and not value):
            return None
        total += value * _SCALES[scale]
    return total


def _section_value(section: str) -> int:
    total = digit = 0
    for character in section:
        if character in _SMALL_SCALES:
            total += (digit or 1) * _SMALL_SCALES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
