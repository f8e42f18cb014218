"""The order in which updates are handled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Final
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from .metrics import Metrics

# As many replies as `Outgoing` lets go within the few seconds that it holds them back: while more updates than that
# come in, they wait here for their turn, and none of their answers is dropped.
_UPDATES_AT_ONCE: Final = 100
# Telegram keeps what is not fetched yet; what waits here takes memory, and is lost where the process is killed.
MOST_WAITING: Final = 500
_NO_LIMIT: Final = 1_000_000


class OneByOneInAChat(BaseUpdateProcessor):
    """Handles the updates of a chat in their order, and those of different chats side by side."""

    def __init__(self, metrics: Metrics) -> None:
        # The limit is kept here and not there, or the updates of one slow chat would take all turns to wait in.
        super().__init__(_NO_LIMIT)
        self._turns = asyncio.Semaphore(_UPDATES_AT_ONCE)
        self._metrics = metrics
        # A lock lives as long as somebody holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._one_handled = asyncio.Event()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        self._metrics.received(update)
        with self._noted(), _closed(coroutine):
            async with self._lock_of(update), self._turns:
                await coroutine

    @property
    def waiting(self) -> int:
        """How many updates have come that are not handled yet."""
        return len(self._tasks)

    async def room(self) -> None:
        """Returns once fewer than `MOST_WAITING` updates wait."""
        while self.waiting >= MOST_WAITING:
            self._one_handled.clear()
            await self._one_handled.wait()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Gives up what did not end in time."""
        for task in self._tasks:
            task.cancel()

    def _lock_of(self, update: object) -> asyncio.Lock:
        """That of the chat, or of the person where there is none, as with an inline query."""
        place = (update.effective_chat or update.effective_user) if isinstance(update, Update) else None
        return self._locks.setdefault(place.id if place else 0, asyncio.Lock())

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
            self._one_handled.set()


@contextmanager
def _closed(coroutine: Awaitable[Any]) -> Iterator[None]:
    """One that was given up before it began is not complained about."""
    try:
        yield
    finally:
        if isinstance(coroutine, Coroutine):
            coroutine.close()
