"""Things that are named side by side, in a list, with an order or in a claim: the same figure of each of them."""

import pytest

from tests.support.reports.told import Case, Told, asked

MILLS = Told("""\
青坪县 地名 2022
一季度全县产纸42万吨，增长3%；其中新闻纸产量9万吨，下降12%，包装纸产量21万吨，增长8%，生活用纸产量6万吨，增长5%。
  paper|纸产量|42万吨
  paper-growth|纸产量增速|3%
  news|新闻纸产量|9万吨
  news-fall|新闻纸产量降幅|12%
  boxes|包装纸产量|21万吨
  boxes-growth|包装纸产量增速|8%
  tissue|生活用纸产量|6万吨
  tissue-growth|生活用纸产量增速|5%
全县造纸业用电量增长4%，全市增长6%，全国增长2.5%。
  power-growth|造纸业用电量增速|4%
  power-growth-city|全市造纸业用电量增速|6%
  power-growth-country|全国造纸业用电量增速|2.5%
高排放企业12家，户均利润300万元；低排放企业80家，户均利润520万元。
  high|高排放企业数|12家
  high-profit|高排放企业户均利润|300万元
  low|低排放企业数|80家
  low-profit|低排放企业户均利润|520万元
7月、8月、9月产纸13万吨、14万吨和15万吨。
  july|7月纸产量|13万吨|2022年7月
  august|8月纸产量|14万吨|2022年8月
  september|9月纸产量|15万吨|2022年9月
全县职工1.2万人，其中技术人员3000人，大专以上学历的技术人员1800人。
  staff|职工人数|1.2万人
  experts|技术人员人数|3000人
  graduates|大专以上学历的技术人员人数|1800人
“十个翻番”的任务数为10项。
  tasks|“十个翻番”的任务数|10项
排放强度超过5吨的企业有6家。
  heavy|排放强度超过5吨的企业数|6家
""").asked("""\
# A list of named things has the same figure of each
boxes news tissue: 新闻纸、包装纸、生活用纸，产量从高到低排
boxes-growth tissue-growth news-fall: 新闻纸、包装纸、生活用纸的产量增速排个序
news boxes tissue: 新闻纸、包装纸和生活用纸的产量各是多少
staff experts graduates: 职工、技术人员、大专以上学历的技术人员，从多到少排一下
low-profit: 高排放企业和低排放企业，谁的户均利润更高
news tissue: 按产量从高到低排一下：新闻纸、生活用纸
power-growth-city power-growth power-growth-country: 全县、全市、全国的造纸业用电量增速比一比
# of those that are named some
news boxes: 新闻纸、包装纸、生活用纸里产量超过8万吨的有哪些
# Named things are compared by what is said of one of them
no high-profit low-profit: 高排放企业的户均利润比低排放企业高吧
yes boxes-growth tissue-growth: 包装纸产量增速比生活用纸快吧
# A noun that begins with a change claims nothing
tasks: 翻番任务数
# What a fact is called by is no bound of it
heavy: 排放强度超过5吨 企业家数
""")


PAIR = Told("""\
沽源县、张北县 地名 2022
沽源县总面积3600平方公里，年日照2900小时，固定资产投资增长9%，社会消费品零售总额增长2%。
  area|沽源县总面积|3600平方公里
  sun|沽源县年日照时数|2900小时
  invested|沽源县固定资产投资增速|9%
  sold|沽源县社会消费品零售总额增速|2%
张北县总面积3500平方公里，年日照2600小时，固定资产投资增长1%，社会消费品零售总额增长3%。
  other-area|张北县总面积|3500平方公里
  other-sun|张北县年日照时数|2600小时
  other-invested|张北县固定资产投资增速|1%
  other-sold|张北县社会消费品零售总额增速|3%
全年报装2万户，完成报装1.8万户；全年开店指数1.2，上半年开店指数0.9。
  asked-for|受理报装户数|2万户
  done|完成报装户数|1.8万户
  index|开店指数|1.2
  index-half|上半年开店指数|0.9|2022年上半年
""").asked("""\
# A follow up keeps what it does not say
# of two places, the one of the question before is still meant, or the one that is named
sold: 沽源固定资产投资增长多少 / 消费呢
other-sun: 沽源县年日照多少小时 / 张北呢
# the very same measure of another time
index-half: 全年开店指数多少 / 上半年呢
# a word that is none of the vocabulary, but of a label
done: 受理了多少户报装 / 完成了多少户
""")


