"""A report of an invented district with a lexicon of its own, small enough to see why an answer is the right one."""

from __future__ import annotations

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import English, Fact, Knowledge, Lexicon, Report, Subject
from bot.answering.matching import Matcher
from bot.answering.vocabulary import Vocabulary

REPORT = Report(
    id="lake-2022",
    title="镜湖区年报",
    publisher="镜湖周刊",
    year=2022,
    subject=Subject("澜城镜湖区", "Lancheng Mirror Lake District", ("镜湖区", "镜湖", "Mirror Lake")),
)

ECONOMY = "前三季度，镜湖区地区生产总值86.4亿元，同比增长7.3%，增速是澜城的1.2倍。"
TEA = "镜湖区有茶叶企业312家，茶农2.3万人，2022年春茶产量230吨，秋茶产量95吨。"
ORCHARDS = "果园面积1.5万亩，果园投资4.8亿元，占澜城的35.6%。"
TRAVEL = "1—11月，接待游客47.6万人次，船票收入6300万元，是去年同期的1.8倍。"
LIVES = "全区有渡口十二个、小学9所，新建的湖光医院年底开诊。"
TRAIL = "依托湖光书院，建成18公里步道，打造江北最大的慢行乐园。"
FESTIVAL = "荷花节由镜湖画院主办，在荷香岛开幕。"
WATER = "湖水水质排名全市第一。"
VILLAGES = "松、梅、兰、竹、菊、荷、柳、桃八个村的村庄人口分别为{}人。"


def _fact(  # noqa: PLR0913 - the fields of a fact
    id_: str,
    label: str,
    figure: str,
    sentence: str,
    *keywords: str,
    period: str | None = None,
    en: English = English(),  # noqa: B008 - an immutable value
) -> Fact:
    return Fact(id_, label, figure, keywords, sentence, "概况", REPORT, period, en)


def _villages() -> tuple[Fact, ...]:
    sizes = {name: f"{411 + 10 * number}人" for number, name in enumerate("松梅兰竹菊荷柳桃")}
    sentence = VILLAGES.format("、".join(size.removesuffix("人") for size in sizes.values()))
    return tuple(
        _fact(f"village-{number}", f"{name}村的村庄人口", size, sentence, "村庄人口", f"{name}村人口")
        for number, (name, size) in enumerate(sizes.items())
    )


FACTS = (
    _fact(
        "gdp",
        "地区生产总值",
        "86.4亿元",
        ECONOMY,
        "GDP",
        "地区生产总值",
        period="2022年前三季度",
        en=English("Gross regional product", "CNY 8.64 billion", "first three quarters of 2022", ("GDP",)),
    ),
    _fact(
        "gdp-growth",
        "地区生产总值增速",
        "7.3%",
        ECONOMY,
        "GDP增速",
        period="2022年前三季度",
        en=English("GDP growth", "7.3%", "first three quarters of 2022", ("economic growth",)),
    ),
    _fact("growth-ratio", "GDP增速相当于全市的倍数", "1.2倍", ECONOMY, "增速是全市的几倍", period="2022年前三季度"),
    _fact(
        "tea-firms",
        "茶叶企业数量",
        "312家",
        TEA,
        "茶叶企业",
        period="2022年",
        en=English("Number of tea companies", "312", "2022", ("tea companies",)),
    ),
    _fact(
        "tea-farmers", "茶农人数", "2.3万人", TEA, "茶农", period="2022年", en=English("Tea farmers", "23,000", "2022")
    ),
    _fact("spring-tea", "春茶产量", "230吨", TEA, "春茶产量", "采茶量", period="2022年"),
    _fact("autumn-tea", "秋茶产量", "95吨", TEA, "秋茶产量", "采茶量", period="2022年"),
    _fact(
        "orchard-area",
        "果园面积",
        "1.5万亩",
        ORCHARDS,
        "果园面积",
        en=English("Area of the orchards", "15,000 mu", "", ("orchard area",)),
    ),
    _fact("orchard-investment", "果园投资额", "4.8亿元", ORCHARDS, "果园投资"),
    _fact("orchard-share", "果园投资占全市比重", "35.6%", ORCHARDS, "果园投资占比"),
    _fact(
        "visitors",
        "接待游客数量",
        "47.6万人次",
        TRAVEL,
        "游客",
        period="2022年1—11月",
        en=English("Tourist visits", "476,000", "January to November 2022", ("tourists",)),
    ),
    _fact("tickets", "船票收入", "6300万元", TRAVEL, "船票收入", period="2022年1—11月"),
    _fact("tickets-ratio", "船票收入相当于去年的倍数", "1.8倍", TRAVEL, "船票收入是去年的几倍", period="2022年1—11月"),
    _fact("ferries", "渡口数量", "十二个", LIVES, "渡口", en=English("Ferry landings", "12", "", ("ferries",))),
    _fact("schools", "小学数量", "9所", LIVES, "小学"),
    _fact("hospital", "新建医院的名称", "湖光医院", LIVES, "新建医院"),
    _fact("trail", "步道长度", "18公里", TRAIL, "步道"),
    _fact("trail-basis", "步道依托的书院", "湖光书院", TRAIL, "步道依托"),
    _fact("trail-goal", "建设步道的目标", "江北最大的慢行乐园", TRAIL, "步道打造的乐园"),
    _fact("festival-host", "荷花节的主办单位", "镜湖画院", FESTIVAL, "荷花节"),
    _fact("festival-place", "荷花节的开幕地点", "荷香岛", FESTIVAL, "荷花节开幕"),
    _fact("water", "湖水水质排名", "全市第一", WATER, "水质排名"),
    *_villages(),
)

