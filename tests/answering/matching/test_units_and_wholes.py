"""Facts that differ in their units and in what they are a share of, as a grid company's or a shopping street's are."""

from tests.support.reports.told import Told, asked, stated

GRID = Told("""\
云州电网 云网 全网 2021
全社会研发投入同比增长8.2%。
  all|全社会研发投入增速|8.2%
云网研发投入同比增长12.5%。
  own|云网研发投入增速|12.5%
完成新装增容3.1万户，容量420.5万千伏安，增长6.1%。
  connected|完成新装增容户数|3.1万户
  capacity|完成新装增容容量|420.5万千伏安
  capacity-growth|完成新装增容容量增速|6.1%
用电量38.4亿千瓦时，增长5%，增速提高0.8个百分点。
  used|用电量|38.4亿千瓦时
  used-growth|用电量增速|5%
  used-faster|用电量增速提高幅度|0.8个百分点
净增风电40万千瓦，占全省净增装机的三成。
  wind|净增风电装机|40万千瓦
  wind-share|风电占净增装机的比重|三成
机组平均利用小时1945小时。
  hours|机组平均利用小时|1945小时
4月份投诉下降6.1%，2020年4月份下降2.4%。
  complaints|4月份投诉降幅|6.1%|2021年4月
  complaints-before|2020年4月份投诉降幅|2.4%|2020年4月
售电收入增速比一季度低2.5个百分点，售电收入增长7%。
  slower|售电收入增速比一季度回落幅度|2.5个百分点
  sales|售电收入增速|7%
西部售电量增速超过全国增速9.9个百分点。
  ahead|西部售电量增速超过全国增速的幅度|9.9个百分点
夏季平均气温26.4℃，年日照2776.8小时。
  warm|夏季平均气温|26.4℃
  sun|日照时数|2776.8小时
全年关店4.7万家，上半年关店1.6万家，开店闭店比1.14。
  closed|关店数|4.7万家
  closed-half|上半年关店数|1.6万家|2021年上半年
  ratio|开店闭店比|1.14
工业用电占比62%，占比提高1.5个百分点；工业用电增长4%。
  industry-share|工业用电占比|62%
  industry-higher|工业用电占比提高幅度|1.5个百分点
  industry-growth|工业用电增速|4%
2018年开办充电驿站，当年充电费130.5万元。
  stations|充电驿站充电费|130.5万元|2018年
年用电1万至3万千瓦时的商户7家，3万至10万千瓦时的商户4家，1000万千瓦时以上的工厂3家。
  small|年用电1万至3万千瓦时的商户数|7家
  medium|年用电3万至10万千瓦时的商户数|4家
  large|年用电1000万千瓦时以上的工厂数|3家
""").asked("""\
all: 全社会研发投入增长多少|全社会 研发投入 增速
capacity: 完成新装增容的容量是多少万千伏安
used: 今年用掉了多少度电
wind: 风电净增多少|净增风电多少
wind-share: 风电占净增装机的百分之几
hours: 机组平均利用小时是多少小时
complaints: 4月份投诉下降多少|4月 投诉 降幅
complaints-before: 2020年4月份投诉下降多少
slower: 售电收入增速跟一季度比慢了几个点
sales: 售电收入曾长多少|售电收入赠长了多少
ahead: 西部售电量比全国快几个点
warm: 夏天平均气温几度
sun: 日照多少个钟头
closed closed-half: 全年关店多少家，上半年呢
industry-share industry-higher: 工业用电占比多少，提高了几个点
small: 一到三万度电的商户有几家|用电1到3万度的商户多少
medium: 用电三到十万度的商户有几家
large: 一千万以上的工厂有几家|1000万度以上的工厂多少家
stations: 2018年充电驿站当年充电费多少
""")


