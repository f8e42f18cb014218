"""A conversation in Telegram: what was said before, verdicts, lists and small talk."""

from datetime import date, timedelta

import pytest

from bot.storage.questions import Popular, Vote
from tests.support.bots.running_bot import TOKEN, running_bot
from tests.support.reports import lake_town
from tests.support.telegram.group_talk import say
from tests.support.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio


@pytest.fixture
def library():
    return lake_town.library()


async def test_a_follow_up_goes_on_from_what_the_same_person_asked_in_the_same_chat(server) -> None:
    person, other = server.user(language_code="zh-hans"), server.user(language_code="zh-hans")
    assert (await person.ask("GDP是多少")).text.startswith("286.4亿元")
    assert not (await other.ask("增速呢")).text.startswith("7.3%")
    assert (await person.ask("增速呢")).text.startswith("7.3%")


async def test_under_an_answer_stand_follow_ups_that_it_can_answer(person) -> None:
    answer = await person.ask("第一产业增加值多少")
    assert [[button.text for button in row] for row in answer.buttons] == [
        ["增速", "第二产业增加值", "第三产业增加值"],
        ["👍", "👎", "转发"],
    ]
    await person.press(answer, "第二产业增加值")
    more = await person.next_message()
    assert (more.text.startswith("120.5亿元"), more.buttons[0][0].text) == (True, "增速")
    assert (await person.ask("增速呢")).text.startswith("9.2%")


async def test_what_people_ask_for_most_is_what_the_start_and_a_refusal_offer(person, memory) -> None:
    async def popular(since: date) -> Popular:
        assert since == (memory.utcnow() - timedelta(days=30)).date()
        return Popular({"gone": 9, "schools": 3, "tea-growth": 5}, {}, {})

    memory.questions.popular = popular
    offered = ["茶叶产量增长了多少？", "小学有多少所？", "粮食产量是多少？"]
    for message in (await person.ask("/start"), await person.ask("今天股市怎么样")):
        assert [row[0].text for row in message.buttons] == offered
    await person.press(message, "小学有多少所？")
    assert (await person.next_message()).text.startswith("46所")


async def test_a_list_has_a_button_for_each_fact_and_goes_on_from_the_one_that_is_pressed(person) -> None:
    listed = await person.ask("超过100亿的有哪些")
    assert listed.text.splitlines() == [
        "共 3 项：",
        "• 地区生产总值 · 2022年: 286.4亿元",
        "• 第二产业增加值 · 2022年: 120.5亿元",
        "• 第三产业增加值 · 2022年: 124.7亿元",
    ]
    await person.press(listed, "第二产业增加值 · 2022年")
    assert (await person.next_message()).text.startswith("120.5亿元")
    assert (await person.ask("增速呢")).text.startswith("9.2%")


async def test_a_long_list_has_pages(person) -> None:
    listed = await person.ask("列出所有数据")
    *_, pages, chart = listed.buttons
    assert listed.text.startswith("共 38 项，第 1 至 12 项：")
    assert [pages[0].text, chart[0].text] == ["下一页 ›", "📊 看图"]
    await person.press(listed, "下一页 ›")
    assert (await person.next_edit()).text.startswith("共 38 项，第 13 至 24 项：\n• 手机产量")
    assert ["‹ 上一页", "下一页 ›"] in [[button.text for button in row] for row in listed.buttons]
    more = await person.ask("更多")
    assert more.text.startswith("共 38 项，第 13 至 24 项：")
    await person.press(more, "下一页 ›")
    assert (await person.next_edit()).text.startswith("共 38 项，第 25 至 36 项：")


async def test_a_list_that_is_forgotten_is_to_be_asked_for_again(library, person) -> None:
    listed = await person.ask("列出所有数据")
    library.now = lake_town.library(lake_town.IN_ENGLISH).now
    assert (await person.press(listed, "下一页 ›")).text == "这个列表我已经不记得了，请再问一次。"


async def test_you_are_wrong_counts_as_a_vote_against_what_was_stated(person, memory) -> None:
    await person.ask("GDP是多少")
    told = await person.ask("你说错了")
    assert told.text.startswith("谢谢指正，已经记下。报告的原句是：全年地区生产总值286.4亿元")
    ((facts, _, vote, _),) = memory.of("voted")
    assert (facts, vote) == ("gdp", Vote.DOWN)


async def test_in_a_group_a_reply_goes_on_from_the_message_that_it_replies_to(server) -> None:
    group, person, other = server.supergroup(), server.user(), server.user()
    asked = await person.send("/ask GDP是多少", group)
    answer = await group.wait_for(lambda message: message.reply_to is asked)
    assert (await say(other, "增速呢", group, reply_to=answer)).startswith("7.3%")
    more = group.bot_messages[-1].reply_to
    # The question that was answered, and one that goes on from it.
    for above in (asked, more):
        assert (await say(server.user(), "/ask 超过8%了吧", group, reply_to=above)).startswith("不是。\n7.3%")


async def test_in_a_group_a_reply_goes_on_from_a_question_that_nobody_answered(server) -> None:
    group, person, other = server.supergroup(), server.user(), server.user()
    unheard = await person.send("第二产业增加值是多少啊", group)
    assert (await say(other, "@shushuo_test_bot 增速呢", group, reply_to=unheard)).startswith("9.2%")
    chat = await person.send("晚上去哪儿吃饭", group)
    assert not (await say(server.user(), "/ask 增速呢", group, reply_to=chat)).startswith(("9.2%", "7.3%"))


@pytest.mark.parametrize("inline", [True, False])
async def test_a_reply_goes_on_from_an_answer_that_another_process_gave(memory, inline) -> None:
    async with TelegramServer(token=TOKEN, inline=inline) as server:
        group, person = server.supergroup(), server.user()
        for question, begin in (("/ask 第二产业增加值是多少", "120.5亿元"), ("/ask 增速呢", "9.2%")):
            async with running_bot(server, library=lake_town.library(), memory=memory):
                above = group.bot_messages[-1] if group.bot_messages else None
                assert (await say(person, question, group, reply_to=above)).startswith(begin)
