import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answer import Answer, Language, Match, Outcome, Reason
from bot.answering.knowledge.model import Fact
from bot.chat.texts import Locale
from bot.terminal.rendering import (
    COLOURED,
    PLAIN,
    answer_json,
    answer_lines,
    answer_text,
    explanation_text,
    fact_lines,
    numbered_lines,
    style_for,
)
from bot.terminal.streams import printable
from tests.support.reports.small_report import GROWTH, KNOWLEDGE, OUTPUT, REPORT, SCHOOLS, answered, offered, refused

ZH, EN = Locale.SIMPLIFIED, Locale.ENGLISH


def lines(answer: Answer) -> str:
    return "\n".join(answer_lines(answer, KNOWLEDGE))


def test_a_fact_is_told_with_its_sentence_and_source() -> None:
    assert fact_lines(OUTPUT, ZH) == [
        "35.2亿元  工业产值 · 2021年前三季度",
        "  前三季度，河湾镇工业产值达到35.2亿元。",
        "  ——《河湾镇年报》 产业",
    ]


def test_an_english_reply_quotes_the_sentence_as_printed() -> None:
    assert fact_lines(OUTPUT, EN) == [
        "CNY 3.52 billion  industrial output · first three quarters of 2021",
        "  前三季度，河湾镇工业产值达到35.2亿元。",
        "  — 《河湾镇年报》, 产业",
    ]
    assert fact_lines(GROWTH, EN)[0] == "8.4%  茶叶销量增速"


def test_colours_mark_the_figure_in_its_sentence() -> None:
    figure, sentence, _ = fact_lines(GROWTH, ZH, COLOURED)
    assert figure == "\x1b[1;36m8.4%\x1b[0m  茶叶销量增速"
    assert sentence == "  鲜鱼销量增长8.4%，茶叶销量增长\x1b[1;4m8.4%\x1b[0m。"


@pytest.mark.parametrize(
    ("locale", "last"), [(ZH, "报告没有说：房价、\ufffd[1m"), (EN, "The report does not say: 房价, \ufffd[1m")]
)
def test_the_parts_that_the_report_does_not_say_are_the_last_line(locale, last) -> None:
    told = lines(answered(OUTPUT, language=locale.language, missing=("房价", "\x1b[1m"))).splitlines()
    assert told == [*fact_lines(OUTPUT, locale), last]


def test_choices_are_numbered() -> None:
    assert lines(offered(OUTPUT, GROWTH)).splitlines() == [
        "您问的是哪一项？",
        "  1. 工业产值 · 2021年前三季度  35.2亿元",
        "  2. 茶叶销量增速  8.4%",
    ]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (refused(), "报告没有说到这一点。"),
        (refused(language=Language.ENGLISH), "The report does not say that."),
        (refused(reason=Reason.PLACE, asked="山后镇"), "报告讲的是河湾镇，没有说到“山后镇”。"),
        (refused(reason=Reason.PLACE), "报告没有说到这一点。"),
        (
            refused(reason=Reason.PLACE, asked="山后镇", language=Language.ENGLISH),
            "covers Hewan; it does not speak of “山后镇”",
        ),
        (refused(reason=Reason.PERIOD, asked="2019年"), "报告讲的是2021年，没有“2019年”的数据。"),
        (
            refused(reason=Reason.PERIOD, asked="2019", language=Language.ENGLISH),
            "covers 2021; it has no figures for “2019”",
        ),
    ],
)
def test_a_refusal_says_what_the_report_covers(answer, said) -> None:
    assert said in lines(answer)


def test_a_refusal_offers_the_nearest_facts() -> None:
    shown = ["报告没有说到这一点。", "相近的内容：", "  1. 小学数量  5所"]
    assert answer_text(refused(SCHOOLS), KNOWLEDGE) == "\n".join([*shown, ""])


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "style"),
    [
        (Screen(), {"TERM": "xterm"}, COLOURED),
        (Screen(), {"TERM": "xterm", "NO_COLOR": ""}, COLOURED),
        (Screen(), {"TERM": "xterm", "NO_COLOR": "1"}, PLAIN),
        (Screen(), {"TERM": "dumb"}, PLAIN),
        (io.StringIO(), {"TERM": "xterm"}, PLAIN),
    ],
)
def test_only_a_terminal_that_wants_colours_gets_them(monkeypatch, stream, environment, style) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert style_for(stream) is style


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("产值　35.2\xa0亿元", "产值　35.2\xa0亿元"),
        ("a\x1b[31mb\x9bc\x7f", "a�[31mb�c�"),
        ("a\tb\r\nc\u2028d", "a b  c d"),
        ("\u202eGDP\udc80", "�GDP�"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_what_a_terminal_would_obey_is_not_shown(text, shown) -> None:
    assert printable(text) == shown


@given(st.text(st.characters()))
def test_printable_text_holds_no_controls_and_can_be_written(text) -> None:
    shown = printable(text)
    shown.encode()
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert printable(shown) == shown


@given(text=st.text(st.characters(), min_size=1), locale=st.sampled_from(Locale))
def test_no_part_of_a_fact_reaches_the_terminal_raw(text, locale) -> None:
    fact = Fact("id", text, text, (), f"{text}。", text, REPORT, period=text)
    for line in (*fact_lines(fact, locale), *numbered_lines([fact], locale)):
        assert printable(line) == line


def test_json_tells_the_facts_and_not_the_parts_that_the_report_does_not_say() -> None:
    assert json.loads(answer_json(answered(OUTPUT, question="产值？", missing=("房价",)), KNOWLEDGE)) == {
        "question": "产值？",
        "outcome": "answer",
        "facts": [
            {
                "id": "output",
                "label": "工业产值",
                "figure": "35.2亿元",
                "period": "2021年前三季度",
                "sentence": "前三季度，河湾镇工业产值达到35.2亿元。",
                "section": "产业",
                "report": "hewan-2021",
                "score": 0.9877,
            }
        ],
    }


def test_json_of_a_fact_without_a_period_and_of_a_refusal() -> None:
    assert json.loads(answer_json(offered(GROWTH), KNOWLEDGE))["facts"][0]["period"] is None
    assert json.loads(answer_json(refused(SCHOOLS), KNOWLEDGE)) == {"question": "?", "outcome": "none", "facts": []}


def test_json_leaves_chinese_readable() -> None:
    assert '"question": "产值"' in answer_json(refused(question="产值"), KNOWLEDGE)


# A high surrogate before a low one would be read back as the one character that they make.
@given(st.text(st.characters(exclude_categories=("Cs",)) | st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF)))
def test_json_is_one_line_that_gives_the_question_back(question) -> None:
    line = answer_json(Answer(question, Language.CHINESE, Outcome.CHOICES, (Match(OUTPUT, 1 / 3),)), KNOWLEDGE)
    assert len(line.splitlines()) == 1
    assert json.loads(line.encode())["question"] == question


def test_an_explanation_is_indented() -> None:
    assert explanation_text("产值: output\n\x1b: ?\n") == "    产值: output\n    �: ?\n"
