import asyncio
from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.metrics import Metrics
from bot.serving.limits import DroppedError, Outgoing
from tests.support.clocks import JumpingClock

pytestmark = pytest.mark.asyncio


class Calls:
    """An `Outgoing`, and when its calls were made, by a clock of its own."""

    def __init__(self, rate: int = 0) -> None:
        self.clock = JumpingClock()
        self.metrics = Metrics()
        self.made: list[float] = []
        self._outgoing = Outgoing(rate, self.metrics, self.clock)

    async def call(self, *outcomes: TelegramError, endpoint: str = "sendMessage", chat: object = 1):
        """What comes of a call that fails with these, and then succeeds."""
        left = list(outcomes)

        async def callback() -> bool:
            self.made.append(self.clock.now() - 1000)
            if left:
                raise left.pop(0)
            return True

        data = {} if chat is None else {"chat_id": chat}
        return await self._outgoing.process_request(callback, (), {}, endpoint, data, None)


@pytest.mark.parametrize("endpoint", ["sendMessage", "editMessageText", "answerCallbackQuery", "setMyCommands"])
async def test_a_call_that_the_network_lost_is_repeated(endpoint) -> None:
    calls = Calls()
    assert await calls.call(NetworkError("gone"), TimedOut(), endpoint=endpoint)
    assert calls.made == [0, 0.5, 1.5]
    assert calls.metrics.registry.get_sample_value("shushuo_api_retries_total", {"method": endpoint}) == 2


@pytest.mark.parametrize("seconds", [7, timedelta(seconds=7)])
async def test_a_call_waits_as_long_as_telegram_asks(seconds) -> None:
    calls = Calls()
    assert await calls.call(RetryAfter(seconds))
    assert calls.made == [0, 7]


@pytest.mark.parametrize(
    "error", [BadRequest("chat not found"), Forbidden("blocked"), InvalidToken(), Conflict("two"), RetryAfter(3600)]
)
async def test_what_cannot_succeed_is_not_repeated(error) -> None:
    calls = Calls()
    with pytest.raises(type(error)):
        await calls.call(error)
    assert calls.made == [0]


async def test_the_pauses_grow_and_a_call_is_given_up_at_last() -> None:
    calls = Calls()
    with pytest.raises(NetworkError):
        await calls.call(*[NetworkError("gone")] * 100)
    assert calls.clock.slept[:7] == [0.5, 1, 2, 4, 8, 8, 8]
    assert 100 < calls.made[-1] <= 120


@pytest.mark.parametrize(("endpoint", "seconds"), [("answerInlineQuery", 8), ("getMe", 0)])
async def test_what_is_soon_too_late_or_repeated_elsewhere_is_given_up_soon(endpoint, seconds) -> None:
    calls = Calls()
    with pytest.raises(NetworkError):
        await calls.call(*[NetworkError("gone")] * 100, endpoint=endpoint, chat=None)
    assert calls.made[-1] <= seconds


async def test_a_chat_gets_a_small_burst_and_then_one_message_a_second() -> None:
    calls = Calls()
    for _ in range(6):
        await calls.call()
    assert calls.made == [0, 0, 0, 1, 2, 3]


async def test_a_group_gets_no_more_than_20_in_any_minute() -> None:
    calls = Calls()
    for _ in range(60):
        await calls.call(chat=-1001)
    for start in calls.made:
        assert len([moment for moment in calls.made if start <= moment < start + 60]) <= 20
    assert calls.made[19] == 60


async def test_all_chats_together_have_their_limit() -> None:
    calls = Calls(rate=30)
    for chat in range(1, 91):
        await calls.call(chat=chat)
    for start in calls.made:
        assert len([moment for moment in calls.made if start <= moment < start + 0.999]) <= 30
    assert calls.made[-1] == pytest.approx(89 / 30)


async def test_only_messages_are_limited_and_none_where_there_is_no_limit() -> None:
    calls, unlimited = Calls(rate=1), Calls(rate=0)
    for chat in range(1, 200):
        await unlimited.call(chat=chat)
    assert set(unlimited.made) == {0}
    for endpoint in ("answerCallbackQuery", "sendChatAction", "getChat", "deleteMessage") * 5:
        await calls.call(endpoint=endpoint)
    assert set(calls.made) == {0}


async def test_a_message_that_would_wait_too_long_is_dropped_with_a_line(logs) -> None:
    calls = Calls(rate=1)
    # Nobody's clock moves until all have come: 0 to 5 seconds of waiting, and then too much.
    calls.clock.sleep = lambda _: asyncio.sleep(0)
    results = await asyncio.gather(*(calls.call(chat=chat) for chat in range(1, 9)), return_exceptions=True)
    assert [type(result) for result in results] == [bool] * 6 + [DroppedError] * 2
    assert [record["event"] for record in logs] == ["a message was dropped: too many are waiting to be sent"] * 2
    assert calls.metrics.registry.get_sample_value("shushuo_dropped_messages_total", {"method": "sendMessage"}) == 2


async def test_a_chat_that_telegram_holds_back_delays_itself_alone() -> None:
    calls = Calls()
    release = asyncio.Event()
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await release.wait()
        calls.clock.time += seconds

    calls.clock.sleep = sleep
    held = asyncio.create_task(calls.call(RetryAfter(30), chat=1))
    await asyncio.sleep(0)
    behind = asyncio.create_task(calls.call(chat=1))
    await asyncio.sleep(0)
    assert await calls.call(chat=2)
    assert calls.made == [0, 0]
    assert slept == [30, 30]
    release.set()
    await asyncio.gather(held, behind)
    assert len(calls.made) == 4


async def test_chats_that_nobody_has_written_to_since_they_were_held_back_are_forgotten() -> None:
    calls = Calls()
    for chat in range(100):
        with pytest.raises(RetryAfter):
            await calls.call(RetryAfter(3600), chat=chat)
        calls.clock.time += 1800
    assert calls._outgoing._held.keys() == {98, 99}  # noqa: SLF001 (what it costs is not seen from outside)


async def test_nothing_more_is_sent_to_a_chat_that_is_held_back_for_long(logs) -> None:
    calls = Calls()
    with pytest.raises(RetryAfter):
        await calls.call(RetryAfter(3600))
    with pytest.raises(DroppedError):
        await calls.call()
    assert len(logs) == 1
    calls.clock.time += 3600
    assert await calls.call()
