"""The clock that limits and pauses go by."""

import asyncio
import time
from collections.abc import Iterator


class Clock:
    """Seconds from some moment on, never backwards; tests bring one of their own, in which no time is lost."""

    now = staticmethod(time.monotonic)
    sleep = staticmethod(asyncio.sleep)


def growing_pauses(first: float, longest: float) -> Iterator[float]:
    """Yields the seconds to wait before each further attempt: each time twice as many, up to `longest`."""
    while True:
        yield first
        first = min(2 * first, longest)
