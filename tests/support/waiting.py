"""Waiting for what announces itself to nobody: a list, a counter, a row of a database, another process."""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable


async def until(condition: Callable[[], bool | Awaitable[bool]], seconds: float = 60.0, pause: float = 0.01) -> None:
    """Returns once the condition, which is looked at every `pause` seconds, is true. Raises AssertionError if never."""
    try:
        async with asyncio.timeout(seconds):
            while not (await found if isawaitable(found := condition()) else found):  # noqa: ASYNC110 (nothing sets an event)
                await asyncio.sleep(pause)
    except TimeoutError:
        raise AssertionError(f"not within {seconds:g} s") from None
