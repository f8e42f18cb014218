"""Whatever people send, there is an answer, and what holds for all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from bot.answering.answer import Outcome
from bot.answering.answerer import Answerer
from bot.answering.language.places import CITY, PROVINCE, gazetteer, place
from tests.support.any_text import TEXT, assert_sound
from tests.support.reports.lake_town import FACTS, HALF_YEAR, HIGH_TECH_ZONE, KNOWLEDGE, answer, answerer
from tests.support.reports.told import ids

TRADITIONAL = OpenCC("s2tw")
NAMES = [(fact.id, name) for fact in FACTS for name in (fact.label, fact.en.label) if name]
# 白银 and 日照 alone are silver and sunshine.
PLACES = sorted(
    name for name, code in gazetteer().items() if place(code).level in (PROVINCE, CITY) and name not in ("白银", "日照")
)


def wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


@given(text=TEXT)
def test_any_text_is_answered(text) -> None:
    assert_sound(answer(text), text)


@given(text=TEXT, times=st.integers(2, 2000))
def test_any_repeated_text_is_answered(text, times) -> None:
    assert_sound(answer(text * times), text * times)


@given(text=TEXT)
def test_the_same_text_has_the_same_answer(text) -> None:
    answerer()
    assert OTHER.answer(text) == answer(text) == OTHER.answer(text)


OTHER = Answerer(KNOWLEDGE)


@pytest.mark.parametrize(("id_", "name"), NAMES)
def test_the_label_of_a_fact_finds_it(id_, name) -> None:
    answered = answer(name)
    assert (answered.outcome, ids(answered)) == (Outcome.ANSWER, [id_])


@given(fact=st.sampled_from(FACTS), behind=st.sampled_from(["", "是多少", "是多少？", "有多少", "呢", "，谢谢"]))
def test_traditional_characters_and_full_width_read_alike(fact, behind) -> None:
    question = f"{fact.label}{behind}"
    plain = answer(question)
    for written in (TRADITIONAL.convert(question), wide(question), wide(question.upper())):
        other = answer(written)
        assert (other.outcome, other.matches) == (plain.outcome, plain.matches)


@given(name=st.sampled_from(NAMES), year=st.integers(1990, 2040).filter(lambda year: year not in (2022, 2023)))
def test_another_year_is_never_answered(name, year) -> None:
    question = f"{name[1]} in {year}" if name[1].isascii() else f"{year}年{name[1]}是多少"
    for knowledge in (KNOWLEDGE, HALF_YEAR, HIGH_TECH_ZONE):
        assert answer(question, knowledge).outcome is not Outcome.ANSWER


@given(fact=st.sampled_from(FACTS), place=st.sampled_from(PLACES))
def test_another_province_or_city_is_never_answered(fact, place) -> None:
    label = fact.label
    question = f"{label} of {place}" if place.isascii() else f"{place}的{label}是多少"
    assert answer(question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    "question",
    [
        "茶" * 10_000,
        "a" * 10_000,
        "9" * 10_000,
        "，" * 10_000,
        "\u200b" * 10_000,
        "\ud800" * 10_000,
        "和" * 10_000,
        "👩‍👩‍👧‍👦" * 600,
        "小学和幼儿园、" * 700,
        "分别有多少，" * 700,
        "zhi" * 1400,
        "1.2.3,4" * 600,
        "百千万亿" * 1024,
        "去年2019年一季度" * 400,
        "ﷺ" * 4096,
        "小学" + "\u0301" * 10_000,
        "\u202e\u2066\u200f" * 1365,
        "9" * 39 + "亿亿亿亿",
        "\x00",
        "../../etc/passwd",
        "' OR 1=1 --",
        "{question!r} %s %n",
        "<b>小学</b>",
    ],
)
def test_hostile_questions_are_answered(question) -> None:
    assert_sound(answer(question), question)


def test_a_long_chatty_question_is_read_at_both_ends() -> None:
    assert ids(answer("粮食产量是多少" + "😀" * 4000)) == ["grain"]
    assert ids(answer("\u200b" * 4000 + "粮食产量是多少")) == ["grain"]


def test_asking_leaves_nothing_behind() -> None:
    """A bot that runs for months is asked about numbers without end."""
    asked = Answerer(KNOWLEDGE)
    known = len(asked.vocabulary.words), len(asked.index.named), len(asked.index.by_value)
    for number in range(100):
        asked.answer(f"{1901 + number}年的幼儿园有{1000 + number}个吗")
    assert (len(asked.vocabulary.words), len(asked.index.named), len(asked.index.by_value)) == known
