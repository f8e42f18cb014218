"""What a report does not say is refused, however much of a question it explains."""

import pytest

from bot.answering.answer import Outcome
from tests.support.reports.told import Told, asked

FISHING = Told("""\
望潮村 渔村 全村 2021
全村人口3000人，渔民480人，其中女渔民90人。
  people|全村人口|3000人
  fishers|渔民人数|480人
  women|女渔民人数|90人
渔船和渔网制造业产值8000万元，增长6%。
  boats|渔船和渔网制造业产值|8000万元
  boats-growth|渔船和渔网制造业产值增速|6%
带鱼产量700吨，增长5%；对虾产量300吨，增长9%。
  ribbon|带鱼产量|700吨
  ribbon-growth|带鱼产量增速|5%
  prawn|对虾产量|300吨
  prawn-growth|对虾产量增速|9%
""").asked("""\
# What a name joins is not asked for in parts
-: 渔船和渔网制造业产值的预算是多少
-: 线上渔船和渔网制造业产值是多少
# What the report tells of a part is told
women: 女渔民有多少人
boats boats-growth: 渔船和渔网制造业产值和增速各是多少
ribbon prawn: 带鱼产量和对虾产量是多少
# the kind of thing that is listed need not be said of any
prawn-growth: 哪种海产的产量增长最快
prawn-growth: 产量增长最快的海产
# A follow up may call a thing by one character of its name
prawn: 带鱼产量是多少 / 虾呢
-: 渔船和渔网制造业产值多少 / 网呢
""")


@pytest.mark.parametrize("other", ["外籍", "残疾", "退休", "夜间", "预计的", "少数民族"])
@pytest.mark.parametrize(
    "question",
    "全村一共多少口人|带鱼打了多少吨|带鱼产量有700吨吧|哪种产量增长最快|列出所有产量|对虾产量涨了百分之几".split("|"),
)
def test_figures_of_a_whole_are_told_of_no_part_that_the_report_does_not_tell(question, other) -> None:
    assert FISHING.last(question).outcome is Outcome.ANSWER
    assert FISHING.last(other + question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    "other", ["华为", "拼多多", "海底捞", "南开大学", "生椰拿铁", "疫情期间", "解放前", "上世纪80年代", "90后"]
)
@pytest.mark.parametrize("question", ["带鱼产量是多少", "渔民人数有多少", "对虾产量涨了百分之几"])
def test_nothing_is_told_of_a_name_or_a_time_that_no_fact_says(question, other) -> None:
    assert FISHING.last(question).outcome is Outcome.ANSWER
    assert FISHING.last(other + question).outcome is not Outcome.ANSWER
    assert FISHING.last(f"{other}的{question}").outcome is not Outcome.ANSWER


FERRIES = Told("""\
兰屿 全岛 2023
全年在西青码头运送旅客8万人次，在西青码头运送煤炭3万吨，上年运送旅客6万人次。
  passengers|西青码头运送旅客人次|8万人次|||Passengers carried at the quay
  coal|西青码头运送煤炭量|3万吨|||Coal carried at the quay
  before|2022年西青码头运送旅客人次|6万人次|2022年||Passengers carried at the quay in 2022
3月份以来日均装船17艘。
  ships|3月日均装船数|17艘|2023年3月||Ships loaded a day in March
渔业增加值721万元，占生产总值的比重为47.6%，占比提高2个百分点；盐业增加值90万元，占生产总值的比重为6%。
  fishing|渔业增加值|721万元||渔业产出
  fishing-share|渔业占生产总值的比重|47.6%
  fishing-rise|渔业占比提高幅度|2个百分点
  salt|盐业增加值|90万元||盐业产出
  salt-share|盐业占生产总值的比重|6%
轮船公司预计利润总额30万元，同比增加13万元；帆船公司预计利润总额20万元，同比增加5万元。
  liners|轮船公司预计利润总额|30万元
  liners-more|轮船公司预计利润总额同比增加额|13万元
  sails|帆船公司预计利润总额|20万元
  sails-more|帆船公司预计利润总额同比增加额|5万元
""").asked("""\
passengers: How many passengers were carried at Xiqing quay?
before: 上一年西青码头运送旅客多少人次|上年西青码头运送旅客多少人次
ships: 3月份以来日均装船多少艘
# What a share is of goes without saying
fishing-share: 渔业增加值占多大比重|渔业增加值多少 / 占比呢
salt-share: 盐业增加值多少 / 占多大比重
# How something is asks for all that is told of it, and not for the one change that is called by no more
? fishing-rise fishing fishing-share: 渔业怎么样
# The very words of a label are meant, rather than what is called so in other ones
liners: 轮船公司预计获利多少
sails-more: 帆船公司预计利润多少 / 比去年多了多少万
coal: 西青码头运送旅客多少人次 / 煤炭呢
# A name with a capital that no fact says
-: How many passengers were carried at the quay by Boeing?
-: How many passengers did Maersk carry?|How many did Apple carry?
""")

