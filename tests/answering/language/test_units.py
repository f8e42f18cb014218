from __future__ import annotations

from decimal import Decimal

import pytest

from bot.answering.language.units import english_unit, unit_before, unit_behind


@pytest.mark.parametrize(
    ("text", "unit", "factor"),
    [
        ("3元", "元", 1),
        ("3 yuan", "元", 1),
        ("3美元", "美元", 1),
        ("3个百分点", "百分点", 1),
        ("3 percentage points", "百分点", 1),
        ("3 percent", "%", 1),
        ("3成", "%", 10),
        ("3家", "家", 1),
        ("3人次", "人次", 1),
    ],
)
def test_each_kind_has_one_spelling(text: str, unit: str, factor: int) -> None:
    found = unit_behind(text, 1, Decimal(3))
    assert found is not None
    assert (found.unit, found.factor, found.end) == (unit, factor, len(text))


@pytest.mark.parametrize("text", ["3成立", "3 or", "三区"])
def test_what_is_no_unit(text: str) -> None:
    assert unit_behind(text, 1, Decimal(3)) is None


@pytest.mark.parametrize(("text", "unit"), [("us$3", "美元"), ("cny 3", "元"), ("€3", "欧元")])
def test_a_currency_may_stand_before(text: str, unit: str) -> None:
    found = unit_before(text, len(text) - 1)
    assert found is not None
    assert (found.unit, found.start) == (unit, 0)


@pytest.mark.parametrize(("text", "unit"), [("3 schools", "schools"), ("3 of", None), ("3 years", "years")])
def test_an_english_noun_is_a_unit_and_a_function_word_none(text: str, unit: str | None) -> None:
    found = english_unit(text, 1)
    assert (found and found.unit) == unit
