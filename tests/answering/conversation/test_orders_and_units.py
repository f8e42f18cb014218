"""Lists in the unit that is asked for, and places in an order, however people say these."""

from tests.support.reports.told import Case, Told, asked

ISLE = Told("""\
竹屿县 县里 2031
全县产值96亿元，上半年产值40亿元，渔业产值62亿元，人均产值7.2万元。
  value|全县产值|96亿元
  half|上半年全县产值|40亿元|2031年上半年
  fishing|渔业产值|62亿元
  per-head|人均产值|7.2万元
零售额增长8%，其中鞋类零售额增长5%，灯具零售额增长7%；餐饮收入增长6%。
  retail|零售额增速|8%
  shoes|鞋类零售额增速|5%
  lamps|灯具零售额增速|7%
  catering|餐饮收入增速|6%
海带1.2万吨，对虾9千吨，紫菜3.5万吨。
  kelp|海带产量|1.2万吨
  prawns|对虾产量|9千吨
  laver|紫菜产量|3.5万吨
渔业与农业产值之比为6∶4，旅行社12家，客栈30家，票价25元，门票80元。
  ratio|渔业与农业产值之比|6∶4
  agencies|旅行社数|12家
  inns|客栈数|30家
  fare|船票价格|25元
  ticket|门票价格|80元
""").asked("""\
# A place in an order may be said by a verb or in one word
kelp: 海带、对虾、紫菜产量排第二的是哪个
# A unit may stand right before what it measures, and a count before that; of all amounts a whole is one, too
laver kelp: 产量按万吨排，前两名是哪些
# The unit in which figures are told may be quoted
agencies inns: 论“家”数的都有哪些
value half fishing: 超过10亿元的数据有哪些
""")

STRAIT = Told("""\
云岬市 海关 2030
# 一、贸易伙伴
今年，云岬对东洲贸易3亿元，增长7%；对西洲贸易2亿元，增长4%。
  east|对东洲贸易额|3亿元
  east-growth|对东洲贸易额增速|7%
  west|对西洲贸易额|2亿元
  west-growth|对西洲贸易额增速|4%
对南洲、北洲贸易分别为5亿元和4亿元，分别增长9%和1%。
  south|对南洲贸易额|5亿元
  north|对北洲贸易额|4亿元
  south-growth|对南洲贸易额增速|9%
  north-growth|对北洲贸易额增速|1%
对这四个市场的贸易占全市的八成。
  four|四大市场合计占比|八成
对沿线国家贸易9亿元，增长0.5%。
  along|对沿线国家贸易额|9亿元
  along-growth|对沿线国家贸易额增速|0.5%
# 二、自然保护
全市共有湿地60处，增长2%，滩涂面积9公顷。
  wetlands|湿地数|60处
  wetlands-growth|湿地数增速|2%|-
  flats|滩涂面积|9公顷
# 三、性别构成
村里男孩30人，占60%；女孩20人，占40%。性别比150，2010年120。
  boys|男孩人数|30人
  boys-share|男孩占比|60%
  girls|女孩人数|20人
  girls-share|女孩占比|40%
  ratio|性别比|150
  ratio-2010|2010年性别比|120|2010年
# 四、价格
消费价格总水平上涨3%，工业品出厂价格上涨2%，药品价格下降1%。
  cpi|居民消费价格涨幅|3%|2030年
  ppi|工业品出厂价格涨幅|2%|2030年
  drugs|药品价格降幅|1%
""").asked("""\
# All that a sentence tells is on what it begins with, if it is no other of the kind
wetlands wetlands-growth flats: 和湿地有关的数据
# A figure without a year is of the report's own
wetlands-growth cpi ppi: 2030年1.5%到3.5%之间的增速有哪些
""")

MILLS = Told("""\
松湾市 市里 2030
# 一、纺织生产
全市纺织业产值24亿元，棉纱产值9亿元，棉布产值12亿元，漂染产值3亿元。
  textiles|纺织业产值|24亿元
  yarn|棉纱产值|9亿元
  cloth|棉布产值|12亿元
  dyeing|漂染产值|3亿元
# 二、邮政
寄送业务量900万件，信函业务量20万件，包裹业务量30万件；全年快送业务量700万件，2029年600万件。
  sent|寄送业务量|900万件
  letters|信函业务量|20万件
  parcels|包裹业务量|30万件
  express|快送业务量|700万件|2030年
  express-2029|2029年快送业务量|600万件|2029年
""").asked("""\
# What the title of a section says is said of all in it
textiles yarn cloth: 纺织产值里超过5亿元的有哪些
# Within bounds are all that are called so, not only those that are told side by side
sent express express-2029: 哪些业务量超过100万件
""")

