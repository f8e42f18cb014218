"""Lists of what differs in one thing alone, and claims about it."""

import pytest

from tests.support.reports.told import Case, Told, asked, ids

FERRIES = Told("""\
海湾轮渡 轮渡公司 2022
2020年至2022年客运量为210万人次、260万人次、240万人次。
  visits-2020|2020年客运量|210万人次|2020年
  visits-2021|2021年客运量|260万人次|2021年
  visits|客运量|240万人次
北岸航线、南岸航线、环岛航线客运量占比为31%、48%、21%。
  north-share|北岸航线客运量占比|31%
  south-share|南岸航线客运量占比|48%
  island-share|环岛航线客运量占比|21%
营业收入1.8亿元，利润0.3亿元。
  income|营业收入|1.8亿元
  profit|利润|0.3亿元
""").asked("""\
# A list has what differs in the one thing that is asked for
visits-2020 visits-2021 visits: 历年客运量
visits-2020 visits-2021 visits: 各年的客运量列一下
visits-2021: 哪一年客运量最高
north-share south-share island-share: 各航线客运量占比
south-share: 哪条航线客运量占比最高
income profit: 营业收入和利润分别列出来
# A claim compares one measure at two times or of two things
yes visits-2020 visits-2021: 2021年客运量比2020年高吧
no visits-2021 visits: 2022年客运量比2021年还高吧
yes south-share north-share: 南岸航线占比比北岸航线高吧
""")
TEA_HOUSES = Told("""\
云岫茶馆 公司 2022
# 一、会员持续增加
年末会员35万人，全年新增6万人，人均到店9次。
  members|会员人数|35万人
  members-new|新增会员人数|6万人
  visits|人均到店次数|9次
# 二、经营情况
2020年至2022年，门店分别为120家、150家和180家，毛利率分别为61.2%、70.5%和66.0%。
  stores-2020|2020年门店数量|120家|2020年
  stores-2021|2021年门店数量|150家|2021年
  stores|门店数量|180家
  margin-2020|2020年毛利率|61.2%|2020年
  margin-2021|2021年毛利率|70.5%|2021年
  margin|毛利率|66.0%
全年营业收入6.7亿元，其中东岸分部3.2亿元，西岸分部2.1亿元，南岸分部1.4亿元，分别增长8.1%、12.4%和3.3%。
  revenue|营业收入|6.7亿元
  east|东岸分部营业收入|3.2亿元
  west|西岸分部营业收入|2.1亿元
  south|南岸分部营业收入|1.4亿元
  east-growth|东岸分部营业收入增速|8.1%
  west-growth|西岸分部营业收入增速|12.4%
  south-growth|南岸分部营业收入增速|3.3%
红茶销售占比从2021年的42%升到45%，绿茶从30%降到27%。
  black-2021|2021年红茶销售占比|42%|2021年
  black|红茶销售占比|45%
  green-2021|2021年绿茶销售占比|30%|2021年
  green|绿茶销售占比|27%
三大海外市场蓝洲、赤洲和白洲的出口分别增长5.1%、107.2%和2.2%，对青洲的出口增长30%；茶具损耗率4.5‰，店员日均工作82分钟。
  markets|三大海外市场|蓝洲、赤洲和白洲
  blue-growth|对蓝洲出口增速|5.1%
  red-growth|对赤洲出口增速|107.2%
  white-growth|对白洲出口增速|2.2%
  cyan-growth|对青洲出口增速|30%
  loss|茶具损耗率|4.5‰
  minutes|店员日均工作时长|82分钟
""").asked("""\
# A list has no crowd
# when
stores-2020 stores-2021 stores: 把三年的门店数量列一下
margin-2021 margin: 2021年到2022年各年的毛利率
# of which part
east west south: 各分部营业收入列一下
east-growth west-growth south-growth: 列出各分部的营业收入增速
# of which of some named things
east west: 东岸分部、西岸分部的营业收入分别列出来
# all data on what a section is about
members members-new visits: 会员方面有哪些数据
# Claims by several figures and in other units
yes stores-2020 stores-2021 stores: 门店越来越多了吧
no margin-2020 margin-2021 margin: 毛利率逐年提高，对吧
no green-2021 green: 绿茶销售占比是上升的吧
no east-growth west-growth: 东岸分部营业收入比西岸分部增长得快吧
yes black-2021 black: 红茶销售占比比2021年高吧
yes east-growth: 东岸分部营业收入是增长的
yes red-growth: 对赤洲出口翻了一倍还多，真的吗
no loss: 茶具损耗率在千分之五以上吧
yes minutes: 店员每天平均工作一个小时以上吧
""")


@pytest.mark.parametrize(
    ("question", "fact", "of"),
    [
        ("哪年的门店最少", "stores-2020", 3),
        ("哪个分部的营业收入增长最快", "west-growth", 3),
        ("三个分部里哪个营业收入最高", "east", 3),
        ("东岸分部和南岸分部哪个营业收入少", "south", 2),
    ],
)
def test_the_first_of_what_differs_by_an_order(question: str, fact: str, of: int) -> None:
    found = TEA_HOUSES.last(question)
    assert (ids(found), found.chosen_from) == ([fact], of)


@pytest.mark.parametrize("question", ["三大海外市场是哪些"])
def test_what_is_told_once_is_no_list(question: str) -> None:
    assert not TEA_HOUSES.last(question).listed


LAMPS = Told("""\
灯具行业 全行业 2022
灯具厂营业收入42亿元，灯塔营业收入3亿元，全行业营业收入75亿元。
  plants|灯具厂营业收入|42亿元
  towers|灯塔营业收入|3亿元
  whole|全行业营业收入|75亿元
东岸灯具零售额增速7.9%，西岸灯具零售额增速6.1%，蜡烛类零售额增速9.4%，油灯类零售额增速1.3%。
  east|东岸灯具零售额增速|7.9%
  west|西岸灯具零售额增速|6.1%
  candles|蜡烛类零售额增速|9.4%
  oil|油灯类零售额增速|1.3%
""")


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("灯具厂、全行业、灯塔的营业收入哪个最高", "whole"),
        ("东岸灯具、蜡烛类、西岸灯具的零售额增速哪个最低", "west"),
    ],
)
def test_the_first_of_the_things_that_are_named_alone(question: str, fact: str) -> None:
    found = LAMPS.last(question)
    assert (ids(found), found.chosen_from) == ([fact], 3)


@pytest.mark.parametrize("question", ["各类水池数", "各类水池数是多少", "请问各类水池数有多少啊"])
def test_a_label_alone_means_its_fact_though_it_reads_like_a_list(question: str) -> None:
    pools = Told("""\
雁港镇 镇里 2022
各类水池合计90个，其中圆形水池30个，方形水池60个。
  all|各类水池数|90个
  round|圆形水池数|30个
  square|方形水池数|60个
""")
    assert ids(pools.last(question)) == ["all"]


@asked(FERRIES, TEA_HOUSES)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
