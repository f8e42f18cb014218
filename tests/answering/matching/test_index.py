"""Facts as observations: what is read from label, keywords, figure, sentence and period."""

import pytest

from bot.answering.knowledge.model import Knowledge
from bot.answering.language.periods import Period
from bot.answering.language.vocabulary import shipped
from bot.answering.matching.entries import Entry, closure
from bot.answering.matching.tuning import TUNING
from tests.support.reports.lake_town import HALF_YEAR, IN_ENGLISH, KNOWLEDGE, answerer
from tests.support.wordings import assert_read


def entry(id_: str, knowledge: Knowledge = KNOWLEDGE) -> Entry:
    return next(one for one in answerer(knowledge).index.entries if one.fact.id == id_)


def test_how_a_figure_is_told() -> None:
    def told(id_: str) -> str:
        aspect = entry(id_).aspect
        return " ".join(filter(None, (aspect.change, aspect.base, aspect.unit)))

    table = """\
        money: gdp
        up year percent: gdp-growth
        mass: grain
        down percent: grain-fall
        down year person: pupils-fall
        firms: schools
        name: hospital
        percent: catering-share"""
    assert_read(table, told)


def test_a_share_and_a_rank_are_told_as_such() -> None:
    assert "share" in entry("catering-share").aspect.forms
    assert "rank" in entry("air-rank").aspect.forms | {entry("air-rank").aspect.unit}


def test_a_figure_in_english_has_its_sign_too() -> None:
    aspect = entry("isle-pupils-fall", IN_ENGLISH).aspect
    assert (aspect.change, aspect.unit) == ("down", "percent")


@pytest.mark.parametrize(
    ("id_", "period"),
    [
        ("gdp", Period(frozenset({2022}))),
        ("visitors", Period(frozenset({2022}), frozenset({(1, 11)}))),
        ("hospital", Period()),
    ],
)
def test_the_period_that_a_fact_states(id_, period) -> None:
    assert entry(id_).period == period


def test_the_label_comes_first_among_the_names() -> None:
    assert "".join(token.text for token in entry("grain").names[0].tokens) == "粮食产量"


def test_what_stands_around_the_figure_counts_less_than_a_name_and_the_rest_of_the_sentence_least() -> None:
    index, found = answerer().index, entry("builder")
    named, nearby, around, elsewhere = (index.share(concept, found) for concept in ("承建", "企业", "开诊", "粮食"))
    assert (named, nearby, around, elsewhere) == (1.0, TUNING.nearby, TUNING.around, 0.0)


def test_the_usual_period_is_that_of_most_facts() -> None:
    index = answerer().index
    assert index.is_usual(entry("gdp"))
    assert not index.is_usual(entry("visitors"))
    half = answerer(HALF_YEAR).index
    assert half.is_usual(entry("half-gdp", HALF_YEAR))


def test_the_fewer_facts_have_a_concept_the_more_it_weighs() -> None:
    index = answerer().index
    assert 1 >= index.weight("粮食") > index.weight("增加值") > 0


def test_a_concept_leads_to_its_facts() -> None:
    index = answerer().index
    named = {number for number, share in index.shares("幼儿园").items() if share == 1.0}
    assert {index.entries[number].fact.id for number in named} == {"kindergartens"}


def test_concepts_bring_what_they_are_kinds_of() -> None:
    assert "企业" in closure(["高新技术企业"], shipped())
