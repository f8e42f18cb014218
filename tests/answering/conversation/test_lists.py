"""Lists, and what comes first in them."""

from __future__ import annotations

import pytest
from lake_town import answerer, ids

from bot.answering.answer import Outcome
from bot.answering.conversation import last_answer


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("列出三次产业的增加值", ["primary", "secondary", "tertiary"]),
        ("哪些下降了百分之几", ["grain-fall"]),
        ("哪些增速超过6%", ["gdp-growth", "secondary-growth", "tertiary-growth"]),
        ("超过100亿的有哪些", ["gdp", "secondary", "tertiary"]),
        ("和餐饮有关的数据", ["catering", "catering-share"]),
        ("粮食和茶叶的产量都列出来", ["grain", "tea"]),
    ],
)
def test_all_facts_that_fit_are_listed_as_the_report_tells_them(question: str, facts: list[str]) -> None:
    found = last_answer(answerer(), [question])
    assert (found.outcome, ids(found), found.listed) == (Outcome.ANSWER, facts, len(facts))


@pytest.mark.parametrize(
    ("question", "fact", "of"),
    [
        ("三次产业里增长最快的是哪个", "secondary-growth", 3),
        ("哪个产业的增加值最小", "primary", 3),
        ("哪个村的人口最多", "village-7", 8),
    ],
)
def test_a_superlative_is_the_first_of_what_is_measured_alike(question: str, fact: str, of: int) -> None:
    found = last_answer(answerer(), [question])
    assert (ids(found), found.chosen_from) == ([fact], of)


def test_a_name_that_is_asked_for_is_no_list() -> None:
    found = last_answer(answerer(), ["医院的承建单位是哪家"])
    assert (ids(found), found.listed) == (["builder"], 0)


def test_a_figure_that_is_quoted_finds_its_fact() -> None:
    found = last_answer(answerer(), ["9.2%是哪一项的增速"])
    assert (ids(found), found.listed) == (["secondary-growth"], 0)
