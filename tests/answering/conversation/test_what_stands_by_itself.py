"""Turns that stand by themselves, signs of changes, and what no report tells in between."""

from tests.support.reports.told import Case, Told, asked

MUSEUMS = Told("""\
松溪县 全县 2022
年末有博物馆12座，比上年增加2座。
  museums|博物馆数|12座
  museums-more|博物馆增加数|2座
馆员348人，比上年减少15人。
  keepers|馆员数|348人
  keepers-less|馆员减少数|15人
全年参观观众523.7万人次，增长18.2%，其中学生观众201.3万人次，增长25.6%，老年观众66.8万人次，下降4.1%。
  visitors|参观观众人次|523.7万人次
  visitors-growth|参观观众增速|18.2%
  pupils|学生观众人次|201.3万人次
  pupils-growth|学生观众增速|25.6%
  old|老年观众人次|66.8万人次
  old-fall|老年观众降幅|4.1%
年末常住人口31.2万人。
  people|常住人口|31.2万人
财政拨款1.12亿元，增长9.3%；征集经费2380万元，比上年增加310万元。
  grant|财政拨款|1.12亿元
  grant-growth|财政拨款增速|9.3%
  buying|征集经费|2380万元
  buying-more|征集经费增加额|310万元
油菜产量增速为-2.3%，水稻产量增速为1.2%。
  rape|油菜产量增速|-2.3%
  rice|水稻产量增速|1.2%
门票价格上涨2.0%，其中展览类上涨2.5%，讲座类下跌0.4%，导览类持平。
  tickets|门票价格涨幅|2.0%
  shows|展览类门票价格涨幅|2.5%
  talks|讲座类门票价格降幅|0.4%
新建展厅增长1.5倍；文创收入增速为全国的3倍。
  halls|展厅增速|1.5倍
  gifts|文创收入增速相当于全国的倍数|3倍
""").asked("""\
# The people of the place are asked for, whatever was asked before
people: 博物馆有多少座 / 松溪县有多少人
# A claim on what was told is judged by it, and not by its neighbour
yes keepers: 馆员多少 / 馆员有348人吧
yes buying: 征集经费多少 / 征集经费两千三百八十万元，对吗
no museums: 博物馆多少座 / Are there 11 museums?
no tickets: 门票价格涨幅 / 门票价格涨幅超过2%了吗
# Of several that were offered, the one that a value can mean only
yes keepers: 博物馆 / 馆员有348人吧
# What stands by itself is about no sibling of what was told
-: 参观观众多少 / 老年观众呢 / 观众一共多少
# A sign is a direction
yes rape: 油菜产量下降了吗|油菜产量下降2.3%对吧
no rape: 油菜产量增长了吧
no rape rice: 油菜产量比水稻产量增长得快吧
keepers-less old-fall rape talks: 哪些下降了
# 不是…吗 takes for granted what it asks
no old-fall: 老年观众不是增长了吗
yes old-fall: 老年观众不是下降了吗
yes visitors-growth: 参观观众没下降吧
# After what no report tells, nobody asks on about what was told before
-: 博物馆多少座 / 房价多少 / 涨了吗
-: 参观观众多少 / 博物馆GDP是多少 / 增速呢
# What only has a word of another clause of its sentence is not about it
-: 展览类门票涨了多少 / 导览呢
# Two things in unlike units are not compared, and a change says nothing of either
-: 馆员比博物馆多吧
# Numbers as people say them
yes visitors: 参观观众有5.2百万人次吧
yes museums: 博物馆有十来座吧
yes grant: 财政拨款有没有1个亿
no grant: 财政拨款有没有两个亿
# Bounds of a list
visitors-growth pupils-growth halls: 增速超过10%的有哪些
halls: 哪些增长超过100%
grant-growth: 增速在5%到10%之间的有哪些|增速在5%和10%之间的有哪些
visitors-growth pupils-growth: 列出观众增速 / 其中超过10%的|列出观众增速 / 超过10%的呢
grant buying: 跟钱有关的
keepers-less old-fall rape talks: 有几个指标下降了
# Each may have gone either way, and many are set beside nothing
rape rice: 油菜和水稻产量各增长多少
pupils: 学生观众多吗
keepers-less old-fall rape talks: 列出所有数据 / 下降的呢
# All of a kind without a question word, and in an order
visitors-growth pupils-growth old-fall: 所有观众增速
pupils-growth visitors-growth old-fall: 观众增速从高到低排一下
museums-more visitors-growth pupils-growth grant-growth buying-more rice tickets shows halls: list everything that grew
""")


@asked(MUSEUMS)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
