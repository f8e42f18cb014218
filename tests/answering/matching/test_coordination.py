"""Several things asked for at once."""

import pytest
from hypothesis import given

from bot.answering.answer import Outcome
from bot.answering.matching.coordination import coordination
from tests.support.any_text import TEXT
from tests.support.reports.lake_town import answer, observed
from tests.support.reports.told import ids


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("手机和电脑的产量各多少", ["phones", "computers"]),
        ("粮食和茶叶的产量分别是多少", ["grain", "tea"]),
        ("小学、幼儿园各有多少所", ["schools", "kindergartens"]),
        ("第一产业、第二产业和第三产业增加值分别是多少", ["primary", "secondary", "tertiary"]),
        ("小学有多少所幼儿园有多少所", ["schools", "kindergartens"]),
        ("小学和幼儿园这两样各有多少所", ["schools", "kindergartens"]),
        ("GDP多少、增速多少？写稿要用", ["gdp", "gdp-growth"]),
        ("GDP多少，增速呢", ["gdp", "gdp-growth"]),
        ("GDP和增速分别是多少", ["gdp", "gdp-growth"]),
        ("社会消费品零售总额和增速", ["retail", "retail-growth"]),
        ("第三产业的增加值和增速", ["tertiary", "tertiary-growth"]),
        ("粮食产量多少，降幅呢", ["grain", "grain-fall"]),
        ("城镇和农村居民人均可支配收入各是多少", ["urban-income", "rural-income"]),
        ("小学有多少所，幼儿园有多少所", ["schools", "kindergartens"]),
        ("小学有多少所，幼儿园呢", ["schools", "kindergartens"]),
        ("粮食产量降了多少，茶叶呢", ["grain-fall", "tea-growth"]),
        ("how many kindergartens and how many primary schools are there", ["kindergartens", "schools"]),
    ],
)
def test_all_parts_are_answered(question: str, expected: list[str]) -> None:
    answered = answer(question)
    assert (answered.outcome, sorted(ids(answered)), answered.missing) == (Outcome.ANSWER, sorted(expected), ())


@pytest.mark.parametrize(
    ("question", "expected", "missing"),
    [
        ("技术合同成交额和增速", ["tech-deals"], ("增速",)),
        ("技术合同成交额和增速分别是多少", ["tech-deals"], ("增速",)),
        ("技术合同成交额多少，增速呢", ["tech-deals"], ("增速",)),
        ("GDP和财政收入分别是多少", ["gdp"], ("财政收入",)),
        ("小学和医院各有多少所", ["schools"], ("医院",)),
        ("小学有多少所，中学呢", ["schools"], ("中学",)),
    ],
)
def test_what_the_report_lacks_is_named_beside_what_it_has(
    question: str, expected: list[str], missing: tuple[str, ...]
) -> None:
    answered = answer(question)
    assert (answered.outcome, ids(answered), answered.missing) == (Outcome.ANSWER, expected, missing)


@pytest.mark.parametrize(
    "question", ["GDP是多少", "粮食产量", "请问，粮食产量是多少", "听说粮食少了，少了多少", "我想问，GDP呢", "", "，"]
)
def test_a_question_for_one_thing_has_no_parts(question: str) -> None:
    assert coordination(observed(question)) is None


def test_parts_take_over_the_period_and_the_question_word() -> None:
    found = coordination(observed("2022年小学、幼儿园各有多少所"))
    assert found is not None
    assert found.certain
    assert [len(part.asked.spans) for part in found.parts] == [1, 1]
    assert [part.asked.asks for part in found.parts] == [frozenset({"number"})] * 2


@given(text=TEXT)
def test_parts_are_at_least_two(text: str) -> None:
    found = coordination(observed(text))
    assert found is None or len(found.parts) > 1
