"""Questions that were asked in vain: those that are alike come together, and no others."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answer import Outcome
from bot.answering.answerer import Answerer
from bot.answering.knowledge.folder import read_knowledge
from bot.chat.admin.asked_questions import days_in, first_of
from bot.chat.admin.question_clusters import Interpretation, QuestionCluster, clusters, core, interpretation
from bot.chat.library import Edition
from bot.chat.texts import RequestError
from bot.storage.questions import Unanswered
from tests.support.reports.small_report import write_report
from tests.support.wordings import assert_read

DAY = date(2030, 5, 17)


def question(text: str, count: int = 1, outcome: Outcome = Outcome.NONE) -> Unanswered:
    return Unanswered(text, outcome, count, DAY, DAY)


def together(*texts: str) -> list[list[str]]:
    found = clusters([question(text) for text in texts], str)
    return sorted(sorted(question.text for question in cluster.questions) for cluster in found)


ALIKE = "鲜鱼产量|鲜鱼产量,工业增加值 增速|增速 工业增加值,茶叶出口总额|茶叶出口总数额,house price|house prices"
APART = "2019年 茶叶产量|2020年 茶叶产量,茶叶 1.5|茶叶 15,房价|房租,出口|进出口,鲜鱼产量|鲜花产量,茶叶|house price"


@pytest.mark.parametrize("texts", [*ALIKE.split(","), "2019年 茶叶|2019 茶叶"])
def test_what_is_alike(texts) -> None:
    assert together(*texts.split("|")) == [sorted(texts.split("|"))]


@pytest.mark.parametrize("texts", APART.split(","))
def test_what_is_not(texts) -> None:
    assert together(*texts.split("|")) == sorted([text] for text in texts.split("|"))


def test_the_greatest_comes_first_under_its_most_frequent_question() -> None:
    found = clusters(
        [
            question("房价", 4),
            question("house price", 2),
            question("house prices", 3, Outcome.CHOICES),
            question("house prices", 1),
        ],
        str,
    )
    assert [(cluster.text, cluster.count, cluster.times(Outcome.NONE), cluster.wordings) for cluster in found] == [
        ("house prices", 6, 3, 2),
        ("房价", 4, 4, 1),
    ]


def test_questions_are_compared_by_their_cores() -> None:
    cores = {"请问房价": "房价", "房价是多少": "房价", "房租": "房租"}
    found = clusters([question(text) for text in cores], lambda text: cores[text])
    assert [cluster.text for cluster in found] == ["请问房价", "房租"]


@given(st.lists(st.text(st.sampled_from("房价租出口2019年 ab"), min_size=1), max_size=12))
def test_each_question_is_in_one_cluster(texts) -> None:
    asked = [question(text, place) for place, text in enumerate(texts)]
    found: list[QuestionCluster] = clusters(asked, str)
    assert sorted((question.text, question.count) for cluster in found for question in cluster.questions) == sorted(
        (question.text, question.count) for question in asked
    )
    assert [cluster.count for cluster in found] == sorted((cluster.count for cluster in found), reverse=True)


# ---- how each is read, and the days that admins ask about

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
