"""How people put their questions: a name alone, what stands behind the question word, what leads up to it."""

from __future__ import annotations

import pytest
from lake_town import FACTS, FESTIVAL, LEXICON, REPORT, answer, ids

from bot.answering.answer import Outcome
from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Fact, Knowledge


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("荷花节", ["festival-host", "festival-place"]),
        ("说说荷花节", ["festival-host", "festival-place"]),
        ("荷花节的主办单位", ["festival-host"]),
        ("荷花节在哪里开幕", ["festival-place"]),
        ("步道", ["trail", "trail-basis", "trail-goal"]),
        ("镜湖的步道呢？", ["trail", "trail-basis", "trail-goal"]),
        ("步道长度", ["trail"]),
        ("步道 公里", ["trail"]),
        ("步道是多少", ["trail"]),
        ("地区生产总值", ["gdp"]),
        ("地区生总产值", ["gdp"]),
        ("gross regional product", ["gdp"]),
        ("GDP", ["gdp"]),
        ("荷花节叫什么", ["festival-host"]),
        ("荷花节是什么", ["festival-host", "festival-place"]),
        ("步道是哪个书院", ["trail-basis"]),
    ],
)
def test_a_thing_that_is_only_named_is_told_of_in_all_that_its_sentence_says(question: str, told: list[str]) -> None:
    answered = answer(question)
    assert (answered.outcome, ids(answered)) == (Outcome.ANSWER, told)


def test_a_name_that_only_repeats_the_one_told_is_left_out() -> None:
    whole = Fact("festival", "荷花节的安排", "由镜湖画院主办，在荷香岛开幕", ("荷花节安排",), FESTIVAL, "概况", REPORT)
    answered = Answerer(Knowledge((REPORT,), (*FACTS, whole), LEXICON)).answer("荷花节")
    assert ids(answered) == ["festival-host", "festival-place"]


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("18公里步道打造的是什么乐园", "trail-goal"),
        ("18公里的步道依托哪个书院", "trail-basis"),
        ("依托书院建成了什么乐园", "trail-goal"),
        ("18公里是什么", "trail"),
    ],
)
def test_what_stands_behind_the_question_word_is_asked_for_and_the_rest_is_given(question: str, id_: str) -> None:
    answered = answer(question)
    assert (answered.outcome, ids(answered)) == (Outcome.ANSWER, [id_])


@pytest.mark.parametrize("lead_in", ["房价太高了", "龘龘龘龘，驫驫驫驫", "想看看果园", "听说财政收入涨了"])
def test_what_leads_up_to_a_question_does_not_keep_it_from_its_answer(lead_in: str) -> None:
    answered = answer(f"{lead_in}，渡口有多少")
    assert (answered.outcome, ids(answered)) == (Outcome.ANSWER, ["ferries"])


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("龘龘龘龘龘龘渡口，有几个", "ferries"),
        ("龘龘龘龘茶农，驫驫驫驫，到底有多少人", "tea-farmers"),
        ("龘龘龘龘新建医院，叫什么", "hospital"),
        ("看看，龘龘龘龘渡口，看看有几个", "ferries"),
    ],
)
def test_what_leads_up_to_a_clause_that_only_asks_is_what_it_asks_of(question: str, id_: str) -> None:
    answered = answer(question)
    assert (answered.outcome, ids(answered)) == (Outcome.ANSWER, [id_])


@pytest.mark.parametrize(
    "question",
    [
        "龘龘龘龘龘龘渡口，有多少钱",
        "龘龘龘龘龘龘渡口，驫驫有几个",
        "龘龘龘龘龘龘渡口，房价有几个",
        "龘龘龘龘青岗渡口，有几个",
        "龘龘龘龘去年茶农，有多少人",
        "龘龘龘龘渡口，龘龘小学，有多少",
        "龘龘龘龘新建医院，有几个",
    ],
)
def test_a_clause_that_asks_for_something_else_is_not_answered_by_what_leads_up_to_it(question: str) -> None:
    assert answer(question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    "question",
    [
        "青岗那边，渡口有多少",
        "渡口有多少，房价太高",
        "312家茶叶企业里，房价是多少",
        "渡口去过了，房价是多少",
        "渡口，财政收入多少",
    ],
)
def test_a_lead_in_does_not_make_up_for_what_is_asked(question: str) -> None:
    assert answer(question).outcome is not Outcome.ANSWER
