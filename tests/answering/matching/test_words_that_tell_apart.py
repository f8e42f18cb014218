"""What else a report says must not answer: another of several things, other limits, what its figures leave out."""

from tests.support.reports.told import Told, asked

COUNTY = Told("""\
云栖县 县里 2030
全年风能、生物质能和太阳能发电量5亿千瓦时，同比增长7%。
  power|风能、生物质能和太阳能发电量|5亿千瓦时
  power-growth|风能、生物质能和太阳能发电量增速|7%
全县接报火灾80起（不含森林和草原火灾），亡3人。
  fires|火灾起数|80起
  dead|火灾亡人数|3人
东校本科生就业率96%，硕士生就业率98%；西校本科生就业率95%，硕士生就业率97%。
  east|东校本科生就业率|96%
  east-masters|东校硕士生就业率|98%
  west|西校本科生就业率|95%
  west-masters|西校硕士生就业率|97%
茶叶产量超过20万吨的村有3个。红茶占茶叶产量的60%，比重比上年提高2个百分点。
  villages|茶叶产量超过20万吨的村数|3个
  share|红茶占茶叶产量的比重|60%
  share-rise|红茶占茶叶产量比重提高幅度|2个百分点
茶艺学校12所，新注册茶企9家，员工过百人的茶企有4家。
  schools|茶艺学校数|12所
  firms|新注册茶企数|9家
  large|员工过百人的茶企数|4家
信访办结448件，待整改任务6项，茶园增加值增长3%。
  closed|信访办结件数|448件
  open|待整改任务数|6项
  gardens|茶园增加值增速|3%
年末茶叶库存3万吨，比2029年增加1万吨，降水量比常年偏少7%。
  stock-rise|茶叶库存比2029年增加量|1万吨
  rain|降水量比常年偏少幅度|7%
图书馆书库9座，图书馆藏书5万册，图书馆座席300个。
  stacks|图书馆书库数|9座
  books|图书馆藏书量|5万册
  seats|图书馆座席数|300个
""").asked("""\
# What tells of several things together answers for none of them
power: 风能、生物质能和太阳能发电量有多少
-: 生物质能发电量有多少
-: 太阳能发电量增长了多少
# nor do figures for what they leave out
fires: 火灾有多少起
-: 森林火灾有多少起
-: 火灾伤了多少人
# Labels that differ in one word exclude each other, and are offered where neither word is said
west-masters: 西校硕士生就业率是多少
? east west: 本科生就业率是多少
-: 东校博士生就业率是多少
# Numbers in labels, what is counted, and how it has changed
villages: 茶叶产量超过20万吨的村有几个
-: 茶叶产量超过50万吨的村有几个|茶叶产量过百万吨的村有几个
large: 员工过百人的茶企有几家
-: 员工超过500人的茶企有几家
schools: 茶艺学校有多少所
-: 茶艺学校有多少教练
share-rise: 红茶占比提高了多少
-: 红茶产量增长多少
firms: 新注册茶企有多少家
-: 新注册茶企比上年增长多少
# What is not so is told by no figure of what is so
closed: 信访办结了多少件
-: 还有多少件信访没办结
open: 没整改的任务有几项
# How much something comes to is told by no growth of it
gardens: 茶园增加值怎么样|茶园增加值增长多少
-: 茶园增加值是多少
# What something is measured against
rain: 降水量比常年少了多少
-: 降水量比上年少了多少
-: 2029年茶叶库存是多少
# Words that the dictionary has are cut as such
stacks: 图书馆书库有几座
-: 图书馆书库面积有多大
-: 图书馆座席有多少册
""")


INSTITUTE = Told("""\
北京明德医院 明德医院 医院 2030
医院有教育部重点实验室3个、北京市重点实验室8个。
  ministry|教育部重点实验室数|3个
  beijing|北京市重点实验室数|8个
""").asked("""\
# Of an organisation, a place in a label tells it apart like any other word
? ministry beijing: 有多少个重点实验室
beijing: 北京市重点实验室有几个
""")


