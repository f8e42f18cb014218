"""What a report tells side by side: which of it a list is of, and what claims and follow-ups say of one of these."""

from tests.support.reports.told import Case, Told, asked

BAY = Told("""\
芦湾渔港 渔港 2022
渔港共有渔船860艘。
  ships|渔船数|860艘
其中，木质渔船120艘，占14%；钢质渔船690艘，占80%；玻璃钢船50艘，占6%。
  wood|木质渔船数|120艘
  wood-share|木质渔船占比|14%
  steel|钢质渔船数|690艘
  steel-share|钢质渔船占比|80%
  glass|玻璃钢船数|50艘
  glass-share|玻璃钢船占比|6%
全年产值24亿元，2012年产值15亿元。
  value|产值|24亿元
  value-2012|2012年产值|15亿元|2012年
从作业方式看，拖网产值12亿元，下降2%；围网产值8亿元，增长9%；钓具产值4亿元，增长15%。
  trawl|拖网产值|12亿元
  trawl-fall|拖网产值降幅|2%
  seine|围网产值|8亿元
  seine-growth|围网产值增速|9%
  line|钓具产值|4亿元
  line-growth|钓具产值增速|15%
从四大类价格看，带鱼上涨2%，对虾下降5%，梭子蟹上涨1%，扇贝下降3%。
  ribbon|带鱼价格涨幅|2%
  prawn|对虾价格降幅|5%
  crab|梭子蟹价格涨幅|1%
  scallop|扇贝价格降幅|3%
东码头船员900人，西码头船员1500人，船员月均工资6200元。
  east|东码头船员人数|900人
  west|西码头船员人数|1500人
  pay|船员月均工资|6200元
渔民中20-39岁占30%、40-59岁占55%、60岁及以上占15%。
  young|20-39岁渔民占比|30%
  middle|40-59岁渔民占比|55%
  old|60岁及以上渔民占比|15%
""").asked("""\
# A list is of what is told side by side
# the parts, whatever they are called, beside the whole where that is called so
ships wood steel glass: 各种渔船分别有多少
wood steel glass: 渔船分哪几种，各多少艘
young middle old: 各年龄段渔民的占比
# of which kind the sentence says they are, and which of them changed
prawn scallop: 四大类价格里下降的有哪些
ribbon: 四大类价格里涨得最多的
trawl-fall: 产值下降的是哪块
# things that are named, joined or not
trawl seine: 拖网围网的产值分别是多少
west: 东码头、西码头哪个船员更多
# of a kind that is counted, by its place in an order
glass: 哪种渔船最少
steel wood: 渔船数量排前两位的是哪几种
steel-share wood-share glass-share: 三种渔船的占比从高到低
ribbon: 涨价的几类里哪个涨得最多
# all that is asked of each, however many that are
wood glass wood-share glass-share: 木质渔船和玻璃钢船的数量、占比各是多少
seine line seine-growth line-growth: 围网和钓具的产值、增速各是多少|围网、钓具产值和增速各是多少
# with the whole left out, though it is told among the parts
trawl: 哪种产值最大
# what follows the comma is said of all things
west: 东码头、西码头，哪个船员多
# of one year
value-2012: 2012年的数据有哪些
# Claims about one of them
yes steel-share: 钢质渔船占了八成
yes value: 全年产值接近24亿
yes east: 东码头船员没有一千人吧
no scallop: 扇贝价格上涨了
no pay: 船员月均五千多吧
yes trawl seine: 拖网产值比围网产值多吧
no trawl-fall line-growth: 拖网产值比钓具产值涨得快吧
no old: 60岁及以上渔民百分之百了吧
yes east: 码头上东边的船员有九百多人
no wood-share: 四成的渔船是木质渔船
yes steel-share: 一多半渔船是钢质渔船
no middle: 40-59岁的渔民不到全部渔民的一半
# A follow up means what is told alike
value-2012: 全年产值多少 / 2012年呢
steel: 木质渔船有多少 / 钢质的呢
west: 东码头船员有多少 / 西码头呢
wood-share: 木质渔船有多少 / 占百分之几
# which fell
prawn: 带鱼价格涨了多少 / 对虾的呢
old: 20-39岁的渔民占多少 / 60岁以上的呢
# A claim goes back to what is told in its unit
no trawl: 拖网产值多少 / 下降了多少 / 有20亿吧
""")


GAUGES = Told("""\
澄溪雨量 流域 2022
雨量最多的另外2个站是南站（80毫米）、北站（70毫米），各站雨量均值95毫米。
  others|雨量最多的另外2个站|南站（80毫米）、北站（70毫米）
  south|南站雨量|80毫米
  north|北站雨量|70毫米
  mean|各站雨量均值|95毫米
东站雨量为140毫米。
  east|东站雨量|140毫米
蒸发量600毫米，增加50毫米。
  loss|蒸发量|600毫米
  loss-rise|蒸发量增加量|50毫米
""").asked("""\
# A group is of no mean or names
north: 雨量最少的站是哪个
north loss-rise: 不到75毫米的有哪些数据
""")