LEXICON = Lexicon(
    synonyms=(
        ("GDP", "地区生产总值", "经济总量", "gross regional product"),
        ("增长", "增速", "涨幅", "涨", "growth", "grow"),
        ("同比", "比去年", "year-on-year"),
        ("企业", "公司", "厂家", "company", "firm"),
        ("游客", "旅游的人", "观光客", "tourist", "visitor"),
        ("投资", "砸钱", "investment"),
        ("占比", "比重", "share"),
        ("排名", "名次", "rank"),
        ("茶叶", "tea"),
        ("果园", "orchard"),
        ("面积", "area"),
        ("人口", "住着多少人", "population"),
    ),
    fillers=(
        "的",
        "了",
        "吗",
        "呢",
        "是",
        "有",
        "请问",
        "一下",
        "到底",
        "达到",
        "属实",
        "曾",
        "the",
        "of",
        "is",
        "in",
        "are",
        "there",
    ),
    asks={
        "number": ("多少", "几", "how many", "how much"),
        "amount": ("数量", "人数", "number of"),
        "money": ("多少钱",),
        "percent": ("百分之几",),
        "times": ("几倍", "多少倍"),
        "rank": ("第几",),
        "name": ("叫什么", "哪些"),
        "which": ("什么", "哪个", "what", "which"),
        "each": ("分别", "各"),
        "overview": ("怎么样", "情况"),
        "manner": ("如何",),
        "time": ("when",),
        "place": ("在哪里",),
    },
    units={
        "money": ("元", "亿元", "万元", "钱"),
        "percent": ("%",),
        "area": ("亩",),
        "people": ("人", "人次"),
        "organisations": ("家", "所", "company"),
        "things": ("个",),
        "times": ("倍",),
        "weight": ("吨",),
        "length": ("公里",),
    },
    topics=("房价", "财政收入", "收入", "house price"),
    joins=("和", "以及", "and"),
    aspects={"percent": ("增长", "占比"), "money": ("投资",), "rank": ("排名",)},
    relations=("排名", "占比", "第一"),
    here=("全区", "这里", "here"),
    places={"云岭": ("澜城", "松州", "Lancheng", "Songzhou"), "海东": ("青岗", "Qinggang")},
    wider={"city": ("全市", "citywide"), "province": ("全省",), "country": ("全国",)},
    periods={
        "now": ("现在",),
        "this_year": ("今年", "this year"),
        "last_year": ("去年", "last year"),
        "before_last_year": ("前年",),
        "next_year": ("明年", "next year"),
        "full_year": ("全年", "full year"),
        "first_half": ("上半年", "first half"),
        "first_quarter": ("一季度", "Q1"),
        "three_quarters": ("前三季度", "first three quarters"),
        "another_period": ("上个月", "十三五"),
    },
)
KNOWLEDGE = Knowledge((REPORT,), FACTS, LEXICON)
ANSWERER = Answerer(KNOWLEDGE)
MATCHER = Matcher(KNOWLEDGE, english=True)


def fact(id_: str) -> Fact:
    return next(fact for fact in FACTS if fact.id == id_)


def answer(question: str) -> Answer:
    return ANSWERER.answer(question)


def ids(answered: Answer) -> list[str]:
    """The ids of the facts stated or offered, best first."""
    return [match.fact.id for match in answered.matches]


def vocabulary(*, english: bool = True) -> Vocabulary:
    """The lexicon's words, without those that the facts' keywords add."""
    return Vocabulary(LEXICON, english=english)
