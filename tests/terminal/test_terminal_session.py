import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answer import Answer, Language
from bot.answering.conversation import last_answer
from bot.chat.texts import Locale
from bot.terminal import rendering
from bot.terminal.rendering import answer_lines
from bot.terminal.session import Partner, Session, chat_json, menus_locale
from bot.terminal.streams import printable
from tests.support.reports import lake_town
from tests.support.reports.browsed_reports import BROWSED
from tests.support.reports.shipped import shipped
from tests.support.reports.small_report import KNOWLEDGE, OUTPUT, SCHOOLS, answered, offered, refused
from tests.support.repository import ROOT

READMES = {Locale.SIMPLIFIED: "README.zh-CN.md", Locale.ENGLISH: "README.md"}
ANSWERS = {
    "产值": answered(OUTPUT),
    "output": answered(OUTPUT, language=Language.ENGLISH),
    "多少": offered(OUTPUT, SCHOOLS),
    "中学": refused(SCHOOLS),
    "which": offered(OUTPUT, language=Language.ENGLISH),
    "產值": refused(question="產值"),
}


class Fixed:
    """Answers by `answer`, and has no questions to offer but these."""

    def __init__(self, knowledge=KNOWLEDGE, examples: tuple[str, ...] = ()) -> None:
        self.knowledge, self._examples = knowledge, examples

    @staticmethod
    def answer(text: str) -> Answer:
        return ANSWERS.get(text, refused())

    def chosen(self, fact) -> None:
        pass

    def examples(self, _locale) -> tuple[str, ...]:
        return self._examples


def session(menus: Locale = Locale.SIMPLIFIED) -> Session:
    return Session(Fixed(), menus)


def say(talk: Session, *lines: str) -> str:
    """What the last of the lines is answered with."""
    replies = [talk.reply(line) for line in lines]
    return "\n".join(replies[-1])


def test_a_number_picks_a_choice_again_and_again_and_one_of_the_nearest() -> None:
    assert say(session(), "多少", "2").startswith("5所  小学数量")
    assert say(session(), "which", " １ ").startswith("CNY 3.52 billion")
    assert say(session(), "多少", "2", "1").startswith("35.2亿元")
    assert say(session(), "中学", "1").startswith("5所")


@pytest.mark.parametrize("number", ["0", "3", "９", "99"])
def test_a_number_outside_the_list_is_told_so(number) -> None:
    talk = session()
    assert say(talk, "多少", number) == "没有这个编号：列表是 1 到 2。"
    assert say(talk, "/topics 1", number) == "没有这个编号：列表是 1 到 2。"
    assert say(talk, "2").startswith("8.4%")
    # In the language of the list.
    assert say(talk, "which", number) == "No such number: the list goes from 1 to 1."
    assert say(talk, "/lang en", "/topics", number) == "No such number: the list goes from 1 to 2."


@pytest.mark.parametrize(
    "lines",
    [
        *(("多少", number) for number in ("100", "-1", "²", "9" * 5000)),  # of no list
        ("3",),
        ("多少", "产值", "1"),  # an answer ends the choice, and so does a refusal without neighbours
        ("多少", "?", "1"),
    ],
)
def test_what_is_no_number_of_a_list_is_a_question(lines) -> None:
    assert say(session(), *lines) == "报告没有说到这一点。"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("1",), "报告没有说到这一点。"),
        (("output", "1"), "The report does not say that."),
        (("output", "產值", "1"), "報告沒有說到這一點。"),
        (("/lang en", "產值", "1"), "The report does not say that."),
    ],
)
def test_a_mere_number_is_answered_in_the_locale_of_what_was_said_before(lines, said) -> None:
    assert say(session(), *lines) == said


def test_topics_tell_the_sections_with_their_facts() -> None:
    assert say(session(), "/topics").splitlines() == [
        "  1. 产业（2 项）",
        "     工业产值、茶叶销量增速",
        "  2. 民生（1 项）",
        "     小学数量",
        "输入编号查看。",
    ]


@pytest.mark.parametrize("typed", [("/topics 1",), ("/topics", "1")])
def test_a_topic_lists_its_facts_to_pick_from(typed) -> None:
    talk = session()
    assert say(talk, *typed).splitlines() == [
        "产业",
        "  1. 工业产值 · 2021年前三季度  35.2亿元",
        "  2. 茶叶销量增速  8.4%",
        "输入编号查看。",
    ]
    assert say(talk, "2").startswith("8.4%  茶叶销量增速")


@pytest.mark.parametrize("argument", ["0", "3", "x", "1 2"])
def test_there_are_no_other_topics(argument) -> None:
    assert say(session(), f"/topics {argument}") == "没有这一部分：请输入 /topics 加 1 到 2 的编号。"


def test_topics_of_two_reports_name_them() -> None:
    told = say(Session(Fixed(BROWSED), Locale.SIMPLIFIED), "/topics")
    assert "《河湾镇年报》 产业（10 项）" in told
    assert "《山口镇年报》 山水（1 项）" in told


def test_the_language_can_be_fixed() -> None:
    talk = session()
    assert say(talk, "/lang en") == "English from now on."
    assert say(talk, "产值").startswith("CNY 3.52 billion")
    assert say(talk, "/topics 1").splitlines()[1] == (
        "  1. industrial output · first three quarters of 2021  CNY 3.52 billion"
    )
    assert talk.prompt == "shushuo> "
    assert say(talk, "/LANG ZH", "output").startswith("35.2亿元")


