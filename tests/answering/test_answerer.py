"""What the bot says to people: whole questions in, outcomes out."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from lake_town import FACTS, KNOWLEDGE, answer, ids

from bot.answering.answer import Answer, Language, Outcome, Reason
from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Fact, Report, Subject


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        # plain questions
        ("镜湖区前三季度的地区生产总值是多少？", "gdp"),
        ("新建医院叫什么", "hospital"),
        ("湖水水质排名第几", "water"),
        ("春茶产量有多少吨", "spring-tea"),
        # bare keywords
        ("渡口", "ferries"),
        ("船票收入", "tickets"),
        ("GDP 增速", "gdp-growth"),
        # full width, traditional, invisible
        ("ＧＤＰ是多少？", "gdp"),
        ("茶葉企業數量", "tea-firms"),
        ("地區生產總值增長多少", "gdp-growth"),
        ("茶\u200b叶企\u2060业有多少", "tea-firms"),
        ("\u202e渡口\u202c", "ferries"),
        ("渡口\x00\x07", "ferries"),
        ("渡\ud800口", "ferries"),
        # homophones, wrong, swapped, missing and doubled characters
        ("查叶企业有多少", "tea-firms"),
        ("茶业其业数量", "tea-firms"),
        ("春茶铲量", "spring-tea"),
        ("地区生总产值", "gdp"),
        ("地区产总值是多少", "gdp"),
        ("地区生产总总值", "gdp"),
        ("果圆面积", "orchard-area"),
        ("茶叶企业业数量", "tea-firms"),
        # pinyin
        ("diqushengchanzongzhi", "gdp"),
        ("di qu sheng chan zong zhi shi duo shao", "gdp"),
        ("chaye qiye shuliang", "tea-firms"),
        ("chayeqiye duoshao", "tea-firms"),
        ("dukou有多少", "ferries"),
        ("GDP zengsu shi duoshao", "gdp-growth"),
        # English
        ("How many tea companies are there in Mirror Lake?", "tea-firms"),
        ("number of tea company", "tea-firms"),
        ("how many tea compnaies", "tea-firms"),
        ("gross regonal product", "gdp"),
        ("growth of GDP", "gdp-growth"),
        ("area of orchards", "orchard-area"),
        ("tourists", "visitors"),
        # how people talk
        ("有多少观光客啊", "visitors"),
        ("旅游的人有多少", "visitors"),
        ("茶叶公司有几家呀", "tea-firms"),
        ("GDP涨了多少", "gdp-growth"),
        ("果园砸钱多少", "orchard-investment"),
        # a quoted figure
        ("86.4亿元是什么", "gdp"),
        ("86.4亿", "gdp"),
        ("312家是指什么？", "tea-firms"),
        ("３１２家", "tea-firms"),
        ("47.6万人次", "visitors"),
        ("12个是什么", "ferries"),
        ("地区生产总值是86.4亿元吗", "gdp"),
        ("What does 312 refer to", "tea-firms"),
        # the unit asked for
        ("果园有多少亩", "orchard-area"),
        ("果园投资多少钱", "orchard-investment"),
        # the surroundings, where the fact speaks of them
        ("全市水质排名", "water"),
        ("GDP增速是澜城的几倍", "growth-ratio"),
        # the report's period, and a comparison with another
        ("2022年GDP", "gdp"),
        ("今年前三季度GDP", "gdp"),
        ("1-11月的游客", "visitors"),
        ("前11个月游客", "visitors"),
        ("GDP in the first three quarters", "gdp"),
        ("船票收入是去年同期的几倍", "tickets-ratio"),
        ("GDP比去年增长多少", "gdp-growth"),
        ("how much did GDP grow than last year", "gdp-growth"),
    ],
)
def test_a_question_is_answered_with_its_fact(question: str, id_: str) -> None:
    answered = answer(question)
    assert (answered.outcome, ids(answered)) == (Outcome.ANSWER, [id_])
    assert (answered.question, answered.reason, answered.asked, answered.nearest) == (question, None, "", ())


@pytest.mark.parametrize(
    ("question", "id_"), [("春茶产量是多少", "spring-tea"), ("十二个是什么", "ferries"), ("渡口是十二个吗", "ferries")]
)
def test_measures_and_numerals_of_every_kind_are_answered(question: str, id_: str) -> None:
    answered = answer(question)
    assert (answered.outcome, ids(answered)) == (Outcome.ANSWER, [id_])


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("青岗的茶叶企业有多少", "青岗"),
        ("松州GDP是多少", "松州"),
        ("松州市GDP增速", "松州市"),
        ("青岗和镜湖区的渡口", "青岗"),
        ("全省游客数量", "全省"),
        ("全国有多少小学", "全国"),
        ("全市有多少渡口", "全市"),
        ("澜城有多少茶农", "澜城"),
        ("ferries in Qinggang", "qinggang"),
    ],
)
def test_another_place_is_refused(question: str, place: str) -> None:
    answered = answer(question)
    assert (answered.outcome, answered.reason, answered.asked) == (Outcome.NONE, Reason.PLACE, place)


@pytest.mark.parametrize("question", ["全市GDP是多少", "澜城的地区生产总值", "全市果园投资是多少"])
def test_the_figure_of_the_whole_city_is_not_given_by_a_fact_that_compares_with_it(question: str) -> None:
    assert answer(question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("去年GDP是多少", "去年"),
        ("2019年GDP是多少", "2019年"),
        ("二〇一九年的GDP", "二〇一九年"),
        ("GDP 2019", "2019"),
        ("一季度GDP", "一季度"),
        ("Q1 GDP", "q1"),
        ("上半年GDP", "上半年"),
        ("明年GDP是多少", "明年"),
        ("全年GDP", "全年"),
        ("11月的游客", "11月"),
        ("十三五的游客", "十三五"),
        ("GDP last year", "last year"),
        ("2019年渡口有多少", "2019年"),
        ("上半年茶农有多少", "上半年"),
    ],
)
def test_another_period_is_refused(question: str, asked: str) -> None:
    answered = answer(question)
    assert (answered.outcome, answered.reason, answered.asked) == (Outcome.NONE, Reason.PERIOD, asked)
    assert 0 < len(answered.nearest) <= 3


@pytest.mark.parametrize("question", ["我明年退休，想知道茶叶企业有多少", "小学去年来过，渡口有几个"])
def test_a_period_of_what_only_leads_up_to_the_question_is_not_asked_for(question: str) -> None:
    assert answer(question).outcome is Outcome.ANSWER


@pytest.mark.parametrize(
    "question", ["船票收入是去年的几倍", "GDP是去年同期的几倍", "游客比去年增长多少", "GDP compared with last year"]
)
def test_a_comparison_is_not_refused_for_its_period(question: str) -> None:
    assert answer(question).reason is not Reason.PERIOD


@pytest.mark.parametrize(
    "question",
    [
        # matters that the report does not speak of
        "房价是多少",
        "镜湖区房价",
        "镜湖区财政收入是多少",
        "茶农房价",
        "果园收入是多少",
        "house price in Mirror Lake",
        # aspects that the fact lacks
        "茶农增速是多少",
        "果园面积增长多少",
        "渡口排名第几",
        "小学占比",
        # figures that are not the report's
        "2144家是什么",
        # chat and nonsense
        "你好",
        "今天天气怎么样",
        "哈哈哈哈哈哈",
        "你是谁呀",
        "asdfghjkl",
        "how are you",
        "多少",
        "的",
        "？",
        "😀😀",
        "",
        " ",
    ],
)
def test_what_the_report_does_not_say_is_not_answered(question: str) -> None:
    answered = answer(question)
    assert (answered.outcome, answered.matches, answered.reason) == (Outcome.NONE, (), Reason.UNKNOWN)


@pytest.mark.parametrize(
    ("question", "expected"),
    [("采茶量", ["spring-tea", "autumn-tea"]), ("村庄人口是多少", [f"village-{n}" for n in range(6)])],
)
def test_facts_that_fit_equally_are_offered(question: str, expected: list[str]) -> None:
    answered = answer(question)
    assert (answered.outcome, ids(answered)) == (Outcome.CHOICES, expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("前三季度怎么样", ["gdp", "gdp-growth", "growth-ratio"]),
        ("前三季度有百分之几", []),
        ("2019年怎么样", []),
        ("多少钱", ["gdp", "orchard-investment", "tickets"]),
        ("在哪里", []),
        # One of each sentence before the second of any.
        ("多少人", ["tea-farmers", "visitors", "village-0", "village-1", "village-2", "village-3"]),
    ],
)
def test_a_question_without_a_matter_offers_what_is_of_its_kind_and_period(question: str, expected: list[str]) -> None:
    answered = answer(question)
    assert (answered.outcome, ids(answered)) == (Outcome.CHOICES if expected else Outcome.NONE, expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("果园怎么样", {"orchard-investment", "orchard-area", "orchard-share"}),
        # A fact that stands alone is offered with what the report tells beside it, the same sentence first.
        ("GDP怎么样", {"gdp", "gdp-growth", "growth-ratio"}),
    ],
)
def test_how_things_stand_is_never_one_figure(question: str, expected: set[str]) -> None:
    answered = answer(question)
    assert answered.outcome is Outcome.CHOICES
    assert set(ids(answered)[:3]) == expected


def test_few_words_that_count_two_things_alike_offer_both_and_the_whole_name_one() -> None:
    sentence = "镜湖区有船厂总数40家，其中茶叶船厂6家。"
    yards = replace(
        FACTS[0], id="yards", label="全部船厂", figure="40家", keywords=("船厂",), sentence=sentence, period=None
    )
    new = replace(yards, id="tea-yards", label="茶叶船厂", figure="6家", keywords=("茶叶船厂",))
    answerer = Answerer(replace(KNOWLEDGE, facts=(*FACTS, yards, new)))
    few = answerer.answer("船厂有多少家")
    assert (few.outcome, ids(few)) == (Outcome.CHOICES, ["yards", "tea-yards"])
    assert ids(answerer.answer("全部船厂有多少家")) == ["yards"]
    assert ids(answerer.answer("茶叶船厂有多少家")) == ["tea-yards"]
    assert ids(answerer.answer("今年船厂达到多少家")) == ["yards"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("GDP和增速分别是多少", ["gdp", "gdp-growth"]),
        ("渡口、小学各有多少", ["ferries", "schools"]),
        ("小学有几所，渡口有几个", ["schools", "ferries"]),
        ("How many ferries and how many tea companies?", ["ferries", "tea-firms"]),
        # In English the question word stands once, before all.
        ("How many ferries, tea companies and tourists are there?", ["ferries", "tea-firms", "visitors"]),
        # A fact that one part surely means is not the other part's.
        ("果园投资多少，果园投资占比百分之几", ["orchard-investment", "orchard-share"]),
    ],
)
def test_several_at_once_are_all_answered(question: str, expected: list[str]) -> None:
    answered = answer(question)
    assert (answered.outcome, ids(answered)) == (Outcome.ANSWER, expected)


def test_a_name_with_a_join_inside_is_one_question() -> None:
    lake = replace(FACTS[0], id="lake-and-river", label="湖和河的水量", figure="3.4亿", keywords=("湖和河的水量",))
    answerer = Answerer(replace(KNOWLEDGE, facts=(*FACTS, lake)))
    assert ids(answerer.answer("湖和河的水量是多少")) == ["lake-and-river"]


BAY = Report("bay-2021", "青岗湾区年报", "湾区周刊", 2021, Subject("青岗湾区", "Qinggang Bay", ("湾区",)))
BAY_FERRIES = Fact("bay-ferries", "渡口数量", "7个", ("渡口",), "湾区有渡口7个。", "概况", BAY)
TWO_REPORTS = Answerer(replace(KNOWLEDGE, reports=(*KNOWLEDGE.reports, BAY), facts=(*FACTS, BAY_FERRIES)))


def test_this_year_is_each_reports_own() -> None:
    bay = replace(BAY_FERRIES, period="2021年")
    answerer = Answerer(replace(KNOWLEDGE, reports=(*KNOWLEDGE.reports, BAY), facts=(*FACTS, bay)))
    assert ids(answerer.answer("今年怎么样"))[:4] == ["gdp", "tea-firms", "visitors", "bay-ferries"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("渡口有多少", ["ferries", "bay-ferries"]),
        ("镜湖区渡口有多少", ["ferries"]),
        ("湾区渡口有多少", ["bay-ferries"]),
        ("2022年渡口有多少", ["ferries"]),
        ("2021年渡口有多少", ["bay-ferries"]),
        ("7个渡口", ["bay-ferries"]),
        ("松州的渡口", []),
    ],
)
def test_of_two_reports_the_one_that_is_named_answers(question: str, expected: list[str]) -> None:
    assert ids(TWO_REPORTS.answer(question)) == expected


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("how many ferries are there", Language.ENGLISH),
        ("house price", Language.ENGLISH),
        ("how much did GDP grow than last year", Language.ENGLISH),
        ("渡口有多少", Language.CHINESE),
        ("chaye qiye shuliang", Language.CHINESE),
        ("how many 渡口", Language.CHINESE),
    ],
)
def test_the_language_of_the_reply_is_the_questions(question: str, language: Language) -> None:
    assert answer(question).language is language


# ---- the same question, the same answer

ASKED = [
    *[
        "GDP是多少",
        "地区生总产值",
        "茶业其业有多少",
        "how many tea compnaies",
        "chayeqiye",
        "采茶量",
        "村庄人口",
        "果园面",
    ],
    *["渡口和小学分别有多少", "青岗茶农", "去年GDP", "312家", "房价", "你好", "growth of GDP", "orchrad aera", "youke"],
]


def described(answered: Answer) -> tuple[object, ...]:
    matches = [(match.fact.id, match.score) for match in answered.matches]
    return answered.outcome, matches, answered.reason, answered.asked, [fact.id for fact in answered.nearest]


def test_answers_do_not_depend_on_what_was_asked_before() -> None:
    forwards, backwards, prepared = Answerer(KNOWLEDGE), Answerer(KNOWLEDGE), Answerer(KNOWLEDGE)
    prepared.prepare()
    answers = [forwards.answer(question) for question in ASKED]
    assert [forwards.answer(question) for question in ASKED] == answers
    assert [backwards.answer(question) for question in ASKED[::-1]][::-1] == answers
    assert [prepared.answer(question) for question in ASKED] == answers


def test_threads_that_share_an_answerer_get_the_same_answers() -> None:
    shared, workers = Answerer(KNOWLEDGE), 8
    start = Barrier(workers)

    def ask(offset: int) -> list[Answer]:
        start.wait(timeout=30)
        return [shared.answer(ASKED[(offset + i) % len(ASKED)]) for i in range(len(ASKED))]

    with ThreadPoolExecutor(workers) as pool:
        answers = list(pool.map(ask, range(workers)))
    alone = [Answerer(KNOWLEDGE).answer(question) for question in ASKED]
    for offset, given_ in enumerate(answers):
        assert given_ == [*alone[offset:], *alone[:offset]]


def test_answers_do_not_depend_on_the_seed_of_hashes() -> None:
    here = Path(__file__).parent
    script = """if True:
        from lake_town import answer
        from test_answerer import ASKED, described
        print([described(answer(question)) for question in ASKED])
    """
    printed = [
        subprocess.run(  # noqa: S603 - this interpreter and the words above
            [sys.executable, "-c", script],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": f"{here}{os.pathsep}{here.parents[1]}",
                "PYTHONUTF8": "1",
            },
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]
    assert printed[0].strip() == str([described(answer(question)) for question in ASKED])
