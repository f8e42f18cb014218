from __future__ import annotations

import pytest
from any_text import TEXT
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.language.normalize import normalize
from bot.answering.language.periods import Period, combined, covers, is_compared, spans

YEAR = 2022


def named(text: str) -> list[tuple[int | None, tuple[int, int] | None]]:
    return [(span.year, span.months) for span in spans(normalize(text))]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019年", 2019),
        ("2019年度", 2019),
        ("GDP 2019", 2019),
        ("二〇一九年", 2019),
        ("二零二二年", 2022),
        ("21年", 2021),
    ],
)
def test_years(text: str, year: int) -> None:
    assert named(text) == [(year, None)]


@pytest.mark.parametrize(
    "text",
    ["2144家", "2019家", "2012.5亿", "12019", "第21年", "近20年来", "3021年", "月坛", "13月", "0月", "十年", "maybe"],
)
def test_numbers_that_are_no_period(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("1—11月", (1, 11)),
        ("1-11月份", (1, 11)),
        ("1月至9月", (1, 9)),
        ("前11个月", (1, 11)),
        ("头九个月", (1, 9)),
        ("11月", (11, 11)),
        ("11月底", (1, 11)),
        ("截至11月", (1, 11)),
        ("截至十一月末", (1, 11)),
        ("前3季度", (1, 9)),
        ("第3季度", (7, 9)),
        ("3季度末", (1, 9)),
        ("January to November", (1, 11)),
        ("from Jan - Nov", (1, 11)),
        ("by the end of November", (1, 11)),
        ("as of September", (1, 9)),
        ("in March", (3, 3)),
    ],
)
def test_months(text: str, months: tuple[int, int]) -> None:
    assert named(text) == [(None, months)]


def test_a_year_with_months() -> None:
    assert named("2022年1—11月") == [(2022, None), (None, (1, 11))]


@given(text=TEXT)
def test_spans_stand_in_the_text_one_behind_the_other(text: str) -> None:
    normal = normalize(text)
    at = 0
    for span in spans(normal):
        assert at <= span.start < span.end <= len(normal)
        assert (span.year is None) != (span.months is None)
        assert span.year is None or 1000 <= span.year <= 2999
        assert span.months is None or 1 <= span.months[0] <= span.months[1] <= 12
        at = span.end


@pytest.mark.parametrize(
    ("words", "period"),
    [
        (["this_year"], Period(frozenset({2022}))),
        (["now"], Period(frozenset({2022}))),
        (["last_year"], Period(frozenset({2021}))),
        (["before_last_year", "next_year"], Period(frozenset({2020, 2023}))),
        (["three_quarters"], Period(months=frozenset({(1, 9)}))),
        (["first_half"], Period(months=frozenset({(1, 6)}))),
        (["another_period"], Period(other=True)),
        ([], Period()),
    ],
)
def test_period_words_are_relative_to_the_year_of_the_report(words: list[str], period: Period) -> None:
    assert combined([], words, YEAR) == period
    assert bool(period) is bool(words)


def test_figures_and_words_make_one_period() -> None:
    assert combined(spans("2022年1—11月"), ["full_year"], YEAR) == Period(
        frozenset({2022}), frozenset({(1, 11), (1, 12)})
    )


NO_PERIOD = Period()
NINE_MONTHS = Period(frozenset({2022}), frozenset({(1, 9)}))
SINCE_2010 = Period(frozenset({2010}), since=True)


@pytest.mark.parametrize(
    ("fact", "asked", "covered"),
    [
        (NO_PERIOD, NO_PERIOD, True),
        (NINE_MONTHS, NO_PERIOD, True),
        (NINE_MONTHS, Period(frozenset({2022})), True),
        (NINE_MONTHS, Period(frozenset({2022}), frozenset({(1, 9)})), True),
        (NINE_MONTHS, Period(frozenset({2021})), False),
        (NINE_MONTHS, Period(months=frozenset({(1, 12)})), False),
        (NINE_MONTHS, Period(months=frozenset({(7, 9)})), False),
        (NINE_MONTHS, Period(other=True), False),
        (NO_PERIOD, Period(frozenset({2022})), True),
        (NO_PERIOD, Period(frozenset({2019})), False),
        (NO_PERIOD, Period(months=frozenset({(1, 9)})), True),
        (NO_PERIOD, Period(months=frozenset({(1, 3)})), False),
        (NO_PERIOD, Period(months=frozenset({(1, 6)})), False),
        (SINCE_2010, Period(frozenset({2010})), True),
        (SINCE_2010, Period(frozenset({2022})), True),
        (SINCE_2010, Period(frozenset({2019})), False),
    ],
)
def test_what_a_fact_answers_for(fact: Period, asked: Period, covered: bool) -> None:
    assert covers(fact, asked, YEAR) is covered


@pytest.mark.parametrize(
    "text",
    [
        "船票收入是|去年|同期的几倍",
        "比|去年|增长多少",
        "|去年|的3倍",
        "growth than |last year|",
        "times the level of |last year|",
    ],
)
def test_a_year_that_something_is_compared_with(text: str) -> None:
    before, word, behind = text.split("|")
    assert is_compared(before + word + behind, len(before), len(before + word))


@pytest.mark.parametrize("text", ["|去年|GDP多少", "GDP |last year|", "请问|去年|的游客"])
def test_a_year_that_is_asked_for(text: str) -> None:
    before, word, behind = text.split("|")
    assert not is_compared(before + word + behind, len(before), len(before + word))


@given(text=TEXT, data=st.data())
def test_comparing_never_raises(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert is_compared(text, start, end) in (True, False)
