from __future__ import annotations

from collections.abc import Sequence

import pytest
from bot.answering.deciding import decide
from bot.answering.question import Question
from bot.answering.scoring import Scored
from lake_town import MATCHER

from bot.answering.answer import Answer, Language, Outcome, Reason
from bot.answering.knowledge.model import Fact

VILLAGES = MATCHER.rank(MATCHER.read("村庄人口"))


def scored(position: int, value: float, *, place: str = "", period: bool = False) -> Scored:
    """A village's fact as if it fitted a question by `value`."""
    return VILLAGES[position]._replace(
        score=value,
        order=value,
        said=value,
        explained=value,
        quoted=False,
        place_conflict=place,
        period_conflict=period,
    )


class NothingElse:
    """No facts but those that are ranked."""

    def rank(self, _: Question) -> list[Scored]:
        return []

    def bare(self, _: Question) -> list[Fact]:
        return []

    def beside(self, _: Fact) -> list[Fact]:
        return []

    def is_named_by(self, _fact: Fact, _question: Question) -> bool:
        return True


def decided(*ranked: Scored, question: str = "村庄人口") -> Answer:
    return decide(question, MATCHER.read(question), ranked, NothingElse())


def positions(answer: Answer) -> list[str]:
    return [match.fact.id for match in answer.matches]


def test_the_one_that_fits_is_stated() -> None:
    answer = decided(scored(0, 1.0), scored(1, 0.3))
    assert (answer.outcome, positions(answer)) == (Outcome.ANSWER, ["village-0"])
    assert (answer.reason, answer.asked, answer.nearest) == (None, "", ())


def test_those_that_fit_equally_are_offered() -> None:
    answer = decided(scored(0, 0.9), scored(1, 0.9), scored(2, 0.1))
    assert (answer.outcome, positions(answer)) == (Outcome.CHOICES, ["village-0", "village-1"])


def test_at_most_six_are_offered() -> None:
    answer = decided(*(scored(position, 0.9) for position in range(8)))
    assert positions(answer) == [f"village-{number}" for number in range(6)]


def test_one_alone_is_no_choice_but_what_the_report_says_nearby() -> None:
    answer = decided(scored(0, 0.45), scored(1, 0.1))
    assert (answer.outcome, positions(answer)) == (Outcome.NONE, [])
    assert [fact.id for fact in answer.nearest] == ["village-0"]


def test_one_alone_that_explains_all_of_the_question_is_stated() -> None:
    answer = decided(scored(0, 0.45)._replace(explained=1.0, fits=0.7), scored(1, 0.1))
    assert (answer.outcome, positions(answer)) == (Outcome.ANSWER, ["village-0"])


def test_one_alone_of_another_kind_than_is_asked_for_is_not_stated() -> None:
    answer = decided(scored(0, 0.45)._replace(explained=1.0, fits=0.45), scored(1, 0.1))
    assert answer.outcome is Outcome.NONE


def test_what_does_not_fit_is_not_even_offered() -> None:
    answer = decided(scored(0, 0.3), scored(1, 0.25), scored(2, 0.2), scored(3, 0.2))
    assert (answer.outcome, answer.matches, answer.reason) == (Outcome.NONE, (), Reason.UNKNOWN)
    assert [fact.id for fact in answer.nearest] == ["village-0", "village-1", "village-2"]


def test_what_is_far_off_is_not_called_near() -> None:
    assert decided(scored(0, 0.01)).nearest == ()
    assert decided().nearest == ()


@pytest.mark.parametrize(
    ("ranked", "reason", "asked"),
    [
        ([scored(0, 0.9, place="青岗")], Reason.PLACE, "青岗"),
        ([scored(0, 0.9, period=True)], Reason.PERIOD, "去年"),
        ([scored(0, 0.9, place="青岗", period=True)], Reason.PLACE, "青岗"),
        ([scored(0, 0.1, place="青岗")], Reason.UNKNOWN, ""),
        ([scored(0, 0.9, place="青岗"), scored(1, 0.3)], Reason.PLACE, "青岗"),
    ],
)
def test_why_it_is_refused(ranked: Sequence[Scored], reason: Reason, asked: str) -> None:
    answer = decided(*ranked, question="青岗去年村庄人口")
    assert (answer.outcome, answer.matches, answer.reason, answer.asked) == (Outcome.NONE, (), reason, asked)


def test_a_fact_of_another_place_gives_way_to_one_that_answers() -> None:
    answer = decided(scored(0, 0.9), scored(1, 0.9, place="青岗"))
    assert (answer.outcome, positions(answer)) == (Outcome.ANSWER, ["village-0"])


def test_the_only_one_whose_figure_is_quoted_is_stated() -> None:
    answer = decided(scored(0, 0.9)._replace(quoted=True), scored(1, 0.9))
    assert (answer.outcome, positions(answer)) == (Outcome.ANSWER, ["village-0"])


def test_scores_are_shares_and_the_language_is_the_questions() -> None:
    answer = decided(scored(0, 1.0 + 1e-12), question="population of the villages")
    assert [match.score for match in answer.matches] == [1.0]
    assert (answer.language, answer.question) == (Language.ENGLISH, "population of the villages")
