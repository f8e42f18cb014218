from __future__ import annotations

import pytest
from bot.answering.hearing import Heard
from bot.answering.profiles import Name
from lake_town import MATCHER

from bot.answering.language.periods import Period


def heard(question: str) -> Heard:
    return Heard(MATCHER.read(question), MATCHER.index, {})


def concept(word: str) -> int:
    return MATCHER.vocabulary.entries[word].concept


def test_the_words_that_a_fact_has_to_explain_are_weighed() -> None:
    words = heard("请问渡口和茶农").words
    assert [word.text for word, _ in words] == ["渡口", "茶农"]
    assert all(weight > 0 for _, weight in words)


def test_the_thing_counted_weighs_more() -> None:
    alone, counted = heard("渡口").words_weight, heard("多少渡口").words_weight
    assert counted > alone


def test_what_some_fact_can_name_weighs_more_where_it_is_asked_for() -> None:
    assert heard("什么书院").words_weight > heard("书院").words_weight
    assert heard("什么龘龘").words_weight == heard("龘龘").words_weight


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("步道打造的是什么乐园", "江北最大的慢行乐园", True),
        ("步道打造的是什么乐园", "湖光书院", False),
        ("步道打造的是什么", "江北最大的慢行乐园", False),
        ("步道打造的是什么书院乐园", "江北最大的慢行乐园", True),
        ("步道打造的是什么乐园书院", "江北最大的慢行乐园", False),
    ],
)
def test_a_name_of_the_kind_that_is_asked_for(question: str, text: str, expected: bool) -> None:
    assert heard(question).seeks(Name(text)) is expected


def test_lead_ins_that_no_fact_knows_are_no_context() -> None:
    question = MATCHER.read("房价太高，渡口有多少").alone
    assert question
    assert [word.text for word in question.context] == ["房价", "太高"]
    assert Heard(question, MATCHER.index, {}).context == []


def test_a_number_in_digits_weighs_more_than_one_in_words() -> None:
    (digits,), (words,) = heard("12个渡口").numbers, heard("十二个渡口").numbers
    assert (digits.digits, words.digits) == (True, False)
    assert digits.quantity.value == words.quantity.value
    assert digits.weight > words.weight > 0


def test_context_weighs_less_than_the_question_itself() -> None:
    question = MATCHER.read("渡口和小学")
    part = Heard(question.part(question.words[:1], context=question.content[1:]), MATCHER.index, {})
    assert part.context[0][1] < part.words[0][1]
    assert part.weight > part.words_weight
    assert 0 < part.says[concept("小学")] < part.says[concept("渡口")] == 1


def test_what_is_mistyped_is_said_less_surely() -> None:
    assert 0 < heard("地区生总产值").says[concept("gdp")] < heard("GDP").says[concept("gdp")] == 1


def test_a_compound_is_said_by_its_parts() -> None:
    for compound, parts in MATCHER.vocabulary.parts.items():
        names = [MATCHER.vocabulary.concepts[part] for part in parts]
        says = heard(" ".join(names)).says
        assert compound in says


@pytest.mark.parametrize(("year", "meant"), [(2022, 2021), (2010, 2009)])
def test_a_period_is_understood_as_each_report_does(year: int, meant: int) -> None:
    assert heard("去年的渡口").period_in(year) == Period(frozenset({meant}))


def test_a_question_of_nothing_weighs_nothing() -> None:
    assert heard("").weight == 0
    assert heard("请问").says == {}
