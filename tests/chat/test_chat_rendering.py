"""Texts of the chat: answers in the words of a locale, and text as Telegram takes and counts it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.answering.answer import Answer, Language, Match, Outcome, Reason, Topic
from bot.answering.answerer import Answerer
from bot.answering.knowledge.model import English, Fact, Knowledge, Lexicon, Report, Subject
from bot.chat import rendering
from bot.chat.library import Edition
from bot.chat.rendering import cut, one_line, plain_text, safe, to_html, units
from bot.chat.texts import Locale
from bot.rehearsal.telegram_server.content import FormattedText, checked_message, parse_html
from tests.support.reports.small_report import GROWTH, KNOWLEDGE, OUTPUT, REPORT, SCHOOLS, refused

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=300)
LONG = ANYTHING | st.just("长" * 5000)
REPORTS = st.builds(Report, LONG, LONG, LONG, st.integers(), st.builds(Subject, LONG, LONG))


@given(st.text().map(safe), st.lists(st.sampled_from(["b", "i", "u", "blockquote"]), unique=True))
@example("0\u2028", ["b"])  # Telegram drops line separators
def test_any_text_is_seen_as_it_is_within_any_tags(text, tags) -> None:
    html = to_html(text, *tags)
    assert plain_text(html) == text
    seen = parse_html(html)
    assert {entity.length for entity in seen.entities} <= {units(seen.text)}


def test_tags_stand_around_escaped_text() -> None:
    assert to_html("a < &b", "b", "u") == "<b><u>a &lt; &amp;b</u></b>"
    assert to_html("", "b") == ""


ANYTHING = st.text(st.characters(exclude_categories=()))


@given(ANYTHING)
def test_safe_text_can_be_sent_and_keeps_its_positions(text) -> None:
    result = safe(text)
    result.encode()
    assert len(result) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("  a\n\tb\u3000 c ", "a b c"), ("a\x00b", "a b"), ("a\ud83db", "a\ufffdb"), ("\x1b[1m", "[1m"), (" \n", "")],
)
def test_one_line(text, expected) -> None:
    assert one_line(text) == expected


@given(ANYTHING.map(safe), st.integers(1, 50))
def test_cut_text_fits_and_is_a_beginning(text, limit) -> None:
    result = cut(text, limit)
    assert units(result) <= limit
    assert result == text or (result.endswith("…") and text.startswith(result[:-1]))


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [("河湾镇", 3, "河湾镇"), ("河湾镇年报", 3, "河湾…"), ("😀😀😀", 4, "😀…"), ("😀😀", 2, "…"), ("", 1, "")],
)
def test_cut_never_splits_a_surrogate_pair(text, limit, expected) -> None:
    assert cut(text, limit) == expected


def test_units_are_those_of_utf_16() -> None:
    assert units("a河😀") == len("a河😀".encode("utf-16-le")) // 2 == 4


@st.composite
def any_fact(draw: st.DrawFn) -> Fact:
    figure = draw(ANYTHING)
    sentence = draw(ANYTHING) + draw(st.sampled_from([figure, "", "话" * 5000])) + draw(ANYTHING)
    english = draw(st.builds(English, LONG, LONG, LONG))
    return Fact("x", draw(LONG), figure, (), sentence, draw(LONG), draw(REPORTS), draw(st.none() | LONG), english)


def stored(html: str) -> FormattedText:
    return checked_message(parse_html(html), "message is too long")


def html(*facts: Fact, locale: Locale = Locale.SIMPLIFIED) -> str:
    return rendering.facts(facts, locale)


@given(
    st.builds(Answer, ANYTHING, st.sampled_from(Language), st.just("none"), st.just(()), st.sampled_from(Reason)),
    st.sampled_from(Locale),
)
def test_any_refusal_makes_a_message_that_telegram_takes(answer, locale) -> None:
    stored(to_html(rendering.refusal(replace(answer, asked=answer.question), [REPORT], locale)))


@settings(max_examples=20)
@given(st.lists(any_fact(), min_size=1, max_size=3), st.lists(LONG, max_size=3), st.sampled_from(Locale))
def test_any_facts_make_a_message_that_telegram_takes_with_missing_parts_told_below(facts, parts, locale) -> None:
    edition = Edition(Answerer(Knowledge((), (), Lexicon())), "", datetime.now(UTC))
    answer = Answer(
        "", Language.CHINESE, Outcome.ANSWER, tuple(Match(fact, 1.0) for fact in facts), missing=tuple(parts)
    )
    html = edition.reply_to(answer, locale).html
    html.encode()
    assert _visible(stored(html).text).endswith(_visible(rendering.missing(parts, locale)))


def _visible(text: str) -> str:
    """A text without what Telegram drops at its end: spaces and marks of direction."""
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def test_a_fact_in_chinese() -> None:
    assert html(OUTPUT) == (
        "<b>35.2亿元</b>\n工业产值 · 2021年前三季度\n\n"
        "<blockquote>前三季度，河湾镇工业产值达到<b><u>35.2亿元</u></b>。</blockquote>\n"
        "<i>产业 ·《河湾镇年报》，河湾周刊，2021年</i>"
    )


def test_a_fact_in_english_quotes_the_chinese_sentence() -> None:
    assert html(OUTPUT, locale=Locale.ENGLISH) == (
        "<b>CNY 3.52 billion</b>\nindustrial output · first three quarters of 2021\n\nSource (Chinese):\n"
        "<blockquote>前三季度，河湾镇工业产值达到<b><u>35.2亿元</u></b>。</blockquote>\n"
        "<i>产业 · 《河湾镇年报》, 河湾周刊, 2021</i>"
    )


def test_a_fact_without_english_is_told_in_chinese() -> None:
    assert html(SCHOOLS, locale=Locale.ENGLISH).startswith("<b>5所</b>\n小学数量\n\nSource (Chinese):\n")


def test_the_figure_is_marked_where_the_label_is() -> None:
    assert "<blockquote>鲜鱼销量增长8.4%，茶叶销量增长<b><u>8.4%</u></b>。</blockquote>" in html(GROWTH)


def test_facts_of_one_sentence_share_the_quote() -> None:
    fish = replace(GROWTH, id="fish", label="鲜鱼销量增速")
    message = html(GROWTH, fish, OUTPUT)
    assert message.count("<blockquote>") == 2
    assert "鲜鱼销量增长<b><u>8.4%</u></b>，茶叶销量增长<b><u>8.4%</u></b>。" in message
    assert message.index("茶叶销量增速") < message.index("鲜鱼销量增速") < message.index("<blockquote>")


def test_overlapping_figures_are_marked_once() -> None:
    fact = replace(SCHOOLS, sentence="全镇有小学5所。", figure="小学5所")
    assert "<blockquote>全镇有<b><u>小学5所</u></b>。</blockquote>" in html(fact, replace(fact, id="b", figure="5所"))


@pytest.mark.parametrize("before", [0, 100, 20_000])
@pytest.mark.parametrize("after", [100, 20_000])
def test_a_sentence_that_is_too_long_is_cut_around_the_figure(before, after) -> None:
    fact = replace(OUTPUT, sentence="前" * before + "工业产值35.2亿元" + "后" * after)
    message = html(fact)
    assert "<b><u>35.2亿元</u></b>" in message
    assert message.endswith("2021年</i>")
    stored(message)


def test_markup_of_the_knowledge_is_shown_as_text() -> None:
    message = html(replace(OUTPUT, label="<b>&amp;", figure="<5", sentence="产值<5 & 更多"))
    assert "&lt;b&gt;&amp;amp;" in message
    assert "<blockquote>产值<b><u>&lt;5</u></b> &amp; 更多</blockquote>" in message


def test_refusals() -> None:
    for answer, expected in (
        (refused(reason=Reason.PLACE, asked="山口<镇"), "报告讲的是河湾镇，没有说到“山口&lt;镇”。"),
        (refused(reason=Reason.PERIOD), "报告没有说到这一点。"),
    ):
        assert to_html(rendering.refusal(answer, [REPORT, REPORT], Locale.SIMPLIFIED)) == expected


def said(topic: Topic, *stated, locale=Locale.SIMPLIFIED, knowledge=KNOWLEDGE, examples=()) -> str:
    answer = Answer("?", locale.language, Outcome.TALK, topic=topic, nearest=stated)
    return rendering.talk(answer, knowledge, lambda _: examples, locale)


def test_what_was_stated_is_told_again_in_its_sentences() -> None:
    assert said(Topic.AGAIN, GROWTH, SCHOOLS) == f"报告的原句是：{GROWTH.sentence} {SCHOOLS.sentence}"
    assert said(Topic.AGAIN, GROWTH, locale=Locale.ENGLISH) == f"The report's own sentence: {GROWTH.sentence}"
    assert said(Topic.AGAIN) == said(Topic.USAGE)


def test_talk_has_an_example_where_there_is_one() -> None:
    assert said(Topic.USAGE, examples=["小学有几所？"]).endswith("让我核对。可以这样问：小学有几所？")
    assert said(Topic.USAGE).endswith("让我核对。")
    assert said(Topic.THANKS, examples=["小学有几所？"]) == "不客气，有问题随时问。"


def test_the_sections_are_told_or_what_a_report_without_any_is_about() -> None:
    assert said(Topic.SECTIONS) == "《河湾镇年报》分为：产业、民生。"
    whole = Knowledge((REPORT,), (replace(SCHOOLS, section=REPORT.title),), Lexicon())
    assert said(Topic.SECTIONS, knowledge=whole) == "《河湾镇年报》讲了：小学数量。"


def test_that_the_day_of_publication_is_not_known_is_told() -> None:
    assert said(Topic.RELEASED) == ("《河湾镇年报》由河湾周刊发布，讲的是2021年。报告只写明年份，没有写明发布日期。")
