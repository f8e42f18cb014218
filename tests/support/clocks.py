"""Clocks for tests, in which no time is lost."""

from __future__ import annotations

import asyncio
import time


class JumpingClock:
    """Stands still, and jumps ahead by what is slept; `slept` lists that. For one thing at a time."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)


class HeldClock(JumpingClock):
    """Jumps only once it is let go; `asleep` tells when somebody sleeps."""

    def __init__(self) -> None:
        super().__init__()
        self.asleep = asyncio.Event()
        self.go = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.asleep.set()
        await self.go.wait()
        await super().sleep(seconds)


class FastClock:
    """Runs `speed` times as fast as the world. For many things at a time, and real connections."""

    def __init__(self, speed: float = 100.0) -> None:
        self._speed = speed

    def now(self) -> float:
        return time.monotonic() * self._speed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)
