"""Facts of many places and years side by side, as a nation's or a company's report has them."""

from bot.answering.answer import Outcome
from tests.support.reports.told import Told, asked, stated

LIBRARIES = Told("""\
全国 我国 2020
2020年末，全国图书馆3200家。
  all|图书馆总数|3200家||图书馆数量
2015年末为2900家。
  all-2015|2015年图书馆总数|2900家|2015年
五年增长10.3%。
  five-years|图书馆总数增幅|10.3%|2016—2020年|图书馆数量增长率
甘孜、青岛的图书馆分别为12家、31家。
  qingdao|青岛图书馆数量|31家
  ganzi|甘孜图书馆数量|12家
新增图书馆300家。
  new|新增图书馆数|300家
2019年、2020年毛利率为21%、23%。
  margin-2019|2019年书业毛利率|21%|2019年|2019年毛利率
  margin|书业毛利率|23%||毛利率
运营费用增长5%至1.2亿元，最大头的是购书费。
  cost|运营费用|1.2亿元||运营成本
  cost-growth|运营费用同比增速|5%
  top-cost|运营费用中最大头的费用|购书费
58座城市的图书馆数高于全国平均。
  cities|图书馆数高于全国平均的城市数|58座
书架7.2万块。
  shelves|书架数量|7.2万块
借阅量连续七个季度增长。
  quarters|借阅量连续增长的季度数|七个季度
借阅量同比增长4.1%，年均增长2.7%。
  loans|借阅量增速|4.1%
  loans-average|借阅量年均增速|2.7%|2016—2020年
1988书系销售3.1亿元。
  series|1988书系销售额|3.1亿元||1988书系收入
首家夜间图书馆灯下书房开放。
  founder|首家夜间图书馆的名称|灯下书房||夜间图书馆
夜间图书馆接待9万人次。
  visits|夜间图书馆接待人次|9万人次
捐赠图书和期刊52万册。
  books|捐赠图书和期刊数|52万册
订购期刊6万册。
  journals|订购期刊数|6万册
举办讲座4000余场。
  talks|讲座场数|4000余场|2015—2020年
讲座听众居前两位的是青岛、甘孜。
  top|讲座听众居前2位的城市|青岛、甘孜
收入软件产品光盘3万张，软件光盘5万张。
  software-products|软件产品光盘数|3万张
  software|软件光盘数|5万张
""").asked("""\
# The fact that is meant is stated
all: 全国图书馆总数是多少|图书馆有多少家|一共几家图书馆|截至2020年12月31日有多少家图书馆|去年图书馆总数
all-2015: 15年全国有多少家图书馆|2015 nian tu shu guan zong shu
five-years: 五年图书馆增幅是多少
talks: 近五年讲座办了多少场|过去五年有多少场讲座
-: 近三年讲座办了多少场
top: 讲座听众居前2位的是哪些城市
software-products: 软件产品光盘有多少张
software: 软件光盘有多少张
qingdao: 青岛 图书馆 数量
new: 新增了多少家图书馆
cost: 运营费用|运营成本是多少
cost-growth: 运营费用同比
ganzi: 甘孜有几家图书馆
cities: 有多少座城市图书馆数高于全国平均
shelves: 书架有多少块
quarters: 借阅量连着涨了几个季度
loans: 借阅量增长多少
loans-average: 借阅量年均增长多少
series: 1988书系卖了多少钱
founder: 哪个是首家夜间图书馆
books: 捐赠图书和期刊多少册
# Years are asked for together
margin-2019 margin: 19、20两年的毛利率分别是多少
margin-2019 margin: 2019年和2020年毛利率各多少
# What another place or time has is not stated
none: 万松集团有多少家图书馆
none: 纽约图书馆总数
none: 2018年图书馆总数
none: 图书馆总数比2010年增长多少
""")


