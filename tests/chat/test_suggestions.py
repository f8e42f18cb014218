"""What is offered to be asked is answered with just that fact, whatever the report."""

from functools import cache

import pytest

from bot.answering.answer import Answer, Language, Outcome
from bot.answering.conversation import Conversation
from bot.chat.suggestions import Suggestions
from bot.chat.texts import Locale
from tests.support.reports.lake_town import FACTS, IN_ENGLISH, ISLE_FACTS, answerer
from tests.support.reports.shipped import shipped
from tests.support.reports.told import Told
from tests.support.wordings import pairs

REPORTS = ("city", "english", "health", "trade")
TRIED = 12  # facts of a report, from all over it
BY_ID = {fact.id: fact for fact in (*FACTS, *ISLE_FACTS)}


@cache
def suggestions(report: str = "lake") -> Suggestions:
    made = {"lake": answerer, "isle": lambda: answerer(IN_ENGLISH)}.get(report)
    return Suggestions(made() if made else shipped(report))


def tells(answer: Answer, fact) -> bool:
    return answer.outcome is Outcome.ANSWER and [match.fact for match in answer.matches] == [fact]


@pytest.mark.parametrize("report", ["", *REPORTS])
def test_every_question_and_follow_up_that_is_offered_is_answered_with_just_that_fact(report) -> None:
    suggested, facts = suggestions(report), shipped(report).knowledge.facts
    facts, offered = facts[:: len(facts) // TRIED], 0
    for fact in facts:
        for locale in (Locale.SIMPLIFIED, Locale.ENGLISH):
            if question := suggested.question(fact, locale):
                assert tells(Conversation(shipped(report)).reply(question, 0), fact), question
                offered += 1
            for other, text in suggested.after(fact, locale.language):
                conversation = Conversation(shipped(report))
                conversation.chosen(fact.id, 0)
                assert tells(conversation.reply(text, 0), other), (fact.label, text)
    assert offered > (0.9 if report == "english" else 1.7) * len(facts)  # it has no Chinese


HARBOUR = Told("""\
澄湾港 2022
港口建成于1987年6月，集装箱吞吐量全省排名第三，航线通达青屿、南汀、白沙。
  built|港口建成时间|1987年6月|-||Date of completion
  rank|集装箱吞吐量全省排名|第三|||Rank of the container traffic
  routes|航线通达的港口|青屿、南汀、白沙|-|
港区成立35周年，建成两大平台；货物吞吐量4200万吨，拖轮数量增长1.2%，引进船舶16艘，馆藏海图210册。
  founding|港区成立周年|35周年|-||Anniversary of the port
  platforms|建成平台的数量|两大|-||Number of platforms built up
  cargo|货物吞吐量|4200万吨|||Cargo units handled
  tugs|拖轮数量增速|1.2%|-||Growth of the number of tugs
  ships|引进船舶数|16艘|-||Ships brought in
  charts|馆藏海图数|210册|-||Collection of sea charts
  gdp|临港GDP|12亿元|-||Harbour gdp
外贸货物增速快于内贸货物4.2个百分点，持证领航人36人，先后承办两次省级演练现场会。
  gap|外贸货物增速快于内贸货物的幅度|4.2个百分点|-|
  pilots|持证领航人|36人|-|
  drill|承办的现场会|先后承办两次省级演练现场会|-|
""")
QUESTIONS = """\
gdp zh-Hans: 地区生产总值是多少？
gdp-growth zh-Hans: 地区生产总值增长了多少？
gdp-growth zh-Hant: 地区生产总值增長了多少？
grain-fall zh-Hans: 粮食产量下降了多少？
pupils zh-Hans: 小学在校生有多少人？
schools zh-Hans: 小学有多少所？
visitors zh-Hans: 1—11月接待游客有多少人次？
catering-share zh-Hans: 餐饮收入占社会消费品零售总额的比重是多少？
hospital zh-Hans: 新建医院的名称是什么？
gdp-growth en: How much did GDP grow?
grain-fall en: How much did grain output fall?
schools en: How many primary schools?
tech-deals en: What was the value of technology contracts?
primary en: """
IN_A_HARBOUR = """\
built zh-Hans: 港口建成是什么时候？
built en: When was the completion?
rank zh-Hans: 集装箱吞吐量全省排第几？
rank en: Where did the container traffic rank?
platforms zh-Hans: 建成平台有多少个？
platforms en: How many platforms were built up?
cargo en: What is the figure for cargo units handled?
tugs en: How much did the number of tugs grow?
ships en: How many ships were brought in?
charts en: What is the figure for the collection of sea charts?
gdp en: What was the harbour GDP?
routes zh-Hans: 航线通达的港口有哪些？
gap zh-Hans: 外贸货物增速快于内贸货物的幅度是多少？
pilots zh-Hans: 持证领航人有多少人？
drill zh-Hans: 承办的现场会是什么？"""


@pytest.mark.parametrize("table", [QUESTIONS, IN_A_HARBOUR])
def test_a_question_is_one_that_a_person_would_ask_for_what_the_figure_is(table) -> None:
    facts = BY_ID | {fact.id: fact for fact in HARBOUR.knowledge.facts}
    suggested = suggestions() if table is QUESTIONS else Suggestions(HARBOUR.answerer)
    asked = {tuple(told.split()): question for told, question in pairs(table)}
    assert {key: suggested.question(facts[key[0]], Locale(key[1])) for key in asked} == asked


def test_what_nobody_asks_well_is_not_suggested() -> None:
    founding = next(fact for fact in HARBOUR.knowledge.facts if fact.id == "founding")
    assert [Suggestions(HARBOUR.answerer).question(founding, locale) for locale in Locale] == ["", "", ""]


@pytest.mark.parametrize(
    ("fact", "more"),
    [
        ("gdp", ["增速"]),
        ("gdp-growth", ["地区生产总值"]),
        ("primary", ["增速", "第二产业增加值"]),
        ("catering", ["占社会消费品零售总额的比重"]),
        ("schools", ["幼儿园数量", "小学在校生减少人数"]),
    ],
)
def test_an_answer_goes_on_to_other_aspects_and_then_to_the_rest_of_its_sentence(fact, more) -> None:
    found = [text for _, text in suggestions().after(BY_ID[fact], Language.CHINESE)]
    assert found[: len(more)] == more


def test_examples_are_plain_figures_of_different_sections_and_what_is_popular_comes_first() -> None:
    shown = list(suggestions("").examples(Locale.SIMPLIFIED))
    assert (len(shown), shown[0]) == (3, "前三季度GDP是多少？")
    assert next(iter(suggestions().examples(Locale.SIMPLIFIED))) == "粮食产量是多少？"
    first = suggestions().examples(Locale.SIMPLIFIED, ["gone", "tea-growth", "schools"])
    assert [fact.id for fact in first.values()][:2] == ["tea-growth", "schools"]
