"""The order in which updates are handled, and calls that are tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final
from weakref import WeakValueDictionary

from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter, BaseUpdateProcessor

_UPDATES_AT_ONCE: Final = 32
_PAUSES: Final = (0.5, 2.0, 5.0)
_LONGEST_PAUSE: Final = 60.0
# What a person waits for; other calls have their own ways to go on.
_REPLIES: Final = ("send", "edit", "answer")

Result = bool | dict[str, Any] | list[dict[str, Any]]


class OneByOneInAChat(BaseUpdateProcessor):
    """Handles the updates of a chat in their order, and those of different chats side by side."""

    def __init__(self) -> None:
        super().__init__(_UPDATES_AT_ONCE)
        # A lock lives as long as somebody holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat if isinstance(update, Update) else None
        lock = self._locks.setdefault(chat.id if chat else 0, asyncio.Lock())
        with self._noted():
            async with lock:
                await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Gives up what did not end in time."""
        for task in self._tasks:
            task.cancel()

    @contextmanager
    def _noted(self) -> Iterator[None]:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("updates are handled in tasks")
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)


class TryAgain(BaseRateLimiter[None]):
    """Repeats a reply that Telegram asked to send later, or that the network lost.

    A reply that did arrive before its connection broke is repeated too: an answer twice is better than none.
    """

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""

    async def process_request(  # noqa: PLR0913, PLR0917 (the signature is python-telegram-bot's)
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,  # noqa: ANN401 (the same)
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Result:
        pauses = _PAUSES if endpoint.startswith(_REPLIES) else ()
        for pause in pauses:
            try:
                return await callback(*args, **kwargs)
            except (RetryAfter, NetworkError) as error:
                await asyncio.sleep(_pause(error, pause))
        return await callback(*args, **kwargs)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


def _pause(error: RetryAfter | NetworkError, usual: float) -> float:
    """Raises `error` again where another try would be in vain."""
    if isinstance(error, RetryAfter) and seconds_of(error) <= _LONGEST_PAUSE:
        return seconds_of(error)
    if isinstance(error, RetryAfter | BadRequest):
        raise error
    return usual