PEOPLE = Told("""\
松溪县 全县 2021
在24个贫困村建了电站，惠及贫困户1300户。
  villages|建电站的贫困村数|24个
  poor|电站惠及的贫困户数|1300户
残疾人托养机构35个，演出团体下乡186批，表演团体210个。
  homes|残疾人托养机构数|35个
  tours|演出团体下乡批数|186批
  troupes|表演团体数|210个
60岁及以上人口6万人，占19%；65岁及以上人口4万人，占13%；15—59岁人口20万人，占65%。
  sixty|60岁及以上人口|6万人
  sixty-share|60岁及以上人口比重|19%
  older|65岁及以上人口|4万人
  older-share|65岁及以上人口比重|13%
  working|15—59岁人口|20万人
  working-share|15—59岁人口比重|65%
男性人口占51%，女性人口占49%。
  men|男性人口比重|51%
  women|女性人口比重|49%
出生率为7‰，比上年下降1.2个千分点；死亡率为6‰，比上年上升0.3个千分点；死亡人口增加1.1万人。
  born|人口出生率|7‰
  born-less|出生率下降幅度|1.2个千分点
  died|人口死亡率|6‰
  died-more|死亡率上升幅度|0.3个千分点
  died-persons|死亡人口增加量|1.1万人
固定话音收入3亿元，移动话音收入5亿元，流动商贩800人。
  fixed|固定话音收入|3亿元
  mobile|移动话音收入|5亿元
  vendors|流动商贩人数|800人
""").asked("""\
# Households, times and people are counted apart from what 个 counts
-: 在村里建了电站的有多少户
-: 残疾人托养机构托养了多少残疾人
troupes: 表演团体有多少个
tours: 演出团体下乡多少批
# The old are told by their age, of which a report has several, as is whoever can work
? sixty older: 老年人口有多少
? sixty-share older-share: 老年人口比重
working: 劳动年龄人口有多少
sixty-share older-share working-share: 各年龄段占全县人口的比重分别是多少
# A rate in ‰ changes by 千分点, whichever way
died-more: 死亡率多少 / 上升了多少
born-less died-more: 列出所有变化了多少个千分点的数据
# 固定 is no part of 移动, whatever else is 流动
? fixed mobile: 话音收入是多少
""")


WORKS = Told("""\
松桥县 2030
年初安排改造水管4万米，已改造4.6万米，完成计划的115%，惠及居民3200户。
  pipes-plan|水管改造计划长度|4万米
  pipes|水管改造完成长度|4.6万米
  homes|水管改造惠及居民户数|3200户
全县水窖850口，新打水窖40口，机井提水利用小时1200小时，比上年减少90小时。
  cellars|水窖数|850口
  hours|机井利用小时|1200小时
  hours-less|机井利用小时减少量|90小时
稻田养鱼面积6万亩，稻田养鱼产值3亿元；烟叶收购点12个，烟叶收购额2亿元。
  fish-area|稻田养鱼面积|6万亩
  fish-money|稻田养鱼产值|3亿元
  points|烟叶收购点数|12个
  points-money|烟叶收购点收购额|2亿元
末常住人口30万人，户籍人口33万人，其中农业人口20万人。
  living|常住人口|30万人
  registered|户籍人口|33万人
  farming|农业人口|20万人
6岁以下儿童系统管理率91%，技校初次就业率88%，比上届下降的幅度为3个百分点。
  children|6岁以下儿童系统管理率|91%
  jobs|技校初次就业率|88%
  jobs-fall|技校初次就业率比上届下降的幅度|3个百分点
前三季度固定资产投资增长6%，增速比上半年加快1.4个百分点。
  invest|固定资产投资增速|6%|2030年前三季度
  invest-more|固定资产投资增速比上半年加快的幅度|1.4个百分点|2030年前三季度
水电站发电量5亿度，水电站装机容量40万千瓦。
  power|水电站发电量|5亿度
  capacity|水电站装机容量|40万千瓦
""").asked("""\
# What is meant to be, and what is so by now
pipes-plan: 本来打算改造多少米水管|水管改造计划多少米
pipes: 到现在已经改造了多少米水管|水管实际改造了多少米
# What a measure word counts, and how much longer or shorter a time is
cellars: 水窖有几口
hours hours-less: 机井利用小时多少，减少了多少
hours-less: 机井利用小时减少了多少
# Between two measures of one thing a brief question is asked back, but not between a number and money
? fish-area fish-money: 稻田养鱼有多大
# Of a place's people those who live there are counted
living: 松桥县有多少人
# Ages within one word
children: 6岁以下的系统管理率是多少
# A fall by its extent, against the class before
yes jobs-fall: 就业率比上届下降了吧
no jobs-fall: 就业率比上届上升了吧
# A base within the year is no period of what is told since then
-: 上半年固定资产投资增长多少
invest: 前三季度固定资产投资增长多少
# A number itself is within 以上
yes pipes-plan: 水管改造计划有4万米以上吧
no pipes-plan: 水管改造计划超过4万米吧
# A part that says no more than its unit
pipes homes: 水管改造完成多少米，惠及多少户
""")