CLINICS = Told("""\
泉州 2022
全市有三级医院12家，女性预期寿命82.1岁，旅客乘火车到达的占35%。
  clinics|三级医院数量|12家
  life|女性预期寿命|82.1岁
  trains|乘火车到达的占比|35%
民营企业进出口额30亿元，小麦产量9万吨，增长2%。
  trade|民营企业进出口额|30亿元
  wheat|小麦产量|9万吨
  wheat-growth|小麦产量增速|2%
门诊量较2018年增长20%，较2019年增长40%。
  since18|门诊量较2018年增幅|20%
  since19|门诊量较2019年增幅|40%
每10万人中有大学文化程度的7650人。
  college|每10万人中大学文化程度人数|7650人
""").asked("""\
# A year that a label tells of is meant where it is set beside another one, too
since18 since19: 门诊量比2018年和2019年各增长多少|与2018年、2019年比，门诊量分别增长多少
# What is told of so many people is not told of all
-: 全市一共有多少人是大学文化程度|大学文化程度的人总共多少
college: 每10万人中有多少大学文化程度的|每十万人大学文化程度人数
# The last thing that is named is what a figure is asked of
-: 三级医院床位有多少张|女性预期退休年龄是多少|民营企业税收是多少|小麦价格涨了多少|小麦的播种面积增长了多少
# A word right before a thing makes another one of it
-: 未成年女性预期寿命是多少|外商投资企业进出口额是多少|三级医院床位数量有多少
clinics: 三级医院有几家|三级医院的数量是多少|三级医院那些单位有多少家
life: 女性预期能活多少岁
wheat-growth: 小麦产量涨了多少|小麦这种粮食，产量涨了多少
""")

KINDS = Told("""\
青石镇 全镇 2021
全镇有水库12座，酒店30家，珍贵文物2300件，乐器产量5万件。
  reservoirs|水库|12座
  hotels|酒店|30家
  relics|珍贵文物|2300件
  instruments|乐器|5万件
""").asked("""\
# What is told of all kinds is told of none, though people may call all by the name of another one
reservoirs: 水库有几座
-: 大型水库有几座|小型水库多少座
hotels: 宾馆多少家
-: 青年旅舍多少家|连锁酒店有几家
relics: 珍贵文物多少件
-: 一级文物多少件
instruments: 乐器多少件
-: 钢琴多少架|小提琴多少
""")

