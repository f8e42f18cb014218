"""How people ask about the quarter of a company and the cases of an authority: times, currencies, measures, kinds."""

from tests.support.reports.told import Told, asked

COMPANY = Told("""\
梧桐网络 公司 2021
三季度净营收9.6亿元，折合1.5亿美元，上年同期为11.3亿元，上季度为12亿元，同比减少14.6%，环比减少19.7%。
  revenue|净营收|9.6亿元|2021年第三季度
  revenue-usd|净营收折合美元|1.5亿美元|2021年第三季度
  revenue-before|2020年第三季度净营收|11.3亿元|2020年第三季度
  revenue-q2|2021年第二季度净营收|12亿元|2021年第二季度
  revenue-fall|净营收同比降幅|14.6%|2021年第三季度
  revenue-qoq|净营收环比降幅|19.7%|2021年第三季度
日活跃用户2650万，每人每天花费51.9分钟。
  users|日活跃用户|2650万|2021年第三季度
  minutes|用户每天花费的时间|51.9分钟|2021年第三季度
人均带来0.4美元。
  revenue-each|每用户平均收益|0.4美元|2021年第三季度
""").asked("""\
# The quarter and the year before are times, and what a change is measured against where it is set beside them
revenue-before: 去年同期净营收多少|上年同期净营收|净营收多少 / 去年同期呢
revenue-q2: 上季度净营收多少|上一季度净营收是多少|净营收多少 / 上个季度呢
revenue-q2: what were the net revenues in the previous quarter
revenue-fall: 净营收比去年同期降了多少|净营收去年同期下降多少
revenue-qoq: 净营收跟上个季度比降了多少|净营收比上季度少了百分之几
# A currency that is named is meant, and else the usual one
revenue-usd: 净营收 美元|净营收折合多少美元
revenue: 净营收是多少|净营收多少钱
-: 每用户平均收益多少人民币|净营收折合多少欧元
# The year before is not over with the third quarter of this one
-: 去年日活跃用户有多少|去年第三季度日活跃用户多少
# A bare number tells no duration, and an hour is one
minutes: 用户一天花多久
no minutes: 用户每天花费的时间超过一小时了吧
""")

CARS = Told("""\
杉木汽车 公司 2030
上季杉木总收入11亿元，交付新车约1.1万，按年升30%，首3季累计交付新车2.6万辆。
  income|总收入|11亿元|2030年第三季度
  cars|新车交付量|约1.1万|2030年第三季度
  more|新车交付量增幅|30%|2030年第三季度
  cars-until|新车交付量|2.6万辆|2030年首3季
对甲国进出口20亿元，同比增长5%，进出口占比提升2个百分点。
  trade|对甲国进出口额|20亿元
  growth|对甲国进出口增速|5%
  share|民营企业进出口占比提升幅度|2个百分点
""").asked("""\
cars-until: 首3季交付新车多少辆|首三季交付新车多少
more: 新车交付量按年升了多少
# 同比 is no slip for 占比
growth: 对甲国进出口同比增长多少
""")

PATROL = Told("""\
石湾港 2022
查获案件979起，案值82亿元，涉案货物60万吨。
  cases|查获案件数|979起
  worth|查获案件案值|82亿元
  goods|涉案货物数量|60万吨
组织10个关区打击红木走私，查获案件29起，案值1.7亿元。
  districts|打击红木走私的关区数|10个
  wood|红木走私案件数|29起
  wood-worth|红木走私案值|1.7亿元
案值千万元以上大案13起。
  large|案值千万元以上大案数|13起
海上走私案件42起。
  sea|海上走私案件数|42起
“飞鱼行动”为期2个多月。
  fish|“飞鱼行动”为期|2个多月
缴获毒品774千克，行动针对粮食、钢材等五种商品。
  drugs|缴获毒品数量|774千克
  kinds|行动针对的商品|粮食、钢材等五种商品
综合效益指数211%，查获率增长13%，破案率增长13%，案值突破80亿元。
  index|综合效益指数|211%
  rate-a|查获率增幅|13%
  rate-b|破案率增幅|13%
  over|走私案值|80亿元
当年建成哨所12座，累计建成哨所90座。
  posts|当年建成哨所数|12座
  posts-all|哨所累计建成数|90座||建哨所,建成的哨所
在上海0101案件中抓获8人。
  caught|上海0101案件抓获人数|8人
""").asked("""\
# Cases are counted by a word of their own, and so are firms
cases wood: 查获案件多少起，红木走私几起
# What is written in an order that is a word is no slip for a place
sea: 海上走私案件数
# A measure that a follow-up names is meant, and not how the last figure was told
wood-worth: 红木走私案件几起 / 案值呢
# More than one of a unit, some ten of it, and a measure with more behind it
no drugs: 缴获毒品有一吨多吧
yes large: 案值千万元以上大案十几起吧
fish: 飞鱼行动多久
# An index may be told in percent, and a sentence says what is only more
index: 综合效益指数是多少
yes over: 走私案值超过80亿了吧
# What was told of a year is no running total
posts: 那一年建成多少哨所
posts-all: 累计建成多少哨所
# A list of goods with their number is a name, and a kind of drug is not all of them
-: 粮食钢材漏了多少税|海洛因缴获多少千克
""")


@asked(COMPANY, CARS, PATROL)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
