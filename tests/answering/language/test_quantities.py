from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.language.quantities import quantities
from tests.support.wordings import assert_read


def _read(text: str) -> list[tuple[Decimal, str]]:
    return [(quantity.value, quantity.unit) for quantity in quantities(text)]


def _told(text: str) -> str:
    return ", ".join(f"{quantity.value.normalize():f}{quantity.unit}" for quantity in quantities(text))


def test_a_number_is_scaled_and_its_unit_has_one_spelling() -> None:
    table = """\
        305740000000元: 3057.4亿元|CNY 305.74 billion
        1000000000000元: 一万亿元
        500000000元: 5億元
        400000000元: 人民币4亿
        350000000元: 3亿5000万元|3亿5千万元
        260000000元: 260 million yuan
        20000000元: 2千多万元
        3000000000美元: 30亿美金|US$3 billion|3 billion US dollars|$3bn
        60000000美元: 六千万美元
        3欧元: €3
        762400000英镑: £762.4 million
        13.5便士: 13.5 pence
        3130新西兰元: NZ$3,130
        5000000港元: HK$5 million
        36000家: 3.6万家
        180000000人: 一亿八千多万人|1亿8千多万人
        12000家: 1万2千家
        10家: 十几家
        7300亩: 7300多亩
        40公顷: 40 hectares
        12345户: 12,345户
        203人: 两百零三人
        2项: 两项
        40周年: 四十周年
        2022年: 2022年|二〇二二年
        17.3%: １７．３％|百分之十七点三|17.3 percent
        100%: 百分之百
        75%: 四分之三
        50%: 一半以上|more than half
        30%: 三成
        25%: a quarter
        33.333333%: a third of the tea|up by a third
        50%, 3: 五成都不到，第三方
        0.4百分点: 0.4个百分点|0.4 percentage points
        2.1百分点: 2.1百分点
        1.7倍: 1.7倍|1.7 times
        100倍: 一百倍|100-fold
        2倍: twice
        200000000: two hundred million
        129000: 十二点九万
        36000: 36,000
        1500: 1,500-plus
        21: twenty-one
        3: 3 of them|3成立
        # both ends of a range share unit and scale
        2月, 10月: 2—10月
        300000000元, 500000000元: 3—5亿元|CNY 300–500 million
        10000平方米, 30000平方米: 一到三万平米
        30%, 40%: 三至四成
        10人, 20人: 十到二十人
        2%, 5%: two to five percent|TWO TO FIVE PERCENT
        # a number after Latin letters counts when it has a scale
        305740000000: GDP3057.4亿"""
    assert_read(table, _told)


@pytest.mark.parametrize("text", ["第12个", "12th", "no. 12"])
def test_ordinals_are_marked(text) -> None:
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
def test_ordinary_words_are_no_numbers(text) -> None:
    assert _read(text) == []


def test_the_span_holds_the_number_with_its_unit() -> None:
    text = "今年新增企业3.6万家，投资US$3 billion。"
    assert [text[quantity.start : quantity.end] for quantity in quantities(text)] == ["3.6万家", "US$3 billion"]


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
def test_any_text_gives_spans_in_order_and_in_range(text) -> None:
    end = 0
    for quantity in quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.value.is_finite()
        end = quantity.end


@given(st.integers(0, 10**9))
def test_thousands_separators_make_no_difference(number) -> None:
    assert _read(f"{number:,}家") == [(Decimal(number), "家")] == _read(f"{number}家")
