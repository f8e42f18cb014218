"""The order in which updates are handled."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from typing import Final, TypeAlias
from weakref import WeakValueDictionary

import structlog
from telegram import Update

from bot.metrics import Metrics

# As many replies as `Outgoing` lets go within the few seconds that it holds them back: while more updates than that
# come in, they wait here for their turn, and none of their answers is dropped.
_UPDATES_AT_ONCE: Final = 100
# Of one chat or person, who would otherwise fill the room of all.
MOST_OF_ONE: Final = 25

Handle: TypeAlias = Callable[[Update], Awaitable[None]]

log = structlog.get_logger(__name__)


class UpdateWorkers:
    """Handles the updates of a chat in their order, and those of different chats side by side.

    Those of a chat or person of whom `MOST_OF_ONE` wait already are dropped.
    """

    def __init__(self, handle: Handle, metrics: Metrics) -> None:
        """`handle`: handles one update, whatever becomes of the others."""
        self._handle = handle
        self._turns = asyncio.Semaphore(_UPDATES_AT_ONCE)
        self._metrics = metrics
        # A lock lives as long as somebody holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        # By the id of the chat or person.
        self._waiting: Counter[int] = Counter()
        self._dropping: set[int] = set()

    async def handle(self, update: Update) -> None:
        """Returns once the update was handled in its turn, or dropped."""
        self._metrics.received(update)
        of = _chat_and_person(update)
        if self._is_too_much(of):
            return
        place = update.effective_chat or update.effective_user
        lock = self._locks.setdefault(place.id if place else 0, asyncio.Lock())
        self._waiting.update(of)
        try:
            async with lock, self._turns:
                await self._handle(update)
        finally:
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


def _chat_and_person(update: Update) -> set[int]:
    """Their ids, which are one in a private chat; for somebody who writes as a chat, that of this."""
    return {place.id for place in (update.effective_chat, update.effective_sender) if place is not None}