FARM = Told("""\
澜坡农场 农场 2022
收入最多的是种植业务，为300万元。
  crops|种植收入|300万元||种植业务收入
养殖收入200万元，停产3个月。
  stock|养殖收入|200万元||养殖业务收入
  rest|停产时间|3个月
游客带来收入150万元。
  tours|游客收入|150万元||旅游业务收入
全年用电100万度，其中灌溉用电60万度（其中茶园20万度），加工用电30万度，照明用电10万度。
  power|用电量|100万度
  water|灌溉用电量|60万度
  tea-power|茶园用电量|20万度
  plant|加工用电量|30万度
  light|照明用电量|10万度
借款余额90万元，茶园授信额70万元，茶园借款余额30万元。
  loans|借款余额|90万元
  credit|茶园授信额|70万元
  tea|茶园借款余额|30万元
羊圈借款余额40万元。
  pen|羊圈借款余额|40万元
场里有大型水窖6口、小型水窖9口，大型鱼塘2口，小型鱼塘7口。
  large|大型水窖数|6口
  small|小型水窖数|9口
  large-pond|大型鱼塘数|2口
  small-pond|小型鱼塘数|7口
""").asked("""\
# A group is of as many as are said and of what is called by their kind
crops stock tours: 三块业务各自收入多少
""")


COACHES = Told("""\
岚州客运 客运 2022
# 与主要通航城市客流增长
往返海口客流32万人次，增长9%，往返贵阳客流21万人次，增长14%。
  hai|往返海口客流|32万人次
  hai-growth|往返海口客流增速|9%
  gui|往返贵阳客流|21万人次
  gui-growth|往返贵阳客流增速|14%
# 其他
往返东盟通航城市客流约8万人次，增长3%，往返西部通航城市客流9万人次，增长5%，飞行1.2万架次。
  asean|往返东盟通航城市客流|约8万人次
  asean-growth|往返东盟通航城市客流增速|3%
  west|往返西部通航城市客流|9万人次
  west-growth|往返西部通航城市客流增速|5%
  flights|飞行架次|1.2万架次
大规模车队占车队的12%，小规模车队占40%。
  large|大规模车队占比|12%
  small|小规模车队占比|40%
""").asked("""\
# A list is of a kind or a unit that is said
# those that the title tells of are of the kind as well as those that are called so
# what they are written in
hai gui asean west: 用（人次）表示的有哪些数据
flights: 以万架次计的数据有哪些
large small: 各种规模的车队占比分别是多少
""")


BANKS = Told("""\
海湾商行 商行 2022
东岸商行总资产5.8亿元，西岸商行总资产4.6亿元，资产规模均突破4亿元。
  east|东岸商行总资产|5.8亿元
  west|西岸商行总资产|4.6亿元
  gate|前两家商行资产规模突破的关口|4亿元
南岸商行总资产2.9亿元，北岸商行总资产0.3亿元，合计13.6亿元。
  south|南岸商行总资产|2.9亿元
  north|北岸商行总资产|0.3亿元
  sum|商行总资产合计|13.6亿元
东岸商行、西岸商行存款增速分别提高0.5、1.3个百分点。
  east-faster|东岸商行存款增速提高幅度（百分点）|0.5
  west-faster|西岸商行存款增速提高幅度|1.3个百分点
""").asked("""\
# What is called alike is one group in whichever sentence
east: 哪家商行总资产最多
east west south: 总资产前三的商行
north: 哪家商行总资产最少
# a unit in brackets is that of the figure
east-faster west-faster: 各商行存款增速分别提高多少个百分点
""")


SHOPS = Told("""\
柳埠集市 集市 2022
店铺面积不足20平方米的占50%，20至50平方米的占30%，50平方米以上的占20%。
  tiny|20平方米以下店铺占比|50%
  middling|20至50平方米店铺占比|30%
  roomy|50平方米以上店铺占比|20%
""").asked("""\
# A follow up names another class by its numbers
middling: 50平方米以上的店铺占多少 / 二十到五十平米的呢
tiny: 20到50平米的店铺占多少 / 二十平米以下呢
""")


