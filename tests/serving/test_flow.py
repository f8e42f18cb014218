from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram import Chat, Message, Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.serving import flow
from bot.serving.flow import OneByOneInAChat, TryAgain

pytestmark = pytest.mark.asyncio


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that are made, which take no time here."""
    made: list[float] = []

    async def sleep(seconds: float) -> None:
        made.append(seconds)

    monkeypatch.setattr(flow.asyncio, "sleep", sleep)
    return made


async def request(outcomes: list[TelegramError | bool], endpoint: str = "sendMessage") -> Any:
    """What comes of a call that has these outcomes, one after the other."""

    async def call() -> bool:
        outcome = outcomes.pop(0)
        if isinstance(outcome, TelegramError):
            raise outcome
        return outcome

    return await TryAgain().process_request(call, (), {}, endpoint, {}, None)


@pytest.mark.parametrize("endpoint", ["sendMessage", "editMessageText", "answerCallbackQuery"])
async def test_a_reply_that_the_network_lost_is_repeated(pauses: list[float], endpoint: str) -> None:
    assert await request([NetworkError("gone"), TimedOut(), True], endpoint)
    assert pauses == [0.5, 2.0]


async def test_a_reply_waits_as_long_as_telegram_asks(pauses: list[float]) -> None:
    assert await request([RetryAfter(7), True])
    assert pauses == [7]


@pytest.mark.parametrize("error", [BadRequest("chat not found"), Forbidden("blocked"), RetryAfter(3600)])
async def test_a_reply_that_cannot_succeed_is_not_repeated(pauses: list[float], error: TelegramError) -> None:
    with pytest.raises(type(error)):
        await request([error])
    assert pauses == []


async def test_a_reply_is_given_up_at_last(pauses: list[float]) -> None:
    with pytest.raises(NetworkError):
        await request([NetworkError("gone")] * 4)
    assert len(pauses) == 3


async def test_other_calls_are_not_repeated_here(pauses: list[float]) -> None:
    with pytest.raises(NetworkError):
        await request([NetworkError("gone")], "getMe")
    assert pauses == []


def update(chat_id: int) -> Update:
    message = Message(1, None, Chat(chat_id, "private"))  # type: ignore[arg-type]
    return Update(1, message=message)


async def test_a_chat_waits_for_itself_and_for_no_other() -> None:
    order: list[str] = []
    release = asyncio.Event()

    async def work(name: str, gate: asyncio.Event | None = None) -> None:
        if gate:
            await gate.wait()
        order.append(name)

    processor = OneByOneInAChat()
    first = asyncio.create_task(processor.process_update(update(1), work("first", release)))
    second = asyncio.create_task(processor.process_update(update(1), work("second")))
    await asyncio.create_task(processor.process_update(update(2), work("other")))
    release.set()
    await asyncio.gather(first, second)
    assert order == ["other", "first", "second"]


async def test_a_shutdown_gives_up_what_did_not_end() -> None:
    processor = OneByOneInAChat()
    stuck = asyncio.create_task(processor.process_update(update(1), asyncio.Event().wait()))
    await asyncio.create_task(processor.process_update(update(2), asyncio.sleep(0)))
    await processor.shutdown()
    with pytest.raises(asyncio.CancelledError):
        await stuck
