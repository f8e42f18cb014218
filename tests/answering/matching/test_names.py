"""Which facts the words of a question name, and which only look like them."""

from tests.support.reports.told import Told, asked

QUAY = Told("""\
码头市 2022
primary|小学数|20所
schools|中小学教师数|900人
private-pay|城镇私营单位年平均工资|5万元
other-pay|城镇非私营单位年平均工资|9万元
east|华东地区销售额|3亿元
aged|60岁及以上人口|8万人
line|6号线长度|23公里
zone|自贸试验区企业数|210家
fine|罚款案件数|118件
pension|基础养老金标准|118元
trade|对日本进出口额|2亿元||对日贸易
firm|上岑销量|59万辆
rival|临海汽车销量|93万辆
""").asked("""\
private-pay: 城镇私营单位年平均工资是多少
other-pay: 城镇非私营单位年平均工资是多少
east: 华东地区销售额多少
none: 华南地区销售额多少|小学教师有多少|65岁以上的有多少人|2号线多长|韩国进出口额
aged: 60岁以上的有多少人
line: 6号线多长
zone: 自贸 企业数
fine: 118件是指什么
pension: 118元是指什么
trade: 日本进出口额
firm: 上岑卖了多少辆
""")


@asked(QUAY)
def test_what_a_question_names(case) -> None:
    case.check()
