from __future__ import annotations

import pytest
from any_text import TEXT
from bot.answering.question import Question
from bot.answering.words import Kind
from hypothesis import given
from lake_town import MATCHER

from bot.answering.answer import Language
from bot.answering.language.normalize import MAX_LENGTH


def read(text: str) -> Question:
    return MATCHER.read(text)


def content(text: str) -> list[str]:
    return [word.text for word in read(text).content]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("请问镜湖区的茶农到底有多少", ["茶农"]),
        ("全区茶农", ["茶农"]),
        ("澜城镜湖区茶农", ["茶农"]),
        ("去年的茶农", ["茶农"]),
        ("茶农龘龘", ["茶农", "龘龘"]),
        ("青岗茶农", ["青岗", "茶农"]),
        ("how many ferries are there here", ["ferries"]),
        ("是的吗", []),
    ],
)
def test_what_a_fact_has_to_explain(text: str, words: list[str]) -> None:
    assert content(text) == words


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("渡口有多少", {"number"}),
        ("增速是全市的几倍", {"times"}),
        ("新建医院叫什么", {"name"}),
        ("渡口和小学分别有多少", {"each", "number"}),
        ("渡口", set()),
    ],
)
def test_the_kind_of_answer_that_is_asked_for(text: str, asks: set[str]) -> None:
    assert read(text).asks == asks


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("果园多少亩", "area"),
        ("渡口有几个", "things"),
        ("果园有多少", ""),
        ("三亩果园", ""),
        ("how many tea companies are there", "organisations"),
    ],
)
def test_the_unit_that_is_asked_for(text: str, unit: str) -> None:
    assert read(text).unit == unit


@pytest.mark.parametrize(("text", "expected"), [("多少渡口", True), ("渡口叫什么", False), ("渡口", False)])
def test_whether_a_figure_is_asked_for(text: str, expected: bool) -> None:
    assert read(text).asks_for_figure is expected


@pytest.mark.parametrize(("text", "focus"), [("镜湖区有多少渡口", "渡口"), ("渡口叫什么", None), ("渡口", None)])
def test_the_thing_that_is_counted(text: str, focus: str | None) -> None:
    found = read(text).focus
    assert (found.text if found else None) == focus


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("步道打造的是什么乐园", ["乐园"]),
        ("步道依托的是哪个书院呢", ["书院"]),
        ("哪个是渡口", []),
        ("荷花节是什么，渡口呢", []),
        ("哪些渡口，哪个书院", ["书院"]),
        ("多少渡口", []),
        ("which ferries are there", ["ferries"]),
        ("渡口", []),
    ],
)
def test_what_is_to_be_named(text: str, sought: list[str]) -> None:
    assert [word.text for word in read(text).sought] == sought


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("去过果园，有多少", {"去过", "果园"}),
        ("果园，请问，渡口有多少", {"果园"}),
        ("渡口有多少，果园", set()),
        ("果园，渡口", set()),
        ("", set()),
    ],
)
def test_what_comes_before_the_first_clause_that_asks(text: str, lead: set[str]) -> None:
    assert {word.text for word in read(text).lead} == lead


@pytest.mark.parametrize(
    ("text", "alone", "context"),
    [
        ("去过果园，渡口有多少", ["渡口", "有", "多少"], ["去过", "果园"]),
        ("房价太高，请问，渡口有多少", ["渡口", "有", "多少"], ["房价", "太高"]),
        ("房价太高，渡口有多少，小学有几所", ["渡口", "有", "多少", "小学", "有", "几", "所"], ["房价", "太高"]),
    ],
)
def test_what_leads_up_to_a_question_is_its_context(text: str, alone: list[str], context: list[str]) -> None:
    found = read(text).alone
    assert found
    assert [word.text for word in found.words] == alone
    assert [word.text for word in found.context] == context


