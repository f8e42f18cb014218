"""Lists and claims in the many wordings in which people ask for the same thing."""

import pytest

from bot.answering.answer import Topic
from tests.support.reports.told import Case, Told, asked, ids, stated
from tests.support.wordings import assert_alike

PORT = Told("""\
雁港镇 镇里 2021
在供水服务方面，新修水渠12条，新挖水池40口。
  canals|新修水渠数|12条
  pools|新挖水池数|40口
水产品产量8000吨，增长6.2%；其中，鱼类产量5000吨，虾蟹产量1000吨。
  catch|水产品产量|8000吨
  catch-growth|水产品产量增速|6.2%
  fish|鱼类产量|5000吨
  crab|虾蟹产量|1000吨
分管护类型看，集体林场投资增长6.1%，个体林场投资下降2.0%。
  collective|集体林场投资增速|6.1%
  private|个体林场投资降幅|2.0%
水稻种植面积30公顷，大豆种植面积12公顷，花生种植面积5公顷；水稻种植面积增长1.5%，大豆种植面积下降4.1%，花生种植面积下降2.2%。
  rice|水稻种植面积|30公顷
  soy|大豆种植面积|12公顷
  nuts|花生种植面积|5公顷
  rice-growth|水稻种植面积增速|1.5%
  soy-fall|大豆种植面积降幅|4.1%
  nuts-fall|花生种植面积降幅|2.2%
本地船员120人，增长3.3%；外来船员80人，下降5.4%。
  local|本地船员人数|120人
  local-growth|本地船员人数增速|3.3%
  foreign|外来船员人数|80人
  foreign-fall|外来船员人数降幅|5.4%
存款余额9亿元，贷款余额7亿元。
  deposits|存款余额|9亿元
  loans|贷款余额|7亿元
新建桥梁20座、码头20座、凉亭15座，渔港1996年建成，渔获量居全省第4位。
  bridges|新建桥梁数|20座
  piers|新建码头数|20座
  pavilions|新建凉亭数|15座
  built|渔港建成时间|1996年
  rank|渔获量位次|第4位
""").asked("""\
# A list is heard in many wordings
# all data on a topic: that its sentence begins with, or with what else its clause tells
canals pools: 供水方面有哪些数字
catch catch-growth fish crab rank: 水产品这块的数都给我
# by a breakdown, in a unit
rice soy nuts: 以公顷计的有哪些
# each of a kind, of named things, of what one word says together
rice soy nuts: 把几种作物的种植面积都列一下
soy-fall nuts-fall: 种植面积减少的作物有哪些
rice soy nuts: 水稻、大豆和花生的种植面积
soy nuts: 大豆、花生的种植面积都是多少
deposits loans: 存贷款余额分别是多少
private soy-fall nuts-fall foreign-fall: 增速下降的有哪些
# the first of them
rice: 种植面积最大的作物
local-growth: 本地和外来船员哪个增长更快
nuts: 几种作物里哪个种植面积最小
rice soy nuts: 花生、大豆、水稻的种植面积从多到少排一排
# A quoted figure asks for its fact alone
fish: 5000这个数是哪类水产品
# A claim is heard in many wordings
no soy-fall: 听说大豆种植面积扩大了
no deposits: 听说存款余额才7亿
yes deposits: 存款余额大概9亿块一年
yes catch-growth: 水产品产量涨了六个多点吧
no catch-growth: 水产品产量是两位数的增长吧
yes loans: 贷款余额在8亿以下了吧
yes rank: 渔获量排进全省前五了吧
yes local foreign: 本地船员人数比外来船员人数多
yes canals: 新修水渠最多30条吧
no loans: 贷款余额最少12亿元吧
yes deposits: 存款余额已经过八亿了吧
no deposits: 存款余额从来没到过5亿元吧
# a statement without any word that asks
yes canals: 新修水渠12条
no deposits: 存款余额七个亿
# the wrong way
no foreign-fall: 外来船员人数是上升的吧
""")

ISLE = Told("""\
鹭岛 岛里 2021
渔业收入30亿元，增长4.0%，其中，捕捞3亿元，下降5.0%；养殖20亿元，增长7.0%；加工7亿元，下降1.0%。
  income|渔业收入|30亿元
  income-growth|渔业收入增速|4.0%
  fishing|捕捞收入|3亿元
  fishing-fall|捕捞收入降幅|5.0%
  farming|养殖收入|20亿元
  farming-growth|养殖收入增速|7.0%
  processing|加工收入|7亿元
  processing-fall|加工收入降幅|1.0%
渔民互助组8户，船工互助组15户；渔民互助组60人，船工互助组45人。
  fishers-households|渔民互助组户数|8户
  sailors-households|船工互助组户数|15户
  fishers|渔民互助组人数|60人
  sailors|船工互助组人数|45人
参加救生培训人数90人，船长培训参训人数40人，参加航海技能培训人数130人。
  rescue|参加救生培训人数|90人
  skippers|船长培训参训人数|40人
  sailing|参加航海技能培训人数|130人
海带增长率6.0‰，海鱼增长率2.0‰，渔船利润5万元。
  kelp|海带增长率|6.0‰
  seafish|海鱼增长率|2.0‰
  profit|渔船利润|5万元
冷库亏损3万元，网箱收益率-2.5%。
  loss|冷库亏损额|3万元
  yield|网箱收益率|-2.5%
油价涨幅比上年提高2个百分点，高于全省0.5个百分点。
  oil|油价涨幅比上年提高的幅度|2个百分点
  oil-beside|油价涨幅高于全省的幅度|0.5个百分点
""").asked("""\
# A list of what is told in other ways
fishers sailors rescue skippers sailing: 用“人”来数的都列出来
kelp seafish: 带‰的有哪些
# however it is told
fishing-fall processing-fall: 渔业收入里哪几项是减少的
sailing: 哪种培训参加的人最多
farming: 捕捞收入高还是养殖收入高
fishing-fall processing-fall: 几个收入里谁是下降的
fishing-fall processing-fall: 哪些收入的数量是减少的
fishing-fall: 三个收入增速里哪个最低
# A sign or what is counted is claimed of a figure
no profit: 渔船利润是负的吧
no profit: 渔船是亏损的吧
yes fishing-fall: 捕捞收入增速是负的吧
no yield: 网箱收益率是正的吧
""")


