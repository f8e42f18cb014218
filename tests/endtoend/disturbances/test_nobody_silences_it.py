"""Somebody floods the bot with more updates than it has room for; others are answered meanwhile."""

import asyncio

import pytest

from bot.serving import receiving
from bot.serving.receiving import MOST_OF_ONE
from bot.storage.memory import Memory
from tests.support.bots.running_bot import listening, metric, running_bot
from tests.support.clocks import FastClock, HeldClock
from tests.support.storage.no_memory import NoMemory

pytestmark = pytest.mark.asyncio

ANSWER = "35.2亿元"
TOO_MANY = "too many updates of one chat or person are waiting, and more are dropped"
# More than Telegram gives at once.
MANY = 110


@pytest.fixture(autouse=True)
def _little_room(monkeypatch) -> None:
    monkeypatch.setattr(receiving, "MOST_WAITING", 40)


async def presses(server, person) -> None:
    message = await person.ask("增速")
    for number in range(MANY):
        server.push_update({"callback_query": person.press_of(message, "f:zh:growth", str(number))})


async def inline_queries(server, person) -> None:
    server.fail_next("answerInlineQuery", 429, "Too Many Requests: retry after 5", {"retry_after": 5})
    for number in range(MANY):
        query = {"id": str(number), "from": person.to_json(), "query": f"产值{number}", "offset": ""}
        server.push_update({"inline_query": query})


async def commands_in_a_group(server, person) -> None:
    group = server.supergroup()
    for _ in range(MANY):
        await person.send("/about@shushuo_test_bot", group)


async def posts_in_a_channel(server, person) -> None:
    channel = server.channel()
    for _ in range(MANY):
        await person.send("/subscribe@shushuo_test_bot", channel)


async def questions_that_telegram_holds_back(server, person) -> None:
    server.fail_next("sendMessage", 429, "Too Many Requests: retry after 40", {"retry_after": 40})
    for _ in range(MANY):
        await person.send("产值")


FLOODS = [presses, inline_queries, commands_in_a_group, posts_in_a_channel, questions_that_telegram_holds_back]


@pytest.mark.parametrize(("flood", "kept"), [*((flood, True) for flood in FLOODS), (presses, False)])
async def test_others_are_answered_while_no_time_passes_for_who_floods(server, tmp_path, logs, flood, kept) -> None:
    clock = HeldClock()
    memory = await Memory.open(f"sqlite:///{tmp_path}/shushuo.db") if kept else NoMemory()
    async with running_bot(server, memory=memory, clock=clock, fair=True, reply_rate=0):
        await flood(server, server.user())
        await asyncio.wait_for(clock.asleep.wait(), 5)
        for _ in range(3):
            assert (await server.user().ask("产值")).text.startswith(ANSWER)
        assert not clock.go.is_set()
        clock.go.set()
    await memory.close()
    assert len([record for record in logs if record["event"] == TOO_MANY]) == 1


async def test_what_is_dropped_is_counted(server) -> None:
    clock, web = HeldClock(), listening()
    async with running_bot(server, clock=clock, fair=True, reply_rate=0, **web):
        await questions_that_telegram_holds_back(server, server.user())
        await server.user().ask("产值")
        assert await metric(web["http_listen"], "shushuo_flood_drops_total") == MANY - MOST_OF_ONE
        clock.go.set()


async def test_presses_have_a_measure_of_their_own(server) -> None:
    """Who presses too often is told so once; their questions are answered, as are the presses of others."""
    person, other = (server.user(language_code="en") for _ in range(2))
    async with running_bot(server, clock=FastClock(1), fair=True):
        message = await person.ask("增速")
        for number in range(1, 26):
            # One that is gone edits no message, which would have a pace of its own.
            server.push_update({"callback_query": person.press_of(message, "f:en:gone", str(number))})
            if number <= 21:
                await server.wait_for_call("answerCallbackQuery", number)
        assert (await person.ask("产值")).text.startswith(ANSWER)
        server.push_update({"callback_query": other.press_of(message, "f:en:gone", "26")})
        await server.wait_for_call("answerCallbackQuery", 22)
    said = [call.parameters["text"][:19] for call in server.calls("answerCallbackQuery")]
    assert said == ["This is no longer p"] * 20 + ["That is more than I", "This is no longer p"]


async def test_inline_queries_have_a_measure_that_fits_typing(server) -> None:
    person = server.user()
    async with running_bot(server, clock=FastClock(0.01), fair=True):
        for length in range(30):
            await person.ask_inline("产值和小学数量" + "?" * length)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(person.ask_inline("产值"), 0.3)
        assert (await person.ask("产值")).text.startswith(ANSWER)
        await server.user().ask_inline("产值")
