"""Questions that are alike come together, and no others."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answer import Outcome
from bot.chat.admin.question_clusters import QuestionCluster, clusters
from bot.storage import Unanswered

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
