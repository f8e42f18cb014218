"""Reports of invented places, small enough to see why an answer is the right one."""

from datetime import UTC, datetime
from functools import cache

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Fact, Knowledge, Lexicon, Report, Subject
from bot.answering.language.normalize import normalize
from bot.answering.language.tokens import Token, tokenise
from bot.answering.matching.observation import Observation, read
from bot.answering.matching.parts import question_parts
from bot.answering.matching.ranking import Scored, rank
from bot.chat.library import Edition, Library
from tests.support.reports.told import facts_of

YUNZE = Report(
    "yunze-2022", "云泽县2022年公报", "云泽周刊", 2022, Subject("云泽县", "Yunze County", ("云泽", "全县", "Yunze"))
)
_TABLE = """\
全年地区生产总值286.4亿元，比上年增长7.3%。
  gdp|地区生产总值|286.4亿元||GDP,经济总量|Gross regional product
  gdp-growth|地区生产总值增速|7.3%||GDP增速|GDP growth
第一产业增加值41.2亿元，增长4.1%；第二产业增加值120.5亿元，增长9.2%；第三产业增加值124.7亿元，增长6.4%。
  primary|第一产业增加值|41.2亿元||一产增加值
  primary-growth|第一产业增加值增速|4.1%||一产增速
  secondary|第二产业增加值|120.5亿元||二产增加值
  secondary-growth|第二产业增加值增速|9.2%||二产增速
  tertiary|第三产业增加值|124.7亿元||三产增加值
  tertiary-growth|第三产业增加值增速|6.4%||三产增速
粮食产量31.8万吨，下降2.9%；茶叶产量5230吨，增长3.6%。
  grain|粮食产量|31.8万吨||粮食总产量|Grain output
  grain-fall|粮食产量降幅|2.9%||粮食产量下降|Fall in grain output
  tea|茶叶产量|5230吨||产茶量|Tea output
  tea-growth|茶叶产量增速|3.6%||茶叶产量增长|Growth of tea output
手机产量320万台，电脑产量45万台。
  phones|手机产量|320万台||手机
  computers|电脑产量|45万台||电脑
技术合同成交额18.6亿元，社会消费品零售总额95.3亿元，增长5.8%，其中餐饮收入12.6亿元，占13.2%。
  tech-deals|技术合同成交额|18.6亿元||技术交易额|Value of technology contracts
  retail|社会消费品零售总额|95.3亿元||社零总额|Total retail sales
  retail-growth|社会消费品零售总额增速|5.8%||社零增速|Growth of retail sales
  catering|餐饮收入|12.6亿元||餐饮业收入|Catering revenue
  catering-share|餐饮收入占社会消费品零售总额的比重|13.2%||餐饮收入占比
小学在校生2.4万人，比上年减少310人；有小学46所、幼儿园52所。
  pupils|小学在校生人数|2.4万人||小学生|Primary school pupils
  pupils-fall|小学在校生减少人数|310人||小学生减少
  schools|小学数量|46所||小学|Number of primary schools
  kindergartens|幼儿园数量|52所||幼儿园|Number of kindergartens
城镇居民人均可支配收入48216元，农村居民人均可支配收入22340元。
  urban-income|城镇居民人均可支配收入|48216元||城镇居民收入|Urban disposable income
  rural-income|农村居民人均可支配收入|22340元||农村居民收入|Rural disposable income
1—11月，接待游客476万人次，旅游收入63亿元。
  visitors|接待游客人次|476万人次|2022年1—11月|游客|Tourist visits
  tourism|旅游收入|63亿元|2022年1—11月|旅游总收入|Tourism revenue
空气质量排名全省第三，新建的望湖医院年底开诊，由城东建设公司承建。
  air-rank|空气质量排名|全省第三|-|空气质量位次
  hospital|新建医院的名称|望湖医院|-|新建医院
  builder|新建医院的承建单位|城东建设公司|-|医院承建单位
金桂、红梅、幽兰、翠竹、秋菊、白荷、丹枫、碧桃八个村的村庄人口分别为411、421、431、441、451、461、471、481人。
""" + "\n".join(
    f"  village-{at}|{name}村的村庄人口|4{at + 1}1|-|{name}村人口"
    for at, name in enumerate("金桂 红梅 幽兰 翠竹 秋菊 白荷 丹枫 碧桃".split())
)


FACTS = tuple(facts_of(YUNZE, _TABLE))
KNOWLEDGE = Knowledge((YUNZE,), FACTS, Lexicon())

HALF = Report("half-2023", "上半年运行情况", "云泽周刊", 2023, Subject("云泽县", "Yunze County", ("全县",)))
_HALF = """\
half-gdp|地区生产总值|140亿元|2023年上半年|GDP
half-retail|零售额|40亿元|2023年上半年|零售
half-firms|企业数量|3600家|-|企业
"""
HALF_YEAR = Knowledge((HALF,), tuple(facts_of(HALF, _HALF)), Lexicon())

ZONE = Report(
    "zone-2022", "高新区年报", "青岛高新周刊", 2022, Subject("青岛高新区", "Qingdao Zone", ("高新区", "全区"))
)
ZONE_FACTS = tuple(facts_of(ZONE, "zone-gdp|地区生产总值|606亿元||GDP\nzone-firms|企业数量|2100家|-|企业"))
HIGH_TECH_ZONE = Knowledge((ZONE,), ZONE_FACTS, Lexicon())

ISLE = Report("isle-2022", "The Isle in Numbers", "Isle Office", 2022, Subject("Isle of Corvay", "Isle of Corvay"))
_ISLE = (
    ("isle-pupils", "Primary school pupils", "4,310", "There were 4,310 primary school pupils, 2.1% fewer."),
    ("isle-pupils-fall", "Fall in primary school pupils", "2.1%", "Primary school pupils fell by 2.1%."),
    ("isle-jobless", "Unemployment rate", "2.7%", "The unemployment rate stood at 2.7%."),
    ("isle-tourists", "Tourist visits", "120,000", "There were 120,000 tourist visits in 2022."),
)
ISLE_FACTS = tuple(
    Fact(id_, label, figure, (label.lower(),), sentence, "People", ISLE, "2022")
    for id_, label, figure, sentence in _ISLE
)
IN_ENGLISH = Knowledge((ISLE,), ISLE_FACTS, Lexicon())


@cache
def answerer(knowledge: Knowledge = KNOWLEDGE) -> Answerer:
    return Answerer(knowledge)


def library(knowledge: Knowledge = KNOWLEDGE) -> Library:
    """What a bot answers from that has read this knowledge."""
    return Library(Edition(answerer(knowledge), "1", datetime(2030, 5, 17, tzinfo=UTC)))


def answer(question: str, knowledge: Knowledge = KNOWLEDGE) -> Answer:
    return answerer(knowledge).answer(question)


def tokens_of(text: str, knowledge: Knowledge = KNOWLEDGE) -> list[Token]:
    """The tokens of a text as it is written, without any mending."""
    return tokenise(normalize(text), answerer(knowledge).vocabulary)


def observed(text: str, knowledge: Knowledge = KNOWLEDGE) -> Observation:
    return read(tokens_of(text, knowledge))


def ranked(question: str, knowledge: Knowledge = KNOWLEDGE) -> list[Scored]:
    """The facts as a question for one thing ranks them."""
    asked = answerer(knowledge)
    seen = asked.question(question)
    return rank(seen, question_parts(seen, asked.index), asked.index)