BANKS = Told("""\
松湾银行 全行 2024
东湾地区贷款余额80亿元，不良率1.2%，西湾地区不良率2.5%，贷款余额下降7%。
  east|东湾地区贷款余额|80亿元
  east-bad|东湾地区贷款不良率|1.2%
  west-bad|西湾地区贷款不良率|2.5%
  west-fall|西湾地区贷款余额降幅|7%
全行普惠性网点41个，有社会消费品零售总额贷款3亿元。
  outlets|普惠性网点数量|41个
  retail|社会消费品零售总额贷款|3亿元
入园幼儿120人，在园幼儿400人，离园幼儿110人。
  new|入园幼儿人数|120人
  there|在园幼儿人数|400人
  gone|离园幼儿人数|110人
""").asked("""\
# What one place has is not told of another one, however that is told
-: 西湾地区贷款余额是多少|东湾地区贷款余额下降多少
east: 东湾地区贷款余额是多少
west-fall: 西湾地区贷款余额下降多少
# nor of what is not so
-: 非普惠性网点有多少个|非普惠性网点数量
outlets: 普惠性网点有多少个
# nor of those who come of those who are there
new: 入园幼儿有多少人
there: 入园幼儿有多少人 / 那在园的呢
gone: 离园幼儿有多少人
# What is compared is what the first one is told in
no east-bad west-bad: 东湾地区贷款不良率比西湾地区贷款高吧
# Pinyin is read with its apostrophes, and in long names
east: dongwan diqu daikuan yu'e
retail: shehui xiaofeipin lingshou zong'e daikuan
""")

TRAMS = Told("""\
梧桐电车 2021
全年支线电车完成经营总收入1138亿元，比上年增长13.4%。
  revenue|经营总收入|1138亿元
  growth|经营总收入增速|13.4%
其中，货运收入435亿元，客运收入301亿元。
  freight|货运收入|435亿元
  fares|客运收入|301亿元
联运班列累计开行1347列，货重665万吨，货值69亿美元。
  runs|联运班列累计开行列数|1347列
  weight|联运班列累计货重|665万吨
  worth|联运班列累计货值|69亿美元
快线里程40公里，占电车里程的三分之一，夏季平均气温19.7℃。
  length|快线里程|40公里
  summer|夏季平均气温|19.7℃
本地护路工减少0.9%，外地护路工减少2.3%，临时护路工减少1.1%。
  locals|本地护路工降幅|0.9%
  others|外地护路工降幅|2.3%
  temps|临时护路工降幅|1.1%
市图书馆和博物馆职员9人，图书馆职员5人，博物馆职员4人，快线旅客增速提高2点，快线旅客增速高于全省3个百分点。
  both|图书馆和博物馆职员数|9人
  library|图书馆职员数|5人
  museum|博物馆职员数|4人
  faster|快线旅客增速提高幅度|2个百分点
  above|快线旅客增速高于全省的幅度|3个百分点
新线旅客增速高于老线旅客增速6个百分点，新线旅客20万人次，老线旅客90万人次。
  gap|新线旅客增速高于老线旅客增速的幅度|6个百分点
  new|新线旅客人次|20万人次
  old|老线旅客人次|90万人次
车辆维护补助、线路维护补助和站房维护补助分别发了12万元、30万元和7万元。
  cars|车辆维护补助金额|12万元
  tracks|线路维护补助金额|30万元
  halls|站房维护补助金额|7万元
""").asked("""\
# A sentence that begins with 其中 goes on about what the one before is about
freight: 支线电车的货运收入能告诉我吗，是多少
# So many 亿 are no percentage, and what is beside a thing is not that thing
-: 经营总收入增长了多少亿|快线以外的里程有多少公里
growth: 经营总收入增长了多少
length: 快线现在有多长了
# Two characters that names alone put together are one word
weight: 联运班列开行以来累计货重多少|联运班列累计货值多少 / 货重呢
# Who asks stands before what is asked
runs: 我儿子天天追着我问联运班列开行了多少列
# A library of the province, and a town with an unknown name, are others
-: 省图书馆有多少职员|望海市快线有多少旅客
# Nothing is above another place that is not set beside it, and a fact may tell the gap
faster: 快线旅客增速 提高
above: 快线旅客增速比全省平均高多少
gap: 新线旅客增速比老线旅客高出多少个百分点
# Degrees are those of the weather, and what is counted by 几 may be a rate or money
yes summer: 夏季平均气温不到20度吧
others: 护路工的几个降幅里，哪个最大
cars tracks halls: 维护补助的几笔钱各是多少
""")


@asked(FISHING, FERRIES, CLINICS, KINDS, BANKS, TRAMS)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
