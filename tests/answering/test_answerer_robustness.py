"""Whatever people send, there is an answer, and asking leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from any_text import TEXT, assert_sound
from hypothesis import given
from hypothesis import strategies as st
from lake_town import KNOWLEDGE, answer, ids

from bot.answering.answer import Outcome
from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Knowledge, Lexicon
from bot.answering.matching import Matcher


@given(text=TEXT)
def test_any_text_is_answered(text: str) -> None:
    assert_sound(answer(text), text)


@given(text=TEXT, times=st.integers(2, 2000))
def test_any_repeated_text_is_answered(text: str, times: int) -> None:
    assert_sound(answer(text * times), text * times)


@pytest.mark.parametrize(
    "question",
    [
        "茶" * 10_000,
        "a" * 10_000,
        "9" * 10_000,
        "一" * 10_000,
        "，" * 10_000,
        "\u200b" * 10_000,
        "\ud800" * 10_000,
        "和" * 10_000,
        "😀" * 4096,
        "👩‍👩‍👧‍👦" * 600,
        "渡口和小学、" * 700,
        "分别有多少，" * 700,
        "zhi" * 1400,
        "1.2.3,4" * 600,
        "百千万亿" * 1024,
        "去年2019年一季度" * 400,
        "茶叶企业有多少" + "啦" * 4089,
        "é" * 10_000,
        "ﷺ" * 4096,
        "渡口" + "\u0301" * 10_000,
        "\u202e\u2066\u200f" * 1365,
        "0.0000000000000000000000000000000000000000000000001亿元",
        "9" * 39 + "亿亿亿亿",
        "第" * 4096,
        "\x00",
        "../../etc/passwd",
        "' OR 1=1 --",
        "{question!r} %s %n",
        "<b>渡口</b>",
    ],
)
def test_hostile_questions_are_answered(question: str) -> None:
    assert_sound(answer(question), question)


def test_a_long_chatty_question_is_read_at_both_ends() -> None:
    assert ids(answer("渡口有多少" + "😀" * 4000)) == ["ferries"]
    assert ids(answer("\u200b" * 4000 + "渡口有多少")) == ["ferries"]


def test_asking_leaves_nothing_behind() -> None:
    """A bot that runs for months is asked about numbers without end."""
    matcher = Matcher(KNOWLEDGE, english=True)
    known = len(matcher.vocabulary.concepts), len(matcher.vocabulary.entries)
    for number in range(100):
        matcher.rank(matcher.read(f"{1901 + number}年的渡口有{1000 + number}个吗"))
    assert (len(matcher.vocabulary.concepts), len(matcher.vocabulary.entries)) == known


def test_an_empty_knowledge_answers_nothing() -> None:
    empty = Answerer(Knowledge((), (), Lexicon()))
    empty.prepare()
    for question in ("渡口有多少", "GDP增速和总量分别是多少", "how many ferries", "yudao", "", "12个是什么"):
        assert empty.answer(question).outcome is Outcome.NONE


def test_a_knowledge_without_a_lexicon_answers_by_its_keywords() -> None:
    bare = Answerer(replace(KNOWLEDGE, lexicon=Lexicon()))
    assert ids(bare.answer("渡口数量")) == ["ferries"]
