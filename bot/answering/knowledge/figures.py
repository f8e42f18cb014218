"""Whether the English figure of a fact is the same quantity as the Chinese one.

The classic mistake is a factor of ten, lost between 亿 (100 million) and billion.
"""

import re
from decimal import Decimal

from bot.answering.language.normalize import fold
from bot.answering.language.quantities import Quantity, quantities, shared_unit

from .problem import quoted

_AREAS = {"亩": 1, "公顷": 15, "平方公里": 1500}  # in 亩
_KINDS = frozenset({"元", "美元", "欧元", "%", "百分点", "‰", "倍", "次", "亩"})
_OTHER = "counted"  # households, schools, …: the two languages name them differently

# A verb that says a multiple: 增长一倍 and 增至两倍 are both doubled.
_MULTIPLIED = re.compile(r"\b(doubl|trebl|tripl|quadrupl)(?:e[ds]?|ing)\b")
_MULTIPLES = {"doubl": 2, "trebl": 3, "tripl": 3, "quadrupl": 4}
# 万元 behind these is 10,000 yuan.
_ONE_IS_LEFT_OUT = re.compile("(?<=[每/])(?=[十百千万亿])")
# per thousand is per 1,000.
_SCALE_ALONE = re.compile(r"(?<=\bper )(?=(?:hundred|thousand|million)\b)")
# An hour of the day: 19时, 7 pm, 19:00.
_HOUR = re.compile(r"(?<!\d)(\d{1,2})(?:(?::00)?\s?[ap]\.?m\b\.?|:00\b|[时点](?!间))")
_SHARES = {"%": 100, "‰": 1000}
_HEDGES = re.compile(r"[^\u4e00-\u9fff]|超过|以[上下内]|左右|不[到足]|接近|[每约近超逾多余第和与及至]")
_IN_ROW = frozenset("、,和与及")
_PER = re.compile(r"(?:每|/|\bper|\bevery)\s*\Z")

_Amount = tuple[Decimal, str]


def with_shared_unit(figure: str, sentence: str) -> str:
    """A figure with the unit that it shares with those behind it in its sentence: 2.1个百分点 in 2.1、3.4个百分点."""
    before, found, behind = fold(sentence).partition(fold(figure))
    is_in_row = found[-1:].isdigit() and behind[:1] in _IN_ROW
    return figure + shared_unit(before + found + behind, len(before + found)) if is_in_row else figure


def difference(chinese: str, english: str) -> str:
    """What tells the figures apart, as a message; "" where they are the same or the Chinese one has no number."""
    if chinese == english:
        return ""
    if _HOUR.search(chinese) and _HOUR.search(english):
        chinese, english = (_HOUR.sub(lambda said: str(int(said[1]) % 12), text) for text in (chinese, english))
    expected, per = _read(_ONE_IS_LEFT_OUT.sub("1", chinese))
    given, given_per = _read(_SCALE_ALONE.sub("1 ", english))
    share = _share(expected, per)
    if (
        not expected
        or _is_multiplied(expected, english)
        or (not per and _is_name(chinese) and not _unmatched(expected, given or expected)[0])
        or (share is not None and share == _share(given, given_per))
    ):
        return ""
    if not given:
        return f"{quoted(english)} has no number but {quoted(chinese)} is {_shown(expected)}"
    if per and given_per:
        # The sentence may say per how much in one of the languages: 万元GDP能耗.
        expected, given = expected + per, given + given_per
    missing, extra = _unmatched(expected, given)
    if not missing and not extra:
        return ""
    if [value for value, _ in missing] != [value for value, _ in extra]:
        # The numbers say it all; units are shown only where they are the difference.
        expected, given = ([(value, "") for value, _ in amounts] for amounts in (expected, given))
    return f"{quoted(english)} is {_shown(given)} but {quoted(chinese)} is {_shown(expected)}"


def _is_name(figure: str) -> bool:
    """Whether a figure is a name that has a number, which English may put otherwise: 第三产业, 二次消费."""
    folded = fold(figure)
    for quantity in reversed(quantities(folded)):
        folded = folded[: quantity.start] + folded[quantity.end :]
    return len(_HEDGES.sub("", folded)) > 1


def _read(figure: str) -> tuple[list[_Amount], list[_Amount]]:
    """What a figure amounts to, and per how much of something else: 0.3 tonnes per 10,000 yuan."""
    amounts: list[_Amount] = []
    per: list[_Amount] = []
    folded = fold(figure)
    for quantity in quantities(folded):
        # English writes the month as a name, and may say "top" or "the only" where Chinese says 第一.
        if quantity.unit != "月" and not (quantity.ordinal and quantity.value == 1):
            (per if _PER.search(folded, 0, quantity.start) else amounts).append(_amount(quantity))
    return amounts, per


def _share(amounts: list[_Amount], per: list[_Amount]) -> Decimal | None:
    """What part of a whole a single amount is: 1.76‰ and 1.76 per 1,000 are the same one; None for none."""
    if len(amounts) != 1:
        return None
    (value, unit), whole = amounts[0], per[0][0] if len(per) == 1 else 0
    whole = whole if whole and not unit else _SHARES.get(unit, 0)
    return value / whole if whole else None


def _is_multiplied(expected: list[_Amount], english: str) -> bool:
    said = _MULTIPLIED.search(english.casefold())
    times = _MULTIPLES[said[1]] if said else 0
    return times > 0 and expected in ([(Decimal(times - 1), "倍")], [(Decimal(times), "倍")])


def _amount(quantity: Quantity) -> _Amount:
    unit = quantity.unit
    if unit in _AREAS:
        return quantity.value * _AREAS[unit], "亩"
    return quantity.value, _OTHER if unit and unit not in _KINDS else unit


def _unmatched(expected: list[_Amount], given: list[_Amount]) -> tuple[list[_Amount], list[_Amount]]:
    missing, extra = [], list(given)
    for amount in expected:
        match = next((other for other in extra if _is_same(amount, other)), None)
        if match:
            extra.remove(match)
        else:
            missing.append(amount)
    return missing, extra


def _is_same(chinese: _Amount, english: _Amount) -> bool:
    if chinese[0] != english[0]:
        return False
    # 2.3亿 leaves its unit to the sentence, 28,000 may leave out what is counted; 6次 is "six times" or "six reforms".
    counted = chinese[1] == _OTHER and english[1] == ""
    times = chinese[1] == "次" and english[1] in {_OTHER, "", "倍"}
    return chinese[1] in {english[1], ""} or counted or times


def _shown(amounts: list[_Amount]) -> str:
    shown = []
    for value, kind in amounts:
        digits = f"{value:,f}"
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        shown.append(f"{digits} {kind if kind in _KINDS else ''}".rstrip())
    return " and ".join(shown)
