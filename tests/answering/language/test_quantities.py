from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.language.quantities import quantities


def _read(text: str) -> list[tuple[Decimal, str]]:
    return [(quantity.value, quantity.unit) for quantity in quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3057.4亿元", 305_740_000_000, "元"),
        ("3.6万家", 36_000, "家"),
        ("7300多亩", 7300, "亩"),
        ("2千多万元", 20_000_000, "元"),
        ("30亿美金", 3_000_000_000, "美元"),
        ("人民币4亿", 400_000_000, "元"),
        ("3亿5000万元", 350_000_000, "元"),
        ("1万2千家", 12_000, "家"),
        ("１７．３％", "17.3", "%"),
        ("百分之十七点三", "17.3", "%"),
        ("百分之百", 100, "%"),
        ("四分之三", 75, "%"),
        ("一半以上", 50, "%"),
        ("三成", 30, "%"),
        ("0.4个百分点", "0.4", "百分点"),
        ("2.1百分点", "2.1", "百分点"),
        ("1.7倍", "1.7", "倍"),
        ("一百倍", 100, "倍"),
        ("两项", 2, "项"),
        ("四十周年", 40, "周年"),
        ("六千万美元", 60_000_000, "美元"),
        ("十几家", 10, "家"),
        ("2022年", 2022, "年"),
        ("二〇二二年", 2022, "年"),
        ("5億元", 500_000_000, "元"),
        ("12,345户", 12_345, "户"),
        ("CNY 305.74 billion", 305_740_000_000, "元"),
        ("260 million yuan", 260_000_000, "元"),
        ("US$3 billion", 3_000_000_000, "美元"),
        ("3 billion US dollars", 3_000_000_000, "美元"),
        ("$3bn", 3_000_000_000, "美元"),
        ("36,000", 36_000, ""),
        ("1,500-plus", 1500, ""),
        ("two hundred million", 200_000_000, ""),
        ("twenty-one", 21, ""),
        ("17.3 percent", "17.3", "%"),
        ("0.4 percentage points", "0.4", "百分点"),
        ("1.7 times", "1.7", "倍"),
        ("100-fold", 100, "倍"),
        ("twice", 2, "倍"),
        ("more than half", 50, "%"),
        ("a quarter", 25, "%"),
        ("40 hectares", 40, "公顷"),
        ("€3", 3, "欧元"),
        ("3 of them", 3, ""),
        ("3成立", 3, ""),
        ("两百零三人", 203, "人"),
        ("十二点九万", 129_000, ""),
        ("一万亿元", 1_000_000_000_000, "元"),
    ],
)
def test_a_number_is_scaled_and_its_unit_has_one_spelling(text: str, value: int | str, unit: str) -> None:
    assert _read(text) == [(Decimal(value), unit)]


@pytest.mark.parametrize("text", ["第12个", "12th", "no. 12"])
def test_ordinals_are_marked(text: str) -> None:
    (quantity,) = quantities(text)
    assert quantity.value == 12
    assert quantity.ordinal


@pytest.mark.parametrize(
    "text",
    [
        *"一流|统一|万一|十分|一般|一起|一体化|唯一|第一时间|一个|十四五|三四个|几十家|千万".split("|"),
        *"千亿大关|一点|5G|PM2.5|no one|one of them|half a year".split("|"),
    ],
)
def test_ordinary_words_are_no_numbers(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2—10月", [(2, "月"), (10, "月")]),
        ("3—5亿元", [(300_000_000, "元"), (500_000_000, "元")]),
        ("一到三万平米", [(10_000, "平方米"), (30_000, "平方米")]),
        ("三至四成", [(30, "%"), (40, "%")]),
        ("十到二十人", [(10, "人"), (20, "人")]),
        ("CNY 300–500 million", [(300_000_000, "元"), (500_000_000, "元")]),
        ("two to five percent", [(2, "%"), (5, "%")]),
        ("TWO TO FIVE PERCENT", [(2, "%"), (5, "%")]),
    ],
)
def test_both_ends_of_a_range_share_unit_and_scale(text: str, expected: list[tuple[int, str]]) -> None:
    assert _read(text) == expected


def test_the_span_holds_the_number_with_its_unit() -> None:
    text = "今年新增企业3.6万家，投资US$3 billion。"
    assert [text[quantity.start : quantity.end] for quantity in quantities(text)] == ["3.6万家", "US$3 billion"]


def test_a_number_after_latin_letters_counts_when_it_has_a_scale() -> None:
    assert _read("GDP3057.4亿") == [(Decimal(305_740_000_000), "")]


def test_an_endless_number_is_no_figure() -> None:
    assert _read("7" * 2_000_000) == []


_ANY_TEXT = st.one_of(
    st.text(),
    st.text("0123456789.,一二三十百千万亿零点分之第多余几 %元倍年个成-—$"),
    st.lists(
        st.sampled_from(
            ["one", "two", "hundred", "half", "first", "th", "CNY", "3", "亿", "万", "、", "百分之", "%", "to", "-"]
        )
    ).map(" ".join),
)


@given(_ANY_TEXT)
def test_any_text_gives_spans_in_order_and_in_range(text: str) -> None:
    end = 0
    for quantity in quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.value.is_finite()
        end = quantity.end


@given(st.integers(0, 10**9))
def test_thousands_separators_make_no_difference(number: int) -> None:
    assert _read(f"{number:,}家") == [(Decimal(number), "家")] == _read(f"{number}家")
