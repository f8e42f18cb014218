"""Lists on a topic and of places, and claims of what comes first and of when something was."""

from tests.support.reports.told import Case, Told, asked

YEARBOOK = Told("""\
远洋年鉴 远洋协会 2022
全国共有灯塔420座，登塔人次36万。
  towers|灯塔数|420座
  climbers|登塔人次|36万
进港货物8亿吨，增长3%。
  inbound|进港货物|8亿吨
  inbound-growth|进港货物增速|3%
其中，进港木材2亿吨。
  timber|进港木材|2亿吨
游艇俱乐部9家，会员2万人。
  clubs|游艇俱乐部数|9家
  members|游艇俱乐部会员|2万人
按来处分，游客会员0.5万人，帆板4块。
  guests|游客会员|0.5万人
  boards|帆板数|4块
游艇俱乐部会费3亿元。
  fees|游艇俱乐部会费|3亿元
青岛造船量90艘，增长5%。
  qingdao|青岛造船量|90艘
  qingdao-growth|青岛造船量增速|5%
大连造船量70艘，增长8%；上海造船量60艘，增长2%。
  dalian|大连造船量|70艘
  dalian-growth|大连造船量增速|8%
  shanghai|上海造船量|60艘
  shanghai-growth|上海造船量增速|2%
国家潜水学校1986年设立，1994年改称潜水学院。
  founded|潜水学校设立年份|1986年
  renamed|改称潜水学院的年份|1994年
潜水员3000人；潜水服产量5万件，增长9%，出口1万件。
  divers|潜水员人数|3000人
  suits|潜水服产量|5万件
  suits-growth|潜水服产量增速|9%
  suits-export|潜水服出口量|1万件
""").asked("""\
# A list is of what the report tells of a topic or by place
# what else is told where most is on it, or what the sentence begins with
towers climbers: 灯塔方面有哪些数据
inbound inbound-growth timber: 进港货物有哪几个数
# what is told like it between two sentences on it
clubs members guests fees: 游艇俱乐部有哪些数字
# figures by the places that their labels name
qingdao dalian shanghai: 各城市的造船量是多少
dalian-growth: 哪个城市造船量增长最快
qingdao-growth dalian-growth: 哪些城市的造船量增速超过4%
# Claims of what is first and of when it was
# what is said to be the first of all that is called so
yes qingdao: 青岛的造船量最多吧
no shanghai-growth dalian-growth: 上海造船量增长最快吧
# when something was
yes founded: 潜水学校是1986年设立的吧
no founded: 潜水学校是1980年以前设立的吧
yes renamed: 潜水学院是1990年以后改称的吧
""")


# A harbour, whose sections and sentences tell of several things.
HARBOUR = Told("""\
帆港公报 帆港办公室 2022
# 吊箱数、栈桥数猛增
缆车吊箱50个。
  cabins|缆车吊箱数|50个
栈桥支架80个。
    pylons|栈桥支架数|80个
# 港务
引水量6亿吨，增长4%，引水里程90公里，增长2%；拖船30艘，增长7%，拖船里程40公里，增长6%。
  pilots|引水量|6亿吨
  pilots-growth|引水量增速|4%
  pilots-km|引水里程|90公里
  pilots-km-growth|引水里程增速|2%
  tugs|拖船数|30艘
  tugs-growth|拖船数增速|7%
  tugs-km|拖船里程|40公里
  tugs-km-growth|拖船里程增速|6%
推进潜水教学“三进”活动，组织潜水表演12次，走访会所7家，签下潜水教学项目9个，兴建码头5座，购得绳索30吨。
  shows|潜水教学表演次数|12次
  clubs|走访会所数|7家
  deals|签下潜水教学项目数|9个
  piers|兴建码头数|5座
  ropes|购得绳索重量|30吨
帆船产值总额80亿元，增长9%，其中船帆15亿元、桅杆20亿元、绳缆45亿元。
  total|帆船产值总额|80亿元
  total-growth|帆船产值总额增速|9%
  sails|船帆产值|15亿元
  masts|桅杆产值|20亿元
  cables|绳缆产值|45亿元
溺水率2‰，晕船率5‰。
  drowned|溺水率|2‰
  seasick|晕船率|5‰
水手600人，增长3%，占比40%，见习水手70人，增长1%，占比5%。
  sailors|水手人数|600人
  sailors-growth|水手人数增速|3%
  sailors-share|水手占比|40%
  helms|见习水手人数|70人
  helms-growth|见习水手人数增速|1%
  helms-share|见习水手占比|5%
渔民收入9万元，增长6%。
  income|渔民人均收入|9万元
  income-growth|渔民人均收入增速|6%
东港、西港、南港吞吐量各为4亿吨、5亿吨、6亿吨。
  east|东港吞吐量|4亿吨
  west|西港吞吐量|5亿吨
  south|南港吞吐量|6亿吨
三家吞吐量合计15亿吨，工资合计2亿元。
  ports|三家吞吐量合计|15亿吨
  wages|三家工资合计|2亿元
使用率提高的救生器材是浮标。
  device|使用率提高的救生器材|浮标
浮标的使用率70%，绳圈的使用率20%。
  buoys|浮标使用率|70%
  rings|绳圈使用率|20%
海岛景区5个，星级饭店2家。
  sights|海岛景区数|5个
  hotels|星级饭店数|2家
缆桩贡献率50%；铁船占全市的56%，渔网占全市的84%，浮标占全市的7%。
  rate|缆桩贡献率|50%
  iron|铁船占全市比重|56%
  nets|渔网占全市比重|84%
  floats|浮标占全市比重|7%
""").asked("""\
# A list is of one thing of several that are told
# all that a sentence goes on to tell of what it begins with
shows clubs deals piers ropes: 潜水教学方面有哪些数据
# and of a section on two things what is told of one of them
pylons: 栈桥有哪些数据
# parts that are counted, however many parts there may be
sails masts cables: 帆船产值的三个部分各是多少
# a total among the others where all are compared
total-growth: 哪项指标增长最快
drowned seasick: 列出所有用千分数（‰）表示的数据
sailors helms: 人数方面的数据有哪些
# all on what has a unit of its own
income income-growth: 渔民收入有哪些数据
# numbers rather than a name that says more of the words
rings: 哪种救生器材的使用率最低
buoys rings: 救生器材的使用率都有哪些
# within a bound, which quotes no figure
iron nets: 占全市一半以上的有哪些
# what the figures of a field are about, however it is called; in whatever words
sights hotels: 旅游方面有哪些数据|和旅游有关的数据
# as many as are said, and not what they are together
east west south: 三家的吞吐量各是多少
""")


