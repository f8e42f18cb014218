"""Every fact of the repository's knowledge can be asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from any_text import TEXT, assert_sound
from hypothesis import given, settings
from shipped import shipped

from bot.answering.answer import Language, Outcome
from bot.answering.knowledge.model import Fact
from bot.answering.language.quantities import quantities
from bot.chat.buttons import Effect, Press, key_of


def missed(question_of: Callable[[Fact], str | None]) -> list[tuple[str, str]]:
    """The facts that are neither stated nor offered where the question asks for them, and that question."""
    asked = [(fact, question) for fact in shipped().knowledge.facts if (question := question_of(fact))]
    assert asked
    return [(fact.id, question) for fact, question in asked if fact.id not in found(question)]


def found(question: str) -> list[str]:
    return [match.fact.id for match in shipped().answer(question).matches]


def test_every_label_asks_for_its_fact() -> None:
    assert missed(lambda fact: fact.label) == []


def test_every_fact_has_the_period_that_it_names() -> None:
    assert missed(lambda fact: fact.period and fact.period + fact.label) == []


def test_every_figure_in_digits_asks_for_its_fact() -> None:
    assert missed(lambda fact: fact.figure + "是什么" if any(map(str.isdigit, fact.figure)) else None) == []


def test_every_figure_in_chinese_numerals_asks_for_its_fact() -> None:
    def question(fact: Fact) -> str | None:
        in_words = quantities(fact.figure) and not any(map(str.isdigit, fact.figure))
        return fact.figure + "是什么" if in_words else None

    assert missed(question) == []


def test_every_fact_fits_a_button() -> None:
    for fact in shipped().knowledge.facts:
        for effect in Effect:
            for language in Language:
                assert len(Press(effect, language, key_of(fact)).data.encode()) <= 64
        assert key_of(fact) == fact.id


@pytest.mark.parametrize(
    "question",
    [
        "全市GDP是多少",
        "济南市GDP是多少",
        "济南市GDP增速是多少",
        "全市人口",
        "全市外资是多少",
        "青岛高新区GDP",
        "全省GDP",
    ],
)
def test_another_place_is_not_answered(question: str) -> None:
    assert shipped().answer(question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("GDP grwoth", "gdp-growth"),
        ("anniversay of the zone", "anniversary"),
        ("innovaiton policies", "innovation-policies"),
        ("how many foregin companies", "ftz-foreign-companies"),
    ],
)
def test_english_is_understood_with_two_letters_swapped_or_one_missing(question: str, id_: str) -> None:
    answered = shipped().answer(question)
    assert (answered.language, found(question)) == (Language.ENGLISH, [id_])


@pytest.mark.parametrize(
    "question",
    ["how much did foreign trade grow against the previous year", "how much higher was GDP than the previous year"],
)
def test_a_comparison_in_english_is_english(question: str) -> None:
    assert shipped().answer(question).language is Language.ENGLISH


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("2.8万家是怎么来的，说的是什么企业", "ftz-new-companies"),
        ("链上自贸得到了谁的高度认可", "chain-trade-recognition"),
        ("实际利用外资", "ftz-foreign-capital"),
        ("高新区住着多少人", "population"),
        ("What project did BYD sign in the zone?", "byd"),
        ("Who makes the electric dump trucks there?", "electric-dump-trucks"),
    ],
)
def test_who_asks_for_one_thing_is_told_one(question: str, id_: str) -> None:
    answered = shipped().answer(question)
    assert (answered.outcome, found(question)) == (Outcome.ANSWER, [id_])


@pytest.mark.parametrize(
    "question",
    ["现在人口和六普人口各是多少", "高新区现在和2010年分别住了多少人？", "现在常住人口多少，六普的时候多少"],
)
def test_now_stands_against_the_past(question: str) -> None:
    assert found(question) == ["population", "population-2010"]


@settings(max_examples=50)
@given(text=TEXT)
def test_any_text_is_answered(text: str) -> None:
    assert_sound(shipped().answer(text), text)
