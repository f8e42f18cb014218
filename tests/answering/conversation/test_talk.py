"""Small talk, and questions about the bot and the report itself."""

import pytest

from bot.answering.answer import Outcome, Topic
from bot.answering.conversation import Conversation, last_answer
from tests.support.reports.lake_town import answerer


@pytest.mark.parametrize(
    ("topic", "messages"),
    [
        (Topic.GREETING, "你好|您好呀|早上好|在吗|hello|Hi there!|good morning"),
        (Topic.THANKS, "谢谢|多谢啦|感谢你的帮助|谢谢，帮大忙了|thanks a lot"),
        (Topic.GOODBYE, "再见|拜拜|晚安|bye|see you"),
        (Topic.WHO, "你是谁|你叫什么名字|你是机器人吗|who are you?|are you a bot?"),
        (Topic.ABILITY, "你能回答什么|能问你些什么|你会干什么|都有哪些数据|what can you do?|what can I ask you?"),
        (Topic.USAGE, "怎么用|怎么提问|how do I use this?|help"),
        (Topic.WHO, "这是什么|what is this?"),
        (Topic.PUBLISHER, "这份报告是谁发布的|作者是谁|数据来源是哪里|who published this report?|来源|source?"),
        (Topic.RELEASED, "什么时候发布的|发布日期|when did it come out|when was the report released?"),
        (Topic.PUBLISHER, "这篇报道是哪家报社发的|这份业绩是哪家公司的"),
        (Topic.YEAR, "这是哪一年的数据|数据是哪年的|是哪年的|which year is the data from?"),
        (Topic.SUMMARY, "总结一下|这份报告讲了什么|概括一下主要内容|summarise the report"),
        (Topic.SECTIONS, "有哪些章节|目录|分哪几部分|what sections are there?"),
        (Topic.WRONG, "你说错了|不对|答错了吧|that's wrong|you're wrong|You’re wrong."),
        (Topic.AGAIN, "真的吗|你确定吗|没搞错吧|再说一遍|are you sure?|really?|say that again"),
    ],
)
def test_talk_is_told_by_its_words(topic: Topic, messages: str) -> None:
    found = {message: last_answer(answerer(), [message]) for message in messages.split("|")}
    assert {message: answer.topic for message, answer in found.items()} == dict.fromkeys(found, topic)
    assert all(answer.outcome is Outcome.TALK and not answer.matches for answer in found.values())


@pytest.mark.parametrize(
    "question", ["你好，GDP是多少", "谢谢，再问一下粮食产量多少", "小学有哪些数据", "你知道旅游收入吗"]
)
def test_what_asks_for_a_figure_is_no_talk(question: str) -> None:
    assert last_answer(answerer(), [question]).outcome is not Outcome.TALK


@pytest.mark.parametrize("message", ["帮我写一首诗", "1加1等于几", "12乘以8是多少", "推荐几个好去处"])
def test_errands_and_sums_are_refused(message: str) -> None:
    assert last_answer(answerer(), [message]).outcome is Outcome.NONE


@pytest.mark.parametrize("doubt", ["你错了", "真的吗", "are you sure?"])
def test_what_was_stated_is_told_again_where_it_is_doubted(doubt: str) -> None:
    conversation = Conversation(answerer())
    assert conversation.reply(doubt, 0).nearest == ()
    conversation.reply("GDP是多少", 1)
    assert [fact.id for fact in conversation.reply(doubt, 2).nearest] == ["gdp"]
    conversation.reply("房价是多少", 3)
    assert conversation.reply(doubt, 4).nearest == ()


@pytest.mark.parametrize(
    ("claim", "verdict"), [("超过300亿了，真的吗", False), ("GDP增长了，真的吗", True), ("Did GDP really grow?", True)]
)
def test_a_claim_that_is_doubted_is_judged(claim: str, verdict: bool) -> None:
    assert last_answer(answerer(), ["GDP是多少", claim]).verdict is verdict


@pytest.mark.parametrize(
    "question", ["小学有几部分", "教育部分有哪些数据", "GDP来源", "旅游收入发布日期是哪天", "are you really a bot?"]
)
def test_other_words_of_a_message_are_heard(question: str) -> None:
    topics = Topic.SECTIONS, Topic.PUBLISHER, Topic.RELEASED, Topic.AGAIN
    assert last_answer(answerer(), [question]).topic not in topics