VALLEY = Told("""\
云南文旅 云南 2022
丽江市接待游客50万人次，旅游收入4亿元。
  city|丽江市接待游客|50万人次
  city-income|丽江市旅游收入|4亿元
丽江古城1997年修缮，接待游客9万人次，增长3%。
  town-year|丽江古城修缮年份|1997年
  town|丽江古城接待游客|9万人次
  town-growth|丽江古城接待游客增速|3%
喜洲古镇接待游客7万人次，玉湖村接待游客2万人次。
  ancient|喜洲古镇接待游客|7万人次
  village|玉湖村接待游客|2万人次
大理市有客栈90家，一级占30%，二级占70%。
  inns|大理市客栈数|90家
  first|一级客栈占比|30%
  second|二级客栈占比|70%
年末有养老机构24家，民营养老机构9家。
  homes|养老机构数|24家
  private-homes|民营养老机构数|9家
敬老院改造投入60万元，入住率90%。
  renewal|敬老院改造投入|60万元
  taken|敬老院入住率|90%
""").asked("""\
town-year town town-growth: 丽江古城的全部数据
# What is called otherwise is among it
homes private-homes renewal taken: 和敬老院有关的数据
# one of each that is named, whatever is done there
town ancient village: 丽江古城、喜洲古镇、玉湖村各接待多少游客
""")


SHELTERS = Told("""\
松河县志 县里 2022
基层站点收容270只，占90%；中级站点收容20只，占7%；高级站点收容9只，占3%。
  base|基层站点收容数|270只
  base-share|基层站点收容占比|90%
  middle|中级站点收容数|20只
  middle-share|中级站点收容占比|7%
  high|高级站点收容数|9只
  high-share|高级站点收容占比|3%
进出口总值53亿元，增长9%，其中出口11亿元，增长2%；进口42亿元，增长7%。
  trade|进出口总值|53亿元
  trade-growth|进出口总值增速|9%
  exports|出口值|11亿元
  exports-growth|出口增速|2%
  imports|进口值|42亿元
  imports-growth|进口增速|7%
对邻县进出口8亿元。
  near|对邻县进出口值|8亿元
城镇居民人均可支配收入29880元，农村居民人均可支配收入14186元。
  urban|城镇居民人均可支配收入|29880元
  rural|农村居民人均可支配收入|14186元
县志馆建于1941年，馆藏2019年9册、2020年12册。
  hall|县志馆建成年份|1941年
  books|2019年县志馆藏书|9册|2019年
  more-books|2020年县志馆藏书|12册|2020年
""").asked("""\
# Of so many levels, by what these are called
# Parts behind what is told of the whole
trade trade-growth exports exports-growth imports imports-growth near: 和进出口有关的数据都列一下
# two that one word says
urban rural: 城乡居民收入的数据都有哪些
# one year is no list of them
hall: 县志馆是哪一年的
""")


