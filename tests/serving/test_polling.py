"""What the poller does with updates that come faster than they are handled, and how long a token may be refused.

The rest is tested over HTTP.
"""

import asyncio
from contextlib import suppress
from types import SimpleNamespace
from unittest.mock import AsyncMock, Mock

import pytest
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from yarl import URL

from bot.serving import receiving
from bot.serving.receiving import Polling, Reachability, UpdateQueue
from tests.support.clocks import FastClock, JumpingClock

pytestmark = pytest.mark.asyncio

AT_ONCE = 3


class Telegram:
    """Has updates without end, each of a chat of its own."""

    base_url = "http://localhost/bot1:token"

    async def post(self, url: str, **__):
        offset = int(URL(url).query["offset"])
        await asyncio.sleep(0)
        return [update(number) for number in range(offset, offset + AT_ONCE)]


def update(number: int):
    message = {"message_id": 1, "date": 1, "chat": {"id": number + 1, "type": "private"}}
    return {"update_id": number, "message": message}


async def settled() -> None:
    """Returns when whoever does not wait for anything has done all it does."""
    for _ in range(200):
        await asyncio.sleep(0)


async def test_no_more_is_fetched_while_much_waits(monkeypatch) -> None:
    monkeypatch.setattr(receiving, "MOST_WAITING", 10)
    monkeypatch.setattr(receiving, "_SOON", 0)
    telegram = Telegram()
    gates: list[asyncio.Event] = []

    async def handle(_) -> None:
        gates.append(asyncio.Event())
        await gates[-1].wait()

    memory = SimpleNamespace(updates=Mock(pending=AsyncMock(return_value=[]), add=AsyncMock(return_value=True)))
    queue = UpdateQueue(telegram, handle, memory, is_only_receiver=True)
    poller = Polling(telegram, telegram, Reachability(FastClock(1)), queue)
    polling = asyncio.create_task(poller.run())
    await settled()
    fetched = len(gates)
    assert 10 <= fetched <= 10 + 2 * AT_ONCE
    assert queue.waiting == fetched
    for gate in gates[: fetched - 9]:
        gate.set()
    await settled()
    assert fetched < len(gates) <= 9 + fetched
    assert queue.waiting >= 10
    polling.cancel()
    with suppress(asyncio.CancelledError):
        await polling
    for gate in gates:
        gate.set()
    await queue.finish()
    assert queue.waiting == 0


class Line:
    """Calls to Telegram over one `Reachability`, by a clock of its own; `calls` counts them."""

    def __init__(self) -> None:
        self.clock = JumpingClock()
        self.reachability = Reachability(self.clock)
        self.calls = 0

    async def ask(self, *errors: TelegramError, last: TelegramError | None = None) -> None:
        """Asks until Telegram answers, which it does after these; where there is a `last`, it is that for ever."""
        left = list(errors)

        async def call() -> None:
            self.calls += 1
            if error := left.pop(0) if left else last:
                raise error

        await self.reachability.until_answered(call)


async def test_a_token_that_was_taken_is_tried_for_five_minutes() -> None:
    line = Line()
    await line.ask()
    began = line.clock.now()
    with pytest.raises(InvalidToken):
        await line.ask(last=InvalidToken())
    assert 300 <= line.clock.now() - began < 310
    assert line.clock.slept[:6] == [0.5, 1, 2, 4, 8, 10]
    assert max(line.clock.slept) == 10


@pytest.mark.parametrize("other", [None, NetworkError("gone"), RetryAfter(1)])
async def test_whatever_else_comes_back_has_the_five_minutes_begin_again(other) -> None:
    line = Line()
    for _ in range(2):
        await line.ask()
        await line.ask(*[InvalidToken()] * 30)
    began = line.clock.now()
    await line.ask(*[InvalidToken()] * 30, *[other] * bool(other))
    assert line.clock.now() - began < 300
    with pytest.raises(InvalidToken):
        await line.ask(last=InvalidToken())
    assert line.clock.now() - began > 500
