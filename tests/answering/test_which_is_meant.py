"""Which of several facts a question means that fits them alike, by what it says beside their names."""

from tests.support.reports.told import Told, asked

QUAYS = Told("""全国 我国 2024
2024年青岛和甘孜的灯塔维修费分别超过20万元，其中青岛为31.5万元。
  both|青岛和甘孜灯塔维修费超过的数额|20万元||灯塔维修费
  qingdao|青岛灯塔维修费|31.5万元||灯塔维修费
木偶剧团5个，全年木偶剧团演出96场。
  troupes|木偶剧团数|5个
  shows|木偶剧团演出场次|96场
造纸厂电池产能50GWh。
  batteries|造纸厂电池产能|50GWh
海带单产4100公斤/公顷，海带产量12万吨。
  yield|海带单产|4100公斤/公顷
  kelp|海带产量|12万吨
渔政罚款总收入9万元，渔政罚款收入中现金8万元。
  fines|渔政罚款总收入|9万元
  cash|渔政罚款现金收入|8万元
2024年海盐产量增长6%，2023年同期海盐产量下降3%。
  salt|海盐产量同比增速|6%
  salt-before|2023年同期海盐产量降幅|3%|2023年
对一带一路沿线国家出口浮标2万台。
  buoys|对一带一路沿线国家浮标出口量|2万台
与17所大学共建浮标实验室。
  universities|共建浮标实验室的大学数|17所
  laboratories|浮标实验室数|2个
灯塔杂志“全球灯塔1,000强”榜单中，居第31位。
  list|灯塔杂志榜单位次|第31位||全球灯塔1,000强排名
宁波和大连的港口名列前三，其中宁波居第2位。
  three|港口名列前三的城市|宁波和大连
  ningbo|宁波港口排名|第2位
第一集团有风车厂4家，第二集团有风车厂6家，最大的另外3个城市是青岛、宁波和大连。
  first|第一集团的风车厂数|4家
  second|第二集团的风车厂数|6家
  cities|风车最大的另外3个城市|青岛、宁波和大连||风车最大的另外几个城市
""").asked("""\
# The one that is meant
qingdao: 青岛的灯塔维修费是多少|青岛灯塔维修费多少万元
shows: 木偶剧团全年共演出多少场
batteries: 造纸厂电池产能多大
yield: 海带单产多少公斤
kelp: 海带产量有多少吨|近几年海带产量多少|这几年产了多少吨海带
fines: 渔政罚款一共收入多少
salt-before: 2023年同期海盐产量同比下降多少
buoys: how many buoys were exported to Belt and Road countries
list: 全球灯塔1000强排名|全球灯塔1,000强排第几|1000强排名
ningbo: 宁波排名|rank of Ningbo
second: 第二集团的风车厂有多少家|第二集团风车厂数
universities: 我国与多少所大学共建浮标实验室
""")


OFFICES = Told("""临川市 2022
十年前登记站不足百个，现有登记站340个，登记站增长12%。
  before|十年前登记站数|不足百个|2012年|原来的登记站数量
  now|登记站数|340个||登记站数量
  growth|登记站增速|12%||登记站多了的比例
登记站指数由临川档案馆发布，登记人口自然增长率1.5‰，比上年下降0.3个千分点。
  publisher|登记站指数的发布者|临川档案馆
  natural|登记人口自然增长率|1.5‰
""").asked("""\
# A whole name finds its own fact however it is told
before: 原来的登记站数量|十年前登记站数
now: 登记站数量|请问登记站数量是多少
growth: 登记站多了的比例
publisher: 登记站指数是谁发布的
natural: 人口自然增速|natural population growth
""")


