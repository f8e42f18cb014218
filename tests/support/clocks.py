"""Clocks for tests, in which no time is lost."""

import asyncio
import selectors
import time
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec

P = ParamSpec("P")
# Seconds in which what was sent over the loopback has arrived.
_ON_ITS_WAY = 0.001


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


class StepClock:
    """Goes on by one sleep whenever the test says so."""

    def __init__(self) -> None:
        self.time = 100.0
        self._steps: asyncio.Queue[None] = asyncio.Queue()
        self._asleep = asyncio.Event()

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self._asleep.set()
        await self._steps.get()
        self.time += seconds

    async def step(self) -> None:
        """Returns when somebody sleeps again, and all that followed from the time that has passed has happened."""
        self._asleep.clear()
        self._steps.put_nowait(None)
        await asyncio.wait_for(self._asleep.wait(), 10)
        for _ in range(10):
            await asyncio.sleep(0)


class FastClock:
    """Runs `speed` times as fast as the world. For many things at a time, and real connections."""

    def __init__(self, speed: float = 100.0) -> None:
        self._speed = speed

    def now(self) -> float:
        return time.monotonic() * self._speed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)


class LoopClock:
    """The time of the event loop."""

    def now(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Selector(selectors.DefaultSelector):
    """Takes up the time that nothing happens in without waiting for it; `passed` is its sum."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= _ON_ITS_WAY:
            return super().select(timeout)
        ready = super().select(_ON_ITS_WAY)
        if not ready:
            self.passed += timeout - _ON_ITS_WAY
        return ready


class _JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._passing = _Selector()
        super().__init__(self._passing)

    def time(self) -> float:
        return super().time() + self._passing.passed


def without_waiting(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Runs a test in an event loop that jumps to its next timer once nothing else is left to do.

    So a busy machine brings no timeout nearer. For tests in which all ends of all connections are in that loop.
    """

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with asyncio.Runner(loop_factory=_JumpingLoop) as runner:
            runner.run(test(*args, **kwargs))

    return run