READERS = Told("""\
临川市 我市 2020
全市读者增长4.5%，增速同比提高0.8个百分点，高于全国1.4个百分点，全国增长3.1%，增速居全省第四位。
  growth|读者增速|4.5%
  faster|读者增速同比提高幅度|0.8个百分点
  gap|读者增速高于全国的幅度|1.4个百分点
  there|全国读者增速|3.1%
  rank|读者增速全省位次|第四位
""").asked("""\
# A growth is no change of it and no gap to another place
growth: 读者增速多少|读者增长了百分之几
faster: 读者增速同比提高多少个百分点
gap: 读者增速比全国平均水平高多少|读者增速跑赢全国几个点|读者 增速 高于全国
there: 全国读者增速|全国读者增长多少
rank: 读者增速排老几
""")


ROADS = Told("""\
临川市 我市 2021
公路总里程增加16.6公里，其中农村公路增加16.1公里，县道增加3.1公里。
  roads|公路总里程增加量|16.6公里
  rural-roads|农村公路里程增加量|16.1公里
  county-roads|县道里程增加量|3.1公里
高速公路增加7公里，国家高速公路增加3公里，高速公路车道增加36公里。
  motorways|高速公路里程增加量|7公里
  national|国家高速公路里程增加量|3公里
  lanes|高速公路车道里程增加量|36公里
外贸出口额75.8亿美元，折合480亿元。
  exports-usd|以美元计的出口额|75.8亿美元
  exports|出口额|480亿元
二季度末，生猪存栏71.5万头。
  pigs|生猪存栏|71.5万头|2021年二季度末
粮食种植面积38万亩，大豆种植面积3万亩，蔬菜种植面积5万亩。
  grain-area|粮食种植面积|38万亩
  soy-area|大豆种植面积|3万亩
  greens-area|蔬菜种植面积|5万亩
小学生师比为17.2:1。
  ratio|小学生师比|17.2:1
第一产业增加值31.4亿元，两年平均增长4.0%。
  primary|第一产业增加值|31.4亿元||一产
  primary-two|第一产业增加值两年平均增速|4.0%
""").asked("""\
# What is said of all of them may mean any
roads motorways: 路增加了多少
? motorways national lanes: 高速增加了多少
pigs: how many pigs in stock at the end of the second quarter|二季度末生猪存栏多少
primary-two: 一产 两年平均|一产两年平均增长多少
primary: 一产多少
grain-area: 粮食种了多少亩
ratio: how many pupils per teacher|小学一个老师带几个学生
""")


def test_what_is_left_out_beside_its_counterpart_is_not_told_by_the_whole() -> None:
    others = Told("""\
临川市 我市 2021
居民人均可支配收入40501元，其中城镇居民48668元。
  all|居民人均可支配收入|40501元
  urban|城镇居民人均可支配收入|48668元
""")
    assert others.last("农村居民人均可支配收入多少").outcome is Outcome.NONE
    assert stated(others.last("城镇居民人均可支配收入多少")) == ["urban"]


QUAYS = Told("""\
全国 我国 2020
青岛码头8座，增长5%；甘孜码头2座。
  qingdao|青岛码头数|8座
  qingdao-growth|青岛码头数增速|5%
  ganzi|甘孜码头数|2座
""").asked("""\
# The data of one of the places are asked for
qingdao qingdao-growth: 关于青岛有哪些数字
""")


HOSPITAL = Told("""\
临川协济医院 协济医院 医院 2022
医院有床位820张，职工1450人。
  beds|床位数|820张
  staff|职工人数|1450人
""").asked("""\
# An organisation is called by the end of its name
beds: 医院有多少张床位
beds: 协济医院有多少张床位
beds: 临川协济医院床位数
beds: 咱医院床位多少
# Another one of its kind is not meant
none: 瑞康医院有多少张床位
none: 青岛医院床位多少
none: 人民医院有多少职工
""")


