from __future__ import annotations

from dataclasses import replace

import pytest
from bot.answering.index import Index
from bot.answering.words import Word
from lake_town import KNOWLEDGE, MATCHER, fact

from bot.answering.matching import Matcher

INDEX = MATCHER.index


def candidates(question: str) -> set[str]:
    return {profile.fact.id for profile in INDEX.candidates(MATCHER.read(question))}


def name_of(number: int) -> str:
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{number:04}")


def town_of(count: int) -> Matcher:
    """A matcher of many facts that share a keyword, each with a name of its own besides."""
    farmers = fact("tea-farmers")
    many = (replace(farmers, id=f"f{n}", label=f"{name_of(n)}茶园的茶农", keywords=("茶农",)) for n in range(count))
    return Matcher(replace(KNOWLEDGE, facts=tuple(many)), english=False)


def word(text: str) -> Word:
    return next(word for word in MATCHER.read(text).words if word.text == text)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("渡口", {"ferries"}),
        ("312家", {"tea-firms"}),
        ("86.4亿", {"gdp"}),
        ("青岗的龘龘", set()),
        ("多少", set()),
        ("", set()),
    ],
)
def test_candidates_share_a_word_or_a_figure_with_the_question(question: str, expected: set[str]) -> None:
    assert candidates(question) == expected


def test_candidates_share_any_of_the_words() -> None:
    assert {"ferries", "schools", "tea-farmers"} <= candidates("渡口、小学和茶农")


def test_context_brings_candidates_too() -> None:
    question = MATCHER.read("渡口和小学")
    part = question.part(question.words[:1], context=question.content[1:])
    assert {profile.fact.id for profile in INDEX.candidates(part)} == {"ferries", "schools"}


def test_candidates_come_in_the_order_of_the_knowledge() -> None:
    order = {profile.fact.id: position for position, profile in enumerate(INDEX.facts)}
    found = [order[profile.fact.id] for profile in INDEX.candidates(MATCHER.read("GDP和果园和渡口的增速"))]
    assert found == sorted(found)


def test_a_larger_knowledge_has_no_more_candidates() -> None:
    small, large = town_of(400), town_of(8000)
    counts = [len(town.index.candidates(town.read("茶农"))) for town in (small, large)]
    assert 6 <= counts[0] == counts[1] < 100


def test_among_many_the_fact_of_the_rarer_words_is_a_candidate() -> None:
    town = town_of(8000)
    for number in (12, 4321, 7989):
        question = town.read(f"{name_of(number)}茶园的茶农有多少")
        assert f"f{number}" in {profile.fact.id for profile in town.index.candidates(question)}


def test_the_fewer_facts_a_word_names_the_more_it_weighs() -> None:
    assert INDEX.weight(word("渡口")) > INDEX.weight(word("茶叶")) > INDEX.weight(word("村庄")) > 0


def test_a_matter_that_no_fact_names_weighs_most() -> None:
    assert INDEX.weight(word("房价")) > INDEX.weight(word("渡口"))


def test_the_longer_an_unknown_word_the_more_it_weighs() -> None:
    weights = [INDEX.weight(word("龘" * length)) for length in (1, 2, 3)]
    assert 0 < weights[0] < weights[1] <= weights[2]


def test_a_word_without_meaning_weighs_nothing() -> None:
    assert INDEX.weight(word("请问")) == 0


def test_an_empty_knowledge_has_no_candidates() -> None:
    matcher = Matcher(replace(KNOWLEDGE, facts=()), english=True)
    assert Index([], matcher.vocabulary).candidates(matcher.read("渡口")) == []
    assert matcher.rank(matcher.read("渡口")) == []
