"""Updates on their way to the bot: the queue, long polling, and waiting for a state instead of for a time."""

import asyncio
from collections.abc import Callable
from typing import Any

from telegram import Update

from .requests import ApiError, misuse

ALL_UPDATES = frozenset(map(str, Update.ALL_TYPES))
_BY_DEFAULT = ALL_UPDATES - {"chat_member", "message_reaction", "message_reaction_count"}
_OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


class Signal:
    """Wakes everybody who waits for a state, after each change of it, and tells its `listeners` what has changed.

    An `asyncio.Condition` without the lock, so that synchronous code can announce a change too: within one event loop
    nothing runs between looking at the state and starting to wait.
    """

    def __init__(self) -> None:
        self._changed = asyncio.Event()
        self.listeners: list[Callable[[object], None]] = []

    def notify(self, what: object = None) -> None:
        """`what`: the message that has changed, or whatever else the listeners are to hear of."""
        for listener in self.listeners:
            listener(what)
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(self, condition: Callable[[], bool], timeout: float | None) -> bool:  # noqa: ASYNC109 (returns False)
        """Whether `condition` came true within `timeout` seconds (None: however long it takes)."""
        try:
            async with asyncio.timeout(timeout):
                while not condition():
                    await self._changed.wait()
        except TimeoutError:
            return condition()
        return True


class UnconfirmedUpdates:
    """Updates that the bot has not confirmed yet (`pending`), oldest first; `allowed`: the types that are queued."""

    def __init__(self, signal: Signal) -> None:
        self.pending: list[dict[str, Any]] = []
        self.allowed = _BY_DEFAULT
        self._signal = signal
        self.last_id = 0
        self._poll = 0
        self._reason = ""

    def allow(self, names: list[str] | None) -> None:
        """An empty list is Telegram's default, and None changes nothing. Raises a misuse for an unknown type."""
        if unknown := [name for name in names or () if name not in ALL_UPDATES]:
            raise misuse(f"unknown update types {unknown}")
        if names is not None:
            self.allowed = frozenset(names) or _BY_DEFAULT

    def push(self, kind: str, content: dict[str, Any]) -> None:
        """Queues an update, unless the bot does not want this type."""
        if kind in self.allowed:
            self.push_raw({kind: content})

    def push_raw(self, update: dict[str, Any]) -> int:
        """Queues any update, unchecked and whatever the bot allows; returns its id, made here where it has none."""
        update_id = int(update.get("update_id", self.last_id + 1))
        self.last_id = max(self.last_id, update_id)
        self.pending.append({"update_id": update_id, **update})
        self._signal.notify()
        return update_id

    def end_poll(self, reason: str) -> int:
        """Ends the poll that is waiting, with a 409 and this reason; returns the number of the next one."""
        self._poll += 1
        self._reason = reason
        self._signal.notify()
        return self._poll

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Up to `limit` updates from `offset` on, as soon as there is one. Raises the 409 of `end_poll`.

        Those before `offset` are confirmed by that.
        """
        mine = self.end_poll(_OTHER_POLLER)
        self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self._signal.notify()
        await self._signal.wait(lambda: self._poll != mine or bool(self.pending), seconds)
        if self._poll != mine:
            raise ApiError(409, f"Conflict: {self._reason}")
        return self.pending[:limit]