SECTIONS = Told("""\
苇河市 全市 2021
# 一、工业生产
造纸业产值增长7.1%，酿酒业产值下降3.3%，砖瓦产量下降9.0%。
  paper|造纸业产值增速|7.1%
  wine|酿酒业产值降幅|3.3%
  bricks|砖瓦产量降幅|9.0%
# 二、外贸和外资
出口额12亿元，增长4.0%；实际使用外资2亿元，下降6.2%。
  exports|出口额|12亿元
  exports-growth|出口额增速|4.0%
  capital|实际使用外资|2亿元
  capital-fall|实际使用外资降幅|6.2%
# 三、旅游业
接待游客300万人次，集市之夜被评为年度活动，票价25元，占开支的54.0%，入住率61%。
  guests|接待游客人次|300万人次
  night|年度活动|集市之夜
  ticket|票价|25元
  spent|票价占开支的比重|54.0%
  rooms|入住率|61%
渡口年过客120万人次，货运量15万吨，集装箱吞吐量3万标准箱，粮食吞吐量8万吨。
  ferry|渡口过客人次|120万人次
  freight|渡口货运量|15万吨
  boxes|渡口集装箱吞吐量|3万标准箱
  grain|渡口粮食吞吐量|8万吨
合作社增加41个，渡口增加2个，凉亭座椅增加7张，岗位增加9人；租金持平。
  coops|合作社比上年增加数|41个
  ferries|渡口比上年增加数|2个
  benches|凉亭座椅比上年增加数|7张
  posts|岗位比上年增加数|9人
  rent|租金比上年的变化|持平
# 四、红白喜事
办喜宴52场。全年办丧宴31场，每场22桌。
  weddings|喜宴场数|52场
  funerals|丧宴场数|31场
  tables|每场丧宴桌数|22桌
""").asked("""\
# What a section tells
wine bricks: 工业那部分，哪些下降了|工业生产这一节里有哪些下降|工业生产哪几样下降了
# with all numbers that are in a section whose title says little else
guests ticket spent rooms ferry freight boxes grain coops ferries benches posts: 旅游方面有哪些数据
# and what is said behind the question is in the list
wine bricks capital-fall rent: 比上年下降或者持平的有哪些，租金也要
# two fields side by side
exports exports-growth capital capital-fall: 和外贸外资有关的数据
weddings funerals tables: 和喜宴丧宴有关的数字
# Shares are no other rates
spent: 占比过半的有哪些
# What is counted by 个 is neither persons nor benches, and what is told in several units is of one kind
coops ferries: 哪些增加了，各增加了多少个
boxes grain: 各项吞吐量分别是多少
# Units that are named
guests: 哪些人次超过了200万
# 降幅 is of what fell, also by its place in an order, and beside 增速 one of both
bricks capital-fall: 降幅排前两位的分别是
bricks capital-fall wine: 跌得最狠的三个降幅是哪些
paper wine bricks exports-growth capital-fall: 增速和降幅都列一下
""")


PARTS = Told("""\
芦河县 全县 2023
粮食种植面积316亩，粮食产量128吨，增长2%。
  fields|粮食种植面积|316亩
  grain|粮食产量|128吨
  grain-growth|粮食产量增速|2%
其中，夏粮产量31吨，下降3%；秋粮产量97吨，增长4%。
  summer|夏粮产量|31吨
  summer-fall|夏粮产量降幅|3%
  autumn|秋粮产量|97吨
  autumn-growth|秋粮产量增速|4%
全年居民消费价格上涨1%，其中食品价格上涨2%，交通价格下降3%，居住价格与上年持平。
  prices|居民消费价格涨幅|1%
  food|食品价格涨幅|2%
  transport|交通价格降幅|3%
  housing|居住价格与上年相比的变化|持平
以4%的土地贡献了全省18%的产值，产值增速居第5位，比上年上升2位。
  land|土地占全省的比重|4%
  share|产值占全省的比重|18%
  rank|产值增速全县位次|第5位
  rank-up|产值增速全县位次上升|2位
从文化程度看，初中占55%，高中占17%，没有上过学的占1%。
  middle|初中文化程度农民占比|55%
  high|高中文化程度农民占比|17%
  none|未上过学的农民占比|1%
分年龄段看，40岁及以下占47%，41岁至50岁占24%，50岁以上占29%。
  young|40岁及以下农民占比|47%
  between|41岁至50岁农民占比|24%
  old|50岁以上农民占比|29%
""").asked("""\
# A thing with its kinds where the next sentence tells them
fields grain grain-growth summer summer-fall autumn autumn-growth: 列出粮食方面的全部数据
# A share that something contributes is one of the shares
land share: 哪些占比是占全省的
# People are of an age who are called so, and not who are told behind
young between old: 各年龄段所占的比重报一下
# How much a rank has risen is no change of what is ranked
-: 产值比上年上升了多少
""")


FISHERY = Told("""\
渔政通报 渔政局 2022
非法捕捞案件数居各类案件首位，比上年下降8%；海上救助案件减少3%。
  rank|非法捕捞案件排名|首位
  fall|非法捕捞案件降幅|8%
  rescue|海上救助案件降幅|3%
""").asked("""\
# A fall is told by its own name, not by a rank's
fall rescue: 哪些下降了
fall: 非法捕捞案件下降了多少
fall: 非法捕捞降了多少
fall rescue: 列出案件的降幅
""")


@asked(YEARBOOK, HARBOUR, VALLEY, SHELTERS, SECTIONS, PARTS, FISHERY)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