ISLAND = Told("""临川市 2022
临川灯塔学校始建于1931年，设在东码头。
  begun|灯塔学校始建年份|1931年
  moved|灯塔学校迁址年份|1958年|1958年
年末灯塔常住居民3200人，其中男性1700人，女性1500人。
  people|灯塔常住居民人数|3200人
  men|灯塔男性居民人数|1700人
  women|灯塔女性居民人数|1500人
  rate|灯塔居民出海率|12%
三季度末海豹存栏90头，9月海豹观赏收入增速比上月加快2个百分点。
  seals|海豹存栏|90头|2022年三季度末|seals
  faster|海豹观赏收入增速比上月加快的幅度|2个百分点|2022年9月
1—9月海豹幼崽放归收入80万元，9月当月7万元。
  nine-months|海豹幼崽放归收入|80万元|2022年1—9月
  september|9月当月海豹幼崽放归收入|7万元|2022年9月
渔民人均收入4万元，实际增长3%，名义增长5%；渔民收入中位数3.5万元。
  mean|渔民人均可支配收入|4万元
  real|渔民人均可支配收入实际增速|3%
  nominal|渔民人均可支配收入名义增速|5%
  median|渔民人均可支配收入中位数|3.5万元
与2019年同期相比，渡轮出口增长21%，进口下降8%；渡轮出口增长4%，进口下降1%。
  out-2019|渡轮出口比2019年同期增速|21%
  in-2019|渡轮进口比2019年同期降幅|8%
  out|渡轮出口增速|4%
  in|渡轮进口降幅|1%
国家级灯塔实验室7个，灯幕2003块，城乡渔民收入比2.1。
  laboratories|国家级灯塔实验室数|7个
  screens|灯幕数量|2003块
  ratio|城乡渔民收入比|2.1
海藻产量60万吨，增长2%；其中紫菜播种面积增长9%。
  algae|海藻产量|60万吨
  algae-growth|海藻产量增速|2%
  laver|紫菜播种面积增速|9%
青岛灯塔收费3万元，全国排名第9位，烟台灯塔收费居全国首位。
  fee|青岛灯塔收费|3万元
  fee-rank|青岛灯塔收费全国排名|第9位
  first-fee|烟台灯塔收费全国排名|首位
渔家320户，其中远洋渔家41户。
  families|渔家户数|320户
  ocean|远洋渔家户数|41户
""").asked("""\
# What is said beside a name tells which is meant
begun: 灯塔学校是哪年办起来的|灯塔学校哪年成立|灯塔学校创办于哪一年
seals: how many seals were there at the end of Q3|seals at the end of the third quarter
faster: 海豹观赏收入增速比8月加快了几个百分点|海豹观赏收入增速比八月份提速几个点
september: 9月 海豹幼崽放归收入|9月份海豹幼崽放归收入是多少|jiu yue hai bao you zai fang gui shou ru
nine-months: 海豹幼崽放归收入|前九个月海豹幼崽放归收入是多少
real: 刨掉物价，渔民收入涨了多少|剔除通胀后渔民收入涨了几个点
median: 渔民收入中位数是多少|median disposable income of 渔民
out-2019: 与2019年同期相比，渡轮出口增长多少|渡轮出口比2019年增长多少
out-2019 in-2019: 跟2019年同期比，渡轮出口涨多少，进口降多少
laboratories: 国家级灯塔实验室有几个
screens: how many 灯幕 are there|灯幕有多少块
algae algae-growth: 海藻产量和增速各是多少
algae-growth: 海藻产量涨得多快|海藻产量涨了两成多，具体涨了多少
fee fee-rank: 青岛灯塔收费多少，排全国第几
-: 全国灯塔实验室有几个|城镇渔民人均可支配收入是多少元
""")


SHELVES = Told("""临川市 2022
学校有阅览室31间，社区有阅览室46间，村里的流动书屋9间。
  schools|校园阅览室间数|31间
  towns|社区阅览室间数|46间
  wagons|流动书屋间数|9间
粮食总产量4.2万吨，其中夏粮产量1.1万吨，秋粮产量3.1万吨。
  grain|粮食总产量|4.2万吨
  summer|夏粮产量|1.1万吨
  autumn|秋粮产量|3.1万吨
kelp-area|海带养殖面积|3公顷
kelp|海带产量|9吨
goats|山羊存栏数|300只
goats-money|山羊养殖户收入|3万元
""").asked("""\
# A brief question that several facts answer alike is asked back
? wagons schools towns: 阅览室几间|有几间阅览室
schools: 校园阅览室几间
wagons: 流动书屋有几间
grain: 打了多少粮食
# and so is one between two measures of a thing, but not between its number and its money
? kelp kelp-area: 养了多少海带
kelp-area: 海带养了多少公顷
""")


