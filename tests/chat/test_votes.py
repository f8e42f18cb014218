"""Votes on answers, over real HTTP."""

from dataclasses import replace

import pytest

from bot.answering.knowledge.model import Knowledge
from bot.storage.questions import Vote, question_hash
from tests.support.bots.running_bot import TOKEN, running_bot
from tests.support.reports.small_report import KNOWLEDGE, OUTPUT, REPORT, SCHOOLS, answered
from tests.support.telegram_server import Message, TelegramServer

pytestmark = pytest.mark.asyncio

UP, DOWN = Vote.UP, Vote.DOWN
GONE = "这一条已经不在报告的资料里了，请重新提问。"


def place_of(message: Message) -> tuple[int, int]:
    return message.chat.id, message.message_id


def row(message: Message) -> list[str]:
    return [button.text for button in message.buttons[0]]


async def test_a_vote_is_counted_and_shown_and_a_second_press_changes_it(person, memory) -> None:
    message = await person.ask("产值和小学")
    for sign in ("👍", "👎", "👎", "👍"):
        assert (await person.press(message, sign)).text == "谢谢，已经记下。"
    await person.ask("/help")
    hashed = question_hash("产值和小学")
    votes = [UP, DOWN, DOWN, UP]
    assert memory.of("voted") == [("output schools", hashed, vote, place_of(message)) for vote in votes]
    assert row(message) == ["👍 ✓", "👎", "转发"]
    assert len(message.edits) == 3


async def test_a_vote_outlives_a_restart(person, memory) -> None:
    async with TelegramServer(token=TOKEN) as server:
        person = server.user()
        async with running_bot(server):
            message = await person.ask("产值")
            await person.press(message, "👎")
            await person.next_edit()
        async with running_bot(server, memory=memory):
            await person.press(message, "👍")
            assert row(await person.next_edit()) == ["👍 ✓", "👎", "转发"]
    assert memory.of("voted") == [("output", question_hash("产值"), UP, place_of(message))]


async def test_an_edited_question_is_voted_on_anew(person, memory) -> None:
    asked = await person.send("产值")
    message = await person.next_message()
    await person.press(message, "👍")
    await person.next_edit()
    await person.edit(asked, "产值和小学")
    await person.next_edit()
    assert row(message) == ["👍", "👎", "转发"]
    await person.press(message, "👍")
    assert memory.of("voted")[1] == ("output schools", question_hash("产值和小学"), UP, place_of(message))


async def test_a_fact_that_was_picked_is_voted_on_without_a_question(person, memory) -> None:
    message = await person.ask("增速")
    await person.press(message, "茶叶销量增速")
    await person.next_edit()
    await person.press(message, "👎")
    welcome = await person.ask("/start")
    await person.press(welcome, "小学数量是多少？")
    answer = await person.next_message()
    await person.press(answer, "👍")
    assert memory.of("voted") == [("growth", "", DOWN, place_of(message)), ("schools", "", UP, place_of(answer))]


async def test_a_vote_below_a_deleted_message_counts(person, memory) -> None:
    message = await person.ask("产值")
    message.deleted = True
    assert (await person.press(message, "👍")).text == "谢谢，已经记下。"
    assert len(memory.of("voted")) == 1
    assert (await person.ask("产值")).text.startswith("35.2亿元")


async def test_facts_with_long_ids_are_told_by_their_ids(memory) -> None:
    facts = [replace(OUTPUT, id=f"{'long-' * 12}{number}", label=str(number)) for number in range(3)]

    def answer(_: str):
        return answered(*facts)

    knowledge = Knowledge((REPORT,), tuple(facts), KNOWLEDGE.lexicon)
    async with TelegramServer(token=TOKEN) as server, running_bot(server, knowledge, answer, memory):
        person = server.user()
        message = await person.ask("x")
        await person.press(message, "👍")
    assert memory.of("voted") == [(facts[0].id, question_hash("x"), UP, place_of(message))]


async def test_a_vote_counts_for_the_facts_that_are_left_and_for_nothing_else(memory) -> None:
    async with TelegramServer(token=TOKEN) as server:
        person = server.user(language_code="zh")
        async with running_bot(server, memory=memory):
            both, one = await person.ask("产值和小学"), await person.ask("产值")
        async with running_bot(server, Knowledge((REPORT,), (SCHOOLS,), KNOWLEDGE.lexicon), memory=memory):
            assert (await person.press(both, "👍")).text == "谢谢，已经记下。"
            assert (await person.press(one, "👍")).text == GONE
    assert memory.of("voted") == [("schools", question_hash("产值和小学"), UP, place_of(both))]
    assert not one.edits


async def test_data_of_somebodys_own_making_counts_nothing(server, person, memory) -> None:
    below = await person.ask("产值")
    for data in ("vu0:0123456789abcdef:nothing", "vu0:0123456789abcdef:output", "vdu::output"):
        assert (await person.forge_press(below, data)).text == GONE
    # Below a message that is gone, anything may be made up.
    message = {"message_id": 1, "date": 0, "chat": person.chat.to_json()}
    query = {"id": "1", "from": person.to_json(), "chat_instance": "1", "message": message}
    server.push_update({"callback_query": {**query, "data": "vu0:0123456789abcdef:output"}})
    assert (await server.wait_for_call("answerCallbackQuery", 4)).parameters["text"] == GONE
    assert memory.of("voted") == []
    server.violations.clear()
