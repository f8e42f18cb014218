from __future__ import annotations

from dataclasses import replace

import pytest
from any_text import TEXT
from hypothesis import given
from lake_town import FACTS, KNOWLEDGE, MATCHER

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
    for fact in KNOWLEDGE.facts:
        matcher.rank(matcher.read(f"2022年{fact.sentence}分别是多少"))
    assert (matcher.vocabulary.concepts, matcher.vocabulary.marks) == (concepts, marks)
