"""Lists of what a report breaks its figures down by, and of all that its sections and sentences tell of something."""

from tests.support.reports.told import Case, Told, asked

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
# All that a sentence tells side by side is of the kind, whatever it is called, and what ends in 业 is an industry
none primary middle: 各种文化程度的工人分别占多少，都列出来
all factory building: 列出各行业工人的月均收入
# What stands behind a semicolon and is called otherwise is on another thing
settled settled-rate: 说说调解的数据
# What is asked of each is asked of all that was named before
rice wheat rice-growth wheat-growth: 水稻、小麦的产量各是多少，分别增长多少
rice-growth: 水稻、小麦比，哪个产量增得更慢？
wheat-growth: 哪些指标增长了一倍以上
# Words of a title name its section
rice rice-growth wheat wheat-growth rice-rate wheat-rate: 水稻那部分有哪些数据
""")


@asked(DAIRY, WORKERS)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
