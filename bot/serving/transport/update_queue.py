"""Updates on their way to the workers: each is handled once, and none is lost with the process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import structlog

from bot.storage.activity.updates import RecentUpdates

from .clients import read_update

if TYPE_CHECKING:
    from telegram import Bot, Update

    from bot.storage.activity.updates import HandledUpdates, PendingUpdates

RawUpdate: TypeAlias = dict[str, Any]

# What is handled so soon need not be written down, as most of what people in groups say to each other.
_SOON: Final = 0.05
# While Telegram has to keep what is being handled, it sends the same again at each poll.
_BETWEEN_POLLS: Final = 0.5
# Telegram sends no more at once.
_MOST: Final = 100

log = structlog.get_logger(__name__)


class UpdateQueue:
    """Begins to handle updates, and tells from which one on Telegram is to keep them.

    What is not handled soon is written down, and handled after the next start where this process does not come to it.
    While the database takes nothing, Telegram keeps it, except where nothing else would come through any more.
    """

    def __init__(self, bot: Bot, handle: Callable[[Update], Awaitable[None]], pending: PendingUpdates) -> None:
        self._bot = bot
        self._handle = handle
        self._pending = pending
        self._begun = RecentUpdates()
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._written: set[int] = set()
        self._latest: Sequence[RawUpdate] = ()
        self._resumed = False

    async def resume(self) -> None:
        """Begins with what an earlier process has left, once the database tells of that."""
        if self._resumed:
            return
        left = await self._pending.all()
        if left is None:
            return
        self._resumed = True
        self._begin(left)
        self._note(left)

    async def take(self, updates: Sequence[RawUpdate]) -> int:
        """Begins with those that are new, and returns the number from which on Telegram is to keep updates.

        `updates`: all that Telegram has from the number on that was returned last, 100 at most.
        """
        self._latest = updates
        any_new = self._begin(updates)
        await self._wait(_SOON)
        offset = await self.offset()
        if offset == _next(updates) or (len(updates) >= _MOST and not any_new):
            return _next(updates)
        await self._wait(_BETWEEN_POLLS)
        return self._oldest()

    async def offset(self) -> int:
        """The number from which on Telegram is to keep updates; 0 where none has come."""
        # Before what was left is read, it cannot be told from what is written now.
        if self._resumed and (unhandled := self._unhandled()):
            # To its end, also where polling ends meanwhile: what is written has to be forgotten once it is handled.
            written = await asyncio.shield(self._write(unhandled))
            if written:
                return _next(self._latest)
        return self._oldest()

    async def finish(self) -> None:
        """Returns once all that was begun is handled."""
        while tasks := [task for task in self._in_hand.values() if not task.done()]:
            await asyncio.wait(tasks)

    def _begin(self, updates: Iterable[RawUpdate]) -> bool:
        """Whether any of them is new."""
        new = [update for update in updates if self._begun.begin(update["update_id"])]
        for update in new:
            self._in_hand[update["update_id"]] = asyncio.create_task(self._handled(update))
        return bool(new)

    async def _handled(self, update: RawUpdate) -> None:
        number = update["update_id"]
        try:
            await self._handle(read_update(update, self._bot))
        except Exception:  # one that fails would fail again
            log.exception("an update could not be handled")
        del self._in_hand[number]
        if number in self._written:
            self._forget(number)

    def _unhandled(self) -> list[RawUpdate]:
        """Of those that came last."""
        return [update for update in self._latest if update["update_id"] in self._in_hand]

    async def _wait(self, seconds: float) -> None:
        """Until those that came last are handled, but no longer."""
        tasks = [self._in_hand[update["update_id"]] for update in self._unhandled()]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)

    def _oldest(self) -> int:
        """The number of the first that is not handled, or the one behind them all."""
        return next((update["update_id"] for update in self._unhandled()), _next(self._latest))

    async def _write(self, updates: Sequence[RawUpdate]) -> bool:
        written = await self._pending.add(updates)
        self._note(updates)
        return written

    def _note(self, written: Iterable[RawUpdate]) -> None:
        """Has those forgotten once they are handled; at once where they are already."""
        for update in written:
            number = update["update_id"]
            self._written.add(number)
            if number not in self._in_hand:
                self._forget(number)

    def _forget(self, number: int) -> None:
        self._written.discard(number)
        self._pending.remove(number)


class OnceEach:
    """Hands each update to `handle`, once: a second delivery waits for the first, or is known from `handled`."""

    def __init__(self, handle: Callable[[Update], Awaitable[None]], handled: HandledUpdates) -> None:
        self._handle = handle
        self._handled = handled
        self._begun: dict[int, asyncio.Task[None]] = {}

    async def take(self, update: Update) -> None:
        """Returns once the update is handled, whoever began that. Raises CancelledError where it was given up."""
        task = self._begun.get(update.update_id)
        if task is None:
            task = asyncio.create_task(self._once(update))
            self._begun[update.update_id] = task
            task.add_done_callback(lambda _: self._begun.pop(update.update_id))
        # Telegram may hang up at any time; what is begun goes on.
        await asyncio.shield(task)

    async def finish(self) -> None:
        """Returns once all that was begun is handled."""
        while self._begun:
            await asyncio.wait(list(self._begun.values()))

    async def _once(self, update: Update) -> None:
        if not await self._handled.first_time(update.update_id):
            return
        try:
            await self._handle(update)
        except BaseException:
            await self._handled.abandoned(update.update_id)
            raise
        await self._handled.handled(update.update_id)


def _next(updates: Sequence[RawUpdate]) -> int:
    return int(updates[-1]["update_id"]) + 1 if updates else 0