@pytest.mark.parametrize("line", ["/lang", "/lang fr"])
def test_there_are_two_languages(line) -> None:
    talk = session()
    assert say(talk, line) == "请输入 /lang zh（中文）或 /lang en（英文）。"
    assert say(talk, "output").startswith("CNY 3.52 billion")


def test_help_tells_the_commands() -> None:
    for menus in Locale:
        told = say(session(menus), "/help")
        assert all(command in told for command in ("/topics", "/lang zh|en", "/help", "/quit"))


def test_what_is_no_question() -> None:
    assert session().reply(" /quit ") is None
    assert session().reply("  ") == []
    assert say(session(), "/\x1bx") == "没有 /�x 这个命令；输入 /help 查看说明。"


def test_the_greeting_offers_questions_where_there_are_any() -> None:
    greeting = Session(Fixed(examples=("工业产值是多少？",)), Locale.SIMPLIFIED).greeting()
    assert "报告：河湾镇年报" in greeting
    assert greeting[greeting.index("可以这样问：") + 1] == "  工业产值是多少？"
    assert "可以这样问：" not in session().greeting()


@pytest.mark.parametrize("menus", READMES)
def test_the_readme_shows_the_questions_of_the_greeting(menus) -> None:
    hint = rendering.say(menus, "hint")
    greeting = Session(Partner(shipped()), menus).greeting()
    shown = "\n".join(greeting[greeting.index(hint) :][:4])
    assert shown in (ROOT / READMES[menus]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("environment", "locale"),
    [
        ({}, Locale.SIMPLIFIED),
        ({"LANG": "C.UTF-8"}, Locale.SIMPLIFIED),
        ({"LANG": "zh_TW.UTF-8"}, Locale.TRADITIONAL),
        ({"LANG": "en_US.UTF-8"}, Locale.ENGLISH),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, Locale.SIMPLIFIED),
        ({"LANG": "zh_CN", "LC_MESSAGES": "en_GB"}, Locale.ENGLISH),
    ],
)
def test_menus_follow_the_locale(monkeypatch, environment, locale) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert menus_locale() is locale


@given(st.lists(st.sampled_from([*ANSWERS, "/topics", "/lang en", "1", "2"]) | st.text(st.characters()), max_size=6))
def test_any_lines_are_replied_to_safely(lines) -> None:
    talk = session()
    for line in lines:
        for shown in talk.reply(line) or []:
            assert printable(shown) == shown


def turns(*lines: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    given = io.TextIOWrapper(io.BytesIO("\n".join(lines).encode()))
    monkeypatch.setattr(sys, "stdin", given)
    chat_json(lake_town.answerer())
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
        ("Is it true that grain output is over 400,000 tons?", ["No.", "31.8万吨  Grain output · 2022"]),
        ("超过100亿的有哪些", ["共 3 项：", "  1. 地区生产总值 · 2022年  286.4亿元"]),
        ("哪个村的人口最多", ["可比的 8 项里，排在最前的是：", "481  碧桃村的村庄人口"]),
        ("人口第二多的村", ["可比的 8 项里，排第 2 的是：", "471  丹枫村的村庄人口"]),
        ("人口前两名的村", ["可比的 8 项里，排在前 2 的是：", "  1. 碧桃村的村庄人口  481"]),
        ("是哪年的数据", ["报告讲的是2022年。"]),
        ("which year is the data from?", ["The report is about 2022."]),
        ("谁发布的", ["《云泽县2022年公报》由云泽周刊发布，讲的是2022年。"]),
    ],
)
def test_what_stands_before_the_figures(question, first) -> None:
    assert answer_lines(last_answer(lake_town.answerer(), [question]), lake_town.KNOWLEDGE)[: len(first)] == first


def test_a_fact_of_a_list_that_is_picked_is_gone_on_from() -> None:
    session = Session(Partner(lake_town.answerer()), Locale.SIMPLIFIED)
    session.reply("超过100亿的有哪些")
    session.reply("2")
    assert (session.reply("增速呢") or [""])[0].startswith("9.2%")


def test_more_shows_the_next_page_of_a_list() -> None:
    session = Session(Partner(lake_town.answerer()), Locale.SIMPLIFIED)
    assert (session.reply("列出所有数据") or [])[-2:] == ["输入编号查看。", "输入“更多”看后面的。"]
    assert (session.reply("更多") or [])[:2] == ["共 38 项，第 13 至 24 项：", "  1. 手机产量 · 2022年  320万台"]
    assert [(session.reply(more) or [])[-1] for more in ("more", "下一页")] == [
        "输入“更多”看后面的。",
        "输入编号查看。",
    ]


def test_a_traditional_question_has_traditional_words_around_what_the_report_says() -> None:
    lines = answer_lines(last_answer(lake_town.answerer(), ["2030年的產值"]), lake_town.KNOWLEDGE)
    assert lines[0] == "報告講的是2022年，沒有“2030年”的資料。"
    assert answer_lines(last_answer(lake_town.answerer(), ["旅遊收入"]), lake_town.KNOWLEDGE)[0].endswith(
        "旅游收入 · 2022年1—11月"
    )
    assert answer_lines(last_answer(lake_town.answerer(), ["謝謝"]), lake_town.KNOWLEDGE)[0].startswith("不客氣")
    assert session(Locale.TRADITIONAL).prompt == "數說> "


def test_small_talk_gives_a_question_that_is_answered() -> None:
    session = Session(Partner(lake_town.answerer()), Locale.SIMPLIFIED)
    assert (session.reply("你好") or [""])[0].endswith("可以这样问：粮食产量是多少？")
