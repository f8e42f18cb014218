"""The clock that limits and pauses go by."""

import asyncio
import time


class Clock:
    """Seconds from some moment on, never backwards; tests bring one of their own, in which no time is lost."""

    now = staticmethod(time.monotonic)
    sleep = staticmethod(asyncio.sleep)
