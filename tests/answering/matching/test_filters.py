"""Which facts are not of the type that a question asks for, a rule each."""

from __future__ import annotations

import pytest
from lake_town import HALF_YEAR, HIGH_TECH_ZONE, KNOWLEDGE, ranked

from bot.answering.knowledge.model import Knowledge


def misfit(question: str, id_: str, knowledge: Knowledge = KNOWLEDGE) -> str:
    """Why a fact does not answer, "" where it does."""
    return next(one.misfit for one in ranked(question, knowledge) if one.entry.fact.id == id_)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("山东省的GDP", "place"),
        ("东屏省的GDP", "place"),
        ("GDP of Japan", "place"),
        ("全国的GDP", "place"),
        ("全省的GDP", "place"),
        ("云泽县的GDP", ""),
        ("全县GDP", ""),
        ("GDP of Yunze County", ""),
        ("GDP", ""),
    ],
)
def test_place(question: str, found: str) -> None:
    assert misfit(question, "gdp") == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("青岛市高新区GDP", ""),
        ("青岛高新区GDP", ""),
        ("高新区GDP", ""),
        ("济南市高新区GDP", "place"),
        ("济南高新区GDP", "place"),
        ("青岛市GDP", "place"),
        ("山东省GDP", "place"),
    ],
)
def test_a_district_is_of_its_own_city(question: str, found: str) -> None:
    assert misfit(question, "zone-gdp", HIGH_TECH_ZONE) == found


@pytest.mark.parametrize(
    ("question", "id_", "found"),
    [
        ("2019年GDP", "gdp", "period"),
        ("26年GDP", "gdp", "period"),
        ("上半年GDP", "gdp", "period"),
        ("一季度GDP", "gdp", "period"),
        ("2022年GDP", "gdp", ""),
        ("全年GDP", "gdp", ""),
        ("1—11月的游客", "visitors", ""),
        ("2022年的游客", "visitors", ""),
        ("全年的游客", "visitors", "period"),
        ("11月的游客", "visitors", "period"),
        ("2021年的小学", "schools", "period"),
    ],
)
def test_period(question: str, id_: str, found: str) -> None:
    assert misfit(question, id_) == found


@pytest.mark.parametrize(
    ("question", "id_", "found"),
    [
        ("前三季度GDP", "half-gdp", "period"),
        ("前三季度企业有多少家", "half-firms", "period"),
        ("2023年企业有多少家", "half-firms", ""),
        ("2022年企业有多少家", "half-firms", "period"),
        ("上半年GDP", "half-gdp", ""),
    ],
)
def test_period_of_a_half_year_report(question: str, id_: str, found: str) -> None:
    assert misfit(question, id_, HALF_YEAR) == found


@pytest.mark.parametrize(
    ("question", "id_", "found"),
    [
        ("农村居民人均可支配收入", "urban-income", "breakdown"),
        ("农村居民人均可支配收入", "rural-income", ""),
        ("第二产业增加值", "tertiary", "breakdown"),
    ],
)
def test_breakdown(question: str, id_: str, found: str) -> None:
    assert misfit(question, id_) == found


@pytest.mark.parametrize(
    ("question", "id_", "found"),
    [
        ("小学有多少人", "schools", "unit"),
        ("小学有多少所", "schools", ""),
        ("小学有多少所", "pupils", "unit"),
        ("社会消费品零售总额有多少家", "retail", "unit"),
        ("社会消费品零售总额有多少亿元", "retail", ""),
        ("新建医院有多少家", "hospital", "name"),
        ("新建医院叫什么", "hospital", ""),
    ],
)
def test_unit(question: str, id_: str, found: str) -> None:
    assert misfit(question, id_) == found


@pytest.mark.parametrize(
    ("question", "id_", "found"),
    [
        ("GDP排名", "gdp", "rank"),
        ("空气质量排名第几", "air-rank", ""),
        ("餐饮收入占比", "catering", "share"),
        ("餐饮收入占比", "catering-share", ""),
        ("第二产业的贡献率", "secondary", "contribution"),
    ],
)
def test_told(question: str, id_: str, found: str) -> None:
    assert misfit(question, id_) == found


@pytest.mark.parametrize(
    ("question", "id_", "found"),
    [
        ("GDP增长多少", "gdp", "change"),
        ("GDP增长多少", "gdp-growth", ""),
        ("GDP总量", "gdp-growth", "level"),
        ("粮食产量降了多少", "grain-fall", ""),
        ("粮食产量降幅", "grain-fall", ""),
        ("粮食产量降了多少", "grain", "change"),
        ("小学在校生减少了多少人", "pupils-fall", ""),
    ],
)
def test_change(question: str, id_: str, found: str) -> None:
    assert misfit(question, id_) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("GDP环比增长多少", "base"),
        ("GDP比2005年增长多少", "base"),
        ("GDP同比增长多少", ""),
        ("GDP比2021年增长多少", ""),
        ("GDP比上年增长多少", ""),
    ],
)
def test_base(question: str, found: str) -> None:
    assert misfit(question, "gdp-growth") == found


def test_a_change_of_the_other_sign_answers_and_comes_after_one_that_is_said() -> None:
    same, other = (ranked(f"粮食产量{word}多少")[0] for word in ("下降", "增长"))
    assert {same.entry.fact.id, other.entry.fact.id} == {"grain-fall"}
    assert same.order > other.order
