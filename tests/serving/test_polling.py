"""What the poller does with updates that come faster than they are handled; the rest is tested over HTTP."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from clocks import FastClock
from telegram import Update

from bot.serving import flow
from bot.serving.flow import OneByOneInAChat
from bot.serving.metrics import Metrics
from bot.serving.polling import Link, Poller

pytestmark = pytest.mark.asyncio

AT_ONCE = 3


class Telegram:
    """Has updates without end, each of a chat of its own."""

    def __init__(self) -> None:
        self.offset = 0

    async def _post(self, _: str, data: dict[str, Any], **__: Any) -> list[dict[str, Any]]:
        self.offset = offset = data["offset"]
        await asyncio.sleep(0)
        return [update(number) for number in range(offset, offset + AT_ONCE)]


def update(number: int) -> dict[str, Any]:
    message = {"message_id": 1, "date": 1, "chat": {"id": number + 1, "type": "private"}}
    return {"update_id": number, "message": message}


async def settled() -> None:
    """Returns when whoever does not wait for anything has done all it does."""
    for _ in range(200):
        await asyncio.sleep(0)


async def test_no_more_is_fetched_while_much_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "MOST_WAITING", 10)
    processor, telegram, clock = OneByOneInAChat(Metrics()), Telegram(), FastClock(1)
    gates: list[asyncio.Event] = []
    handling: list[asyncio.Task[None]] = []

    def deliver(update: Update) -> None:
        gates.append(asyncio.Event())
        handling.append(asyncio.create_task(processor.process_update(update, gates[-1].wait())))

    poller = Poller(telegram, [], deliver, Link(clock), lambda: None, processor.room, clock)  # type: ignore[arg-type]
    polling = asyncio.create_task(poller.run())
    await settled()
    fetched = len(gates)
    assert 10 <= fetched <= 10 + 2 * AT_ONCE
    assert processor.waiting == fetched
    for gate in gates[: fetched - 9]:
        gate.set()
    await settled()
    assert fetched < len(gates) <= 9 + fetched
    assert processor.waiting >= 10
    polling.cancel()
    with suppress(asyncio.CancelledError):
        await polling
    for gate in gates:
        gate.set()
    await asyncio.gather(*handling)
    assert processor.waiting == 0
