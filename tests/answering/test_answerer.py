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
from tests.support.reports.told import ids
from tests.support.wordings import assert_alike


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        # plain questions, chatty ones, bare names
        ("云泽县2022年的地区生产总值是多少？", "gdp"),
        ("请问一下，全县的粮食产量到底有多少万吨呢，谢谢", "grain"),
        ("新建医院的名称", "hospital"),
        ("空气质量排名第几", "air-rank"),
        ("旅游收入", "tourism"),
        ("GDP", "gdp"),
        ("小学", "schools"),
        # full width, traditional, invisible
        ("ＧＤＰ是多少？", "gdp"),
        ("糧食產量是多少", "grain"),
        ("地區生產總值增長多少", "gdp-growth"),
        ("粮\u200b食产\u2060量", "grain"),
        ("\u202e旅游收入\u202c", "tourism"),
        ("旅\ud800游收入", "tourism"),
        # other words for it
        ("经济总量是多少", "gdp"),
        ("幼稚园有多少所", "kindergartens"),
        ("粮食打了多少吨", "grain"),
        # English
        ("How many kindergartens are there in Yunze?", "kindergartens"),
        ("growth of GDP", "gdp-growth"),
        ("total retail sales", "retail"),
        # a quoted figure
        ("286.4亿元是什么", "gdp"),
        ("46所是指什么？", "schools"),
        ("286.4这个数指什么", "gdp"),
        ("３１.８万吨", "grain"),
        # the unit that is asked for
        ("小学有多少所", "schools"),
        ("小学在校生有多少人", "pupils"),
    ],
)
def test_a_question_is_answered_with_its_fact(question: str, id_: str) -> None:
    answered = answer(question)
    assert (answered.outcome, ids(answered)) == (Outcome.ANSWER, [id_])
    assert (answered.question, answered.reason, answered.nearest, answered.missing) == (question, None, (), ())


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("how many kindergartens are there", Language.ENGLISH),
        ("house price", Language.ENGLISH),
        ("小学有多少所", Language.CHINESE),
        ("how many 小学", Language.CHINESE),
    ],
)
def test_the_language_of_the_reply_is_the_questions(question: str, language: Language) -> None:
    assert answer(question).language is language


# ---- what once was answered wrongly


@pytest.mark.parametrize(
    "question", ["26年技术交易额是多少", "21年技术交易额是多少", "2021年技术合同成交额", "去年技术交易额是多少"]
)
def test_a_year_that_the_report_does_not_speak_of_is_not_answered(question: str) -> None:
    recent = Answerer(Knowledge((YUNZE,), (*FACTS, replace(FACTS[0], id="half", period="2022年上半年")), Lexicon()))
    answered = recent.answer(question)
    assert (answered.outcome, answered.reason) == (Outcome.NONE, Reason.PERIOD)


@pytest.mark.parametrize(
    ("question", "id_"), [("手机产量", "phones"), ("电脑产量", "computers"), ("手机产量有多少台", "phones")]
)
def test_a_word_of_a_label_is_content_whatever_a_list_says(question: str, id_: str) -> None:
    listed = Answerer(replace(KNOWLEDGE, lexicon=Lexicon(fillers=("手机", "产量", "有请"))))
    for asked in (answerer(), listed):
        assert ids(asked.answer(question)) == [id_]


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
    ("question", "reason", "nearest"),
    [
        ("山东省的GDP是多少", Reason.PLACE, "gdp"),
        ("2019年GDP是多少", Reason.PERIOD, "gdp"),
        # the growth of something of which only the amount is stated
        ("技术合同成交额增长多少", Reason.UNKNOWN, "tech-deals"),
        ("手机产量增长多少", Reason.UNKNOWN, "phones"),
        ("幼儿园比上年增加多少所", Reason.UNKNOWN, "kindergartens"),
        # month on month, and against another year, where the report has year on year
        ("GDP环比增长多少", Reason.UNKNOWN, "gdp"),
        ("社会消费品零售总额比2019年增长多少", Reason.UNKNOWN, "retail"),
        # a share that would have to be calculated
        ("第二产业增加值占GDP的比重是多少", Reason.UNKNOWN, "secondary"),
        ("茶叶产量占比", Reason.UNKNOWN, "tea"),
        # another level, another measure
        ("人均GDP是多少", Reason.UNKNOWN, "gdp"),
        ("茶叶出口额", Reason.UNKNOWN, "tea"),
        ("初中在校生人数", Reason.UNKNOWN, "pupils"),
        ("粮食价格", Reason.UNKNOWN, "grain"),
        *((nothing, Reason.UNKNOWN, None) for nothing in ("房价是多少", "龘鱻", "你好", "谢谢")),
    ],
)
def test_a_refusal_says_why_and_offers_what_is_near(question: str, reason: Reason, nearest: str | None) -> None:
    answered = answer(question)
    assert (answered.outcome, answered.reason) == (Outcome.NONE, reason)
    assert nearest is None or nearest in [fact.id for fact in answered.nearest]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("居民人均可支配收入是多少", {"urban-income", "rural-income"}),
        ("村庄人口是多少", {f"village-{number}" for number in range(6)}),
        ("粮食产量情况", {"grain", "grain-fall"}),
        ("GDP怎么样", {"gdp", "gdp-growth"}),
    ],
)
def test_facts_that_fit_equally_are_offered(question: str, expected: set[str]) -> None:
    answered = answer(question)
    assert (answered.outcome, set(ids(answered)), answered.reason) == (Outcome.CHOICES, expected, None)


