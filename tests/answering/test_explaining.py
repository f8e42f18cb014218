import pytest
from hypothesis import given

from bot.answering.explaining import aspect_text
from bot.answering.matching.observation import Aspect
from tests.support.any_text import TEXT
from tests.support.reports.lake_town import answerer
from tests.support.wordings import assert_read, pairs


def test_the_first_line_is_the_question_as_it_was_read() -> None:
    assert answerer().explain("糧食\u200b產量？").splitlines()[0] == "tokens: 粮食 | 产量"


@pytest.mark.parametrize(
    ("told", "question"),
    pairs("""\
        龘鱻:, not in the vocabulary: 粮食龘鱻
        46所:, a number: 46所小学
        periods:, 去年: 去年的GDP
        places:, 山东省: 山东省的GDP
        asks for:, change down, against year: GDP同比降了多少
        幼稚园:, 幼儿园: 幼稚园有多少
        grain:, 31.8万吨: 粮食产量
        refused:, another change: GDP增长多少
        refused:, another period: 2019年GDP"""),
)
def test_how_a_question_and_its_facts_were_read(told, question) -> None:
    part, _, note = told.partition(", ")
    assert note in next(line for line in answerer().explain(question).splitlines() if part in line)


def test_the_best_facts_come_first_and_are_few() -> None:
    explained = answerer().explain("村庄人口")
    assert [f"village-{n}" for n in range(8) if f" village-{n}: " in explained] == [f"village-{n}" for n in range(5)]


def test_a_question_that_shares_no_word_with_any_fact() -> None:
    assert "no fact shares a word" in answerer().explain("龘鱻")


@pytest.mark.parametrize(
    ("aspect", "text"),
    [
        (Aspect(), "level"),
        (Aspect(unit="money"), "level, money"),
        (Aspect(change="up", base="year", unit="percent"), "change up, percent, against year"),
        (Aspect(forms=frozenset({"share"}), unit="percent"), "share, percent"),
    ],
)
def test_an_aspect_in_words(aspect, text) -> None:
    assert aspect_text(aspect) == text


def test_the_wording_of_a_question() -> None:
    def told(question: str) -> str:
        wording = answerer().wording(question)
        return f"{' '.join(wording.said)}; {' '.join(wording.unexplained)}"

    table = """\
        粮食 产量; : 粮食产量
        粮食 价格; 价格: 粮食的价格
        龘鱻; 龘鱻: 龘鱻
        gdp 去年; : 去年GDP"""
    assert_read(table, told)


@given(text=TEXT)
def test_any_question_is_explained(text) -> None:
    assert answerer().explain(text).startswith("tokens: ")
    wording = answerer().wording(text)
    assert set(wording.unexplained) <= set(wording.said)
