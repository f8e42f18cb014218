"""The order in which updates are handled."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Collection, Coroutine
from typing import Any, Final, cast
from weakref import WeakValueDictionary

import structlog
from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.metrics import Metrics

# As many replies as `Outgoing` lets go within the few seconds that it holds them back: while more updates than that
# come in, they wait here for their turn, and none of their answers is dropped.
_UPDATES_AT_ONCE: Final = 100
# Telegram keeps what is not fetched yet; what waits here takes memory.
MOST_WAITING: Final = 500
# Of one chat or person, who would otherwise fill the room of all.
MOST_OF_ONE: Final = 25
_NO_LIMIT: Final = 1_000_000

log = structlog.get_logger(__name__)


class UpdateWorkers(BaseUpdateProcessor):
    """Handles the updates of a chat in their order, and those of different chats side by side.

    `fair`: drops those of a chat or person of whom `MOST_OF_ONE` wait already.
    """

    def __init__(self, metrics: Metrics, *, fair: bool = True) -> None:
        # The limit is kept here and not there, or the updates of one slow chat would take all turns to wait in.
        super().__init__(_NO_LIMIT)
        self._turns = asyncio.Semaphore(_UPDATES_AT_ONCE)
        self._metrics = metrics
        self._fair = fair
        # A lock lives as long as somebody holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()
        # By the id of the chat or person.
        self._waiting: Counter[int] = Counter()
        self._dropping: set[int] = set()
        self._one_handled = asyncio.Event()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        self._metrics.received(update)
        of = _chat_and_person(update)
        try:
            if not (self._fair and self._is_too_much(of)):
                await self._handle(update, coroutine, of)
        finally:
            # One that was given up before it began is not complained about.
            cast("Coroutine[Any, Any, Any]", coroutine).close()

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

    async def _handle(self, update: object, coroutine: Awaitable[Any], of: Collection[int]) -> None:
        place = (update.effective_chat or update.effective_user) if isinstance(update, Update) else None
        lock = self._locks.setdefault(place.id if place else 0, asyncio.Lock())
        task = cast("asyncio.Task[Any]", asyncio.current_task())
        self._tasks.add(task)
        self._waiting.update(of)
        try:
            async with lock, self._turns:
                await coroutine
        finally:
            self._tasks.discard(task)
            self._one_handled.set()
            self._waiting.subtract(of)
            for one in of:
                if not self._waiting[one]:
                    del self._waiting[one]
                    self._dropping.discard(one)

    def _is_too_much(self, of: Collection[int]) -> bool:
        """Whether as many wait already; one line in the log until all those are handled."""
        full = {one for one in of if self._waiting[one] >= MOST_OF_ONE}
        if not full:
            return False
        self._metrics.flood_drops.inc()
        if not full <= self._dropping:
            log.warning("too many updates of one chat or person are waiting, and more are dropped", ids=sorted(full))
            self._dropping |= full
        return True


def _chat_and_person(update: object) -> set[int]:
    """Their ids, which are one in a private chat; for somebody who writes as a chat, that of this."""
    if not isinstance(update, Update):
        return set()
    return {place.id for place in (update.effective_chat, update.effective_sender) if place is not None}