WORK_REPORT = Told("""\
澄湖区 我区 2026
2025年，生产总值达310亿元，增长6.2%。
  gdp|生产总值|310亿元|2025年
  gdp-growth|生产总值增速|6.2%|2025年
建成项目88个，新接船舶订单41万吨。
  projects|建成项目数|88个|2025年
  orders|全国新接船舶订单|41万吨|2025年
2026年，生产总值目标增长6%。
  target|生产总值增长目标|6%|2026年
""").asked("""\
# Last year is the one that a work report tells of
gdp: 去年生产总值是多少
gdp: 2025年生产总值是多少
gdp: 生产总值多少
# What it does not tell of is refused
-: 前年生产总值是多少
-: 今年生产总值是多少
-: 韩国新接船舶订单是多少
""")


HOME = Told("""\
石桥市 全市 2031
kilns|陶窑数|12座
""").asked("""\
# Home is the report's own place
kilns: 老家有多少陶窑|我家乡陶窑有多少座
""")


YEARS = Told(
    """\
雁港镇 全镇 2022
全镇船员200人，比上年增长1.5%，平均年龄42.5岁。
  crew-22|船员人数|200人
  growth-22|船员人数增速|1.5%
  age-22|船员平均年龄|42.5岁
货轮船员90人，渔轮船员110人，新建灯塔3座。
  cargo-22|货轮船员人数|90人
  fishing-22|渔轮船员人数|110人
  towers-22|新建灯塔数|3座
""",
    """\
雁港镇 全镇 2023
全镇船员190人，比上年下降5.0%，平均年龄43.1岁。
  crew-23|船员人数|190人
  growth-23|船员人数增速|-5.0%
  age-23|船员平均年龄|43.1岁
货轮船员80人，渔轮船员110人。
  cargo-23|货轮船员人数|80人
  fishing-23|渔轮船员人数|110人
""",
).asked("""\
# The newest is meant where no year is named
crew-23: 船员人数|全镇一共多少船员|今年船员有多少|2023年船员人数
# What says no more than a label may mean the few that are of a kind of it as well
crew-23 cargo-23 fishing-23: 船员有多少人
crew-22: 2022年船员人数|22年船员有多少人
age-23: 船员平均年龄多大|平均年龄
cargo-23: 货轮船员有多少
towers-22: 新建灯塔多少座|2022年新建了几座灯塔
# A follow up asks for another year
age-22: 2023年船员平均年龄多大 / 那前一年呢
crew-22: 2023年船员人数 / 前一年同期呢
cargo-23: 2022年货轮船员有多少 / 2023年呢
fishing-22: 2022年货轮船员有多少 / 那渔轮的呢
# The years are told and compared
age-22 age-23: 历年船员平均年龄
crew-22 crew-23: 2022年和2023年船员人数各是多少
age-23: 哪年船员平均年龄最大
age-23: 哪一年的船员平均年龄更大，2022年还是2023年
# What neither year tells is refused
none: 2021年船员有多少人
none: 2023年新建灯塔多少座
""")


