from __future__ import annotations

from dataclasses import replace

import pytest
from any_text import TEXT
from hypothesis import given
from lake_town import FACTS, KNOWLEDGE, MATCHER, fact

from bot.answering.matching import Matcher

CHINESE = Matcher(KNOWLEDGE, english=False)


def best(matcher: Matcher, question: str) -> str | None:
    ranked = matcher.rank(matcher.read(question))
    return ranked[0].profile.fact.id if ranked else None


@pytest.mark.parametrize(("question", "id_"), [("渡口", "ferries"), ("GDP增速", "gdp-growth"), ("312家", "tea-firms")])
def test_both_matchers_find_the_fact_of_a_chinese_question(question: str, id_: str) -> None:
    assert best(CHINESE, question) == best(MATCHER, question) == id_


def test_only_the_bilingual_one_reads_english() -> None:
    assert best(MATCHER, "orchard area") == "orchard-area"
    assert best(CHINESE, "orchard area") is None


@given(text=TEXT)
def test_facts_are_ranked_the_best_first_and_each_once(text: str) -> None:
    ranked = MATCHER.rank(MATCHER.read(text))
    orders = [scored.order for scored in ranked]
    assert orders == sorted(orders, reverse=True)
    assert len({scored.profile.fact.id for scored in ranked}) == len(ranked) <= len(FACTS)


def test_facts_that_fit_equally_stay_in_the_order_of_the_knowledge() -> None:
    ranked = MATCHER.rank(MATCHER.read("采茶量"))
    assert [scored.profile.fact.id for scored in ranked] == ["spring-tea", "autumn-tea"]
    backwards = Matcher(replace(KNOWLEDGE, facts=FACTS[::-1]), english=True)
    ranked = backwards.rank(backwards.read("采茶量"))
    assert [scored.profile.fact.id for scored in ranked] == ["autumn-tea", "spring-tea"]


def test_the_subject_of_a_report_says_nothing_of_which_fact_is_meant() -> None:
    assert MATCHER.read("Lancheng Mirror Lake District").content == ()
    assert MATCHER.read("澜城镜湖区镜湖").content == ()


def test_reading_questions_and_sentences_adds_nothing_to_what_words_mean() -> None:
    matcher = Matcher(KNOWLEDGE, english=True)
    concepts, marks = list(matcher.vocabulary.concepts), dict(matcher.vocabulary.marks)
    for known in KNOWLEDGE.facts:
        matcher.rank(matcher.read(f"2022年{known.sentence}分别是多少"))
    assert (matcher.vocabulary.concepts, matcher.vocabulary.marks) == (concepts, marks)


@pytest.mark.parametrize(
    ("label", "question", "named"),
    [
        ("地区生产总值", "地区生产总值是多少", True),
        ("地区生产总值", "地区生总产值", True),
        ("地区生产总值", "经济总量", False),
        ("镜湖区地区生产总值(GDP)", "GDP", True),
        ("镜湖区地区生产总值(GDP)", "地区生产总值", True),
        ("地区生产总值增速", "地区生产总值", False),
        ("地区生产总值", "gross regional product", True),
    ],
)
def test_a_fact_is_named_by_the_words_of_its_label(label: str, question: str, named: bool) -> None:
    assert MATCHER.is_named_by(replace(fact("gdp"), label=label), MATCHER.read(question)) is named
