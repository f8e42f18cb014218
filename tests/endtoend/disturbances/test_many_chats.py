"""600 questions of 200 chats, interleaved, over real HTTP."""

import random
import time
from itertools import count

import pytest

from bot.rehearsal.telegram_server.content import typed_by_person
from bot.rehearsal.telegram_server.model import Content
from tests.support.bots.running_bot import echo, events, figure, listening, running_bot
from tests.support.clocks import FastClock

pytestmark = pytest.mark.asyncio

QUESTIONS = 600
# How somebody in a group turns to the bot; an empty one is a reply to what the bot has said.
FORMS = ("/ask {}", "/ask@shushuo_test_bot {}", "@shushuo_test_bot {}", "{} @shushuo_test_bot", "{}")


@pytest.mark.parametrize("path", [None, "/telegram"], ids=["polling", "webhook"])
async def test_each_is_answered_once_where_it_was_asked_in_order(server, logs, path) -> None:
    people = [server.user() for _ in range(200)]
    groups = [server.group() for _ in range(50)]
    groups += [server.supergroup(topics={7: "产业", 9: "民生"} if number % 2 else None) for number in range(50)]
    chats = [*(person.chat for person in people[:100]), *groups]
    # A message of the bot, for people to reply to.
    said = Content(typed_by_person("早"), "早")
    said_before = {chat.id: chat.add(said, None, None, None) for chat in groups}
    asked = await _ask_all(chats, people, said_before)
    async with running_bot(server, answer=echo, clock=FastClock(200), fair=True, reply_rate=0, **listening(path)):
        for chat in chats:
            for _ in range(len(asked[chat.id]) + (chat.id in said_before)):
                await chat.next_message()
    for chat in chats:
        replies = [message for message in chat.bot_messages if message is not said_before.get(chat.id)]
        assert [figure(reply) for reply in replies] == [question for question, _ in asked[chat.id]]
        assert [reply.thread_id for reply in replies] == [message.thread_id for _, message in asked[chat.id]]
        if chat in groups:
            assert [reply.reply_to for reply in replies] == [message for _, message in asked[chat.id]]
    assert sum(map(len, asked.values())) == QUESTIONS
    assert events(logs) == []


async def _ask_all(chats, people, said_before):
    """The questions of each chat in their order, with the messages that ask them.

    All come at once, as after an outage; sent they were over half an hour, so that nobody floods. Groups also talk
    about other things.
    """
    chance = random.Random(3)  # noqa: S311 (which chat comes next matters to nobody)
    turns = [chat for chat in chats for _ in range(QUESTIONS // len(chats))]
    chance.shuffle(turns)
    asked = {chat.id: [] for chat in chats}
    times = count(int(time.time()) - QUESTIONS)
    for number, chat in enumerate(turns):
        in_group = chat.id in said_before
        form = FORMS[number % len(FORMS)] if in_group else "{}"
        person = people[chats.index(chat)]
        message = await person.send(
            form.format(f"q{number}"),
            chat,
            reply_to=said_before.get(chat.id) if form == "{}" else None,
            thread_id=chance.choice([None, *(chat.topics or {})]),
            fields={"date": next(times)},
        )
        asked[chat.id].append((f"q{number}", message))
        if in_group and number % 5 == 0:
            await person.send("大家早", chat, fields={"date": next(times)})
    return asked


async def test_who_asked_in_two_places_during_an_outage_has_not_flooded(server) -> None:
    """What was asked last may be handled first, since chats do not wait for each other."""
    person, group, hours_ago = server.user(), server.group(), int(time.time()) - 7200
    async with running_bot(server, answer=echo, fair=True, reply_rate=0):
        await person.ask("/ask later", group, fields={"date": hours_ago + 3600})
        assert figure(await person.ask("earlier", fields={"date": hours_ago})) == "earlier"
