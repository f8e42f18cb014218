from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from bot.answering.profiles import Profile, profiles
from lake_town import FACTS, KNOWLEDGE, fact, vocabulary

from bot.answering.knowledge.model import Fact
from bot.answering.language.periods import Period
from bot.answering.vocabulary import Vocabulary

WORDS = vocabulary()
PROFILES = {profile.fact.id: profile for profile in profiles(KNOWLEDGE, WORDS)}


def profile_of(changed: Fact, words: Vocabulary | None = None) -> Profile:
    (profile,) = profiles(replace(KNOWLEDGE, facts=(changed,)), words or vocabulary())
    return profile


def names(concepts: frozenset[int] | tuple[int, ...]) -> set[str]:
    return {WORDS.concepts[concept] for concept in concepts}


def test_each_fact_has_one_in_the_order_of_the_knowledge() -> None:
    assert tuple(profile.fact for profile in PROFILES.values()) == FACTS


@pytest.mark.parametrize(
    ("id_", "kind"),
    [
        ("gdp", "money"),
        ("gdp-growth", "percent"),
        ("growth-ratio", "times"),
        ("tea-firms", "organisations"),
        ("tea-farmers", "people"),
        ("orchard-area", "area"),
        ("spring-tea", "weight"),
        ("ferries", "things"),
        ("hospital", "name"),
        ("water", "rank"),
    ],
)
def test_what_the_figure_measures(id_: str, kind: str) -> None:
    assert PROFILES[id_].kind == kind


def test_a_name_is_what_a_fact_answers_with() -> None:
    assert PROFILES["festival-host"].answer.text == "镜湖画院"
    assert PROFILES["festival-host"].answer.concepts <= PROFILES["festival-host"].named
    assert not PROFILES["trail"].answer.text
    answers = [name.text for name in PROFILES["trail"].sentence.answers]
    assert answers == ["湖光书院", "江北最大的慢行乐园"]


@pytest.mark.parametrize(
    ("figure", "kind"),
    [
        ("12", "number"),
        ("7龘", "number"),
        ("全省首位", "rank"),
        ("第三", "rank"),
        ("春、夏、秋、冬四季采茶节和12个茶会", "name"),
    ],
)
def test_figures_without_a_unit_of_the_lexicon(figure: str, kind: str) -> None:
    assert profile_of(replace(fact("ferries"), figure=figure)).kind == kind


@pytest.mark.parametrize(
    ("id_", "value"),
    [("gdp", "8640000000"), ("visitors", "476000"), ("ferries", "12"), ("gdp-growth", "7.3"), ("hospital", None)],
)
def test_the_value_of_the_figure(id_: str, value: str | None) -> None:
    assert [quantity.value for quantity in PROFILES[id_].figures] == ([Decimal(value)] if value else [])


def test_the_numbers_of_the_sentence() -> None:
    assert {Decimal(312), Decimal(230), Decimal(95)} <= PROFILES["tea-firms"].sentence.numbers


def test_the_facts_of_a_sentence_share_it() -> None:
    assert PROFILES["tea-firms"].sentence is PROFILES["tea-farmers"].sentence
    assert PROFILES["tea-firms"].sentence is not PROFILES["gdp"].sentence


def test_what_a_sentence_says_and_what_it_tells_of_each_of_its_facts() -> None:
    sentence = PROFILES["orchard-area"].sentence
    assert {"果园", "面积", "投资", "澜城"} <= names(sentence.concepts)
    assert {"果园", "面积", "投资"} <= names(frozenset(sentence.named))
    assert "澜城" in names(sentence.told)
    assert sentence.told == sentence.concepts - sentence.named


def test_what_names_a_fact() -> None:
    assert {"茶叶", "企业"} <= names(PROFILES["tea-firms"].named)
    assert "茶农" not in names(PROFILES["tea-firms"].named)


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2022年前三季度", Period(frozenset({2022}), frozenset({(1, 9)}))),
        ("2022年1—11月", Period(frozenset({2022}), frozenset({(1, 11)}))),
        ("今年", Period(frozenset({2022}))),
        ("2015年以来", Period(frozenset({2015}), since=True)),
        (None, Period()),
    ],
)
def test_the_period(written: str | None, period: Period) -> None:
    assert profile_of(replace(fact("gdp"), period=written)).period == period


def test_without_english_only_chinese_names_are_read() -> None:
    chinese = profile_of(fact("ferries"), vocabulary(english=False))
    assert chinese.phrases == chinese.chinese
    assert "ferries" not in chinese.text
    both = profile_of(fact("ferries"))
    assert set(both.chinese) < set(both.phrases)
    assert "ferries" in both.text


def test_a_fact_without_words_is_a_profile_too() -> None:
    assert profile_of(replace(fact("ferries"), label="😀", keywords=("…",), sentence="😀", figure="😀")).kind == "name"
