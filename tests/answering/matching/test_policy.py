"""What is stated, what is offered, and what is refused."""

import pytest

from bot.answering.answer import Outcome, Reason
from tests.support.reports.lake_town import HALF_YEAR, answer, ids


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("居民人均可支配收入是多少", {"urban-income", "rural-income"}),
        ("村庄人口是多少", {f"village-{number}" for number in range(6)}),
        ("粮食产量情况", {"grain", "grain-fall"}),
        ("GDP怎么样", {"gdp", "gdp-growth"}),
    ],
)
def test_facts_that_fit_equally_are_offered(question: str, expected: set[str]) -> None:
    answered = answer(question)
    assert (answered.outcome, set(ids(answered)), answered.reason) == (Outcome.CHOICES, expected, None)


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("GDP", "gdp"),
        ("餐饮收入", "catering"),
        ("粮食产量", "grain"),
        ("碧桃村的村庄人口", "village-7"),
        ("小学", "schools"),
    ],
)
def test_a_fact_whose_own_name_is_said_wins_over_those_whose_names_contain_it(question: str, id_: str) -> None:
    answered = answer(question)
    assert (answered.outcome, ids(answered)) == (Outcome.ANSWER, [id_])


@pytest.mark.parametrize(
    ("question", "reason", "nearest"),
    [
        ("山东省的GDP是多少", Reason.PLACE, "gdp"),
        ("2019年GDP是多少", Reason.PERIOD, "gdp"),
        ("技术合同成交额增长多少", Reason.UNKNOWN, "tech-deals"),
        ("GDP环比增长多少", Reason.UNKNOWN, "gdp"),
        ("房价是多少", Reason.UNKNOWN, None),
        ("龘鱻", Reason.UNKNOWN, None),
        ("你好", Reason.UNKNOWN, None),
        ("谢谢", Reason.UNKNOWN, None),
    ],
)
def test_a_refusal_says_why_and_offers_what_is_near(question: str, reason: Reason, nearest: str | None) -> None:
    answered = answer(question)
    assert (answered.outcome, answered.matches, answered.reason) == (Outcome.NONE, (), reason)
    found = [fact.id for fact in answered.nearest]
    assert len(found) <= 3
    assert nearest is None or nearest in found


def test_the_reports_own_period_is_meant() -> None:
    assert ids(answer("GDP", HALF_YEAR)) == ["half-gdp"]


@pytest.mark.parametrize("question", ["GDP", "村庄人口", "286.4亿元是什么", "GDP和增速分别是多少"])
def test_a_score_is_a_share(question: str) -> None:
    assert all(0 < match.score <= 1 for match in answer(question).matches)
