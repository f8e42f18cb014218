"""Which facts are not of the type that a question asks for."""

import pytest

from tests.support.reports.lake_town import HALF_YEAR, HIGH_TECH_ZONE, KNOWLEDGE, ranked


@pytest.mark.parametrize(
    ("question", "id_", "misfit"),
    [
        # place
        ("山东省的GDP", "gdp", "place"),
        ("东屏省的GDP", "gdp", "place"),
        ("GDP of Japan", "gdp", "place"),
        ("全国的GDP", "gdp", "place"),
        ("全省的GDP", "gdp", "place"),
        ("云泽县的GDP", "gdp", ""),
        ("全县GDP", "gdp", ""),
        ("云泽高新区的GDP", "gdp", "place"),
        ("GDP of Yunze County", "gdp", ""),
        ("GDP", "gdp", ""),
        # a district is of its own city
        ("青岛市高新区GDP", "zone-gdp", ""),
        ("青岛高新区GDP", "zone-gdp", ""),
        ("高新区GDP", "zone-gdp", ""),
        ("济南市高新区GDP", "zone-gdp", "place"),
        ("济南高新区GDP", "zone-gdp", "place"),
        ("青岛市GDP", "zone-gdp", "place"),
        ("山东省GDP", "zone-gdp", "place"),
        # period
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
        # the period of a half-year report
        ("前三季度GDP", "half-gdp", "period"),
        ("前三季度企业有多少家", "half-firms", "period"),
        ("2023年企业有多少家", "half-firms", ""),
        ("2022年企业有多少家", "half-firms", "period"),
        ("上半年GDP", "half-gdp", ""),
        # breakdown
        ("农村居民人均可支配收入", "urban-income", "breakdown"),
        ("农村居民人均可支配收入", "rural-income", ""),
        ("第二产业增加值", "tertiary", "breakdown"),
        # unit
        ("小学有多少人", "schools", "unit"),
        ("小学有多少所", "schools", ""),
        ("小学有多少所", "pupils", "unit"),
        ("社会消费品零售总额有多少家", "retail", "unit"),
        ("社会消费品零售总额有多少亿元", "retail", ""),
        ("GDP有多少个亿", "gdp", ""),
        ("小学有多少个亿", "schools", "unit"),
        ("新建医院有多少家", "hospital", "name"),
        ("新建医院叫什么", "hospital", ""),
        # what is no number
        ("谁的GDP最高", "gdp", "name"),
        ("什么时候的GDP", "gdp", "time"),
        ("为什么粮食产量下降", "grain-fall", "name"),
        # how it is told
        ("GDP排名", "gdp", "rank"),
        ("GDP实际增长多少", "gdp-growth", "real"),
        ("城镇居民人均可支配收入的中位数", "urban-income", "median"),
        ("空气质量排名第几", "air-rank", ""),
        ("餐饮收入占比", "catering", "share"),
        ("餐饮收入占比", "catering-share", ""),
        ("第二产业的贡献率", "secondary", "contribution"),
        # change
        ("GDP增长多少", "gdp", "change"),
        ("GDP增长多少", "gdp-growth", ""),
        ("GDP总量", "gdp-growth", "level"),
        ("粮食产量降了多少", "grain-fall", ""),
        ("粮食产量降幅", "grain-fall", ""),
        ("粮食产量降了多少", "grain", "change"),
        ("小学在校生减少了多少人", "pupils-fall", ""),
        # base
        ("GDP环比增长多少", "gdp-growth", "base"),
        ("GDP比2005年增长多少", "gdp-growth", "base"),
        ("GDP同比增长多少", "gdp-growth", ""),
        ("GDP比2021年增长多少", "gdp-growth", ""),
        ("GDP比上年增长多少", "gdp-growth", ""),
    ],
)
def test_why_a_fact_does_not_answer(question: str, id_: str, misfit: str) -> None:
    """`misfit`: "" where it does."""
    knowledge = {"zone": HIGH_TECH_ZONE, "half": HALF_YEAR}.get(id_.partition("-")[0], KNOWLEDGE)
    assert [one.misfit for one in ranked(question, knowledge) if one.entry.fact.id == id_] == [misfit]


def test_a_change_of_the_other_sign_answers_and_comes_after_one_that_is_said() -> None:
    same, other = (ranked(f"粮食产量{word}多少")[0] for word in ("下降", "增长"))
    assert {same.entry.fact.id, other.entry.fact.id} == {"grain-fall"}
    assert same.order > other.order
