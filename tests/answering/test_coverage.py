"""Of two reports, each lacks what the other has; no refusal denies that a report is about its own year or place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lake_town import FACTS, KNOWLEDGE

from bot.answering.answer import Outcome, Reason
from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import Fact, Report, Subject

BAY = Report("bay-2021", "青岗湾区年报", "湾区周刊", 2021, Subject("青岗湾区", "Qinggang Bay", ("湾区",)))
FERRIES = Fact("bay-ferries", "渡口数量", "7个", ("渡口",), "湾区有渡口7个。", "概况", BAY)
ANSWERER = Answerer(replace(KNOWLEDGE, reports=(*KNOWLEDGE.reports, BAY), facts=(*FACTS, FERRIES)))


@pytest.mark.parametrize(
    "question",
    [
        "2021年茶叶企业有多少",
        "二〇二一年茶叶企业有多少",
        "tea companies in 2021",
        "青岗湾区茶叶企业有多少",
        "湾区茶叶企业有多少",
        "How many tea companies are there in Qinggang Bay?",
    ],
)
def test_what_one_of_the_reports_is_about_is_no_other_year_or_place(question: str) -> None:
    answered = ANSWERER.answer(question)
    assert (answered.outcome, answered.reason, answered.asked) == (Outcome.NONE, Reason.UNKNOWN, "")
    assert answered.nearest


@pytest.mark.parametrize(
    ("question", "reason", "asked"),
    [
        ("2020年茶叶企业有多少", Reason.PERIOD, "2020年"),
        ("2021年3月茶叶企业有多少", Reason.PERIOD, "2021年3月"),
        ("2021年上半年茶叶企业有多少", Reason.PERIOD, "2021年上半年"),
        ("2021年的上半年茶叶企业有多少", Reason.PERIOD, "2021年的上半年"),
        ("2019年和2020年茶叶企业有多少", Reason.PERIOD, "2019年和2020年"),
        ("2020年、2021年茶叶企业有多少", Reason.PERIOD, "2020年、2021年"),
        ("tea companies in 2019 and 2020", Reason.PERIOD, "2019 and 2020"),
        ("松州茶叶企业有多少", Reason.PLACE, "松州"),
    ],
)
def test_what_none_of_them_is_about_is_named(question: str, reason: Reason, asked: str) -> None:
    answered = ANSWERER.answer(question)
    assert (answered.outcome, answered.reason, answered.asked) == (Outcome.NONE, reason, asked)