@pytest.mark.parametrize(
    "text",
    [
        "渡口有多少",
        "果园和渡口",
        "请问，渡口有多少",
        "渡口有多少，果园那边的",
        "12个渡口里，小学有几所",
        "果园，有多少",
        "",
    ],
)
def test_nothing_leads_up_to_other_questions(text: str) -> None:
    assert read(text).alone is None


@pytest.mark.parametrize(("text", "expected"), [("镜湖区渡口", True), ("这里的渡口", True), ("青岗渡口", False)])
def test_whether_the_reports_own_place_is_named(text: str, expected: bool) -> None:
    assert read(text).names_subject is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渡口", True),
        ("请问，镜湖区的渡口？", True),
        ("渡口有多少", False),
        ("去年的渡口", False),
        ("渡口 12个", False),
        ("渡口 个", False),
        ("渡口 小学", False),
        ("渡口小学", False),
        ("渡口小学茶农", False),
        ("", False),
    ],
)
def test_whether_a_word_is_all_that_is_said(text: str, expected: bool) -> None:
    assert read(text).is_a_word is expected


def test_numbers_and_periods() -> None:
    question = read("2019年有312家茶叶企业吗")
    assert [word.text for word in question.periods] == ["2019年"]
    assert [word.text for word in question.numbers] == ["312家"]


@pytest.mark.parametrize("text", ["船票收入是去年的几倍", "GDP比去年增长多少", "how much did GDP grow than last year"])
def test_a_year_compared_with_is_no_period_asked_for(text: str) -> None:
    assert read(text).periods == ()


@pytest.mark.parametrize("text", ["去年船票收入是多少", "GDP last year"])
def test_a_year_asked_for_is_a_period(text: str) -> None:
    assert [word.entry.period for word in read(text).periods if word.entry] == ["last_year"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("渡口有多少", Language.CHINESE),
        ("GDP是多少", Language.CHINESE),
        ("how many ferries", Language.ENGLISH),
        ("orchrad area", Language.ENGLISH),
        ("GDP growth than last year", Language.ENGLISH),
        ("hello", Language.ENGLISH),
        ("chaye qiye", Language.CHINESE),
        ("diqushengchanzongzhi", Language.CHINESE),
        ("312", Language.CHINESE),
        ("😀", Language.CHINESE),
        ("", Language.CHINESE),
    ],
)
def test_the_language_of_the_reply(text: str, language: Language) -> None:
    assert read(text).language is language


def test_a_part_is_a_question_of_its_own() -> None:
    question = read("去年渡口和小学分别有多少")
    part = question.part(question.words[-3:], context=question.content[:1])
    assert part.words == question.words[-3:]
    assert part.asks == {"each", "number"}
    assert [word.text for word in part.context] == ["渡口"]
    assert part.periods == ()
    assert part.marks < question.marks


@given(text=TEXT)
def test_any_text_is_a_question_of_bounded_length(text: str) -> None:
    question = read(text * 50)
    assert len(question.words) <= len(question.text) <= MAX_LENGTH + 1
    assert {word.kind for word in question.content} <= {Kind.CONTENT, Kind.UNKNOWN}
    assert not any(word in question.numbers for word in question.content)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("荷花节叫什么", True),
        ("荷花节在哪里", True),
        ("荷花节是什么活动", True),
        ("荷花节是什么", False),
        ("荷花节", False),
    ],
)
def test_whether_one_name_of_several_is_asked_for(text: str, expected: bool) -> None:
    assert read(text).asks_for_one is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("渡口情况", True), ("渡口情况如何", True), ("渡口如何", False), ("渡口情况如何，有多少", False)],
)
def test_how_things_stand_in_general_may_be_asked_with_how(text: str, expected: bool) -> None:
    assert read(text).is_overview is expected


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("how many ferries were there when the festival began", {"number"}),
        ("when were the ferries built", {"time"}),
        ("which ferries and when", {"which", "time"}),
    ],
)
def test_when_behind_how_many_asks_for_no_time(text: str, asks: set[str]) -> None:
    assert read(text).asks == asks
