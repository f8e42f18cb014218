"""The terminal's conversation: the memory of `shushuo chat --json`, and verdicts, lists and talk as lines."""

import io
import json
import sys
from typing import Any

import pytest

from bot.answering.answer import Language
from bot.answering.conversation import last_answer
from bot.terminal.rendering import answer_lines
from bot.terminal.session import Partner, Session, chat_json
from tests.support.reports.lake_town import KNOWLEDGE, answerer


def turns(*lines: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    given = io.TextIOWrapper(io.BytesIO("\n".join(lines).encode()))
    monkeypatch.setattr(sys, "stdin", given)
    chat_json(answerer())
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_turn_a_line_in_is_an_object_a_line_out(monkeypatch, capsys) -> None:
    asked, more, claimed, talk = turns(
        "GDP是多少", "增速呢", "超过8%了吧", "谢谢", monkeypatch=monkeypatch, capsys=capsys
    )
    assert [[fact["id"] for fact in turn["facts"]] for turn in (asked, more, claimed)] == [
        ["gdp"],
        ["gdp-growth"],
        ["gdp-growth"],
    ]
    assert ("verdict" in asked, "verdict" in more, claimed["verdict"]) == (False, False, False)
    assert talk == {"question": "谢谢", "outcome": "talk", "facts": [], "text": "不客气，有问题随时问。"}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("GDP超过280亿了吧", ["是。", "286.4亿元  地区生产总值 · 2022年"]),
        ("Is it true that grain output is over 400,000 tons?", ["No.", "31.8万吨  Grain output · 2022年"]),
        ("超过100亿的有哪些", ["共 3 项：", "  1. 地区生产总值 · 2022年  286.4亿元"]),
        ("哪个村的人口最多", ["可比的 8 项里，排在最前的是：", "481  碧桃村的村庄人口"]),
        ("人口第二多的村", ["可比的 8 项里，排第 2 的是：", "471  垂柳村的村庄人口"]),
        ("人口前两名的村", ["可比的 8 项里，排在前 2 的是：", "  1. 碧桃村的村庄人口  481"]),
        ("是哪年的数据", ["报告讲的是2022年。"]),
        ("which year is the data from?", ["The report is about 2022."]),
        ("谁发布的", ["《云泽县2022年公报》由云泽周刊发布，讲的是2022年。"]),
    ],
)
def test_what_stands_before_the_figures(question, first) -> None:
    assert answer_lines(last_answer(answerer(), [question]), KNOWLEDGE)[: len(first)] == first


def test_a_fact_of_a_list_that_is_picked_is_gone_on_from() -> None:
    session = Session(Partner(answerer()), Language.CHINESE)
    session.reply("超过100亿的有哪些")
    session.reply("2")
    assert (session.reply("增速呢") or [""])[0].startswith("9.2%")


def test_more_shows_the_next_page_of_a_list() -> None:
    session = Session(Partner(answerer()), Language.CHINESE)
    assert (session.reply("列出所有数据") or [])[-2:] == ["输入编号查看。", "输入“更多”看后面的。"]
    assert (session.reply("更多") or [])[:2] == ["共 36 项，第 13 至 24 项：", "  1. 手机产量 · 2022年  320万台"]
    assert (session.reply("more") or [])[-1] == "输入编号查看。"


def test_small_talk_gives_a_question_that_is_answered() -> None:
    session = Session(Partner(answerer()), Language.CHINESE)
    assert (session.reply("你好") or [""])[0].endswith("可以这样问：粮食产量是多少？")
