"""Lists: without their wholes, with every name, of each of several things, and what comes first in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answer import PAGE, Outcome, Topic
from bot.answering.conversation import Conversation, last_answer
from tests.support.reports.lake_town import KNOWLEDGE, answerer
from tests.support.reports.told import Case, Told, asked, ids

LAKE = Told.of(KNOWLEDGE).asked("""\
# A list may be of what was listed before
tertiary: 列出三次产业的增加值 / 哪个最高
primary: 列出三次产业的增加值 / 最小的呢
gdp-growth secondary-growth: 列出所有增速 / 其中超过7%的有哪些
gdp-growth: 列出所有增速 / 最快的是哪个 / 第二快的呢
grain-fall: 列出所有增速 / 其中下降的有哪些
# Whoever asks if there are any wants to know which
grain-fall pupils-fall: 有没有下降的
grain-fall pupils-fall: 里面有减少的吗
gdp-growth secondary-growth: 有什么增速是超过7%的么
grain-fall pupils-fall: 有没有下降的指标
-: 有没有下降超过90%的
yes gdp-growth: GDP有7.3%的增长吗
# Both ends of one order
grain-fall pupils-fall: 哪些指标是负增长|负增长的有哪些
# What makes another thing of a name or its places leaves nothing to list
-: 女性手机产量有哪些
-: 列出线上旅游收入
-: 儿童餐饮收入都有哪些
-: 列出各国的手机产量
-: 粮食产量最高的省是哪个
-: 各县的旅游收入分别是多少
# An order of nothing is no list
-: 前三是哪些
-: GDP是多少 / 哪个最高
""")

PORT = Told("""\
霞屿 外贸 2030
外贸市场方面，美国是霞屿第一大贸易市场，对美国、日本、法国进出口3亿元、2亿元、9亿元。
  first|第一大贸易市场|美国|-|主要贸易伙伴
  cloud|对美国进出口总值|3亿元
  fog|对日本进出口总值|2亿元
  frost|对法国进出口总值|9亿元
民营企业进出口14亿元，增长9%，对沿线国家进出口20亿元。
  private|民营企业进出口总值|14亿元
  along|对沿线国家进出口总值|20亿元
  private-growth|民营企业进出口增速|9%
""").asked("""\
# What a fact names as the first is the first, whatever figures stand beside it
first: 霞屿最大的贸易市场是谁|哪个是霞屿最大的贸易伙伴
first: 最大的贸易市场是哪国
-: 霞屿第二大贸易市场是谁
# 进出口 is one thing where one of many others is asked for
frost: 进出口总值最多的是哪个国家|哪国的进出口总值最多|跟哪个国家的贸易额最大
""")

COUNTY = Told("""\
云栖县 县里 2030
全县用水量8亿立方米，其中农业用水量5亿立方米、工业用水量2亿立方米、生活用水量0.6亿立方米、生态用水量0.4亿立方米。
  water|河道外用水量|8亿立方米
  farms|农业用水量|5亿立方米
  works|工业用水量|2亿立方米
  homes|生活用水量|0.6亿立方米
  nature|生态用水量|0.4亿立方米
万元GDP用水量120立方米，人均用水量360立方米。
  per-gdp|万元GDP用水量|120立方米
  per-head|人均用水量|360立方米
县里接管了东山医院，托管了西山医院。
  taken|接管的医院|东山医院
  run|托管的医院|西山医院
茶园面积9万亩，增长5%；竹林面积3万亩，增长6%。
  gardens|茶园面积|9万亩
  gardens-growth|茶园面积增速|5%
  bamboo|竹林面积|3万亩
  bamboo-growth|竹林面积增速|6%
茶厂投资增长9%。民宿投资增长12%，码头投资增长30%。
  works-growth|茶厂投资增速|9%
  inns-growth|民宿投资增速|12%
  docks-growth|码头投资增速|30%
东部游客占60%，西部游客占40%。
  east|东部游客占比|60%
  west|西部游客占比|40%
鼓楼区常住人口7万人，玄武区常住人口5万人，茶农人口4万人。
  south|鼓楼区常住人口|7万人
  north|玄武区常住人口|5万人
  growers|茶农人口|4万人
东厂绿茶产量7吨，东厂白茶产量5吨；西厂绿茶产量9吨，西厂白茶产量8吨。
  east-green|东厂绿茶产量|7吨
  east-white|东厂白茶产量|5吨
  west-green|西厂绿茶产量|9吨
  west-white|西厂白茶产量|8吨
""").asked("""\
# Names are listed, too
taken run: 接管或托管了哪些医院
docks-growth: 投资增长最快的是哪一项
east west: 各地区的游客占比
east-green: 东厂哪种产品产量最高
east-green: 东厂哪个产品产量最大
# A kind is none of the things that stand side by side, and may stand behind an order
south north: 两个区人口分别是多少
north: 人口最少的区|哪个区人口最少|哪个区人最少|哪个区常住人口最少
""")

PARTS = Told("""\
松溪省 全省 2021
# 一、农业
粮食产量增长3.0%，牛奶产量增长8.6%，羊毛产量下降1.1%。
  grain|粮食产量增速|3.0%
  milk|牛奶产量增速|8.6%
  wool|羊毛产量降幅|1.1%
# 二、出口商品：灯具占四成以上
灯具出口3亿元，增长8.2%；水泵出口2亿元，增长9.1%。
  lamps|灯具出口额|3亿元
  lamps-growth|灯具出口增速|8.2%
  tractors|水泵出口额|2亿元
  tractors-growth|水泵出口增速|9.1%
# 三、人口
医院10所，保健站（点）30个，诊所20个。
  hospitals|医院数|10所
  posts|保健站（点）数|30个
  surgeries|诊所数|20个
