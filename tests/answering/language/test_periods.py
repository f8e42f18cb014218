import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.language.normalize import normalize
from bot.answering.language.periods import Period, Span, covers, named, period, spans
from tests.support.any_text import TEXT
from tests.support.wordings import assert_alike, assert_read

YEAR = 2022


def told(text: str) -> str:
    """The years, and the months from one to another."""
    return ", ".join(
        f"{span.year}" if span.months is None else " ".join(map(str, filter(None, (span.year, *span.months))))
        for span in spans(normalize(text))
    )


def test_years_and_months() -> None:
    table = """\
        2019: 2019年|2019年度|2019年末常住人口|二〇一九年底|GDP 2019|二〇一九年
        2022: 二零二二年
        2021: 21年
        1990: 上世纪90年代|九十年代
        1980: 1980年代
        2020: 20年代
        # a month of a year is one period
        2018 4 4: in April 2018|April 2018|on 5 April 2018|Apr. 5, 2018
        1 11: 1—11月|1-11月份|前11个月|11月底|截至11月|截至十一月末|January to November|from Jan - Nov
        1 11: in January-November|by the end of November
        1 9: 1月至9月|头九个月|前3季度|3季度末|as of September
        11 11: 11月
        7 9: 第3季度
        1 10: the first ten months
        1 8: first 8 months
        3 3: in March|in March and by how much
        2022, 1 11: 2022年1—11月"""
    assert_read(table, told)


def test_the_end_of_a_year_is_a_part_of_its_name() -> None:
    assert [(span.start, span.end) for span in spans("2019年末与2020年底")] == [(0, 6), (7, 13)]


def test_what_is_no_period() -> None:
    assert_alike("2144家|2019家|2012.5亿|12019|第21年|近20年来|3021年|月坛|13月|0月|十年|maybe", told, "")
    # months since a thing began are none of a year
    assert_alike("its first six months|the first six months after the launch|first 3 months on the market", told, "")


@given(text=TEXT)
def test_spans_stand_in_the_text_one_behind_the_other(text) -> None:
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
def test_period_words_are_relative_to_the_year_of_the_report(name, expected) -> None:
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
def test_what_a_fact_answers_for(fact, asked, covered) -> None:
    assert covers(fact, asked, YEAR) is covered


@given(year=st.integers(1900, 2100), other=st.integers(1900, 2100))
def test_a_fact_of_a_year_answers_for_no_other_one(year, other) -> None:
    assert covers(Period(frozenset({year})), period(spans(f"{other}年"), YEAR), YEAR) is (year == other)
