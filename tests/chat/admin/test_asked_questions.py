"""The days that admins ask about, and how a question is read that the knowledge does not answer."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.knowledge.folder import read_knowledge
from bot.chat.admin.asked_questions import days_in, first_of
from bot.chat.admin.question_clusters import Interpretation, core, interpretation
from bot.chat.library import Edition
from bot.chat.texts import RequestError
from bot.storage import Unanswered
from tests.support.reports.small_report import write_report
from tests.support.wordings import assert_read

DAY = date(2030, 5, 17)


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Edition:
    folder = write_report(tmp_path_factory.mktemp("reading") / "knowledge")
    answerer = Answerer(read_knowledge(Path(folder)))
    return Edition(answerer, "1", datetime(2030, 5, 17, tzinfo=UTC))


def read(question: str, edition: Edition, disliked: str = "") -> Interpretation:
    return interpretation(Unanswered(question, "none", 1, DAY, DAY, disliked), edition)


def test_the_core_of_a_question(edition) -> None:
    table = """\
        房价: 请问房价是多少|房价
        小学: 小学一共有多少
        多少: 多少
        xyzzy: xyzzy"""
    assert_read(table, lambda question: core(question, edition))


def test_an_answer_that_people_voted_against_is_none_and_no_candidate(edition) -> None:
    found = read("小学数量", edition, "schools")
    assert not found.answered
    assert "schools" not in {fact.id for fact in found.candidates}
    assert read("小学数量", edition, "output").answered


@pytest.mark.parametrize("question", ["", " ", "？", "a\nb", "explains: x; does not: y", "0.50  x: y"])
def test_any_text_is_read(edition, question) -> None:
    assert read(question, edition)
    assert core(question, edition) or not question


@pytest.mark.parametrize(("words", "days"), [([], 7), (["1"], 1), (["030"], 30), (["3650"], 3650)])
def test_days(words, days) -> None:
    assert days_in(words, "/popular") == days


@pytest.mark.parametrize("words", ["3651", "0", "-1", "1.5", "٧", "7 8", "week", "9" * 5000])
def test_what_is_no_number_of_days(words) -> None:
    with pytest.raises(RequestError, match="Please write a number of days from 1 to 3650 behind /popular"):
        days_in(words.split(), "/popular")


def test_a_day_is_the_first_and_the_last_of_one() -> None:
    assert first_of(1, date(2030, 5, 17)) == date(2030, 5, 17)
    assert first_of(7, date(2030, 5, 17)) == date(2030, 5, 11)