全省常住人口900万人，东平市300万人，青岛市280万人，济南市260万人；住院就诊2000万人次。
  people|全省常住人口|900万人
  qingdao|青岛市常住人口|280万人
  jinan|济南市常住人口|260万人
  visits|住院就诊人次|2000万人次
4G用户50万户，占60%；宽带用户70万户。
  4g|4G用户数|50万户
  4g-share|4G用户占比|60%
  broadband|宽带用户数|70万户
""").asked("""\
# A part of the report is what is told under its title
grain milk: 农业部分里增长的有哪些，各涨百分之几|农业那一节里增长的有哪些，各涨百分之几
lamps lamps-growth tractors tractors-growth: 出口商品这一部分有哪些数据
# Both bounds count, each for its own number
milk lamps-growth: 增速高于8%但不到9%的有哪些
# Places of a kind behind an order, and what is not to be counted
jinan: 常住人口第二多的市
people: 哪些超过八百万人，人次不算
posts: 医院、保健站（点）、诊所，哪个数量最多
""")

_WORDS = [
    "哪些",
    "谁",
    "最大",
    "最低的是哪个",
    "前三",
    "第二",
    "各",
    "分别",
    "有关的数据",
    "超过",
    "5亿元",
    "增速",
    "贸易",
    "2029年",
]


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("列出三次产业的增加值", ["primary", "secondary", "tertiary"]),
        ("哪些下降了百分之几", ["grain-fall"]),
        ("哪些增速超过6%", ["gdp-growth", "secondary-growth", "tertiary-growth"]),
        ("超过100亿的有哪些", ["gdp", "secondary", "tertiary"]),
        ("和餐饮有关的数据", ["catering", "catering-share"]),
        ("粮食和茶叶的产量都列出来", ["grain", "tea"]),
        ("粮食茶叶产量列一下", ["grain", "tea"]),
        ("各产业的增加值分别是多少", ["primary", "secondary", "tertiary"]),
        ("三次产业增速都是多少", ["primary-growth", "secondary-growth", "tertiary-growth"]),
        ("列出按万吨算的", ["grain"]),
        ("有关餐饮的数据", ["catering", "catering-share"]),
    ],
)
def test_all_facts_that_fit_are_listed_as_the_report_tells_them(question: str, facts: list[str]) -> None:
    found = last_answer(answerer(), [question])
    assert (found.outcome, ids(found), len(found.listed)) == (Outcome.ANSWER, facts, len(facts))


@pytest.mark.parametrize(
    ("question", "fact", "of"),
    [
        ("三次产业里增长最快的是哪个", "secondary-growth", 3),
        ("哪个产业的增加值最小", "primary", 3),
        ("三次产业里哪个增加值更大", "tertiary", 3),
        ("哪个村的人口最多", "village-7", 8),
        ("the largest village", "village-7", 8),
    ],
)
def test_a_superlative_is_the_first_of_what_is_measured_alike(question: str, fact: str, of: int) -> None:
    found = last_answer(answerer(), [question])
    assert (ids(found), found.chosen_from) == ([fact], of)


@pytest.mark.parametrize(
    ("question", "facts", "first"),
    [
        ("人口最多的三个村是哪些", ["village-7", "village-6", "village-5"], 0),
        ("人口前三名的村", ["village-7", "village-6", "village-5"], 0),
        ("三次产业里增长最快的前两个", ["secondary-growth", "tertiary-growth"], 0),
        ("哪两个产业的增加值最小", ["primary", "secondary"], 0),
        ("人口倒数两个村", ["village-0", "village-1"], 0),
        ("人口第二多的村是哪个", ["village-6"], 1),
        ("which three villages have the largest population?", ["village-7", "village-6", "village-5"], 0),
        ("top 2 villages by population", ["village-7", "village-6"], 0),
        ("the second largest village", ["village-6"], 1),
    ],
)
def test_the_first_few_of_an_order_or_one_by_its_place(question: str, facts: list[str], first: int) -> None:
    found = last_answer(answerer(), [question])
    assert (ids(found), found.first, found.chosen_from > len(facts)) == (facts, first, True)


def test_more_of_a_list_is_its_next_page_until_there_is_none() -> None:
    conversation = Conversation(answerer())
    pages = [conversation.reply(message, 0) for message in ("列出所有数据", "更多", "还有吗", "more", "更多", "更多")]
    assert [(page.outcome, page.first) for page in pages[:4]] == [(Outcome.ANSWER, at * PAGE) for at in range(4)]
    assert [match.fact for page in pages[:4] for match in page.matches] == list(pages[0].listed)
    assert [page.topic for page in pages[4:]] == [Topic.NO_MORE] * 2


def test_without_a_list_there_is_no_more() -> None:
    for messages in (["更多"], ["列出所有数据", "GDP是多少", "next"]):
        assert last_answer(answerer(), messages).topic is Topic.NO_MORE


def test_a_name_that_is_asked_for_is_no_list() -> None:
    found = last_answer(answerer(), ["医院的承建单位是哪家"])
    assert (ids(found), len(found.listed)) == (["builder"], 0)


def test_a_figure_that_is_quoted_finds_its_fact() -> None:
    found = last_answer(answerer(), ["9.2%是哪一项的增速"])
    assert (ids(found), len(found.listed)) == (["secondary-growth"], 0)


@asked(LAKE, PORT, COUNTY, PARTS)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()


@given(st.lists(st.sampled_from([*"的、和吗", *_WORDS, *(fact.label for fact in PORT.knowledge.facts)]), max_size=6))
def test_any_words_of_lists_are_answered(words: list[str]) -> None:
    assert PORT.last("".join(words)).question == "".join(words)