CLINIC = Told("""临川口腔医院 本院 2022
职工45人，医院等级为三级，门诊量9万人次，牙椅床位30张。
  staff|职工人数|45人
  grade|医院等级|三级
  visits|门诊量|9万人次
  beds|床位数|30张
第三中学体检720人，第五中学体检810人，有突出贡献专家4人。
  third|第三中学体检人数|720人
  fifth|第五中学体检人数|810人
  experts|有突出贡献专家数|4人
""").asked("""\
# What is called by less than its name is known
staff: 医院一共有多少位职工
third: 三中体检了多少人|三中体检人数
fifth: 五中体检了多少人
experts: 有突出贡献专家多少人
beds: 医院有多少床位
""")


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


XIWAN = Told("""\
汐湾市 全市 2022
# 综合
unemployment|城镇调查失业率|5.1%
地区生产总值420亿元，增长6.2%，增速比全省高0.4个百分点。
  gdp|地区生产总值|420亿元
  gdp-growth|地区生产总值增速|6.2%
  gdp-ahead|地区生产总值增速高于全省的幅度|0.4个百分点
第一、二、三产业投资分别增长3.1%、4.2%和5.3%。
  first|第一产业投资增速|3.1%
  second|第二产业投资增速|4.2%
  third|第三产业投资增速|5.3%
工业增加值150亿元，其中地方工业增加值90亿元。
  industry|工业增加值|150亿元
  local|地方工业增加值|90亿元
农林水支出增长20.7%。
  water-growth|农林水支出增速|20.7%
肉类总产量9091吨，其中猪肉7905吨。
  meat|肉类总产量|9091吨
  pork|猪肉产量|7905吨
全市有健身步道378条，长1280公里。
  trails|健身步道数|378条
  trails-length|健身步道长度|1280公里
五人制足球场267个，占45.4%；沙滩足球场3个，占0.1%。
  five|五人制足球场数|267个
  five-share|五人制足球场占比|45.4%
  beach-share|沙滩足球场占比|0.1%
建成水窖2059口。
  cellars|水窖数|2059口
平均住院日8.8日，次均住院费用10315元。
  stay|平均住院日|8.8日
  cost|次均住院费用|10315元
sex-ratio|出生人口性别比|111.3
最受欢迎的车型是“Model 3”。
  model|最受欢迎的车型|“Model 3”
""").asked("""\
# points said loosely
unemployment: 调查失业率几个点
gdp-ahead: 地区生产总值增速比全省快几个点
gdp-growth: GDP涨了几个点
# a bare name may be all that a growth is called by
water-growth: 农林水支出
-: 农林水支出是多少
# ordinals that share what follows them
first second third: 一二三产投资各增长多少
second third: 第二、三产业投资增速分别是多少
# numbered questions
industry meat: 1. 工业增加值多少？2. 肉类总产量多少
cellars stay: 1、水窖数 2、平均住院日是多少
# what a report's own names say is meant
industry: 工业增加值多少
local: 地方工业增加值多少
-: 制造业增加值多少|建筑业增加值
pork: 猪肉一共产了多少吨
# units, apart and in English
trails-length: 步道 公里|how long are the fitness trails
# numbers that are figures, parts of names, or none
cellars: 2059口是什么
five five-share: 五人制足球场有几个，占比多少
-: 最受欢迎的车型卖了多少钱
# questions within words
stay: 平均住几天
-: 出生了多少人
# whose figure is asked for
-: 邻海集团GDP多少|栖澜GDP有多少|栖澜的GDP是多少
# a name that is said word for word
industry: 全市完成工业增加值多少
# points that are percent
gdp-growth: 地区生产总值涨了几个百分点
""")


KINDS = Told("""临川市 2022
有火车站3座，移动通信基站2100个，董事9人，三支一扶人员60人，转移支付40亿元。
  stations|火车站|3座
  masts|移动通信基站|2100个
  board|董事|9人
  graduates|三支一扶人员|60人
  transfers|转移支付|40亿元
内镜检查3万例，糖尿病患者4万人，盗窃案件300起，环卫车辆80辆。
  endoscopies|内镜检查|3万例
  diabetics|糖尿病患者|4万人
  thefts|盗窃案件|300起
  lorries|环卫车辆|80辆
""").asked("""\
# A kind is not answered with the wider thing, nor is another thing of the same field
-: 高铁站有几座|5G基站有多少个|董事会开了几次|西部计划有多少人|中央补助多少
-: 做胃镜的多少例|2型糖尿病多少人|入室盗窃多少起|洒水车有几辆
stations: 火车站有几座
masts: 基站有多少个
thefts: 小偷案子多少起
endoscopies: 内镜检查多少例
""")