@pytest.mark.parametrize(
    ("id_", "questions"),
    [
        ("grain-fall", "粮食产量降了多少|粮食产量降幅|粮食产量下降多少|粮食产量减少了百分之几|粮食产量的变化"),
        ("grain-fall", "how much did grain output fall"),
        ("pupils-fall", "小学生少了多少"),
        ("tea-growth", "茶叶产量涨了多少"),
    ],
)
def test_a_change_is_found_by_its_sign(id_: str, questions: str) -> None:
    assert_alike(questions, lambda asked: ids(answer(asked)), [id_])


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("小学生有多少人", "isle-pupils"),
        ("小学生人数", "isle-pupils"),
        ("小学生降幅是多少", "isle-pupils-fall"),
        ("游客有多少人次", "isle-tourists"),
        ("How many primary school pupils were there?", "isle-pupils"),
        ("By how much did primary school pupils fall?", "isle-pupils-fall"),
        ("what was the unemployment rate", "isle-jobless"),
    ],
)
def test_a_report_in_english_is_asked_in_both_languages(question: str, id_: str) -> None:
    assert ids(answer(question, IN_ENGLISH)) == [id_]


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("how many computers were produced", "computers"),
        ("value added of the secondary industry", "secondary"),
        ("air quality rank", "air-rank"),
        ("rural disposable income", "rural-income"),
    ],
)
def test_a_report_in_chinese_is_asked_in_english(question: str, id_: str) -> None:
    without = Answerer(replace(KNOWLEDGE, facts=tuple(replace(f, en=replace(f.en, label="")) for f in FACTS)))
    assert ids(without.answer(question)) == [id_]


# ---- several reports, and none


OLD = replace(YUNZE, id="yunze-2021", year=2021)
OLD_FACTS = tuple(replace(fact, id=f"old-{fact.id}", report=OLD, period="2021年") for fact in FACTS[:2])
TWO_YEARS = Answerer(Knowledge((YUNZE, OLD), (*FACTS, *OLD_FACTS), Lexicon()))
TWO_PLACES = Answerer(Knowledge((*KNOWLEDGE.reports, *HIGH_TECH_ZONE.reports), (*FACTS, *ZONE_FACTS), Lexicon()))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("云泽县2021年GDP", ["old-gdp"]),
        ("云泽县2022年GDP", ["gdp"]),
        ("2021年全县GDP", ["old-gdp"]),
        ("云泽县GDP", ["gdp"]),
        ("2020年GDP", []),
    ],
)
def test_of_two_reports_on_one_place_the_year_tells(question: str, expected: list[str]) -> None:
    assert ids(TWO_YEARS.answer(question)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("云泽县GDP", ["gdp"]),
        ("青岛高新区GDP", ["zone-gdp"]),
        ("GDP", ["gdp", "zone-gdp"]),
        ("济南高新区GDP", []),
    ],
)
def test_of_two_places_the_one_that_is_named_answers(question: str, expected: list[str]) -> None:
    assert ids(TWO_PLACES.answer(question)) == expected


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


def test_the_same_words_are_looked_up_once_and_much_is_not_remembered() -> None:
    asked = Answerer(KNOWLEDGE)

    def plain(question: str) -> Answer:
        return asked.plain_answer(asked.question(question), question)

    first = plain("GDP是多少")
    assert plain("GDP是多少") is first
    assert plain("GDP" * 40) is not plain("GDP" * 40)
    for number in range(1000):
        plain(f"{number}")
    assert plain("GDP是多少") is not first
    assert plain("GDP是多少") == first


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
