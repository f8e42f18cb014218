"""The facts of the repository's knowledge can be asked for."""

from collections.abc import Callable

import pytest

from bot.answering.answer import Language, Outcome
from bot.answering.knowledge.model import Fact
from bot.answering.language.quantities import quantities
from bot.chat.buttons import FactButton, Placement, key_of
from tests.support.reports.shipped import shipped
from tests.support.reports.told import ids


def share_found(question_of: Callable[[Fact], str | None]) -> float:
    """Of the facts that a question is made for, the share that it states or offers."""
    asked = [(fact, question) for fact in shipped().knowledge.facts if (question := question_of(fact))]
    found = [fact for fact, question in asked if any(m.fact is fact for m in shipped().answer(question).matches)]
    return len(found) / len(asked)


def test_labels_ask_for_their_facts() -> None:
    assert share_found(lambda fact: fact.label) >= 0.95


def test_facts_have_the_period_that_they_name() -> None:
    assert share_found(lambda fact: fact.period and fact.period + fact.label) >= 0.9


@pytest.mark.parametrize(
    "around",
    (
        "请问{}|你好，想了解一下{}|领导让我问一下{}|写稿子要用，{}|{}？谢谢！|{}，能告诉我吗？|{}？急，在线等|"
        "{}，要具体数字|{}😂🙏|{}👍🏻|1. {}|（2）{}？|“{}”"
    ).split("|"),
)
def test_what_is_said_around_a_question_changes_nothing(around) -> None:
    asked = {label: f"{label}是多少" for label in (fact.label for fact in shipped().knowledge.facts)}
    changed = [
        label
        for label, question in asked.items()
        if ids(shipped().answer(around.replace("{}", question))) != ids(shipped().answer(question))
    ]
    assert len(changed) <= len(asked) * 0.02, changed


def test_figures_in_digits_ask_for_their_facts() -> None:
    share = share_found(lambda fact: fact.figure + "是什么" if any(map(str.isdigit, fact.figure)) else None)
    assert share >= 0.97


def test_figures_in_chinese_numerals_ask_for_their_facts() -> None:
    def question(fact: Fact) -> str | None:
        in_words = quantities(fact.figure) and not any(map(str.isdigit, fact.figure))
        return fact.figure + "是什么" if in_words else None

    assert share_found(question) >= 0.9


def test_every_fact_fits_a_button() -> None:
    for fact in shipped().knowledge.facts:
        for placement in Placement:
            for language in Language:
                assert len(FactButton(placement, language, key_of(fact)).pack().encode()) <= 64
        assert key_of(fact) == fact.id


@pytest.mark.parametrize("question", ["全市GDP是多少", "济南市GDP是多少", "青岛高新区GDP", "全省GDP", "2019年GDP"])
def test_another_place_or_year_is_not_answered(question) -> None:
    assert shipped().answer(question).outcome is not Outcome.ANSWER
