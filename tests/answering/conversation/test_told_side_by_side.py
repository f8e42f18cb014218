"""Lists and claims of what a report tells side by side: what is named, what belongs to it, and what comes first."""

from tests.support.reports.told import Case, Told, asked, ids

PARCELS = Told("""\
云帆快运 公司 2022
东部、中部和西部业务量占比分别为61.2%、24.5%和14.3%，城区网点、乡镇网点业务量占比分别为35%和65%。
  east|东部业务量占比|61.2%
  middle|中部业务量占比|24.5%
  west|西部业务量占比|14.3%
  own|城区网点业务量占比|35%
  franchised|乡镇网点业务量占比|65%
营业支出28亿元，其中派送支出增长19.3%，运输支出增长25.1%，客服支出增长5.1%，仓库与设备增长40.9%。
  spending|营业支出|28亿元
  delivery-growth|派送支出增速|19.3%
  transport-growth|运输支出增速|25.1%
  service-growth|客服支出增速|5.1%
  equipment-growth|仓库与设备增速|40.9%
业务量排名中，云江区升至第4位，月河区升至第6位，松岭区升至第8位；电话等候时间缩短30%，件均时长优化12%。
  cloud-rank|云江区业务量排名|第4位
  moon-rank|月河区业务量排名|第6位
  pine-rank|松岭区业务量排名|第8位
  wait|电话等候时间缩短幅度|30%
  time|件均时长优化幅度|12%
2021年业务量增速36.6%，2022年业务量增速15.5%；包裹破损率由2021年的2.1%降到1.3%。
  growth-2021|2021年业务量增速|36.6%|2021年
  growth|业务量增速|15.5%
  broken-2021|2021年包裹破损率|2.1%|2021年
  broken|包裹破损率|1.3%
会员积分、会员折扣分别惠及1800人和920人，退件投诉增长58.5%，保价件增长8.4%，进出口业务量1200万件。
  points|会员积分惠及人数|1800人
  discount|会员折扣惠及人数|920人
  complaints-growth|退件投诉增速|58.5%
  insured-growth|保价件增速|8.4%
  abroad|进出口业务量|1200万件
""").asked("""\
# A list has all that stands side by side
# endings that several things share
east middle west: 东中西部业务量占比各是多少
west middle east: 东、中、西部业务量占比从低到高排
# the last of an enumeration is called by nothing that the others are called by
equipment-growth: 营业支出里哪块涨得最多
# the first place is the highest one
cloud-rank: 云江区、月河区、松岭区谁排得最靠前
# what is offered is a list where all of it is asked for
points discount: 会员惠及人数都是多少
# 谁 asks as 哪个 does
franchised: 城区网点和乡镇网点谁的业务量占比更高
delivery-growth transport-growth service-growth: 列出所有支出增速
# A claim is judged by what stands beside it
no growth-2021 growth: 业务量增速比2021年高
no broken-2021 broken: 包裹破损率上升了
no complaints-growth: 退件投诉翻了一番吧
no complaints-growth: 退件投诉差不多翻倍了吧
yes insured-growth: 保价件涨了将近一成
yes insured-growth: 保价件增了八个点
yes own franchised: 城区网点业务量占比没有超过乡镇网点吧
# what is stated of a figure without any word that claims
yes points: 会员积分惠及一千八百人左右是实情
no moon-rank cloud-rank: 月河区的业务量排名比云江区高
no cloud-rank: 云江区业务量排名进前三了吧
""")

