from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.language.numerals import chinese_value, english_value


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十二", 12),
        ("五千万", 50_000_000),
        ("两百零三", 203),
        ("二零二一", 2021),
        ("一万亿", 1_000_000_000_000),
        ("零", 0),
        ("十二点九", Decimal("12.9")),
        ("十四五", None),
        ("千万", None),
        ("三四", None),
    ],
)
def test_chinese(numeral: str, value: int | Decimal | None) -> None:
    assert chinese_value(numeral) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [("twenty-one", 21), ("two hundred million", 200_000_000), ("ten thousand and five", 10_005), ("million", None)],
)
def test_english(words: str, value: int | None) -> None:
    assert english_value(words) == value


@given(
    numeral=st.text(alphabet="零一二两三四五六七八九十百千万亿点", min_size=1).filter(lambda n: not n.endswith("点"))
)
def test_any_numeral_is_a_value_or_none(numeral: str) -> None:
    whole = numeral.split("点")
    if len(whole) <= 2 and not any(char in "十百千万亿" for part in whole[1:] for char in part):
        assert chinese_value(numeral) is None or chinese_value(numeral) >= 0  # type: ignore[operator]
