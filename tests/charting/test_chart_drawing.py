"""A picture for whatever is told, in which falls look like falls."""

from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.charting.chart import LEAST_BARS, MOST_BARS, Bar, Chart
from bot.charting.drawing import HIGHEST, WIDTH, draw
from bot.chat.markup import one_line
from tests.support.any_text import ANY_TEXT

BLUE, ORANGE = (37, 99, 201), (196, 80, 27)
SHORTEST, TOLERANCE = 3, 12
SCRIPTS = "地区生产总值（GDP）,Ärzte je Kreis,عدد المدارس,จำนวนโรงเรียน,学校数は,학교 수,😀👩‍👩‍👧".split(",")

texts = st.sampled_from([*SCRIPTS, "a" * 300, "数" * 300]) | ANY_TEXT.map(one_line)
amounts = st.decimals(allow_nan=False, allow_infinity=False) | st.integers(-99, 99).map(Decimal)


def picture(chart: Chart) -> Image.Image:
    return Image.open(BytesIO(draw(chart))).convert("RGB")


@settings(max_examples=10)
@given(
    st.builds(
        Chart,
        texts,
        texts,
        st.lists(st.builds(Bar, texts, texts, amounts), min_size=1, max_size=MOST_BARS).map(tuple),
        texts,
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
@given(st.lists(amounts, min_size=LEAST_BARS, max_size=5))
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
