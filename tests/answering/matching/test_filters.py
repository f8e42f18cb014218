"""Which facts are not of the type that a question asks for."""

import pytest

from tests.support.reports.lake_town import HALF_YEAR, HIGH_TECH_ZONE, KNOWLEDGE, ranked
from tests.support.wordings import pairs

# The fact, and why it does not answer: nothing where it does.
MISFITS = """\
# place
gdp place: 山东省的GDP|东屏省的GDP|GDP of Japan|全国的GDP|全省的GDP|云泽高新区的GDP
gdp: 云泽县的GDP|全县GDP|GDP of Yunze County|GDP
# a district is of its own city
zone-gdp: 青岛市高新区GDP|青岛高新区GDP|高新区GDP|全区GDP
zone-gdp place: 济南市高新区GDP|济南高新区GDP|济南市的GDP|青岛市GDP|山东省GDP
zone-firms place: 济南高新区企业有多少家
# period
gdp period: 2019年GDP|26年GDP|上半年GDP|一季度GDP
gdp: 2022年GDP|全年GDP
visitors: 1—11月的游客|2022年的游客
visitors period: 全年的游客|11月的游客
schools period: 2021年的小学
# the period of a half-year report
half-gdp period: 前三季度GDP|全年GDP
half-firms period: 前三季度企业有多少家|一季度企业有多少家|2022年企业有多少家
half-firms: 2023年企业有多少家
half-gdp: 上半年GDP|GDP
# breakdown
urban-income breakdown: 农村居民人均可支配收入
rural-income: 农村居民人均可支配收入
tertiary breakdown: 第二产业增加值
# unit
schools unit: 小学有多少人
schools: 小学有多少所
pupils unit: 小学有多少所
retail unit: 社会消费品零售总额有多少家
retail: 社会消费品零售总额有多少亿元
gdp: GDP有多少个亿
hospital name: 新建医院有多少家
hospital: 新建医院叫什么
# what is no number
gdp name: 谁的GDP最高
gdp time: 什么时候的GDP
grain-fall name: 为什么粮食产量下降
# how it is told
gdp rank: GDP排名
gdp-growth real: GDP实际增长多少
urban-income median: 城镇居民人均可支配收入的中位数
air-rank: 空气质量排名第几
catering share: 餐饮收入占比
catering-share: 餐饮收入占比
secondary contribution: 第二产业的贡献率
# change
gdp change: GDP增长多少
gdp-growth: GDP增长多少
gdp-growth level: GDP总量
grain-fall: 粮食产量降了多少|粮食产量降幅
grain change: 粮食产量降了多少
pupils-fall: 小学在校生减少了多少人
# base
gdp-growth base: GDP环比增长多少|GDP比2005年增长多少
gdp-growth: GDP同比增长多少|GDP比2021年增长多少|GDP比上年增长多少"""


@pytest.mark.parametrize(("expected", "question"), pairs(MISFITS))
def test_why_a_fact_does_not_answer(expected, question) -> None:
    id_, _, misfit = expected.partition(" ")
    knowledge = {"zone": HIGH_TECH_ZONE, "half": HALF_YEAR}.get(id_.partition("-")[0], KNOWLEDGE)
    assert [one.misfit for one in ranked(question, knowledge) if one.entry.fact.id == id_] == [misfit]


def test_a_change_of_the_other_sign_answers_and_comes_after_one_that_is_said() -> None:
    same, other = (ranked(f"粮食产量{word}多少")[0] for word in ("下降", "增长"))
    assert {same.entry.fact.id, other.entry.fact.id} == {"grain-fall"}
    assert same.order > other.order
