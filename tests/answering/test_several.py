from __future__ import annotations

import pytest
from bot.answering.several import several
from lake_town import MATCHER


def facts_of(question: str) -> list[str]:
    read = MATCHER.read(question)
    best = next((scored for scored in MATCHER.rank(read) if not scored.conflicts), None)
    return [scored.profile.fact.id for scored in several(read, best, MATCHER.rank)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("渡口和小学分别有多少", ["ferries", "schools"]),
        ("小学和渡口分别有多少", ["schools", "ferries"]),
        ("渡口和小学各有多少", ["ferries", "schools"]),
        ("渡口、小学和茶农分别有多少", ["ferries", "schools", "tea-farmers"]),
        ("小学有几所，渡口有几个", ["schools", "ferries"]),
        ("小学有几所？渡口有几个？", ["schools", "ferries"]),
        ("地区生产总值是多少，增速是多少", ["gdp", "gdp-growth"]),
        ("GDP和增速分别是多少", ["gdp", "gdp-growth"]),
        ("果园面积和投资分别是多少", ["orchard-area", "orchard-investment"]),
        ("果园面积是多少亩，投资了多少钱", ["orchard-area", "orchard-investment"]),
        ("how many ferries and how many tea companies are there", ["ferries", "tea-firms"]),
        ("地区生产总值和增速是多少", ["gdp", "gdp-growth"]),
        ("前三季度GDP和游客分别是多少", ["gdp", "visitors"]),
        ("what is the GDP of the first three quarters and number of tourists", ["gdp", "visitors"]),
        ("312家是什么，荷花节开幕在哪里", ["tea-firms", "festival-place"]),
        ("上个月GDP和游客分别是多少", []),
        ("duko he xiaoxue", []),
    ],
)
def test_what_is_asked_for_at_once_is_found_in_its_order(question: str, expected: list[str]) -> None:
    assert facts_of(question) == expected


def test_tonnes_are_counted_like_anything_else() -> None:
    assert facts_of("春茶产量和秋茶产量各是多少") == ["spring-tea", "autumn-tea"]


@pytest.mark.parametrize(
    "question",
    [
        "渡口有多少",
        "镜湖区的茶农和观光客房价",
        "松、梅、兰、竹、菊、荷、柳、桃八个村",
        "请问，渡口有多少",
        "看过渡口和果园，小学有几所",
        "涨、渡口有多少",
        "渡口有多少，谢谢",
        "渡口有多少，是十二个吗",
        "你好，小学",
        "渡口和房价分别是多少",
        "渡口和渡口分别有多少",
        "和、和，分别",
        "",
    ],
)
def test_one_thing_or_a_thing_that_no_fact_says(question: str) -> None:
    assert facts_of(question) == []


def test_the_period_of_the_first_part_holds_for_the_others() -> None:
    assert facts_of("2022年茶农和茶叶企业分别有多少") == ["tea-farmers", "tea-firms"]
    assert facts_of("2019年茶农和茶叶企业分别有多少") == []


def test_at_most_six_are_answered_at_once() -> None:
    villages = "、".join(f"{name}村人口" for name in "松梅兰竹菊荷柳桃")
    assert facts_of(f"{villages}分别是多少") == [f"village-{number}" for number in range(6)]
