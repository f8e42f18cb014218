"""An organisation's own words, in the optional lexicon of a folder."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_report import KNOWLEDGE

from bot.answering.answer import Outcome
from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Lexicon


def _answered(question: str, lexicon: Lexicon) -> tuple[str, float]:
    """The fact that is stated, with its score."""
    answer = Answerer(replace(KNOWLEDGE, lexicon=lexicon)).answer(question)
    assert answer.outcome is Outcome.ANSWER, question
    return answer.matches[0].fact.id, answer.matches[0].score


def test_a_synonym_names_what_the_report_names() -> None:
    with pytest.raises(AssertionError, match="云栖书院"):
        _answered("云栖书院有几所", Lexicon())
    assert _answered("云栖书院有几所", Lexicon(synonyms=(("小学", "云栖书院"),)))[0] == "schools"


def test_a_filler_counts_for_nothing() -> None:
    question = "小河小河，小学有几所"
    said = _answered("小学有几所", Lexicon())
    assert _answered(question, Lexicon())[1] < said[1]
    assert _answered(question, Lexicon(fillers=("小河小河",))) == said


def test_a_word_that_the_report_has_is_no_filler() -> None:
    lexicon = Lexicon(fillers=("小学", "产值"))
    assert _answered("小学有几所", lexicon) == _answered("小学有几所", Lexicon())
    assert _answered("工业产值是多少", lexicon)[0] == "output"


def test_the_words_of_one_folder_are_unknown_in_another() -> None:
    Answerer(replace(KNOWLEDGE, lexicon=Lexicon(synonyms=(("小学", "医院"),), fillers=("图书馆",))))
    for question in ("医院有几所", "图书馆有几所"):
        assert Answerer(KNOWLEDGE).answer(question).outcome is Outcome.NONE
