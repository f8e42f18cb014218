"""What a report on a field of a whole country calls its things, and what people make of it in their questions."""

from tests.support.reports.told import Told, asked

BANKS = Told("""\
全国乡村银行业 2022
2022年末，乡村银行各项存款余额951亿元，其中本外币存款951亿元、非金融企业存款141亿元。
  deposits|各项存款余额|951亿元
  firms|非金融企业存款余额|141亿元
票据贷款同比多增6亿元，增速为3.1%。
  more|票据贷款同比多增额|6亿元
  more-growth|票据贷款增速|3.1%
乡村银行的网点1.2万个，储户0.8万户，农户贷款0.8万笔。
  outlets|网点数|1.2万个
  savers|储户数|0.8万户
未结案件45件，结案152件。
  open|未结案件数|45件
  closed|结案件数|152件
村委会成员35人。
  village|村委会成员数|35人
  street|居委会数|9个
业务量为13亿笔，业务收入105亿元。
  volume|业务量|13亿笔
  income|业务收入|105亿元
运钞直升机起降77架次。
  flights|运钞直升机起降架次|77架次
Keep营销费用3亿元，Keep与Peloton的用户相差43万人。
  keep|Keep营销费用|3亿元
  peloton|Peloton用户数|276万人
  keep-users|Keep用户数|319万人
  users-2021|2021年Keep用户数|301万人|2021年
支付领域的市场份额为44.7%，2021年同期为41%。
  share|支付市场份额|44.7%
  share-2021|2021年支付市场份额|41%|2021年
个人信贷的余额为30亿元。
  credit|个人信贷余额|30亿元
培训柜员212人次。
  training|柜员培训人次|212人次
60岁及以上储户占21.4%，户均余额3万元。
  old|60岁及以上储户比重|21.4%
  old-money|60岁及以上储户户均余额|3万元
大厅机器人86台。
  robots|大厅机器人数|86台
""").asked("""\
# A fact is found
# A field of a whole country is told of that country, whichever way people call it.
outlets: 中国乡村银行一共有几个网点|我国有几个网点|全国网点有多少个
# 0.8万 is told in 万 as well.
savers: 储户有多少万户
# What is denied is another thing.
firms: 非金融企业存款余额是多少
open: 未结案件有多少件
more: 票据贷款同比多增多少
keep: 「Keep」的营销费用是多少|『Keep』营销费用
peloton: 「Peloton」有多少用户
keep-users: Keep有多少用户|一整年Keep用户有多少
keep: keep ying xiao fei yong
share: 支付市场份额是多少
# No change is asked for, so that the year is the figure's own.
share-2021: 2021年同期支付市场份额是多少
# A name is said, and no other fact comes near, whatever people say around it.
training: 银行那边手把手带着柜员培训练本事的一年下来总共搞了多少人次
# What is only near is not stated
-: 居委会成员有多少人
-: 蚂蚁的市场份额是多少
-: 80岁及以上储户比重是多少
-: 城南新区支行网点数是多少
# A unit of the last thing is none of the others
volume income: 业务量和业务收入各是多少
# Years share what stands before and behind them
users-2021 keep-users: Keep 2021年和2022年的用户数各是多少
# A claim is judged
yes income: 业务收入过百亿元了是不是
yes savers outlets: 储户没有网点多吧
no outlets savers: 网点没有储户多吧
# What a report measures is no talk of the bot
robots: 网点有多少个 / 机器人呢
talk: 网点有多少个 / 你是机器人吗
# Talk has a reply
talk: 你好，第一次用
talk: 这说的是哪段时间
talk: 数据是哪个时期的
""")


@asked(BANKS)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
