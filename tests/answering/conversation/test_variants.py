"""Lists of what differs in one thing alone, and claims about it."""

from __future__ import annotations

from functools import cache

import pytest

from bot.answering.answerer import Answerer
from bot.answering.conversation import last_answer
from bot.answering.knowledge.model import Fact, Knowledge, Lexicon, Report, Subject

REPORT = Report("ferries", "海湾轮渡年报", "海湾周刊", 2022, Subject("海湾轮渡", "Bay Ferries", ("轮渡公司",)))
FACTS = [
    ("visits-2020", "2020年客运量", "210万人次", "2020年", "2020年至2022年客运量为210万人次、260万人次、240万人次。"),
    ("visits-2021", "2021年客运量", "260万人次", "2021年", "2020年至2022年客运量为210万人次、260万人次、240万人次。"),
    ("visits", "客运量", "240万人次", "2022年", "2020年至2022年客运量为210万人次、260万人次、240万人次。"),
    ("north-share", "北岸航线客运量占比", "31%", "2022年", "北岸航线、南岸航线、环岛航线客运量占比为31%、48%、21%。"),
    ("south-share", "南岸航线客运量占比", "48%", "2022年", "北岸航线、南岸航线、环岛航线客运量占比为31%、48%、21%。"),
    ("island-share", "环岛航线客运量占比", "21%", "2022年", "北岸航线、南岸航线、环岛航线客运量占比为31%、48%、21%。"),
    ("income", "营业收入", "1.8亿元", "2022年", "营业收入1.8亿元，利润0.3亿元。"),
    ("profit", "利润", "0.3亿元", "2022年", "营业收入1.8亿元，利润0.3亿元。"),
]


@cache
def answerer() -> Answerer:
    facts = [
        Fact(id_, label, figure, period=period, keywords=(label,), sentence=text, section="客运", report=REPORT)
        for id_, label, figure, period, text in FACTS
    ]
    return Answerer(Knowledge((REPORT,), tuple(facts), Lexicon()))


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("历年客运量", ["visits-2020", "visits-2021", "visits"]),
        ("各年的客运量列一下", ["visits-2020", "visits-2021", "visits"]),
        ("哪一年客运量最高", ["visits-2021"]),
        ("各航线客运量占比", ["north-share", "south-share", "island-share"]),
        ("哪条航线客运量占比最高", ["south-share"]),
        ("营业收入和利润分别列出来", ["income", "profit"]),
    ],
)
def test_a_list_has_what_differs_in_the_one_thing_that_is_asked_for(question: str, ids: list[str]) -> None:
    assert [match.fact.id for match in last_answer(answerer(), [question]).matches] == ids


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [("2021年客运量比2020年高吧", True), ("2022年客运量比2021年还高吧", False), ("南岸航线占比比北岸航线高吧", True)],
)
def test_a_claim_compares_one_measure_at_two_times_or_of_two_things(claim: str, verdict: bool) -> None:
    answer = last_answer(answerer(), [claim])
    assert (answer.verdict, len(answer.matches)) == (verdict, 2)