ZONE = Told("""\
松潭开发区 全区 2022
地区生产总值120亿元，是2003年的41倍，投资(不含农户)增长3%，增速高于全市1.5个百分点。
  gdp|地区生产总值|120亿元
  gdp-times|地区生产总值相当于2003年的倍数|41倍
  invested|投资增速|3%
  above|投资增速高于全市的幅度|1.5个百分点
全区规模以上工业企业320家，亩均税收21万元，年产值超百亿元的5家，超十亿元的17家。
  plants|规模以上工业企业|320家|2022年9月底
  tax|规上工业企业亩均税收|21万元
  huge|年产值超百亿元的规上工业企业|5家
  large|年产值超十亿元的规上工业企业|17家
盘活旧厂地800亩，渡船旅客恢复到2019年的91%。
  land|盘活旧厂地面积|800亩|2018—2022年
  ferry|渡船旅客量相当于2019年的比例|91%
毛巾产量居前三位的镇为杏花、梨园、枣林，村卫生室45个，员工总数900人，新增就业60人，新增就业比上年减少7人。
  towns|毛巾产量居前三位的镇|杏花、梨园、枣林
  rooms|村卫生室数|45个
  staff|员工总数|900人
  jobs|新增就业人数|60人
  fewer|新增就业比上年减少人数|7人
""").asked("""\
# A multiple is told of its base, which is no period of it, and of how far something has come back
gdp-times: 2022年地区生产总值相当于2003年的多少倍
ferry: 渡船旅客量恢复至2019年的百分之多少
# What is left out in brackets as the report has it
invested: 2022年投资（不含农户）的增速是多少
-: 2022年投资（不含煤矿）的增速是多少
# The rate that a fall or a rise is called by is no level that was reached
invested: 投资增长幅度为多少
# The place beside which it is set is one on average
above: 投资增速比全市平均高出多少个百分点
# The same at another time is told in the same unit
plants: 目前规模以上工业企业数量是多少
# A scale without a number
huge: 年产值在百亿元以上的规上工业企业有几家
# What has been so since a year, where nothing changes
land: 2018年以来盘活的旧厂地面积累计多少亩
# What is among the first few is asked for by name
towns: 毛巾产量排在前三位的镇有哪些
# A village is in the country
rooms: 村里的卫生室一共多少个
staff: 员工总人数是多少
jobs: how many new jobs were there
""")

FUND = Told("""\
江州市 住房安居金 2021
缴存额12.4亿元，缴存余额30.1亿元。
  paid|缴存额|12.4亿元||安居金缴存额|Contributions
  balance|缴存余额|30.1亿元|||Balance
发放贷款0.6万笔、20.5亿元，逾期额413万元，逾期率0.24‰。
  loans|发放贷款笔数|0.6万笔|||Loans granted
  lent|贷款发放额|20.5亿元|||Amount lent
  overdue|贷款逾期额|413万元|||Overdue loans
  rate|逾期率|0.24‰|||Overdue rate of loans
城镇居民人均可支配收入4.2万元，规模以上工业企业利润总额8.1亿元，建筑业总产值9亿元。
  income|城镇居民人均可支配收入|4.2万元
  profit|规模以上工业企业利润总额|8.1亿元
  works|建筑业总产值|9亿元
金融机构各项存款余额90亿元。
  deposits|金融机构各项存款余额|90亿元
每10股派现4.60元，派现共2.9亿元；最高负荷出现在8月11日，负荷为5486万千瓦。
  each|每10股派现|4.60元
  paid-out|派现金额|2.9亿元
  day|最高负荷出现日期|8月11日
  load|负荷最高值|5486万千瓦
住房贡献率比上年减少7.4个百分点，管理费用同比下降4.4%。
  contribution|住房贡献率降幅|7.4个百分点
  costs|管理费用降幅|4.4%
""").asked("""\
# A question finds its fact
loans: 发放贷款的笔数是多少
# An amount is asked for in a scale that it may have, and none by a date
paid-out: 合计派现多少亿元
load: 最高负荷达到多少
# A rate that tells what contributes falls as others do
contribution costs: 哪些指标比上年下降了
# What no fact says is not answered
-: 逾期贷款的笔数有多少
-: 全国住房安居金缴存额是多少
# Several things are told by facts on what is asked of each, and by no others
-: 老百姓和企业在银行里存了多少钱
""")


@asked(GRID, PEOPLE, WORKS, ZONE, FUND)
def test_units_periods_and_wholes_tell_which_fact_is_meant(case) -> None:
    case.check()


def test_a_bare_ratio_is_no_number_of_shops() -> None:
    assert "ratio" not in stated(GRID.last("开店闭店多少家店"))