FAIR = Told("""\
青禾书展 展会 2023
到场观众中，北京2.1万人、上海1.4万人、天津0.9万人、重庆0.6万人，苏州3.2万人。
  beijing|北京观众人数|2.1万人
  shanghai|上海观众人数|1.4万人
  tianjin|天津观众人数|0.9万人
  chongqing|重庆观众人数|0.6万人
  suzhou|苏州观众人数|3.2万人
采购商来自欧洲增长17%，非洲增长6%，亚洲增长4%，其中日本增长29%。
  europe-growth|欧洲采购商增幅|17%
  africa-growth|非洲采购商增幅|6%
  asia-growth|亚洲采购商增幅|4%
  japan-growth|日本采购商增幅|29%
图书成交增长12%，画册成交下降3%，文具成交下降9%，玩具成交下降5%，法国市场成交下降21%。
  books-growth|图书成交增幅|12%
  albums-fall|画册成交降幅|3%
  stationery-fall|文具成交降幅|9%
  toys-fall|玩具成交降幅|5%
  france-fall|法国市场成交降幅|21%
年末有公共图书馆12个、文化馆9个、博物馆15个，分别增加2个、1个、3个。
  libraries|公共图书馆数|12个
  centres|文化馆数|9个
  museums|博物馆数|15个
  libraries-more|公共图书馆增加数|2个
  centres-more|文化馆增加数|1个
  museums-more|博物馆增加数|3个
对越南成交增长2.3倍，对泰国成交增长18%；数字展区展位640个，占展位总数的31%，比上届增加85个。
  vietnam-growth|对越南成交增长倍数|2.3倍
  thailand-growth|对泰国成交增幅|18%
  digital|数字展区展位数|640个
  digital-share|数字展区展位占展位总数的比重|31%
  digital-more|数字展区展位增加数|85个
绘本借阅量3.4万册次，下降8%；展商保证金当期结存120万元、累计结存860万元。
  loans|绘本借阅量|3.4万册次
  loans-fall|绘本借阅量降幅|8%
  deposits|展商保证金当期结存|120万元
  deposits-total|展商保证金累计结存|860万元
财政预算收入83亿元，增长5%；财政预算支出58亿元，增长8%。其中，教育支出57亿元，增长6%；科技支出1亿元，下降2%。
  budget-revenue|一般公共预算收入|83亿元
  budget-revenue-growth|一般公共预算收入增速|5%
  budget-spending|一般公共预算支出|58亿元
  budget-spending-growth|一般公共预算支出增速|8%
  education|教育支出|57亿元
  education-growth|教育支出增速|6%
  science|科技支出|1亿元
""").asked("""\
# Municipalities and continents are kinds of places
chongqing: 直辖市里观众最少的是哪个
europe-growth: 采购商增长最快的是哪个大洲
# A country is none of the goods, of which most facts tell
stationery-fall: 哪种商品成交降得最多
# What is told in unlike ways is told of each
vietnam-growth thailand-growth: 越南、泰国各增长多少
digital digital-share: 数字展区展位数和占比各是多少
# Commas in English join what a last and joins
libraries-more centres-more museums-more: By how much did libraries, cultural centers and museums increase?
# A clause that names nothing asks on about the clause before
digital digital-more: 数字展区展位有多少个，比上届增加了多少
loans loans-fall: 绘本借了多少册次，同比降了多少
# What stands in the place of a word of the label before is meant
budget-spending: 一般公共预算收入多少 / 支出呢
budget-spending-growth: 一般公共预算收入多少 / 支出呢 / 涨了百分之几|一般公共预算收入增长多少 / 支出增速呢
# A label of which another fact has all the words is no less asked for
deposits deposits-total: 展商保证金当期结存和累计结存
""")


def test_clauses_that_ask_on_are_what_was_told_last() -> None:
    told = FAIR.last("绘本借了多少册次，同比降了多少", "你错了")
    assert [fact.id for fact in told.nearest] == ["loans", "loans-fall"]


@asked(FAIR)
def test_what_people_ask_of_places_goods_and_clauses_is_answered(case: Case) -> None:
    case.check()


def test_a_time_that_is_shorter_is_no_growth() -> None:
    found = ids(PARCELS.last("列出所有增速"))
    assert {"growth", "insured-growth", "equipment-growth"} < set(found)
    assert {"wait", "time"}.isdisjoint(found)


@asked(PARCELS)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
