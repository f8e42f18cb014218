"""Updates that may come more than once, each handled once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from telegram import Update

if TYPE_CHECKING:
    from bot.storage import Memory


class Inbox:
    """Hands each update to `handle`, once: a second delivery waits for the first, or is known from `memory`."""

    def __init__(self, handle: Callable[[Update], Awaitable[None]], memory: Memory) -> None:
        self._handle = handle
        self._memory = memory
        self._in_hand: dict[int, asyncio.Task[None]] = {}

    async def take(self, update: Update) -> None:
        """Returns once the update is handled, whoever began that. Raises CancelledError where it was given up."""
        task = self._in_hand.get(update.update_id)
        if task is None:
            task = asyncio.create_task(self._once(update))
            self._in_hand[update.update_id] = task
            task.add_done_callback(lambda _: self._in_hand.pop(update.update_id))
        # Telegram may hang up at any time; what is begun goes on.
        await asyncio.shield(task)

    async def emptied(self) -> None:
        """Returns once nothing is being handled."""
        while self._in_hand:
            await asyncio.wait(list(self._in_hand.values()))

    async def _once(self, update: Update) -> None:
        if not await self._memory.updates.first_time(update.update_id):
            return
        try:
            await self._handle(update)
        except BaseException:
            await self._memory.updates.abandoned(update.update_id)
            raise
        await self._memory.updates.handled(update.update_id)
