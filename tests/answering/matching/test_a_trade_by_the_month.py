"""How people ask of a month and of all months since January, of kinds beside their whole, and of so much for each."""

from tests.support.reports.told import Told, asked, stated

TRADE = Told("""\
全国 2030
4月份，全国销售钢琴2.4万架，同比下降8.5%，环比增长3%，新琴型26款；竖琴3100架。
  sold|钢琴销售量|2.4万架|2030年4月
  fall|钢琴销售量同比降幅|8.5%|2030年4月
  previous|钢琴销售量环比增速|3%|2030年4月
  new|新琴型数|26款|2030年4月
  harps|竖琴销售量|3100架|2030年4月
1—4月，全国销售钢琴9.1万架，同比下降5.2%。
  sold-until|钢琴销售量|9.1万架|2030年1—4月
  fall-until|钢琴销售量同比降幅|5.2%|2030年1—4月
1—4月家具产量1.2亿件，其中木质家具3400万件、金属家具5600万件、竹藤家具900万件。
  furniture|家具累计产量|1.2亿件|2030年1—4月
  wooden|木质家具产量|3400万件|2030年1—4月
  metal|金属家具产量|5600万件|2030年1—4月
  bamboo|竹藤家具产量|900万件|2030年1—4月
财政支出80亿元，其中教育支出12亿元、卫生健康支出9亿元。
  spending|财政支出|80亿元
  education|教育支出|12亿元
  health|卫生健康支出|9亿元
石桥城每家琴行服务2053人/店，票价收入30万元。
  each|琴行密度|2053人/店
  tickets|音乐厅门票收入|30万元
查处酒驾1.8万起，严重酒驾600起，查处最多的时段为19时至凌晨2时，上年结转案件300件。
  drunk|查处酒驾数|1.8万起
  severe|严重酒驾查处数|600起
  hours|查处酒驾最多的时段|19时至凌晨2时
  old|上年结转案件数|300件|2029年末
春节期间接待游客50万人次，居民每天练琴时间40分钟。
  visitors|春节接待游客人次|50万人次
  practice|居民练琴时间|40分钟
音乐节23日开幕。
  opened|音乐节开幕日期|23日|-
""").asked("""\
# Facts with the same names are told apart by their time
? sold sold-until: 钢琴销售量多少
sold: 4月钢琴销售量
sold-until: 1到4月钢琴销售量多少|前四个月钢琴销售量|钢琴累计销售量多少
sold-until: What was the sales volume of pianos from January to April?
fall-until: 1-4月钢琴销售量同比降了多少|yi zhi si yue gang qin xiao shou liang jiang fu
# 环比 is what comes right before, whatever that is
previous: 钢琴销售量环比|钢琴销售量比上月增长多少
# What no unit is known of is counted, and tells no money
new: 新琴型有多少款|新琴型几款
-: 新琴型平均多少钱
# The largest of several kinds is not their whole
metal: 三种家具里哪种产量最大|各类家具里哪类产量最大
education: 具体各项支出里花钱最多的是哪项
# So much for each of something is an average, and a price is no amount
each: 琴行的密度平均是多少
-: 音乐厅门票一张多少钱|多少钱一张音乐厅门票
tickets: 音乐厅门票收入多少钱
# What no fact is called has no answer
-: 超速查处了多少起
# A time of day is no number of cases, and what a name calls by a time is asked so
hours: 查处酒驾最多的是什么时段
old: 上年结转案件多少件|上年 结转 案件
opened: 音乐节几号开幕
# Another holiday, another part of the world, how long for times
-: 国庆接待游客多少人次|全球钢琴销售量多少|亚洲钢琴销售量多少
visitors: 春节接待游客多少
practice: 居民练琴时间有多长
""")

CITY = Told("""\
梅溪市 2030
财政收入9.5亿元，教育支出3亿元。
  revenue|财政收入|9.5亿元
  education|教育支出|3亿元
""").asked("""\
# A county that is called a city is the city of its report
revenue: 市里财政收入多少|全市财政收入多少钱
""")

SCHOOL = Told("""\
云麓职业技术学院 学院 2030
学院有二级学院6个，教职工382人，其中教坛新秀6人。
  schools|二级学院数|6个
  staff|教职工数|382人
  stars|教坛新秀数|6人
2029届毕业生半年后月收入4100元，重点支持专业三个，体育馆4座，事故死亡比上年减少2人。
  income|2029届毕业生半年后月收入|4100元
  majors|重点支持专业数|三个
  halls|体育馆数|4座
  fewer|事故死亡人数减少数|2人
""").asked("""\
# Another class, another time after it, schools of another kind
income: 2029届毕业生半年后月收入多少
-: 2028届毕业生月收入多少|毕业五年后月收入多少|211院校毕业生月收入是多少
# Names, areas, those of so many heads, acronyms and people of whom only a number is told
-: 三个重点支持专业叫什么|体育馆的总面积有多大|每千人有几个教职工|学院的EBITDA是多少|体育馆馆长是谁
# How many there were is not told by how many fewer
-: 事故一共死了多少人
""")


@asked(TRADE, CITY, SCHOOL)
def test_times_kinds_and_prices_tell_which_fact_is_meant(case) -> None:
    case.check()


def test_a_rate_is_not_told_of_what_is_new_by_its_name_alone() -> None:
    assert stated(SCHOOL.last("教职工比去年多了几个")) == []
