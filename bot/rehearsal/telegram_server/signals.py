"""Waiting for a state instead of for a time."""

import asyncio
from collections.abc import Callable


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
