"""What the bot says to people: whole questions in, outcomes out."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from bot.answering.answer import Answer, Language, Outcome, Reason
from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Knowledge, Lexicon
from bot.answering.language.vocabulary import shipped
from tests.support.reports.lake_town import (
    FACTS,
    HIGH_TECH_ZONE,
    IN_ENGLISH,
    KNOWLEDGE,
    YUNZE,
    ZONE_FACTS,
    answer,
    answerer,
)
from tests.support.reports.told import Told, asked, ids
from tests.support.wordings import assert_alike, pairs

LAKE = Told.of(KNOWLEDGE).asked("""\
# plain questions, chatty ones, bare names
gdp: 云泽县2022年的地区生产总值是多少？|GDP
grain: 请问一下，全县的粮食产量到底有多少万吨呢，谢谢
hospital: 新建医院的名称
air-rank: 空气质量排名第几
tourism: 旅游收入
schools: 小学
# full width, traditional, invisible
gdp: ＧＤＰ是多少？
grain: 糧食產量是多少|粮\u200b食产\u2060量
gdp-growth: 地區生產總值增長多少
tourism: \u202e旅游收入\u202c|旅\ud800游收入
# other words for it
gdp: 经济总量是多少
kindergartens: 幼稚园有多少所
grain: 粮食打了多少吨
# English
kindergartens: How many kindergartens are there in Yunze?
gdp-growth: growth of GDP
retail: total retail sales
# a quoted figure
gdp: 286.4亿元是什么|286.4这个数指什么
schools: 46所是指什么？
grain: ３１.８万吨是什么
# the unit that is asked for
schools: 小学有多少所
pupils: 小学在校生有多少人
# a change is found by its sign
grain-fall: 粮食产量降了多少|粮食产量降幅|粮食产量下降多少|粮食产量减少了百分之几|粮食产量的变化
grain-fall: how much did grain output fall
pupils-fall: 小学生少了多少
tea-growth: 茶叶产量涨了多少
""")
ISLE = Told.of(IN_ENGLISH).asked("""\
# A report in English is asked in both languages
isle-pupils: 小学生有多少人|小学生人数|How many primary school pupils were there?
isle-pupils-fall: 小学生降幅是多少|By how much did primary school pupils fall?
isle-tourists: 游客有多少人次
isle-jobless: what was the unemployment rate
""")
IN_CHINESE = Told.of(
    replace(KNOWLEDGE, facts=tuple(replace(fact, en=replace(fact.en, label="")) for fact in FACTS))
).asked("""\
# A report in Chinese is asked in English
computers: how many computers were produced
secondary: value added of the secondary industry
air-rank: air quality rank
rural-income: rural disposable income
""")
OLD = replace(YUNZE, id="yunze-2021", year=2021)
OLD_FACTS = tuple(replace(fact, id=f"old-{fact.id}", report=OLD, period="2021年") for fact in FACTS[:2])
TWO_YEARS = Told.of(Knowledge((YUNZE, OLD), (*FACTS, *OLD_FACTS), Lexicon())).asked("""\
# Of two reports on one place the year tells
old-gdp: 云泽县2021年GDP|2021年全县GDP
gdp: 云泽县2022年GDP|云泽县GDP
none: 2020年GDP
""")
TWO_PLACES = Told.of(Knowledge((YUNZE, *HIGH_TECH_ZONE.reports), (*FACTS, *ZONE_FACTS), Lexicon())).asked("""\
# Of two places the one that is named answers
gdp: 云泽县GDP
zone-gdp: 青岛高新区GDP
? gdp zone-gdp: GDP
none: 济南高新区GDP
""")


@asked(LAKE, ISLE, IN_CHINESE, TWO_YEARS, TWO_PLACES)
def test_what_people_ask_is_answered(case) -> None:
    case.check()


def test_an_answer_has_its_question_and_lacks_nothing() -> None:
    for question in ("糧食產量是多少", "３１.８万吨"):
        answered = answer(question)
        assert (answered.question, answered.reason, answered.nearest, answered.missing) == (question, None, (), ())


def test_the_language_of_the_reply_is_the_questions() -> None:
    assert_alike("how many kindergartens are there|house price", lambda q: answer(q).language, Language.ENGLISH)
    assert_alike("小学有多少所|how many 小学", lambda q: answer(q).language, Language.CHINESE)


# ---- what once was answered wrongly


@pytest.mark.parametrize(
    "question", ["26年技术交易额是多少", "21年技术交易额是多少", "2021年技术合同成交额", "去年技术交易额是多少"]
)
def test_a_year_that_the_report_does_not_speak_of_is_not_answered(question) -> None:
    recent = Answerer(Knowledge((YUNZE,), (*FACTS, replace(FACTS[0], id="half", period="2022年上半年")), Lexicon()))
    answered = recent.answer(question)
    assert (answered.outcome, answered.reason) == (Outcome.NONE, Reason.PERIOD)


@pytest.mark.parametrize(
    ("question", "id_"), [("手机产量", "phones"), ("电脑产量", "computers"), ("手机产量有多少台", "phones")]
)
def test_a_word_of_a_label_is_content_whatever_a_list_says(question, id_) -> None:
    listed = Answerer(replace(KNOWLEDGE, lexicon=Lexicon(fillers=("手机", "产量", "有请"))))
    for one in (answerer(), listed):
        assert ids(one.answer(question)) == [id_]


def test_a_filler_of_the_organisation_says_nothing() -> None:
    plain, listed = answerer(), Answerer(replace(KNOWLEDGE, lexicon=Lexicon(fillers=("龘鱻",))))
    question = "龘鱻粮食产量"
    assert plain.wording(question).said == ("龘鱻", "粮食", "产量")
    assert listed.wording(question).said == ("粮食", "产量")


def test_a_synonym_of_the_organisation_is_another_name() -> None:
    listed = Answerer(replace(KNOWLEDGE, lexicon=Lexicon(synonyms=(("幼儿园", "小苗苗"),))))
    assert answer("小苗苗有多少所").outcome is not Outcome.ANSWER
    assert ids(listed.answer("小苗苗有多少所")) == ["kindergartens"]


@pytest.mark.parametrize(
    ("expected", "question"),
    pairs("""\
        place gdp: 山东省的GDP是多少
        period gdp: 2019年GDP是多少
        # the growth of something of which only the amount is stated
        unknown tech-deals: 技术合同成交额增长多少
        unknown phones: 手机产量增长多少
        unknown kindergartens: 幼儿园比上年增加多少所
        # month on month, and against another year, where the report has year on year
        unknown gdp: GDP环比增长多少
        unknown retail: 社会消费品零售总额比2019年增长多少
        # a share that would have to be calculated
        unknown secondary: 第二产业增加值占GDP的比重是多少
        unknown tea: 茶叶产量占比
        # another level, another measure
        unknown gdp: 人均GDP是多少
        unknown tea: 茶叶出口额
        unknown pupils: 初中在校生人数
        unknown grain: 粮食价格
        unknown: 房价是多少|龘鱻|你好|谢谢"""),
)
def test_a_refusal_says_why_and_offers_what_is_near(expected, question) -> None:
    answered = answer(question)
    reason, *nearest = expected.split()
    assert (answered.outcome, answered.reason) == (Outcome.NONE, Reason(reason))
    assert {*nearest} <= {fact.id for fact in answered.nearest}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("居民人均可支配收入是多少", {"urban-income", "rural-income"}),
        ("村庄人口是多少", {f"village-{number}" for number in range(6)}),
        ("粮食产量情况", {"grain", "grain-fall"}),
        ("GDP怎么样", {"gdp", "gdp-growth"}),
    ],
)
def test_facts_that_fit_equally_are_offered(question, expected) -> None:
    answered = answer(question)
    assert (answered.outcome, set(ids(answered)), answered.reason) == (Outcome.CHOICES, expected, None)


def test_an_empty_knowledge_answers_nothing() -> None:
    empty = Answerer(Knowledge((), (), Lexicon()))
    empty.prepare()
    for question in ("渡口有多少", "GDP增速和总量分别是多少", "how many ferries", "youeryuan", "", "12个是什么"):
        assert empty.answer(question).outcome is Outcome.NONE


# ---- the same question, the same answer

ASKED = (
    "GDP是多少|地区生总产值|良食铲量|how many kindergatens|youeryuan|村庄人口|小学和幼儿园各有多少所|"
    "青岛GDP|2019年GDP|46所|房价|你好|growth of GDP|GPD|技术合同成交额和增速"
).split("|")


def described(answered: Answer) -> tuple[object, ...]:
    matches = [(match.fact.id, match.score) for match in answered.matches]
    return answered.outcome, matches, answered.reason, answered.missing, [fact.id for fact in answered.nearest]


def test_answers_do_not_depend_on_what_was_asked_before() -> None:
    forwards, backwards, prepared = Answerer(KNOWLEDGE), Answerer(KNOWLEDGE), Answerer(KNOWLEDGE)
    prepared.prepare()
    answers = [forwards.answer(question) for question in ASKED]
    assert [forwards.answer(question) for question in ASKED] == answers
    assert [backwards.answer(question) for question in ASKED[::-1]][::-1] == answers
    assert [prepared.answer(question) for question in ASKED] == answers


def test_answers_do_not_depend_on_what_other_reports_say() -> None:
    before = [described(answer(question)) for question in ASKED]
    Answerer(replace(HIGH_TECH_ZONE, lexicon=Lexicon(synonyms=(("粮食", "村庄", "grain"),), fillers=("小学", "GDP"))))
    after = Answerer(KNOWLEDGE)
    assert [described(after.answer(question)) for question in ASKED] == before
    assert "subject" not in {role for word in shipped().words.values() for role in word.roles}


def test_threads_that_share_an_answerer_get_the_same_answers() -> None:
    shared, workers = Answerer(KNOWLEDGE), 4
    start = Barrier(workers)

    def ask(offset: int) -> list[Answer]:
        start.wait(timeout=30)
        return [shared.answer(ASKED[(offset + i) % len(ASKED)]) for i in range(len(ASKED))]

    with ThreadPoolExecutor(workers) as pool:
        answers = list(pool.map(ask, range(workers)))
    alone = [answer(question) for question in ASKED]
    for offset, given in enumerate(answers):
        assert given == [*alone[offset:], *alone[:offset]]


def test_answers_do_not_depend_on_the_seed_of_hashes() -> None:
    script = """if True:
        from tests.support.reports.lake_town import answer
        from tests.answering.test_answerer import ASKED, described
        print([described(answer(question)) for question in ASKED])
    """
    printed = subprocess.run(  # noqa: S603 - this interpreter and the words above
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    ).stdout
    assert printed.strip() == str([described(answer(question)) for question in ASKED])
