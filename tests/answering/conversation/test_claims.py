"""Claims: a question with a value, a direction or a second thing."""

import pytest

from bot.answering.answer import Outcome
from bot.answering.conversation import last_answer
from tests.support.reports.lake_town import IN_ENGLISH, KNOWLEDGE, answerer
from tests.support.reports.told import Case, Told, asked, ids

LAKE = Told.of(KNOWLEDGE).asked("""\
# A claim is borne out or not
yes gdp: GDP有286亿吧|GDP有290亿吧|GDP有300亿了吧|GDP超过286亿元了吧|GDP不到300亿对吗
yes gdp: GDP快到三百亿了吧|GDP没超过300亿吧|GDP至少200亿？|GDP有两百多亿吧
yes gdp: GDP有二百八十六亿四千万元吧
yes gdp: GDP是286.4吧|GDP不到290吧
no gdp: GDP是280亿吧|GDP突破300亿了吗|GDP超过290吧
yes gdp-growth: GDP增长了7%左右吧|GDP没有下降吧|GDP比上年多了吧
no gdp-growth: GDP下降了吧
yes grain-fall: 粮食产量是不是下降了
no grain-fall: 粮食产量增长了2.9%吧|粮食产量比上年高吗
yes pupils-fall: 小学在校生少了三百多人吧
yes tea: 茶叶产量有一千万斤吧
yes catering-share: 餐饮收入占一成多吧|餐饮收入占百分之十几吧
yes air-rank: 空气质量排名第三吧|空气质量排名进了前五吧
yes gdp: GDP有二百八十多亿元是真实数据
no gdp-growth: GDP比上年少了|GDP少了吧
yes catering: 餐饮收入跌破20亿了吧
yes gdp-growth: GDP继续增长
no grain-fall: 粮食产量又增加了|粮食产量有所增长
no tea-growth: 茶叶产量没变吧
no air-rank: 空气质量排名第二吧
no gdp: GDP有3亿5千万吧|GDP有350亿呢
yes gdp: GDP有286亿呢|近五年GDP有286.4亿是真的吗
yes grain: Is it true that grain output is over 300,000 tons?
# Two facts are compared
yes tertiary secondary: 第三产业增加值比第二产业多吧
no rural-income urban-income: 农村居民收入比城镇高吧
yes schools kindergartens: 小学比幼儿园少吧
no schools kindergartens: 小学有多少所 / 比幼儿园多吧
yes schools kindergartens: 小学比幼儿园少一点
# A question claims nothing
gdp: GDP是多少
gdp: 286.4亿元是什么
grain-fall: 粮食产量下降了多少|粮食产量是增加了还是减少了
grain: 粮食产量
""")


@pytest.mark.parametrize(
    "claim",
    [
        "下降了吗",
        "增长了吧",
        "房价超过一万了吧",
        "北京的GDP超过4万亿了吧",
        "隔壁市的GDP继续增长",
        "2030年GDP超过300亿吧",
        "GDP增速超过300亿了吧",
    ],
)
def test_where_the_report_has_no_figure_it_is_neither_yes_nor_no(claim: str) -> None:
    found = last_answer(answerer(), [claim])
    assert found.outcome is not Outcome.ANSWER
    assert found.verdict is None


def test_a_claim_goes_on_from_a_question() -> None:
    found = last_answer(answerer(KNOWLEDGE), ["GDP是多少", "超过300亿了吧"])
    assert (ids(found), found.verdict) == (["gdp"], False)
    found = last_answer(answerer(IN_ENGLISH), ["What is the unemployment rate?", "over 3%, right?"])
    assert (ids(found), found.verdict) == (["isle-jobless"], False)


HARBOUR = Told("""\
芦澳渔村 渔村 2022
村民平均寿命81.2岁，男性78.5岁，出海一次平均18天。
  life|村民平均寿命|81.2岁
  life-men|男性村民平均寿命|78.5岁
  days|平均出海时间|18天
游客增长25%，好评榜居第1位，道路完好系数0.57，进村车流6万辆水平。
  growth|游客增速|25%
  rank|好评榜位次|第1位
  roads|道路完好系数|0.57
  cars|进村车流量|6万辆水平
3家渔行预计亏损。
  losing|预计亏损的渔行数|3家
木壳渔船209艘，铁壳渔船206艘，救生渔船5艘。
  boats|木壳渔船数|209艘
  iron|铁壳渔船数|206艘
  rescue|救生渔船数|5艘
渔村用地不到全县十分之一，渔船超过200艘的村有4个。
  part|渔村用地占全县比重|十分之一
  towns|渔船超过200艘的村数|4个
渔获最多的渔港是黑礁港，渔行协会会长单位为大鹏渔业合作社。
  port|渔获最多的渔港|黑礁港
  chair|渔行协会会长单位|大鹏渔业合作社
一季度渔获300吨，二季度渔获340吨。
  first|渔获|300吨|2024年一季度
  second|渔获|340吨|2024年二季度
渔民增收增速高于全县2.1个百分点，渔获质量居全县首位，渔行利润由上年下降3%转为增长4%。
  gap|渔民增收增速高于全县的幅度|2.1个百分点
  quality|渔获质量全县位次|首位
  profit|渔行利润增速|4%
""").asked("""\
# A claim may be said in many ways
yes growth: 游客涨了两成五吧
yes rank: 好评榜排第一了吧
no roads: 道路完好系数已达0.6了吧
no cars: 进村车流超过7万辆吧
no losing: 有5家渔行要赔钱吧
yes life: 村民平均寿命超过80岁了吧
yes quality: 渔获质量居全县第一吧
no gap: 渔民增收增速低于全县2.1个百分点，是吗
yes profit: 渔行利润去年扭转了下降，增长4%，对吗
# what names nothing claims nothing
-: 你今年超过18岁了吧
# of those that may be meant the nearest one
yes iron: 渔船超过200艘了吧
# a figure is over or under as its sentence says, and what names something by a number claims nothing
yes part: 渔村用地不到全县的十分之一，是吗
no part: 渔村用地超过全县的十分之一吧
towns: 渔船超过200艘的村数|渔船超200艘村数
# what is called so, by all of its name, which a part of it neither bears out nor denies
yes port: 渔获最多的渔港是黑礁港吧|黑礁港是渔获最多的渔港，对不对
no port: 渔获最多的渔港是月亮湾吧|月亮湾是渔获最多的渔港，对吗
chair: 渔行协会会长单位是大鹏集团吧
# the same thing at two times
yes second first: 二季度渔获比一季度多吧
no first second: 一季度渔获比二季度多
""")


@asked(LAKE, HARBOUR)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
