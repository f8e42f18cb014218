from __future__ import annotations

import pytest
from any_text import TEXT
from bot.answering.scoring import Scored
from hypothesis import given
from lake_town import MATCHER


def ranked(question: str) -> dict[str, Scored]:
    return {scored.profile.fact.id: scored for scored in MATCHER.rank(MATCHER.read(question))}


def scored(question: str, id_: str) -> Scored:
    return ranked(question)[id_]


@pytest.mark.parametrize("question", ["地区生产总值", "地区生产总值是多少", "镜湖区的地区生产总值"])
def test_a_fact_that_says_all_and_is_said_wholly_fits_fully(question: str) -> None:
    found = scored(question, "gdp")
    assert (found.said, found.explained, found.fits) == pytest.approx((1, 1, 1))
    assert found.score == pytest.approx(1)


def test_what_the_fact_does_not_explain_counts_against_it() -> None:
    found = scored("茶农龘龘", "tea-farmers")
    assert found.said == pytest.approx(1)
    assert found.explained < 1
    assert found.score < scored("茶农", "tea-farmers").score


def test_what_the_question_does_not_say_counts_against_the_fact() -> None:
    found = scored("果园", "orchard-area")
    assert found.explained == pytest.approx(1)
    assert found.said < 1
    assert found.score < scored("果园面积", "orchard-area").score


def test_a_typo_fits_less_than_the_word() -> None:
    assert 0 < scored("地区生总产值", "gdp").score < scored("地区生产总值", "gdp").score


def test_the_fact_whose_label_has_the_very_words_comes_first() -> None:
    assert scored("GDP", "gdp").order < scored("地区生产总值", "gdp").order


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("果园多少钱", "orchard-investment", "orchard-area"),
        ("果园多少亩", "orchard-area", "orchard-investment"),
        ("果园百分之几", "orchard-share", "orchard-area"),
    ],
)
def test_a_figure_of_the_kind_asked_for_fits_better(question: str, better: str, worse: str) -> None:
    found = ranked(question)
    assert found[better].fits > found[worse].fits
    assert found[better].fits == pytest.approx(1)


def test_a_weight_is_a_number_of_something() -> None:
    assert scored("春茶产量是多少", "spring-tea").fits == pytest.approx(1)


def test_a_question_describes_the_name_that_it_asks_for_by_the_rest_of_the_sentence() -> None:
    described, told = scored("步道打造的是什么乐园", "trail-goal"), scored("步道打造的乐园", "trail-goal")
    assert (
        scored("依托书院打造的是什么乐园", "trail-goal").explained
        > scored("依托书院打造的乐园", "trail-goal").explained
    )
    assert described.explained == pytest.approx(told.explained) == pytest.approx(1)


def test_a_fact_gives_way_to_the_name_of_its_sentence_that_is_asked_for() -> None:
    found = ranked("依托书院打造的是什么乐园")
    assert found["trail-goal"].order > found["trail-basis"].order


@pytest.mark.parametrize(("question", "quoted"), [("18公里是什么", True), ("18公里的步道打造的是什么乐园", False)])
def test_a_figure_is_given_where_another_name_of_its_sentence_is_asked_for(question: str, quoted: bool) -> None:
    assert scored(question, "trail").quoted is quoted


@pytest.mark.parametrize(
    ("question", "id_", "named"),
    [("荷花节的主办单位", "festival-host", True), ("荷花节", "festival-host", False), ("经济总量", "gdp", True)],
)
def test_whether_the_whole_label_is_said(question: str, id_: str, named: bool) -> None:
    assert scored(question, id_).named is named


@pytest.mark.parametrize("question", ["茶农增速", "茶农占比是多少", "茶农房价"])
def test_an_aspect_or_a_matter_that_the_fact_lacks_keeps_it_from_being_stated(question: str) -> None:
    assert scored(question, "tea-farmers").score < 0.4


@pytest.mark.parametrize(
    ("question", "id_", "quoted"),
    [
        ("312家是什么", "tea-firms", True),
        ("312是什么", "tea-firms", True),
        ("茶叶企业是312家吗", "tea-firms", True),
        ("86.4亿元", "gdp", True),
        ("12个", "ferries", True),
        ("茶叶企业有313家吗", "tea-firms", False),
        ("茶叶企业", "tea-firms", False),
    ],
)
def test_whether_the_figure_is_quoted(question: str, id_: str, quoted: bool) -> None:
    assert scored(question, id_).quoted is quoted


def test_a_number_of_another_unit_is_another_figure() -> None:
    assert [id_ for id_, found in ranked("312亩是什么").items() if found.quoted] == []


@pytest.mark.parametrize(
    ("question", "id_", "place"),
    [
        ("青岗茶农", "tea-farmers", "青岗"),
        ("全省茶农", "tea-farmers", "全省"),
        ("镜湖区茶农", "tea-farmers", ""),
        ("全市水质排名", "water", ""),
        ("澜城水质排名", "water", ""),
    ],
)
def test_another_place_is_a_conflict(question: str, id_: str, place: str) -> None:
    found = scored(question, id_)
    assert found.place_conflict == place
    assert found.conflicts is bool(place)


@pytest.mark.parametrize(
    ("question", "id_", "conflict"),
    [
        ("去年GDP", "gdp", True),
        ("2022年GDP", "gdp", False),
        ("一季度GDP", "gdp", True),
        ("前三季度GDP", "gdp", False),
        ("2022年渡口", "ferries", False),
        ("2019年渡口", "ferries", True),
    ],
)
def test_another_period_is_a_conflict(question: str, id_: str, conflict: bool) -> None:
    found = scored(question, id_)
    assert found.period_conflict is conflict
    assert found.conflicts is conflict


def test_a_fact_gives_way_whose_label_has_an_aspect_that_is_not_asked_for() -> None:
    def kept(question: str, id_: str) -> float:
        found = scored(question, id_)
        return found.order / found.score

    assert kept("地区生产总值", "gdp-growth") == pytest.approx(0.9 * kept("地区生产总值", "gdp"))
    assert kept("地区生产总值增速", "gdp-growth") == pytest.approx(1)
    assert kept("投资", "orchard-share") == pytest.approx(kept("投资", "orchard-investment"))


def test_which_words_the_fact_explains() -> None:
    question = MATCHER.read("茶农龘龘")
    found = scored("茶农龘龘", "tea-farmers")
    assert [word.text for word in question.content] == ["茶农", "龘龘"]
    assert found.words == pytest.approx((1, 0))


@given(text=TEXT)
def test_scores_are_shares(text: str) -> None:
    question = MATCHER.read(text)
    for found in MATCHER.rank(question):
        for share in (found.score, found.order, found.said, found.explained, found.fits, *found.words):
            assert 0 <= share <= 1 + 1e-9
        assert found.order <= found.score + 1e-9
        assert len(found.words) == len(question.content)