CENSUS = Told("""延长县 Yanchang 2022
渔民1200人，比2010年增加120人，增长11.11%，灯塔看守增加额30人。
  more|渔民增加人数|120人|2022年|比2010年渔民增加人数
  rate|渔民增幅|11.11%|2022年|比2010年渔民增幅
新注册登记汽车15辆，有摩托车900辆、汽车300辆。
  new|新注册登记汽车数|15辆
  bikes|摩托车数|900辆
  cars|汽车数|300辆
对美国、欧盟出口分别为8亿元和5亿元。
  to-us|对美国出口额|8亿元
  to-eu|对欧盟出口额|5亿元
建成17个移民搬迁安置点，实际入住率60%，绳索集中度指数CR8为84.5。
  places|移民搬迁安置点数|17个||移民搬迁安置点
  occupied|安置点实际入住率|60%
  cr8|绳索集中度指数CR8|84.5
捕捞船35艘，木壳船4艘，持证渔船210艘。
  trawlers|捕捞船数|35艘
  wooden|木壳船数|4艘
  licensed|持证渔船数|210艘
南安市灯塔维修18座，南安市人口90万人。
  repaired|南安市灯塔维修数|18座
  people|南安市人口|90万人
渔业投资增长9%，高于全国2个百分点。
  growth|渔业投资增速|9%
  ahead|渔业投资增速高于全国的幅度|2个百分点
渔获合格率95%，比上年提高2个百分点，合格渔获增长8%；船员700人，培训船员的机构比2019年增加4个。
  pass|渔获合格率|95%
  pass-up|渔获合格率比上年提高幅度|2个百分点
  pass-growth|合格渔获增速|8%
  crew|船员人数|700人
  schools|船员培训机构比2019年增加数|4个
渔村生产总值占全县的12%。
  gdp-share|渔村生产总值占全县比重|12%
青岛有船坞12座，占全国的30%，大连有船坞3座，占全国的7%。
  qingdao|青岛船坞数|12座
  qingdao-share|青岛船坞占全国比重|30%
  dalian|大连船坞数|3座
  dalian-share|大连船坞占全国比重|7%
""").asked("""\
# How something changed is told in the measure that is asked for
more: 渔民比2010年增加了多少人
rate: 渔民增幅是多少|渔民比2010年增长百分之几
# What is called by a name is not told where others say more of a question
-: 新注册登记转让摩托车有多少辆
bikes: 摩托车有多少辆
# A place alone, and what is told of it beside another one
to-us: 美国|对美国出口多少
to-eu: 对欧盟出口多少
# A rate is asked for by an everyday word of several meanings
occupied: 移民搬迁安置点的实际入住率多高
# No other code is a slip of one
cr8: 绳索集中度指数CR8是多少
-: 绳索集中度指数CR4是多少
# Nothing is added up, and what is not so is not told by what is, and no difference is worked out
? trawlers wooden: 捕捞船和木壳船加起来有多少艘|捕捞船和木壳船一共多少艘|捕捞船加上木壳船有多少艘
trawlers wooden: 捕捞船和木壳船各有多少艘|捕捞船和木壳船一共各多少艘
-: 不是持证的渔船有多少艘|捕捞船比木壳船多多少艘
# What is told of another place is not told of the report's own one, nor a gap for what it is to
repaired: 南安市维修了多少座灯塔
-: 延长县维修了多少座灯塔|全国的渔业投资增速是多少
ahead: 渔业投资增速比全国高多少
# A share of all is still one of the place before
qingdao qingdao-share: 青岛有多少船坞，占全国多少
# What is told in percent changes by points, and a number of persons by persons
pass-up: 渔获合格率是多少 / 提高了多少|渔获合格率提高了多少
-: 船员人数比2019年少了多少
gdp-share: 渔村GDP占全县多少
-: 渔村GDP多少
# In English a county may be called without its kind
more: how many more fishermen are there in Yanchang than in 2010
""")


@asked(QUAYS, OFFICES, ISLAND, SHELVES, CLINIC, QUAY, XIWAN, KINDS, CENSUS)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
