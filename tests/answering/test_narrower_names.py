"""What a question asks for by a narrower name, another time or another way to tell it than a fact has."""

from tests.support.reports.told import Told, asked

WARDS = Told("""临川市 2022
渔民月均收入4600元。
  income|渔民月均收入|4600元
进城渔民300人，进城渔民人均住房22平方米。
  moved|进城渔民人数|300人
  housing|进城渔民人均住房面积|22平方米
三级医院98家，三级甲等医院54家；卫生总费用相当于地区生产总值的6.1%。
  third|三级医院数|98家
  best|三级甲等医院数|54家
  health|卫生总费用占地区生产总值的比重|6.1%
图书馆6家，与上年持平；码头游客增速8%，渔港游客降幅3%。
  libraries|图书馆数|6家
  as-before|图书馆数变化|与上年持平
  pier|码头游客增速|8%
  harbour|渔港游客降幅|3%
研究与试验发展经费5亿元，增长7%，投入强度2.1%；湖泊研究经费1亿元。
  research|研究与试验发展经费|5亿元
  research-up|研究与试验发展经费增速|7%
  intensity|R&D经费投入强度|2.1%
  lakes|湖泊研究经费|1亿元
灯塔基金收入4元，支出3元；网络支付用户9万人。
  taken|灯塔基金收入|4元
  given|灯塔基金支出|3元
  payers|网络支付用户数|9万人
网络支付商户12万户，增长6%；灯塔基金增值收益7元，增长8%。
  shops|网络支付商户数|12万户||Online payment shops, contributing shops
  shops-up|网络支付商户增速|6%||Growth of contributing shops
  surplus|灯塔基金增值收益|7元
  surplus-up|灯塔基金增值收益增速|8%
""").asked("""\
# What tells a name from a wider one is meant, whatever else people call so
moved: 进城渔民有多少人
-: 进城渔民月均收入是多少
# What is told of each month is told of no year
income: 渔民每月收入多少
-: 渔民年收入是多少|渔民一年收入多少
best: 三甲有多少家
third: 三级医院有多少家
health: 卫生总费用相当于地区生产总值的百分之几
as-before: 图书馆比上年多了几家
# Nothing that rose is what fell
harbour: 渔港游客降幅
# What is joined behind a way to tell the first thing is not told so
research research-up intensity: R&D经费总量、增速和投入强度分别是多少
research: 研发经费是多少
# What comes in and goes out, in everyday words
taken: 灯塔基金收进来多少钱
given: 灯塔基金花出去多少钱|灯塔基金支出去多少
payers: 扫码付款的有多少人
# 增 in a name is no growth, and whoever contributes in English is no contribution
surplus: 灯塔基金实现的增值收益是多少
shops: 网络支付商户有多少户
shops-up: 网络支付商户增长了多少
""")


@asked(WARDS)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
