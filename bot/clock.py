"""The clock that limits and pauses go by."""

import asyncio
import time
from collections.abc import Iterator


class Clock:
    """Seconds from some moment on, never backwards; tests bring one of their own, in which no time is lost."""

    def now(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def growing_pauses(first: float, longest: float) -> Iterator[float]:
    """Yields the seconds to wait before each further attempt: each time twice as many, up to `longest`."""
    while True:
        yield first
        first = min(2 * first, longest)
