"""How people ask a bank about its half-year: bases, units, cuts of words and names that the vocabulary has not."""

from tests.support.reports.told import Told, asked

BANK = Told("""\
澜江银行 银行 该行 2022
存款余额902.4亿元，较上年末增长77.5亿元，同比增长12.1%。
  deposits|存款余额|902.4亿元
  deposits-more|存款余额增长额|77.5亿元|2022年上半年
  deposits-growth|存款余额同比增速|12.1%|2022年上半年
在全球银行榜单上列第115位。
  rank|全球银行榜单位次|第115位
网点渗透率为2053人/个，倬云支行最高。
  reach|网点渗透率|2053人/个
倬云支行贷款31亿元，梧里支行贷款27亿元。
  zhuoyun|倬云支行贷款|31亿元
  wuli|梧里支行贷款|27亿元
线上活动有1.2万人次参与，线下活动有0.5万人次参与。
  online|线上活动参与人次|1.2万人次
  offline|线下活动参与人次|0.5万人次
人均用水量为176升/日，比上年增加9升/日。
  water|人均用水量|176升/日
  water-more|人均用水量增加量|9升/日
经营指数均值为81.1，渠道24小时网点占比40%。
  index|经营指数均值|81.1
  hours|24小时网点占比|40%
国际收支顺差3.1亿元，开办网点41件，减少2件。
  balance|国际收支顺差|3.1亿元|||Balance of payments
  branches|开办网点数|41件
  branches-fewer|开办网点减少数|2件
服务县域人口55.2万人。
  people|人口|55.2万人
数据库有2240个，较2021年增加800个。
  bases|数据资源库数|2240个
  bases-more|数据资源库增加数|800个
第一集团的支行有3家，第二集团的支行有8家。
  first|第一集团支行数|3家
  second|第二集团支行数|8家
""").asked("""\
# A question finds its fact
deposits-more: 存款比年初涨了多少|how much did deposits rise since the end of last year|存款较去年底多了多少
deposits-growth: 存款余额比上年同期涨了多少
rank: 全球银行 排名|这家银行在全世界排第几
reach: 网点渗透率是多少|渗透率
zhuoyun: 倬云贷款多少|zhuo yun zhi hang dai kuan duo shao
online: 有多少人参加了线上的活动
offline: 实体活动有多少人次
water: 一个人一天用几升水|人均一天用幾公升水
index: 经营指数平均多少
hours: 24 xiao shi wang dian zhan duo shao
balance: what is the balance of payments
branches: 开办网点多少件|kai ban wang dian duo shao jian
deposits-more: cun kuan bi nian chu zhang le duo shao
people: 这里一共有多少人|这家银行有多少人
bases-more: 数据资源库较2021年增加多少个
second: 第二集团的支行有几家
# What no fact says is not answered
# calculations and units
-: 3乘以40是多少
-: 一公里等于多少米
-: 一年有多少天
-: what time is it
# superlatives of what no fact has
-: 世界杯冠军是谁
-: 最大的沙漠在哪
-: 哪个牌子的空调最好
-: which is the largest ocean
# only how something is told, or a part of what is asked for
-: 猫平均活几年
-: 倬云X7贷款多少
-: 新增人口多少
""")


@asked(BANK)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
