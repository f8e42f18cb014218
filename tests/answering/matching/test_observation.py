"""How the words of a question, and those of a label, become an observation."""

import pytest
from hypothesis import given

from bot.answering.matching.register import is_formal, is_talk
from tests.support.any_text import TEXT
from tests.support.reports.lake_town import observed
from tests.support.reports.shipped import shipped
from tests.support.wordings import assert_read, pairs

ASPECTS = """\
# the sign of a change
change up: 粮食产量增长多少|粮食产量涨了多少|降幅扩大了多少|今年多种了多少亩|比一季度加快了几个百分点
change down: 粮食产量降了多少|粮食产量砍了多少|粮食产量降幅|by how much did grain output fall
change down: 粮食产量两年平均降幅|粮食产量两年平均下降多少|粮食增速回落了几个点
change either: 粮食产量变化了多少|办证比以前快多少
change: 粮食产量是多少|粮食产量增加到多少
# how a figure is told
forms share: 餐饮收入占比
forms rank: 空气质量排名
forms contribution: 第二产业贡献率
forms ratio: 师生之比
forms level: 粮食总量
forms real: 收入实际增长多少
forms median: 收入的中位数
forms average: 粮食产量两年平均|粮食产量年均增速
forms: 粮食
# the unit that is asked for
unit firms: 小学有多少所
unit person: 有多少人|一年有多少人
unit money: 投资多少钱|有多少亿元|利润有几个亿|旅游收入多少|进出口总值是多少
unit: 赚了几个亿|旅游收入情况|多少
unit area: 中小学面积多少
unit routes: 高速公路有多少条
unit duration: 提高至多少年
unit points: 提高了多少个百分点|物价 回落 百分点
unit percent: 百分之几|what is the overdue rate of housing loans
unit count: 贷款笔数|图书馆座数
unit times: 几倍
unit rank: 第几
# what a change is measured against
base year: GDP同比增长多少|GDP比去年增长多少|GDP比上年增长多少
base month: 6月物价比5月涨了多少
base previous: GDP环比增长多少
base 2005: GDP比2005年增长多少
base 2019: how much did GDP grow compared with 2019
base quarter: 4到6月的外贸比1到3月涨了多少
base -10: 人口比十年前多了多少
base -2: 粮食产量两年平均增速
base place: GDP增速比全国高几个点|规上工业跑赢全省几个点|GDP增速高于全国平均水平多少|与全国相比增速高多少
base: GDP增长多少|全国GDP增长多少|how much did exports from China grow"""


@pytest.mark.parametrize(("expected", "text"), pairs(ASPECTS))
def test_the_aspect(expected, text) -> None:
    part, *values = expected.split()
    found = getattr(observed(text).aspect, part)
    assert found == (frozenset(values) if part == "forms" else "".join(values))


@pytest.mark.parametrize(
    "text", ["GDP同比增长多少", "GDP比去年增长多少", "GDP比2005年增长多少", "GDP compared with 2019"]
)
def test_what_a_change_is_measured_against_is_no_period(text) -> None:
    assert observed(text).spans == []


@pytest.mark.parametrize(
    ("text", "asks"),
    [("GDP是多少", {"number"}), ("新建医院叫什么", {"name"}), ("how many schools", {"many", "number"}), ("GDP", set())],
)
def test_what_kind_of_answer_is_asked_for(text, asks) -> None:
    assert observed(text).asks == asks


def test_the_places() -> None:
    table = """\
        山东省: 山东省的GDP
        云泽县: 云泽县的GDP
        云泽 高新区: 云泽高新区的GDP
        东屏省: 东屏省GDP
        japan: GDP of Japan
        : GDP"""
    assert_read(table, lambda text: " ".join(token.text for token in observed(text).places))


@pytest.mark.parametrize("text", ["2019年GDP", "去年GDP", "上半年GDP", "GDP in 2019"])
def test_a_period_that_is_asked_for(text) -> None:
    assert len(observed(text).spans) == 1


@pytest.mark.parametrize("text", ["请问粮食的产量到底是多少呢", "粮食产量加起来多少万吨", "粮食产量有几千亿"])
def test_what_says_nothing_is_no_content(text) -> None:
    assert [token.text for token in observed(text).content] == ["粮食", "产量"]


def test_a_quoted_figure_is_content() -> None:
    seen = observed("286.4亿元是什么")
    assert [token.text for token in seen.content] == ["286.4亿元"]
    assert len(seen.quantities) == 1


@pytest.mark.parametrize(("text", "total"), [("一共有多少所学校", True), ("学校有多少所", False)])
def test_the_whole(text, total) -> None:
    assert observed(text).total is total


@given(text=TEXT)
def test_every_token_is_read_in_one_way_at_most(text) -> None:
    seen = observed(text)
    content, places = set(map(id, seen.content)), set(map(id, seen.places))
    assert not content & places
    assert content | places <= set(map(id, seen.tokens))


# ---- in which register a question is put


@pytest.mark.parametrize(
    "text",
    [
        "粮食产量是多少",
        "2021年小学在校生有多少人？",
        "出口额同比增长多少",
        "蔬菜占农作物播种面积的比重是多少",
        "孩子有多少",  # a single everyday word says little
    ],
)
def test_what_is_put_as_reports_are_is_formal(text) -> None:
    asked = shipped("city").question(text)
    assert is_formal(asked)
    assert not is_talk(asked)


@pytest.mark.parametrize(
    "text",
    [
        "粮食一共打了多少",
        "卖出去的房子值多少钱",
        "请问粮食产量是多少呀",
        "娃娃上小学的有几个",
        "粮食 产量",  # asks for nothing in words
        "",
    ],
)
def test_what_people_say_in_talk_is_not(text) -> None:
    assert not is_formal(shipped("city").question(text))


@pytest.mark.parametrize("text", ["那些娃娃上小学的到底有几个呀", "麻烦问一下粮食一共打了多少呀"])
def test_much_of_it_is_talk(text) -> None:
    assert is_talk(shipped("city").question(text))
