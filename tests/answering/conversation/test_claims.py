"""Claims: a question with a value, a direction or a second thing."""

import pytest

from bot.answering.answer import Outcome
from bot.answering.conversation import last_answer
from tests.support.reports.lake_town import IN_ENGLISH, KNOWLEDGE, answerer
from tests.support.reports.told import Told, ids
from tests.support.wordings import assert_alike


def judged(*messages: str) -> tuple[Outcome, list[str], bool | None]:
    found = last_answer(answerer(), messages)
    return found.outcome, ids(found), found.verdict


@pytest.mark.parametrize(
    ("fact", "verdict", "claims"),
    [
        ("gdp", True, "GDP有286亿吧|GDP有290亿吧|GDP有300亿了吧|GDP超过286亿元了吧|GDP不到300亿对吗"),
        ("gdp", True, "GDP快到三百亿了吧|GDP没超过300亿吧|GDP至少200亿？|GDP有两百多亿吧"),
        ("gdp", True, "GDP有二百八十六亿四千万元吧"),
        ("gdp", True, "GDP是286.4吧|GDP不到290吧"),
        ("gdp", False, "GDP是280亿吧|GDP突破300亿了吗|GDP超过290吧"),
        ("gdp-growth", True, "GDP增长了7%左右吧|GDP没有下降吧|GDP比上年多了吧"),
        ("gdp-growth", False, "GDP下降了吧"),
        ("grain-fall", True, "粮食产量是不是下降了"),
        ("grain-fall", False, "粮食产量增长了2.9%吧|粮食产量比上年高吗"),
        ("pupils-fall", True, "小学在校生少了三百多人吧"),
        ("tea", True, "茶叶产量有一千万斤吧"),
        ("catering-share", True, "餐饮收入占一成多吧"),
        ("air-rank", True, "空气质量排名第三吧|空气质量排名进了前五吧"),
        ("gdp", True, "GDP有二百八十多亿元是真实数据"),
        ("gdp-growth", False, "GDP比上年少了|GDP少了吧"),
        ("catering", True, "餐饮收入跌破20亿了吧"),
        ("tea-growth", False, "茶叶产量没变吧"),
        ("air-rank", False, "空气质量排名第二吧"),
        ("grain", True, "Is it true that grain output is over 300,000 tons?"),
    ],
)
def test_a_claim_is_borne_out_or_not(fact: str, verdict: bool, claims: str) -> None:
    assert_alike(claims, judged, (Outcome.ANSWER, [fact], verdict))


@pytest.mark.parametrize(
    ("claim", "facts", "verdict"),
    [
        ("第三产业增加值比第二产业多吧", ["tertiary", "secondary"], True),
        ("农村居民收入比城镇高吧", ["rural-income", "urban-income"], False),
        ("小学比幼儿园少吧", ["schools", "kindergartens"], True),
        ("小学有多少所|比幼儿园多吧", ["schools", "kindergartens"], False),
        ("小学比幼儿园少一点", ["schools", "kindergartens"], True),
        ("三次产业里第二产业增长最快", ["secondary-growth"], True),
        ("三次产业里增加值最大的是第二产业", ["secondary", "tertiary"], False),
    ],
)
def test_two_facts_are_compared(claim: str, facts: list[str], verdict: bool) -> None:
    found = last_answer(answerer(), claim.split("|"))
    assert (ids(found), found.verdict) == (facts, verdict)


@pytest.mark.parametrize(
    "claim", ["房价超过一万了吧", "北京的GDP超过4万亿了吧", "2030年GDP超过300亿吧", "GDP增速超过300亿了吧"]
)
def test_where_the_report_has_no_figure_it_is_neither_yes_nor_no(claim: str) -> None:
    found = last_answer(answerer(), [claim])
    assert found.outcome is not Outcome.ANSWER
    assert found.verdict is None


@pytest.mark.parametrize("question", ["GDP是多少", "286.4亿元是什么", "粮食产量下降了多少", "粮食产量"])
def test_a_question_claims_nothing(question: str) -> None:
    assert last_answer(answerer(), [question]).verdict is None


def test_a_claim_goes_on_from_a_question() -> None:
    found = last_answer(answerer(KNOWLEDGE), ["GDP是多少", "超过300亿了吧"])
    assert (ids(found), found.verdict) == (["gdp"], False)
    found = last_answer(answerer(IN_ENGLISH), ["What is the unemployment rate?", "over 3%, right?"])
    assert (ids(found), found.verdict) == (["isle-jobless"], False)


HARBOUR = Told("""\
芦澳渔村 渔村 2022
村民平均寿命81.2岁，男性78.5岁，出海一次平均18天。
  life|村民平均寿命|81.2岁
  life-men|男性村民平均寿命|78.5岁
  days|平均出海时间|18天
游客增长25%，好评榜居第1位，道路完好系数0.57，进村车流6万辆水平。
  growth|游客增速|25%
  rank|好评榜位次|第1位
  roads|道路完好系数|0.57
  cars|进村车流量|6万辆水平
3家渔行预计亏损。
  losing|预计亏损的渔行数|3家
木壳渔船209艘，铁壳渔船206艘，救生渔船5艘。
  boats|木壳渔船数|209艘
  iron|铁壳渔船数|206艘
  rescue|救生渔船数|5艘
""")


@pytest.mark.parametrize(
    ("fact", "verdict", "claims"),
    [
        ("life", True, "村民平均寿命超过80岁吧|村民平均寿命过了八十岁吧"),
        ("life-men", False, "男性村民平均寿命不到75岁吧"),
        ("days", False, "出海时间平均有半个月吧"),
        ("growth", True, "游客涨了两成五吧"),
        ("rank", True, "好评榜排第一了吧"),
        ("roads", False, "道路完好系数已达0.6了吧"),
        ("cars", False, "进村车流超过7万辆吧"),
        ("losing", False, "有5家渔行要赔钱吧"),
        ("boats", True, "渔船超过200艘了吧"),  # so are those of iron
    ],
)
def test_a_claim_may_be_said_in_many_ways(fact: str, verdict: bool, claims: str) -> None:
    for claim in claims.split("|"):
        found = HARBOUR.last(claim)
        assert (claim, found.outcome, ids(found), found.verdict) == (claim, Outcome.ANSWER, [fact], verdict)
