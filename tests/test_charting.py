"""Which facts make a chart, how long their bars are, and the picture of it."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Fact, Knowledge, Lexicon
from bot.charting.chart import LEAST_BARS, MOST_BARS, Bar, Chart, comparable
from bot.charting.drawing import HIGHEST, WIDTH, draw
from bot.chat.rendering import one_line
from tests.support.any_text import ANY_TEXT
from tests.support.reports.small_report import OUTPUT, REPORT


def fact(label: str, figure: str) -> Fact:
    return replace(OUTPUT, id=label, label=label, figure=figure, keywords=(label,), sentence=f"{label}{figure}。")


def amounts(*told: tuple[str, str]) -> dict[str, Decimal]:
    """The amounts of the comparable ones of facts, each told by its label and figure."""
    facts = tuple(fact(*one) for one in told)
    index = Answerer(Knowledge((REPORT,), facts, Lexicon())).index
    return {value.entry.fact.label: value.amount for value in comparable(facts, index)}


YIELDS = (("茶叶产量", "8吨"), ("苹果产量", "3000公斤"), ("梨产量", "500公斤"))


def test_values_of_one_kind_are_told_in_one_unit() -> None:
    assert amounts(*YIELDS) == {"茶叶产量": 8, "苹果产量": 3, "梨产量": Decimal("0.5")}
    money = amounts(("工业产值", "35.2亿元"), ("税收收入", "8000万元"), ("存款余额", "1亿元"))
    assert money == {"工业产值": 3_520_000_000, "税收收入": 80_000_000, "存款余额": 100_000_000}


def test_falls_are_below_zero_however_they_are_told() -> None:
    told = amounts(("产值增速", "8.4%"), ("出口降幅", "4.7%"), ("税收增速", "-2.1%"), ("零售额增速", "−3%"))
    assert told == {
        "产值增速": Decimal("8.4"),
        "出口降幅": Decimal("-4.7"),
        "税收增速": Decimal("-2.1"),
        "零售额增速": -3,
    }


@pytest.mark.parametrize(
    "other",
    [
        ("茶叶产量增速", "8吨"),
        ("茶叶产值", "8万元"),
        ("茶叶产量排名", "第8位"),
        ("茶农与茶商之比", "3:1"),
        ("茶叶产量和销量", "8吨、5吨"),
        ("茶叶上市时间", "2021年4月"),
        ("茶叶品牌", "云雾"),
    ],
)
def test_what_is_told_otherwise_makes_no_bar(other) -> None:
    assert other[0] not in amounts(*YIELDS, other)
    assert amounts(*YIELDS[:2], other) == {}


def test_currencies_changes_against_other_bases_and_unknown_units_stay_apart() -> None:
    assert amounts(("出口额", "3亿美元"), ("进口额", "3亿元"), ("零售额", "2亿元")) == {}
    assert amounts(("产值同比增速", "3%"), ("税收同比增速", "4%"), ("出口环比增速", "2%")) == {}
    assert amounts(("绿道", "3环"), ("县报", "4版"), ("泉水", "2股")) == {}


def test_the_largest_kind_is_shown_each_fact_once_and_not_too_many() -> None:
    rest = [(f"第{n}家茶厂产值", f"{n}万元") for n in range(1, 20)]
    assert list(amounts(*YIELDS, *rest)) == [label for label, _ in rest][:MOST_BARS]
    twice = (fact(*YIELDS[0]), fact(*YIELDS[1]))
    assert comparable(twice * 2, Answerer(Knowledge((REPORT,), twice, Lexicon())).index) == []


# ---- a picture for whatever is told, in which falls look like falls

BLUE, ORANGE = (37, 99, 201), (196, 80, 27)
SHORTEST, TOLERANCE = 3, 12
SCRIPTS = "地区生产总值（GDP）,Ärzte je Kreis,عدد المدارس,จำนวนโรงเรียน,学校数は,학교 수,😀👩‍👩‍👧".split(",")

TEXTS = st.sampled_from([*SCRIPTS, "a" * 300, "数" * 300]) | ANY_TEXT.map(one_line)
VALUES = st.decimals(allow_nan=False, allow_infinity=False) | st.integers(-99, 99).map(Decimal)


def picture(chart: Chart) -> Image.Image:
    return Image.open(BytesIO(draw(chart))).convert("RGB")


@settings(max_examples=10)
@given(
    st.builds(
        Chart,
        TEXTS,
        TEXTS,
        st.lists(st.builds(Bar, TEXTS, TEXTS, VALUES), min_size=1, max_size=MOST_BARS).map(tuple),
        TEXTS,
    )
)
def test_any_facts_make_a_picture_that_telegram_takes(chart) -> None:
    image = picture(chart)
    assert image.width == WIDTH
    assert 0 < image.height <= HIGHEST
    assert image.width + image.height <= 10_000


def test_the_longest_texts_leave_nothing_out() -> None:
    long = "长" * 300
    image = picture(Chart(long, long, (Bar(long, long, Decimal(1)),) * MOST_BARS, long))
    assert image.height < HIGHEST


def span(image: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int] | None:
    """From which column to which a picture has something of a colour."""
    away = ImageChops.difference(image, Image.new("RGB", image.size, colour))
    near = away.convert("L", (1, 1, 1, 0)).point(lambda difference: 255 * (difference < TOLERANCE))
    box = near.getbbox()
    return (box[0], box[2]) if box else None


def bars(*values: Decimal) -> Chart:
    return Chart("", "", tuple(Bar("", "", value) for value in values), "")


@settings(max_examples=10)
@given(st.lists(VALUES, min_size=LEAST_BARS, max_size=5))
def test_falls_are_left_of_where_rises_begin_and_of_another_colour(values) -> None:
    image = picture(bars(*values))
    rises, falls = span(image, BLUE), span(image, ORANGE)
    assert bool(rises) == any(value > 0 for value in values)
    assert bool(falls) == any(value < 0 for value in values)
    if rises and falls:
        assert falls[1] <= rises[0]


def test_bars_are_as_long_as_their_values() -> None:
    image = picture(bars(Decimal(1), Decimal(2), Decimal(-4)))
    rows = [image.crop((0, top, WIDTH, top + 1)) for top in range(0, image.height, 10)]
    found = dict.fromkeys(spanned for row in rows for colour in (BLUE, ORANGE) if (spanned := span(row, colour)))
    one, two, four = (end - begin for begin, end in found)
    assert 2 * one == pytest.approx(two, abs=SHORTEST)
    assert 4 * one == pytest.approx(four, abs=2 * SHORTEST)
