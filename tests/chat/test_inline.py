"""People type the bot's name and a few words in any chat, over real HTTP."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.answer import Answer, Language, Reason
from bot.answering.answerer import Answerer
from bot.chat.library import Contents, Found, Library, Search
from bot.chat.texts import Locale
from tests.support.bots.running_bot import TOKEN, edition, running_bot
from tests.support.reports import lake_town
from tests.support.reports.browsed_reports import AREA, BROWSED, EMPTY, SALES, SHOPS, YIELD
from tests.support.reports.small_report import SCHOOLS, answered, offered, refused
from tests.support.telegram_server import TelegramServer
from tests.support.wordings import assert_read

pytestmark = pytest.mark.asyncio


_ANSWERS = {
    "产量": answered(YIELD),
    "yield": answered(YIELD, language=Language.ENGLISH),
    "面积和销量": answered(AREA, SALES),
    "产量和房价": answered(YIELD, missing=("房价",)),
    "茶": offered(SALES, YIELD),
    "青岛": refused(SCHOOLS, reason=Reason.PLACE, asked="青岛"),
}


def answer(question: str) -> Answer:
    if question == "boom":
        raise LookupError("an answerer that fails")
    return _ANSWERS.get(question, refused())


@pytest.fixture
def library() -> Library:
    return Library(edition(BROWSED, answer))


async def test_an_article_has_the_figure_its_label_and_its_sentence(person) -> None:
    found = await person.ask_inline("产量")
    assert [result["id"] for result in found.results] == ["tea-yield"]
    assert found.results[0]["title"] == "8吨 茶叶产量"
    assert found.results[0]["description"] == "2021年前三季度 · 今年种茶3万亩，产茶8吨，卖出5吨。"
    assert (found.cache_time, found.is_personal, found.button) == (60, True, None)


async def test_a_chosen_result_carries_the_whole_cited_answer(server, person) -> None:
    group = server.supergroup()
    result = (await person.ask_inline("产量")).results[0]
    message = await person.choose(result, group)
    assert message.text == (
        "8吨\n茶叶产量 · 2021年前三季度\n\n今年种茶3万亩，产茶8吨，卖出5吨。\n产业 ·《河湾镇年报》，河湾周刊，2021年"
    )
    assert "blockquote" in [entity.type for entity in message.entities]
    assert message.buttons[0][0].value == "https://t.me/shushuo_test_bot?start=fact-tea-yield"


async def test_what_was_sent_through_the_bot_is_no_question(server, person) -> None:
    group = server.supergroup()
    result = (await person.ask_inline("产量")).results[0]
    await person.choose(result, group)
    await person.choose(result)
    assert "河湾镇年报" in (await person.ask("/about")).text
    assert len(person.chat.bot_messages) == 1
    assert not group.bot_messages


async def test_several_facts_in_one_message_and_each_alone(person) -> None:
    whole, *alone = (await person.ask_inline("面积和销量")).results
    assert (whole["title"], whole["description"]) == ("3万亩 · 5吨", "茶园面积、茶叶销量")
    assert [result["id"] for result in alone] == ["tea-area", "tea-sales"]
    text = (await person.choose(whole)).text
    assert text.index("3万亩") < text.index("5吨")


async def test_many_facts_come_ten_at_a_time() -> None:
    facts = tuple(replace(SHOPS[0], id=f"shop-{number}") for number in range(25))
    knowledge = replace(BROWSED, facts=facts)
    async with TelegramServer(token=TOKEN) as server, running_bot(server, knowledge, answer):
        person, pages, offset = server.user(), list[list[str]](), ""
        while not pages or offset:
            found = await person.ask_inline("店", offset)
            pages.append([result["id"] for result in found.results])
            offset = found.next_offset
            assert len(pages) <= 3
    assert [len(page) for page in pages] == [10, 10, 5]
    assert [id_ for page in pages for id_ in page] == [fact.id for fact in facts]


async def test_an_offset_that_the_bot_has_not_given(person) -> None:
    for offset in ("500", "999999999", "-1", "x", "٣"):
        found = await person.ask_inline("产量", offset)
        assert [result["id"] for result in found.results] == ([] if offset == "500" else ["tea-yield"])


async def test_what_the_report_does_not_say_is_said_above_what_is_near(person) -> None:
    found = await person.ask_inline("青岛")
    assert found.button == {"text": "报告讲的是河湾镇、山口镇，没有说到“青岛”。", "start_parameter": "inline"}
    assert [result["id"] for result in found.results] == ["schools"]
    assert (await person.ask("/start inline")).text.startswith("您好")
    unknown = await person.ask_inline("房价")
    assert unknown.results == []
    assert unknown.button["text"] == "报告没有说到这一点。"


async def test_parts_that_the_report_does_not_say_are_said_above_what_it_says(person) -> None:
    found = await person.ask_inline("产量和房价")
    assert found.button == {"text": "报告没有说：房价", "start_parameter": "inline"}
    assert [result["id"] for result in found.results] == ["tea-yield"]


async def test_a_query_that_is_too_old_is_left(server, person) -> None:
    description = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    server.fail_next("answerInlineQuery", 400, description)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(person.ask_inline("茶"), 0.2)
    assert (await person.ask_inline("产量")).results


async def test_any_query_is_answered(person) -> None:
    for query in ("<b>&", "😀" * 128, "##", "\u202e\u200b", "a" * 256):
        assert (await person.ask_inline(query)).results == []


async def test_a_share_button_brings_up_the_answer_it_is_under(server, person) -> None:
    message = await person.ask("面积和销量")
    shared = message.find_button("转发")
    assert (shared.action, shared.value) == ("switch_inline_query", "#tea-area #tea-sales")
    whole = (await person.ask_inline(shared.value)).results[0]
    assert (await person.choose(whole, server.supergroup())).text == message.text


async def test_a_claim_has_its_verdict_and_a_list_its_facts() -> None:
    async with TelegramServer(token=TOKEN) as server, running_bot(server, library=lake_town.library()):
        person = server.user(language_code="zh-hans")
        claim = (await person.ask_inline("粮食产量增长了吧")).results
        assert (claim[0]["title"], claim[0]["description"]) == ("不是。 2.9%", "粮食产量降幅")
        assert (await person.choose(claim[0])).text.startswith("不是。\n2.9%\n粮食产量降幅")
        assert claim[1]["id"] == "grain-fall"
        listed = await person.ask_inline("列出所有数据")
        assert listed.results[0]["title"].startswith("共 38 项，第 1 至 12 项： 286.4亿元 · 7.3%")
        assert (await person.choose(listed.results[0])).text.splitlines()[1] == "• 地区生产总值 · 2022年: 286.4亿元"
        assert [result["id"] for result in listed.results[1:3]] == ["gdp", "gdp-growth"]
        more = await person.ask_inline("列出所有数据", listed.next_offset)
        assert (len(listed.results), len(more.results), more.next_offset) == (11, 10, "20")
        talk = (await person.ask_inline("你是谁")).results
        assert [result["title"].startswith("我是数说") for result in talk] == [True]


# ---- what a query brings up

CONTENTS = Contents(BROWSED)
SEARCH = Search(CONTENTS, Answerer(BROWSED).answer)


def find(query: str, answer: Answer | None = None, reader: Locale = Locale.SIMPLIFIED) -> Found:
    return Search(CONTENTS, lambda _: answer or refused()).find(query, reader)


def ids(found: Found) -> list[str]:
    return ["+".join(fact.id for fact in group) for group in found.groups]


@pytest.mark.parametrize("query", ["", "  ", "t", " 5 "])
async def test_nothing_typed_brings_up_a_fact_of_each_section(query) -> None:
    assert ids(find(query)) == ["tea-area", "schools", "lake"]
    assert Search(Contents(EMPTY), lambda _: refused()).find(query, Locale.ENGLISH).groups == ()


async def test_the_answer_comes_first_then_facts_of_that_name() -> None:
    assert ids(find("茶叶", answered(YIELD))) == ["tea-yield", "tea-sales"]
    assert ids(find("茶叶", offered(SALES, YIELD))) == ["tea-sales", "tea-yield"]


async def test_half_a_word_is_refused_only_where_no_name_has_it() -> None:
    assert find("茶叶产", refused()).refusal is None
    assert find("茶馆", refused()).refusal
    assert find("茶", refused(AREA, reason=Reason.PLACE, asked="山口镇")).refusal


async def test_names_that_have_every_word_as_far_as_it_is_typed() -> None:
    table = """\
        tea-sales: exp|TEA exp
        tea-yield: ＹＩＥＬＤ|茶葉產量
        tea-area: 茶园，面积
        : port|t e|，|茶园 湖"""
    assert_read(table, lambda query: " ".join(ids(find(query))))


async def test_the_query_of_a_share_button_brings_up_its_facts() -> None:
    assert ids(find("#lake")) == ["lake"]
    assert ids(find("#lake #tea-area #gone")) == ["lake+tea-area", "lake", "tea-area"]
    assert ids(find("#gone")) == []


async def test_results_speak_the_language_of_the_query() -> None:
    assert find("??", answered(AREA), Locale.TRADITIONAL).locale is Locale.TRADITIONAL
    assert find("??", answered(AREA, language=Language.ENGLISH)).locale is Locale.ENGLISH


@settings(max_examples=15)
@given(st.text())
async def test_any_query_brings_up_facts_each_once(query) -> None:
    found = SEARCH.find(query, Locale.SIMPLIFIED)
    assert len(set(ids(found))) == len(found.groups)
    assert all(found.groups)
