from __future__ import annotations

import pytest
from any_text import TEXT
from hypothesis import given
from lake_town import ANSWERER


def line_of(question: str, part: str) -> str:
    return next(line for line in ANSWERER.explain(question).splitlines() if part in line)


def test_the_first_line_is_the_question_as_it_was_read() -> None:
    assert ANSWERER.explain("茶葉\u200bＧＤＰ").splitlines()[0] == "read as: 茶叶gdp"


@pytest.mark.parametrize(
    ("question", "word", "note"),
    [
        ("渡口龘龘", "龘龘:", "not understood"),
        ("312家茶叶企业", "312家:", "a number"),
        ("去年的渡口", "去年:", "a period"),
        ("青岗的渡口", "青岗:", "a place"),
        ("渡口的房价", "房价:", "a fact has to name"),
        ("渡口有多少", "多少:", "asks for: number"),
        ("地区生总产值", "地区生总产值:", "taken for 地区生产总值"),
        ("旅游的人", "旅游的人:", "known"),
    ],
)
def test_how_each_word_was_understood(question: str, word: str, note: str) -> None:
    assert note in line_of(question, word)


def test_words_that_say_nothing_are_left_out() -> None:
    assert "请问" not in "\n".join(ANSWERER.explain("请问渡口").splitlines()[1:])


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("青岗的渡口", "it is not about 青岗"),
        ("去年GDP", "2022年前三季度"),
        ("2019年的渡口", "it has: 2022"),
        ("312家是什么", "figure is quoted"),
        ("渡口龘龘", "does not: 龘龘"),
    ],
)
def test_what_speaks_for_and_against_a_fact(question: str, note: str) -> None:
    assert line_of(question, note)


def test_the_best_facts_come_first_and_are_few() -> None:
    explained = ANSWERER.explain("村庄人口")
    shown = [f"village-{number}" for number in range(8) if f" village-{number}: " in explained]
    assert shown == [f"village-{number}" for number in range(5)]


def test_a_question_that_shares_no_word_with_any_fact() -> None:
    assert "no fact shares a word" in ANSWERER.explain("龘龘")


@given(text=TEXT)
def test_any_question_is_explained(text: str) -> None:
    assert ANSWERER.explain(text).startswith("read as: ")
