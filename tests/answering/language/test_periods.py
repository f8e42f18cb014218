import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.language.normalize import normalize
from bot.answering.language.periods import Period, Span, covers, named, period, spans
from tests.support.any_text import TEXT
from tests.support.wordings import assert_alike

YEAR = 2022


def told(text: str) -> list[tuple[int | None, tuple[int, int] | None]]:
    return [(span.year, span.months) for span in spans(normalize(text))]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019年", 2019),
        ("2019年度", 2019),
        ("2019年末常住人口", 2019),
        ("二〇一九年底", 2019),
        ("GDP 2019", 2019),
        ("二〇一九年", 2019),
        ("二零二二年", 2022),
        ("21年", 2021),
        ("上世纪90年代", 1990),
        ("九十年代", 1990),
        ("1980年代", 1980),
        ("20年代", 2020),
    ],
)
def test_years(text: str, year: int) -> None:
    assert told(text) == [(year, None)]


def test_a_month_of_a_year_is_one_period() -> None:
    assert_alike("in April 2018|April 2018|on 5 April 2018|Apr. 5, 2018", told, [(2018, (4, 4))])


def test_the_end_of_a_year_is_a_part_of_its_name() -> None:
    assert [(span.start, span.end) for span in spans("2019年末与2020年底")] == [(0, 6), (7, 13)]


@pytest.mark.parametrize(
    "text",
    ["2144家", "2019家", "2012.5亿", "12019", "第21年", "近20年来", "3021年", "月坛", "13月", "0月", "十年", "maybe"],
)
def test_numbers_that_are_no_period(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("months", "texts"),
    [
        ((1, 11), "1—11月|1-11月份|前11个月|11月底|截至11月|截至十一月末|January to November|from Jan - Nov"),
        ((1, 11), "in January-November|by the end of November"),
        ((1, 9), "1月至9月|头九个月|前3季度|3季度末|as of September"),
        ((11, 11), "11月"),
        ((7, 9), "第3季度"),
        ((1, 10), "the first ten months"),
        ((1, 8), "first 8 months"),
        ((3, 3), "in March"),
    ],
)
def test_months(months: tuple[int, int], texts: str) -> None:
    assert_alike(texts, told, [(None, months)])


def test_months_since_a_thing_began_are_none_of_a_year() -> None:
    assert_alike("its first six months|the first six months after the launch|first 3 months on the market", told, [])


def test_a_year_with_months() -> None:
    assert told("2022年1—11月") == [(2022, None), (None, (1, 11))]


@given(text=TEXT)
def test_spans_stand_in_the_text_one_behind_the_other(text: str) -> None:
    normal = normalize(text)
    at = 0
    for span in spans(normal):
        assert at <= span.start < span.end <= len(normal)
        assert (span.year, span.months, span.offset).count(None) == 2
        assert span.year is None or 1000 <= span.year <= 2999
        assert span.months is None or 1 <= span.months[0] <= span.months[1] <= 12
        at = span.end


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("this_year", Period(frozenset({2022}))),
        ("last_year", Period(frozenset({2021}))),
        ("before_last_year", Period(frozenset({2020}))),
        ("next_year", Period(frozenset({2023}))),
        ("three_quarters", Period(months=frozenset({(1, 9)}))),
        ("first_half", Period(months=frozenset({(1, 6)}))),
        ("now", Period()),
    ],
)
def test_period_words_are_relative_to_the_year_of_the_report(name: str, expected: Period) -> None:
    assert period([named(name, 0, 2)], YEAR) == expected
    assert bool(expected) is (name != "now")


def test_last_year_of_a_report_on_a_year_that_is_over_is_that_year() -> None:
    assert period([named("last_year", 0, 2)], YEAR, over=True) == Period(frozenset({2022}))


def test_years_ago() -> None:
    assert period(spans("3年前"), YEAR) == Period(frozenset({2019}))


def test_figures_and_words_make_one_period() -> None:
    found = [*spans("2022年1—11月"), named("full_year", 11, 13), Span(13, 15, offset=-1)]
    assert period(found, YEAR) == Period(frozenset({2022, 2021}), frozenset({(1, 11), (1, 12)}))


NO_PERIOD = Period()
NINE_MONTHS = Period(frozenset({2022}), frozenset({(1, 9)}))
THE_YEAR = Period(frozenset({2022}))


@pytest.mark.parametrize(
    ("fact", "asked", "covered"),
    [
        (NO_PERIOD, NO_PERIOD, True),
        (NINE_MONTHS, NO_PERIOD, True),
        (NINE_MONTHS, THE_YEAR, True),
        (NINE_MONTHS, NINE_MONTHS, True),
        (NINE_MONTHS, Period(frozenset({2021})), False),
        (NINE_MONTHS, Period(frozenset({2021, 2022})), False),
        (NINE_MONTHS, Period(months=frozenset({(1, 12)})), False),
        (NINE_MONTHS, Period(months=frozenset({(7, 9)})), False),
        (THE_YEAR, Period(months=frozenset({(1, 12)})), True),
        (THE_YEAR, Period(months=frozenset({(1, 6)})), False),
        (NO_PERIOD, THE_YEAR, True),
        (NO_PERIOD, Period(frozenset({2019})), False),
        (NO_PERIOD, Period(months=frozenset({(1, 9)})), False),
        (NO_PERIOD, Period(months=frozenset({(1, 3)})), False),
    ],
)
def test_what_a_fact_answers_for(fact: Period, asked: Period, covered: bool) -> None:
    assert covers(fact, asked, YEAR) is covered


@given(year=st.integers(1900, 2100), other=st.integers(1900, 2100))
def test_a_fact_of_a_year_answers_for_no_other_one(year: int, other: int) -> None:
    assert covers(Period(frozenset({year})), period(spans(f"{other}年"), YEAR), YEAR) is (year == other)
