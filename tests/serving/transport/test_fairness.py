"""What goes out while Telegram asks to slow down, or the network loses things, over real HTTP."""

from __future__ import annotations

import asyncio
import random

import pytest
from clocks import FastClock, HeldClock
from running_bot import listening, running_bot
from structlog.testing import capture_logs
from telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio

ANSWER = "35.2亿元"


async def test_a_chat_that_telegram_holds_back_holds_up_no_other(server: TelegramServer) -> None:
    held, other, clock = server.user(), server.user(), HeldClock()
    async with running_bot(server, clock=clock, fair=True, reply_rate=0):
        server.fail_next("sendMessage", 429, "Too Many Requests: retry after 30", {"retry_after": 30})
        await held.send("产值")
        await asyncio.wait_for(clock.asleep.wait(), 5)
        await other.send("产值")
        assert (await other.next_message()).text.startswith(ANSWER)
        assert not held.chat.bot_messages
        clock.go.set()
        assert (await held.next_message()).text.startswith(ANSWER)
    assert clock.slept[0] == 30


async def test_many_updates_of_a_held_chat_leave_the_others_alone(server: TelegramServer) -> None:
    held, clock = server.user(), HeldClock()
    async with running_bot(server, clock=clock):
        server.fail_next("sendMessage", 429, "Too Many Requests: retry after 30", {"retry_after": 30})
        for _ in range(150):
            await held.send("产值")
        await asyncio.wait_for(clock.asleep.wait(), 5)
        for _ in range(10):
            other = server.user()
            await other.send("产值")
            assert (await other.next_message()).text.startswith(ANSWER)
        clock.go.set()
        for _ in range(150):
            await held.next_message()
    assert len(held.chat.bot_messages) == 150


@pytest.mark.parametrize("path", [None, "/telegram"])
async def test_a_network_that_loses_a_third_of_the_messages_loses_no_answer(
    server: TelegramServer, path: str | None
) -> None:
    chance = random.Random(7)  # noqa: S311 (which calls fail matters to nobody)
    people = [server.user() for _ in range(20)]
    faults = 0
    async with running_bot(server, clock=FastClock(20), **listening(path)):
        for _ in range(90):
            faults += _fault(server, chance)
        for _ in range(5):
            for person in people:
                await person.send("产值")
        for person in people:
            for _ in range(5):
                assert (await person.next_message()).text.startswith(ANSWER)
    assert faults > 20
    assert all(len(person.chat.bot_messages) == 5 for person in people)


def _fault(server: TelegramServer, chance: random.Random) -> bool:
    """Makes one of the next calls fail, before it has an effect, or lets it through."""
    match chance.randrange(12):
        case 0:
            server.fail_next("sendMessage", 429, "Too Many Requests: retry after 2", {"retry_after": 2})
        case 1:
            server.fail_next("sendMessage", 500, "Internal Server Error")
        case 2:
            server.garbage_next("sendMessage", chance.choice([200, 502]))
        case 3:
            server.drop_next("sendMessage")
        case _:
            server.delay_next("sendMessage", 0.0)
            return False
    return True


async def test_what_would_wait_too_long_is_dropped_with_a_line(server: TelegramServer) -> None:
    people = [server.user() for _ in range(12)]
    clock = HeldClock()
    with capture_logs() as logs:
        async with running_bot(server, clock=clock, fair=True, reply_rate=1):
            for person in people:
                await person.send("产值")
            await server.wait_for_call("sendMessage")
            async with asyncio.timeout(5):
                while len(dropped(logs)) < 6:  # noqa: ASYNC110 (the log is a list, which announces nothing)
                    await asyncio.sleep(0)
            clock.go.set()
            for person in people[:6]:
                assert (await person.next_message()).text.startswith(ANSWER)
    assert len(dropped(logs)) == 6
    assert not [record for record in logs if record["log_level"] == "error"]


def dropped(logs: list[dict[str, object]]) -> list[dict[str, object]]:
    return [record for record in logs if "was dropped" in str(record["event"])]