@pytest.mark.parametrize(
    ("topic", "messages"),
    [
        (Topic.WHO, "你是真人还是机器|你是人工客服吗"),
        (Topic.PUBLISHER, "这些数从哪来的|这份简介是哪个部门写的|数据准不准|靠谱吗"),
        (Topic.YEAR, "数据更新到什么时候|这是最新的数据吗"),
        (Topic.ABILITY, "给我举几个例子"),
    ],
)
def test_talk_is_told_whatever_else_is_named(topic: Topic, messages: str) -> None:
    found = {message: PORT.last(message).topic for message in messages.split("|")}
    assert found == dict.fromkeys(found, topic)


HALLS = Told("""\
临川市 我市 2021
各级文化单位从业人员7.3万人，图书馆82座，美术馆19座。
  staff|各级文化单位从业人员|7.3万人
  libraries|图书馆数量|82座
  museums|美术馆数量|19座
艺术团演出19场。
  shows|艺术团演出场次|19场
""").asked("""\
# A label with a word of lists and a quoted figure ask for one fact
staff: 各级文化单位的从业人员有多少|各级文化单位从业人员多少人
libraries: 82座是哪一类馆|文中82座这个数说明什么|82座指哪块
shows: 19场是什么
""")


@pytest.mark.parametrize("question", ["捕捞收入和旅游收入哪个高", "渔船利润和商船利润谁多"])
def test_nothing_is_the_first_of_two_of_which_one_is_not_told(question: str) -> None:
    assert ISLE.last(question).chosen_from == 0


def test_a_bare_name_asks_for_what_is_called_so_again() -> None:
    mine = Told("""\
雁港镇 镇里 2021
矿石产量5万吨，增长6%，增速达到全省的2倍。
  output|矿石产量|5万吨
  growth|矿石产量增速|6%
  multiple|矿石产量增速相当于全省增速的倍数|2倍
""")
    assert stated(mine.last("矿石产量是多少", "增速呢", "矿石产量")) == ["output"]


def test_what_is_set_beside_a_place_is_still_of_the_place_before() -> None:
    kelp = Told("""\
全国 我国 2022
烟台海带产量增长9%，比全国高2个百分点，排全国第三位。
  yantai|烟台海带产量增速|9%
  above|烟台海带产量增速高于全国的幅度|2个百分点
  rank|烟台海带产量增速全国排名|第三位
青岛海带产量高出大连6万吨，增速居全国首位，比全省高1个百分点。
  lead|青岛海带产量高出大连的数量|6万吨
  first|青岛海带产量增速全国排名|首位
""")
    assert stated(kelp.last("烟台海带产量增速是多少", "比全国高多少")) == ["above"]
    assert stated(kelp.last("烟台海带产量增速是多少", "排全国第几")) == ["rank"]
    assert stated(kelp.last("烟台海带产量增速是多少", "比全国高多少", "排全国第几呢")) == ["rank"]


STEADY = Told("""\
雁湖镇 镇里 2021
渔港承上启下的规划是十年规划，紧紧围绕的目标是通航。
  plan|承上启下的规划|十年规划
  goal|紧紧围绕的目标|通航
渔获量8000吨，增长6.2%，增加467吨；盐产量增长2.5%。
  catch|渔获量|8000吨
  catch-growth|渔获量增速|6.2%
  catch-more|渔获量增加量|467吨
  salt-growth|盐产量增速|2.5%
""")
_FALLS = "{0}指标下降了|有{0}指标下降了|{0}是下降的|下降的指标有{0}|列出所有下降的指标|把下降的都列出来|都有{0}是下降的"


@pytest.mark.parametrize(
    ("report", "questions", "expected"),
    [
        (PORT, _FALLS, "private soy-fall nuts-fall foreign-fall"),
        (STEADY, _FALLS, ""),
        (STEADY, "哪个指标降得最厉害|哪项降幅最大|什么跌得最多", ""),
        (STEADY, "{0}增长了|增长的有{0}|把增长的都列出来|列出所有增长的指标", "catch-growth catch-more salt-growth"),
        (STEADY, "增速第一的是哪个|哪项增速最高|什么增长最快", "catch-growth"),
        (STEADY, "增速第二的是哪个", "salt-growth"),
    ],
)
def test_what_rose_or_fell_is_the_same_list_however_it_is_asked_for(
    report: Told, questions: str, expected: str
) -> None:
    assert_alike(questions.format("哪些"), lambda question: ids(report.last(question)), expected.split())


@asked(PORT, ISLE, HALLS)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
