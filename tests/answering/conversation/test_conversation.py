"""Conversations about an invented county: what each message means after those before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answer import Answer, Outcome
from bot.answering.answerer import Answerer
from bot.answering.conversation import Conversation, last_answer
from bot.answering.conversation.conversation import LASTS, TURNS
from bot.answering.conversation.message import message_of
from bot.answering.knowledge.model import Knowledge
from tests.support.reports.lake_town import IN_ENGLISH, KNOWLEDGE, answerer
from tests.support.reports.told import Case, Told, asked, ids

LAKE = Told.of(KNOWLEDGE).asked("""\
# What the report does not say is no follow up
-: GDP是多少 / 今天股市怎么样
-: GDP是多少 / 你吃饭了吗
-: 粮食产量多少 / 那北京呢
-: 粮食产量多少 / 2030年呢
-: 粮食产量多少 / 那房价呢
-: 小学有多少所 / 大学呢
-: 增速呢
-: 呢
-: 粮食产量多少 / =1+1
-: 粮食产量多少 / 然后呢
-: 粮食产量多少 / 嗯嗯
-: 粮食产量多少 / 上年呢
-: GDP是多少 / 谁是县长
# A growth is no rate of what grew
-: GDP率是多少
-: 零售率是多少
# A message may tell a figure and ask for that of something else
tertiary-growth: 第二产业增长9.2%，第三产业呢|第二产业增加值增速是9.2%，那第三产业呢？
# Of several things each is told, and of these alone
urban-income rural-income: 居民收入多少 / 城镇和农村呢
tea: 茶叶和咖啡产量分别多少
# The growth of other things, and the only share of the report, which is that of another thing.
-: 手机产量多少 / 增速呢
-: 手机产量多少 / 增长了多少
-: 技术合同成交额多少 / 增速呢
-: 旅游收入多少 / 比上年呢
-: 粮食产量多少 / 占比呢
-: 第二产业增加值多少 / 占多少
-: 技术合同成交额多少 / 那农村呢
-: 手机产量多少 / 为什么
# A message that stands by itself inherits nothing
tourism: 粮食产量多少 / 旅游收入是多少
tourism: 旅游收入是多少
# What says all goes on from nothing
# several things at once
grain: 粮食产量下降多少 / 粮食收了多少吨
# the same again
grain: 粮食产量多少 / 粮食产量是多少吨呀
""")


def said(*messages: str, knowledge: Knowledge = KNOWLEDGE) -> Answer:
    """The answer to the last of the messages."""
    return last_answer(answerer(knowledge), messages)


@pytest.mark.parametrize(
    ("messages", "fact"),
    [
        (("全县GDP是多少", "增速呢"), "gdp-growth"),
        (("粮食产量多少", "茶叶呢"), "tea"),
        (("粮食产量多少", "茶叶呢", "增长多少"), "tea-growth"),
        (("第一产业增加值增长多少", "那二产呢"), "secondary-growth"),
        (("小学有多少所", "幼儿园呢"), "kindergartens"),
        (("社会消费品零售总额多少", "其中餐饮呢"), "catering"),
        (("餐饮收入多少", "占多少"), "catering-share"),
        (("小学在校生多少人", "少了多少"), "pupils-fall"),
        (("城镇居民收入多少", "不是，我问的是农村"), "rural-income"),
        (("城镇居民收入多少", "农村的呢"), "rural-income"),
        (("What is the output of grain?", "and tea?"), "tea"),
        (("GDP是多少", "你好", "谢谢", "增速呢"), "gdp-growth"),
        (("GDP增速多少", "三产呢"), "tertiary-growth"),
        (("GDP增速多少", "那第三产业增加值"), "tertiary-growth"),
        (("第一产业增加值增长多少", "第二产业"), "secondary-growth"),
        (("粮食产量下降多少", "不对，茶叶"), "tea-growth"),
        (("小学在校生多少人", "小学有多少所"), "schools"),
    ],
)
def test_a_follow_up_goes_on_from_what_was_asked(messages: tuple[str, ...], fact: str) -> None:
    for ending in ("", "？"):
        found = said(*messages[:-1], messages[-1] + ending)
        assert (found.outcome, ids(found), found.verdict) == (Outcome.ANSWER, [fact], None)


@pytest.mark.parametrize("step", [1, 2, 7])
@pytest.mark.parametrize("form", ["{}是多少", "{}有多少？", "请问{}是多少"])
def test_a_whole_question_is_answered_as_by_itself_whatever_was_asked_before(form: str, step: int) -> None:
    questions = [form.format(fact.label) for fact in KNOWLEDGE.facts]
    questions = [question for question in questions if said(question).outcome is Outcome.ANSWER]
    changed = [
        (before, question)
        for before, question in zip(questions, questions[step:] + questions[:step], strict=True)
        if ids(said(before, question)) != ids(said(question))
    ]
    assert len(questions) > 30
    assert changed == []


def test_the_fact_that_is_chosen_of_several_is_gone_on_from() -> None:
    conversation = Conversation(answerer())
    conversation.reply("增加值是多少", 0)
    conversation.chosen("secondary", 1)
    conversation.chosen("a fact that a reload has removed", 1)
    assert ids(conversation.reply("增速呢", 2)) == ["secondary-growth"]


def test_what_was_said_is_forgotten_after_a_while() -> None:
    conversation = Conversation(answerer())
    conversation.reply("GDP是多少", 0)
    assert ids(conversation.reply("增速呢", LASTS)) == ["gdp-growth"]
    assert conversation.reply("那二产呢", 2 * LASTS + 1).outcome is not Outcome.NONE
    assert Conversation(answerer()).reply("增速呢", 0).outcome is not Outcome.ANSWER


def test_a_follow_up_goes_back_a_few_turns() -> None:
    others = ["手机产量多少", "电脑产量多少", "旅游收入是多少"]
    assert ids(said("城镇居民人均可支配收入多少", *others[: TURNS - 1], "农村的呢")) == ["rural-income"]
    assert "rural-income" not in ids(said("餐饮收入多少", *others, "占多少"))


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_anything_may_be_said(messages: list[str]) -> None:
    assert said(*messages).question == messages[-1]


def test_english_claims_and_follow_ups() -> None:
    found = said("How many primary school pupils are there?", "did they fall?", knowledge=IN_ENGLISH)
    assert (ids(found), found.verdict) == (["isle-pupils-fall"], True)
    found = said("How many primary school pupils are there?", "how much did it fall?", knowledge=IN_ENGLISH)
    assert ids(found) == ["isle-pupils-fall"]


@asked(LAKE)
def test_what_people_ask_is_answered(case: Case) -> None:
    case.check()


def test_the_same_words_are_read_once_and_much_is_not_remembered() -> None:
    own = Answerer(KNOWLEDGE)
    first = message_of("粮食产量是多少", own)
    assert message_of("粮食产量是多少", own) is first
    assert message_of("粮食产量" * 40, own) is not message_of("粮食产量" * 40, own)
    for number in range(1000):
        message_of(f"{number}", own)
    again = message_of("粮食产量是多少", own)
    assert again is not first
    assert again.alone == first.alone


def test_a_list_that_was_made_before_is_listed_among_the_same_facts_again() -> None:
    turns = ["哪些增长了", "其中增长最快的是哪个"]
    own = Answerer(KNOWLEDGE)
    first = last_answer(own, turns)
    assert first.chosen_from > 1
    assert last_answer(own, turns) == first == last_answer(Answerer(KNOWLEDGE), turns)