HALLS = Told("""\
蜀地文化 全省 2023
全年接待观众900万人次。
  all|接待观众|900万人次
人数最多的是东林博物馆，为300万人次，其后为西山陈列馆200万人次、南湖博物馆90万人次。
  east|东林博物馆接待观众|300万人次
  west|西山陈列馆接待观众|200万人次
  south|南湖博物馆接待观众|90万人次
全省有有效许可证1300张。
  permits|有效许可证|1300张
其中，生产许可证300张，销售许可证600张，特殊生产许可证110张，进口生产许可证290张。
  making|生产许可证|300张
  selling|销售许可证|600张
  special|特殊生产许可证|110张
  import|进口生产许可证|290张
从各地看，成都市有展厅48间，广元市有26间，阿坝州30间，泸州市27间。
  chengdu|成都市展厅数|48间
  guangyuan|广元市展厅数|26间
  aba|阿坝州展厅数|30间
  luzhou|泸州市展厅数|27间
按用途分，常设库房9间、临时库房12间。
  standing|常设库房数|9间
  passing|临时库房数|12间
按面积分，大库房4间、小库房17间。
  big|大库房数|4间
  little|小库房数|17间
分机构看，总社受理672件，分社受理182件。
  head|总社受理数|672件
  branch|分社受理数|182件
""").asked("""\
# Places of a kind may have names that nothing knows
chengdu guangyuan aba luzhou: 各市州的展厅数量列出来
# as the report says that they are told apart
big little: 按面积分库房各有多少间
# What only sentences call them asks for nothing else
head: 受理最多的机构是哪个
""")

DAIRY = Told("""\
云岬乳业 2031
# 一、业务
分业务看，鲜奶收入50亿元，增长6%；
  milk|鲜奶收入|50亿元
  milk-growth|鲜奶收入增速|6%
奶粉收入20亿元，增长12%；
  powder|奶粉收入|20亿元
  powder-growth|奶粉收入增速|12%
冰淇淋收入8亿元，下降3%。
  ice|冰淇淋收入|8亿元
  ice-fall|冰淇淋收入降幅|3%
# 二、区域
分区域看，东海岸收入40亿元，增长5%；
  east|东海岸收入|40亿元
  east-growth|东海岸收入增速|5%
西高原收入38亿元，增长15%。
  west|西高原收入|38亿元
  west-growth|西高原收入增速|15%
公司在全省有门店90家，公司招聘70人，公司再建一个新仓，公司把工厂增加到7座。
  shops|门店数|90家
  factories|工厂数|7座
# 绿色：用上清洁电
蓄水、引水、提水工程分别为3亿、2亿和4亿立方米，用于产业升级的贷款9亿元。
  store|蓄水工程供水量|3亿
  pump|提水工程供水量|4亿立方米
  upgrade|升级贷款余额|9亿元
""").asked("""\
# What a sentence breaks its figures down by is the list, over its semicolons
east west: 各区域的收入分别是多少
west-growth: 哪些区域的收入增速超过10%
milk powder: 四大业务里收入超过15亿元的有哪些
# A report that speaks of its own company is asked so
shops: 公司共有多少家门店|公司的门店数
-: 其他公司有多少家门店
# A section is named by what its title begins with before a colon
store pump upgrade: 绿色用电那部分有哪些数据
# Figures of an enumeration share its unit
store pump: 列出各类工程的供水量
# 升级 tells no growth
upgrade: 升级贷款余额是多少
""")

WORKERS = Told("""\
云屿省 全省 2031
# 一、文化程度
按文化程度分，未上过学的工人占1%，小学文化程度占15%，初中文化程度占54%。
  none|未上过学的工人占比|1%
  primary|小学文化程度工人占比|15%
  middle|初中文化程度工人占比|54%
# 二、收入
工人月均收入4700元，从事制造业的工人月均收入4800元，建筑业工人月均收入5500元。
  all|工人月均收入|4700元
  factory|制造业工人月均收入|4800元
  building|建筑业工人月均收入|5500元
# 三、调解和人员
调解成功纠纷31件，调解成功率69%；新收案件38件。
  settled|调解成功纠纷数|31件
  settled-rate|调解成功率|69%
  cases|新收案件数|38件
# 四、水稻和小麦
水稻产量30万吨，增长2%，小麦产量20万吨，增长1.2倍，机械化率分别为86%和62%。
  rice|水稻产量|30万吨
  rice-growth|水稻产量增速|2%
  wheat|小麦产量|20万吨
  wheat-growth|小麦产量增速|1.2倍
  rice-rate|水稻机械化率|86%
  wheat-rate|小麦机械化率|62%
""").asked("""\
# All that a sentence tells side by side is of the kind, whatever it is called
none primary middle: 各种文化程度的工人分别占多少，都列出来
# What is asked of each is asked of all that was named before
rice wheat rice-growth wheat-growth: 水稻、小麦的产量各是多少，分别增长多少
rice-growth: 水稻、小麦比，哪个产量增得更慢？
wheat-growth: 哪些指标增长了一倍以上
# Words of a title name its section
rice rice-growth wheat wheat-growth rice-rate wheat-rate: 水稻那部分有哪些数据
""")


@asked(BAY, GAUGES, FARM, COACHES, BANKS, SHOPS, HALLS, DAIRY, WORKERS)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