COLLEGE = Told("""\
南湖学院 学院 2021
2021届本科毕业生共1200人，毕业率为97.6%，学位授予率为96.1%。
  graduates|2021届本科毕业生人数|1200人
  graduation|2021届本科毕业率|97.6%
  degrees|2021届学位授予率|96.1%||学位授予比例
全年共办结各类诉求6400件，其中学生诉求5100件、教师诉求1300件。
  requests|诉求办结件数|6400件
  of-pupils|学生诉求办结件数|5100件
  of-teachers|教师诉求办结件数|1300件
从对收入增长的贡献率看，学费为50%，培训为30%，房租为20%。
  fees|学费对收入增长的贡献率|50%
  courses|培训对收入增长的贡献率|30%
  rents|房租对收入增长的贡献率|20%
学费收入3亿元，增长8%；培训收入2亿元，增长9%。
  fees-income|学费收入|3亿元
  fees-growth|学费收入增速|8%
  courses-income|培训收入|2亿元
  courses-growth|培训收入增速|9%
实训中心和体育馆总投资3亿元。
  halls|实训中心和体育馆总投资|3亿元
药品不良率2‰，餐具不良率0.3%。
  drugs|药品不良率|2‰
  dishes|餐具不良率|0.3%
其他学院学费收入1亿元，增长3%；其他学院培训收入1.5亿元，增长4%。
  others-fees|其他学院学费收入|1亿元
  others-fees-growth|其他学院学费收入增速|3%
  others-courses|其他学院培训收入|1.5亿元
  others-courses-growth|其他学院培训收入增速|4%
""").asked("""\
# The word that a question ends with is what it asks for, and not what its sentence tells beside
degrees: 2021届本科毕业生的学位授予率是多少|本科毕业生学位授予率
# 各类 of a number of all of them asks for no list
requests: 办结各类诉求多少件
# What two things come to together is told of neither
halls: 实训中心和体育馆总投资多少
-: 体育馆投资多少|实训中心总投资多少
# What contributes to a growth has not changed itself
fees: 学费的贡献率有多高|学费对收入增长贡献了百分之几
# A brief question leaves open which of several things is meant, in whichever of two units alike they are told
? drugs dishes: 不良率是多少
fees courses rents: 各项收入增长的贡献率分别是多少
""")


FERRIES = Told("""\
临江市 全市 2032
登记在册渡船120艘，增长4%；运营渡船80艘，增长2%。
  ferries|登记在册渡船总艘数|120艘||注册渡船
  more|登记在册渡船总艘数增速|4%
  running|正常运营渡船总艘数|80艘
  more-running|正常运营渡船总艘数增速|2%
各类在册船员900人，其中领航船员60人。
  crew|各类在册船员人数|900人
  pilots|领航船员人数|60人
""").asked("""\
# A question no longer than the label of what it finds leaves something open
? ferries running: 渡船有多少|渡船有多少艘
# But not one that calls it by a keyword or in full, or says that the whole is meant
ferries: 注册渡船多少|登记在册渡船总艘数是多少
crew: 船员总共多少
crew pilots: 船员有多少
# Where the first of those that are offered fits better, a question that goes on goes on from it
more: 渡船有多少 / 增速呢
""")


BANK = Told("""\
石桥市 全市 2031
贷款余额900亿元，消费贷款增长6%。
  loans|贷款余额|900亿元
  consumer|消费贷款增速|6%
游客800万人次，外地游客增长9%。
  guests|游客人次|800万人次
  away|外地游客人次增速|9%
绿茶销售额增长3%。
  tea|绿茶销售额增速|3%
书店占文化网点的7%，影院占文化网点的9%。
  books|书店占比|7%
  films|影院占比|9%
出口总额12亿元，花卉种植面积3公顷；民营企业出口额7亿元。
  exports|出口总额|12亿元
  flowers|花卉种植面积|3公顷
private|民营企业出口额|7亿元
paid|最低生活保障资金|3亿元
standard|低保标准|900元
pure|农民人均纯收入|2万元
income|人均可支配收入|3万元
""").asked("""\
# Where all of a thing is told in another way, the growth of a kind of it is not that of the thing
-: 贷款增长了多少|游客增长了多少
consumer: 消费贷款增长了多少
away: 外地游客增长多少
tea: 茶叶销售额增长多少
# A share is told by what has it, whatever it is called what that is one of
books: 书店占文化场所的比例是多少
films: 影院占文化单位的比重是多少
# What the rest of a sentence tells makes no other thing of a figure
exports: 出口总额多少
-: 花卉出口额多少
# What is paid is not the standard by which it is, and what is earned net is not what may be spent
paid: 低保金发了多少
standard: 低保标准是多少
pure: 人均净收入
""")


@asked(COUNTY, INSTITUTE, COLLEGE, FERRIES, BANK)
def test_what_people_ask_is_answered(case) -> None:
    case.check()
