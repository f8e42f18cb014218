"""Several things asked for at once."""

import pytest
from hypothesis import given

from bot.answering.answer import Outcome
from bot.answering.matching.coordination import coordination
from tests.support.any_text import TEXT
from tests.support.reports.lake_town import KNOWLEDGE, answer, answerer, observed
from tests.support.reports.told import Told, asked, ids
from tests.support.wordings import pairs

LAKE = Told.of(KNOWLEDGE).asked("""\
# All parts are answered
phones computers: 手机和电脑的产量各多少
grain tea: 粮食和茶叶的产量分别是多少
schools kindergartens: 小学、幼儿园各有多少所|小学有多少所幼儿园有多少所|小学和幼儿园这两样各有多少所
schools kindergartens: 小学有多少所，幼儿园有多少所|小学有多少所，幼儿园呢
primary secondary tertiary: 第一产业、第二产业和第三产业增加值分别是多少
gdp gdp-growth: GDP多少、增速多少？写稿要用|GDP多少，增速呢|GDP和增速分别是多少
retail retail-growth: 社会消费品零售总额和增速
tertiary tertiary-growth: 第三产业的增加值和增速
primary secondary primary-growth secondary-growth: 第一产业和第二产业增加值各多少，各增长多少
primary secondary primary-growth secondary-growth: 第一产业和第二产业增加值各多少，增长多少
grain grain-fall: 粮食产量多少，降幅呢
urban-income rural-income: 城镇和农村居民人均可支配收入各是多少
grain-fall tea-growth: 粮食产量降了多少，茶叶呢
kindergartens schools: how many kindergartens and how many primary schools are there
""")

GARDENS = Told("""\
石桥市 全市 2031
学徒410人，满师率97%，花匠学徒满师率92%。
  learners|学徒人数|410人
  pass|学徒满师率|97%
  gardeners|花匠学徒满师率|92%
visitors|花展游客比2019年增速|4%
tickets|花展门票收入比2019年增速|9%
""").asked("""\
# Things in different units are all asked for
learners pass: 学徒人数和满师率
# A base behind a join compares nothing
visitors tickets: 花展游客和门票收入比2019年增长多少|花展游客跟门票收入比2019年增长多少
tickets: 花展门票收入跟2019年比增长多少
""")


HALLS = Told("""\
柳溪市 全市 2031
书法和绘画学社12个，人均拨款35元，书法和绘画学社经费90万元；陶艺馆7个，一年参观人次4万，琴馆参观人次6万。
  clubs|书法和绘画学社数|12个
  each|书法和绘画学社人均拨款|35元
  funds|书法和绘画学社经费|90万元
  potters|陶艺馆数|7个
  potters-guests|陶艺馆参观人次|4万
  players-guests|琴馆参观人次|6万
镇上居民人均收入5万元，乡下居民人均收入3万元，收入比1.7，医师310人，护师520人，医护比1：1.7。
  town|城镇居民人均可支配收入|5万元
  country|农村居民人均可支配收入|3万元
  ratio|城乡居民收入比|1.7
  doctors|执业医师数|310人
  nurses|注册护士数|520人
  both|医护比|1：1.7
""").asked("""\
# A name may join what is one
clubs funds: 书法和绘画学社有多少个，经费多少
# What asks by itself is no member of a list
potters potters-guests: 陶艺馆有多少个、一年多少人参观|陶艺馆有多少个，参观人次呢
# and takes over no more than it needs
doctors nurses: 医生多少人、护士多少人
doctors nurses both: 医生多少人、护士多少人、医护比是多少
# Things are joined within their clause
town country ratio: 城里人和农村人的人均收入分别是多少，城乡收入比又是多少
# What comes first may end in how it is counted
potters potters-guests: 陶艺馆数量和参观人次各是多少
""")


@asked(LAKE)
def test_all_parts_are_answered(case) -> None:
    case.check()
    assert answer(case.wording).missing == ()


@pytest.mark.parametrize(
    ("expected", "question"),
    pairs("""\
        tech-deals, 增速: 技术合同成交额和增速|技术合同成交额和增速分别是多少|技术合同成交额多少，增速呢
        gdp, 财政收入: GDP和财政收入分别是多少
        schools, 医院: 小学和医院各有多少所
        schools, 中学: 小学有多少所，中学呢"""),
)
def test_what_the_report_lacks_is_named_beside_what_it_has(expected, question) -> None:
    answered = answer(question)
    assert answered.outcome is Outcome.ANSWER
    assert ", ".join([*ids(answered), *answered.missing]) == expected


@pytest.mark.parametrize(
    "question", ["GDP是多少", "粮食产量", "请问，粮食产量是多少", "听说粮食少了，少了多少", "我想问，GDP呢", "", "，"]
)
def test_a_question_for_one_thing_has_no_parts(question) -> None:
    assert coordination(observed(question), answerer().index) is None


@asked(GARDENS, HALLS)
def test_what_is_joined_is_answered(case) -> None:
    case.check()


def test_parts_take_over_the_period_and_the_question_word() -> None:
    found = coordination(observed("2022年小学、幼儿园各有多少所"), answerer().index)
    assert found.certain
    assert [len(part.asked.spans) for part in found.parts] == [1, 1]
    assert [part.asked.asks for part in found.parts] == [frozenset({"number"})] * 2


@given(text=TEXT)
def test_parts_are_at_least_two(text) -> None:
    found = coordination(observed(text), answerer().index)
    assert found is None or len(found.parts) > 1