TOWNSHIPS = Told("""\
云陵市 全市 2015
全市常住人口468万人，其中江坪区108万人、石塘市86万人、白沙县74万人、永和县48万人。
  people|常住人口|468万人
  jiangping|江坪区常住人口|108万人
  shitang|石塘市常住人口|86万人
  baisha|白沙县常住人口|74万人
  yonghe|永和县常住人口|48万人
  least|常住人口最少的区县|永和县
人口居前两位的区县是江坪区和石塘市；农村人口204万人，流动人口102万人。
  top|人口居前两位的区县|江坪区和石塘市
  rural|农村人口|204万人
  floating|流动人口|102万人
五年间，江坪区常住人口增加9万人，永和县常住人口减少4万人。
  jiangping-more|江坪区常住人口增加数|9万人
  yonghe-less|永和县常住人口减少数|4万人
一、二季度出生人口分别为1.1万人和1.4万人，全年出生人口5万人。
  born-1|出生人口|1.1万人|2015年一季度
  born-2|出生人口|1.4万人|2015年二季度
  born|出生人口|5万人
织席、制伞、酿醋三大传统产业产值分别增长14%、11%和9%。
  mats|织席业产值增速|14%
  umbrellas|制伞业产值增速|11%
  vinegar|酿醋业产值增速|9%
商铺收入占财政收入的44%，码头收入占财政收入的32%，学徒占职工总数的18%。
  shops|商铺收入占财政收入的比重|44%
  quays|码头收入占财政收入的比重|32%
  pupils|学徒占职工总数的比重|18%
全年接到投诉15件，其中网络购物投诉7件。
  complaints|投诉数|15件
  online|网络购物投诉数|7件
小学生师比18.1:1。
  ratio|小学生师比|18.1:1
糕点合格率98%，月饼合格率99%，酱菜合格率97%。
  cakes|糕点合格率|98%
  moon-cakes|糕点中月饼合格率|99%
  pickles|酱菜合格率|97%
新桥工程从签约到投产用了14个月，今年6月投产。
  months|新桥工程从签约到投产的时长|14个月
  opened|新桥工程投产时间|今年6月
""").asked("""\
# Places are listed by what they are, whether or not a gazetteer has them
jiangping shitang baisha yonghe: 各区县常住人口是多少
jiangping shitang: 常住人口超过80万的区县有哪些
jiangping: 哪个区人口最多
# one alone, and the first by its name and its figure
yonghe-less: 哪个县人口减少了|哪几个区县人口减少了
least yonghe: 常住人口最少的是哪个县
# The same of each part of a year
born-1 born-2: 各季度出生人口是多少
born-2: 哪个季度出生人口最多
# Several that are named are told with their figures, and shares are of the whole that is said
top jiangping shitang: 人口居前两位的区县是哪几个，各多少
shops quays: 占财政收入的比重有哪些
mats: 三大传统产业里产值增长最快的是哪个
months: 新桥工程从签约到投产用了多久
# What goes on from a count may name its thing by what is measured in money
online: 全年投诉数是多少件 / 网购的呢
# All of several things are more than one of each, and a ratio may be said in words
cakes moon-cakes pickles: 列出所有糕点和酱菜的合格率
yes ratio: 小学生师比差不多十八比一左右吧
# Who asks how much it is of each, and which is the first, is told all
mats umbrellas vinegar: 三大传统产业产值各增长多少，增长最快的是谁
""")


@pytest.mark.parametrize(
    ("claim", "is_so"),
    [
        # how the report hedges a figure tells whether it is over a bound that is as large
        ("新开店超过5万家了吧", True),
        ("新开店不到5万家吧", False),
        ("毕业生没招到300人吧", False),
        # all of them are 100 %
        ("固定资产投资是负增长", False),
        # a ratio that is named by the word that compares
        ("夜店的开关店比没有书店高吧", True),
    ],
)
def test_a_claim_is_judged_by_how_the_report_puts_it(claim: str, is_so: bool) -> None:
    town = Told("""\
岚河市 地名 2022
新开店超过50000家，毕业生300多人，毕业班毕业率100%，水源地达标率98%，固定资产投资增长1%。
  opened|新开店数|超过50000家
  spent|毕业生人数|300多人
  passed|毕业班毕业率|100%
  clean|水源地达标率|98%
  invested|固定资产投资增速|1%
夜店开关店比1.1，书店开关店比1.3。
  night|夜店开关店比|1.1
  books|书店开关店比|1.3
""")
    assert town.last(claim).verdict is is_so


@asked(MILLS, PAIR, TOWNSHIPS)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()