PURSE = Told("""\
柳城财政 柳城 2030
市级支出90亿元，增长4%，比上年增支3亿元。
  spent|市级支出|90亿元
  spent-growth|市级支出增速|4%
  spent-more|市级支出增支额|3亿元
区级支出60亿元，下降2%。
  districts|区级支出|60亿元
  districts-fall|区级支出降幅|2%
车船税8亿元，增长5%。
  ships|车船税|8亿元
  ships-growth|车船税增速|5%
印花税2亿元，下降7%；烟叶税3亿元，下降1%。
  stamps|印花税|2亿元
  stamps-fall|印花税降幅|7%
  leaves|烟叶税|3亿元
  leaves-fall|烟叶税降幅|1%
非税收入占比为21%，下降1.5个百分点；收缴率提高2个百分点。
  others|非税收入占比|21%
  others-fall|非税收入占比下降幅度|1.5个百分点
  rate-rise|收缴率提高幅度|2个百分点
罚没收入1亿元，增长1.2倍；捐赠收入4亿元，增长60%。
  fines|罚没收入|1亿元
  fines-growth|罚没收入增速|1.2倍
  gifts|捐赠收入|4亿元
  gifts-growth|捐赠收入增速|60%
""").asked("""\
# A growth by 1.2 times is one of 120%
fines-growth: 罚没收入和捐赠收入哪个增长得快
# Things of a sort are called so without it, in whichever sentence they are told
ships: 哪个税种最多
# What is told in percentage points may be the fall of a share
others-fall rate-rise: 以百分点计的变化有哪些
# A word for how far something fell leaves its way as it is
stamps-fall: 降得最多（幅度最大）的税种是哪个
# All data are no single ones of each
spent spent-growth spent-more: 市级的各项数据列出来
# An increase in an amount is called so in finance
spent-more: 市级支出的增支额
# How many 亿 is asked of an amount, though a rate has been told
stamps: 印花税下降多少 / 那收了多少亿呢
spent-more: 市级支出增长多少 / 那增支了多少亿
""")


LAKES = Told("""\
云岬 全省 2031
# 一、空气
全省PM2.5年均浓度31微克/立方米，PM10年均浓度52微克/立方米，二氧化硫年均浓度6微克/立方米。
  pm25|PM2.5年均浓度|31微克/立方米
  pm10|PM10年均浓度|52微克/立方米
  sulphur|二氧化硫年均浓度|6微克/立方米
各市晴天比率为75%至96%，晴天比率最高的是东岬市，最低的是西屿市，PM2.5浓度最高的西屿市为43微克/立方米。
  sunny-most|各市晴天比率的最高值|96%
  sunny-least|各市晴天比率的最低值|75%
  sunniest|晴天比率最高的城市|东岬市
  dullest|晴天比率最低的城市|西屿市
  worst|PM2.5浓度最高的城市|西屿市
# 二、湖泊
绿湖总磷平均浓度0.06毫克/升，主要超标指标为总氮。
  phosphorus|绿湖总磷平均浓度|0.06毫克/升
  nitrogen|绿湖主要超标指标|总氮
救助渔民平均支出900元，救助渔民700人次。
  help|救助渔民平均水平|900元
书屋外借册次36.2万。
  loans|书屋外借册次|36.2万
# 三、工业
分行业看，采盐业出厂价格下降9%，造船业出厂价格上涨3%，制糖业出厂价格下降4%。
  salt-price|采盐业出厂价格降幅|9%
  ship-price|造船业出厂价格涨幅|3%
  sugar-price|制糖业出厂价格降幅|4%
水泥厂利润下降7%；造纸业利润下降5%。
  paper|造纸业利润降幅|5%
糖产量30万吨，盐产量20万吨，下降2%；海带产量9万吨，纸产量8万吨，下降6%，渔业产量增长1%。
  salt|盐产量降幅|2%
  pulp|纸产量降幅|6%
  fish|渔业产量增速|1%
# 四、床位
养护床位40张，增长3%，医护床位30张，医护床位占比20%。
  care|养护床位数|40张
  care-growth|养护床位增速|3%
  nurse|医护床位数|30张
  nurse-share|医护床位占比|20%
教育和文体事业费5亿元，人均教育和文体事业费80元。
  fees|教育和文体事业费|5亿元
  fees-each|人均教育和文体事业费|80元
""").asked("""\
# A concentration is asked for in the unit that it is written in
pm25: PM2.5年均浓度是多少微克每立方米
phosphorus: 绿湖总磷平均浓度为多少毫克每升
pm25 pm10 sulphur: PM2.5、PM10、二氧化硫这仨浓度各多少
# A label is called so with 的 as well, and 指标 in it asks for no data
nitrogen: 绿湖的主要超标指标是什么
# Of places the first one is named where the report names it
dullest: 各市中晴天比率最低的是哪个城市
no worst: PM2.5最高的城市是东岬市吗
# What counts loans is no money
-: 书屋一年买书花了多少钱
# Industries of which something else fell are not meant
salt-price sugar-price: 哪些行业的出厂价格下降了|哪些行业的出厂价格在跌
salt pulp: 哪些产品的产量下降了，各降多少
# What joins within a name joins no two things
fees fees-each: 教育和文体事业费方面有哪些数字
fees fees-each: 教育和文体事业费的几个数都说一下
""")


@asked(ISLE, STRAIT, MILLS, PURSE, LAKES)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