OVER = Told("""\
澄湖市 全市 2031
学校产茶2.3万公斤，比上年增长6.5%，相当于2028年的1.8倍。
  tea|茶叶产量|2.3万公斤
  tea-growth|茶叶产量增速|6.5%
  tea-multiple|茶叶产量与2028年之比|1.8倍
种植、加工、零售结构为14∶45∶41。
  structure|茶业结构|14∶45∶41
茶床合计38.6万张，茶社床位21.4万张，上半年新铺茶床2万张。
  beds|茶床合计|38.6万张
  club-beds|茶社茶床数|21.4万张
  new-beds|新铺茶床数|2万张|2031年上半年
茶道通车里程618公里，新增28公里。
  paths|茶道通车里程|618公里||茶道总长度
  new-paths|茶道新增里程|28公里||新增茶道,茶道里程增加量
年末各项茶贷余额311亿元，各项茶款余额468亿元。
  loans|各项茶贷余额|311亿元
  deposits|各项茶款余额|468亿元
注册茶护士1942人，茶补标准每月768元，茶补对象18万人。
  nurses|注册护士数|1942人
  allowance|茶补平均标准|768元
  receivers|茶补对象人数|18万人
碳排放管理单位36家，单位地区生产总值二氧化碳排放下降4.2%，细颗粒物年均浓度33微克/立方米。
  carbon|单位地区生产总值二氧化碳排放降幅|4.2%|||Fall of carbon dioxide emissions per unit of GDP
  dust|细颗粒物年均浓度|33微克/立方米|||Annual mean concentration of fine particles
茶馆利润9.8亿元，下降3.4%，会员率58.9%。
  profit|茶馆利润|9.8亿元
  profit-fall|茶馆利润降幅|3.4%
  members|茶馆会员率|58.9%
环境罚款2964万元。
  fines|环境罚款额|2964万元
茶船客运量5亿人次，相当于2019年的78.4%；茶轿客运量与上年持平。
  boats|茶船客运量|5亿人次
  boats-2019|茶船客运量相当于2019年的比例|78.4%
  chairs|茶轿客运量同比变化|与上年持平
茶坊游客7万人次，恢复到2019年同期的108%，税收占预算收入的74%，茶坊完成投资2亿元，占年度计划的82%。
  guests|茶坊游客人次|7万人次
  guests-2019|茶坊游客人次恢复到2019年同期的比例|108%
  tax|税收占茶坊预算收入的比重|74%
  budget|税收收入|3亿元
  plan|茶坊完成投资占年度计划的比重|82%
男性茶农230人，女性茶农240人。
  men|男性茶农人数|230人
  women|女性茶农人数|240人
海盐产量5吨（折1万斤），上半年2吨。
  salt|海盐产量|5吨
  salt-jin|海盐产量折合斤数|1万斤
  salt-half|海盐产量|2吨|2031年上半年
来信上半年2617件，下半年2209件。
  letters-1|来信数|2617件|2031年上半年
  letters-2|来信数|2209件|2031年下半年
""").asked("""\
# A report on a year that was over tells it as the last one, though some of it was told until June
tea: 去年茶叶产量多少
tea-growth: 茶叶产量比前年多了百分之几|去年茶叶产量增长了多少
tea-multiple: 茶叶产量是2028年的几倍|茶叶产量现在是28年的几倍来着
# What a name says in full, and what it says of the new ones
structure: 茶业结构 比例
beds: 茶床多少张
paths: 茶道里程多少公里|茶道里程是多少
new-paths: 茶道里程增加了多少公里
loans: 年末各项茶贷余额是多少
# What only leads up to a question, and what a word says of the kind of figure
profit-fall: 茶馆利润是不是少了，少了百分之几
nurses: 注册护士多少人
allowance: 茶补一个月能拿多少
dust: what was the annual average concentration of fine particles
-: 碳排放量比上年下降了百分之几
salt-jin: 去年一共产了多少万斤海盐
salt-half: 头半年海盐产量多少吨
# What is set beside the years before a pandemic, and two periods side by side
boats-2019: 茶船客运量恢复到疫情前的几成了|茶船客运量恢复到2019年的几成
no boats-2019: 茶船客运量超过疫情前的水平了吧|茶船客运量已经超过2019年的水平了吧
guests-2019: 茶坊游客恢复到2019年的百分之几|茶坊游客多少 / 是2019年的百分之多少
letters-1 letters-2: 来信上半年下半年各多少件
men women: 男的女的茶农分别有多少人
# A plan for a year is told at any time of it, and a share of what it is a part of
plan: 茶坊完成投资占全年计划多少
tax: 税收 占比
# Places that no gazetteer has, and one that is none
-: 石桥县罚款多少万元|青山县环境罚款多少
no members: 茶馆会员率连五成都不到吧
no profit-fall: 茶馆利润是不是涨了，应该比上年多吧
""")


@asked(LIBRARIES, READERS, ROADS, QUAYS, HOSPITAL, WORK_REPORT, HOME, YEARS, OVER)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
