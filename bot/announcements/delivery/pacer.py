"""The speed of announcements: so many a second, evenly, over all workers."""

from __future__ import annotations

import asyncio
from typing import Final

from bot.clock import Clock

# Seconds that a sleep may end late and the next messages still go at their times, which keeps the rate; after a later
# one, they keep their distance from it. Where messages are closer than that, they are planned a little further apart,
# so that no second has too many.
_SLACK: Final = 0.005


class Pacer:
    """Lets all who wait go in the order they came, never more than `rate` + 1 in any second."""

    def __init__(self, rate: int, clock: Clock) -> None:
        """`rate`: messages a second."""
        self._clock = clock
        self._slack = max(1 / rate, _SLACK)
        self._interval = 1 / rate if 1 / rate >= _SLACK else (1 + self._slack) / rate
        self._next = clock.now()
        self._paused_until = self._next
        self._asking = asyncio.Lock()

    async def wait(self) -> None:
        """Return when it is time to send one message."""
        async with self._asking:
            # A pause may begin during the sleep.
            while (seconds := max(self._next, self._paused_until) - self._clock.now()) > 0:
                await self._clock.sleep(seconds)
            now = self._clock.now()
            planned = self._next if now - self._next < self._slack else now
            self._next = planned + self._interval

    def pause(self, seconds: float) -> None:
        """Let nobody go for so many seconds, and make no burst after that."""
        self._paused_until = max(self._paused_until, self._clock.now() + seconds)
