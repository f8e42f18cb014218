"""The life of the bot: connect, poll, and stop in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import structlog
from telegram.error import TelegramError

from bot.chat import UPDATES

from .polling import Link, Poller, until_answered

if TYPE_CHECKING:
    from bot.chat import App

# Together they stay below the 5 seconds in which the process must be gone.
_FINISH_SECONDS: Final = 3.0
_CONFIRM_SECONDS: Final = 0.6
_CLOSE_SECONDS: Final = 0.4

log = structlog.get_logger(__name__)


async def serve(application: App, stop: asyncio.Event) -> None:
    """Serves until `stop` is set, then finishes what it has begun.

    Raises InvalidToken when Telegram refuses the token.
    """
    link = Link()
    poller = Poller(application.bot, UPDATES, application.update_queue.put_nowait, link)
    try:
        await _until(stop, _connect_and_poll(application, poller, link))
    finally:
        await _end(application, poller)


async def _connect_and_poll(application: App, poller: Poller, link: Link) -> None:
    await until_answered(application.initialize, link)
    # A webhook left from an earlier deployment would refuse every poll.
    await until_answered(application.bot.delete_webhook, link)
    await application.start()
    log.info("serving Telegram", bot=application.bot.username)
    await poller.run()


async def _until(stop: asyncio.Event, work: Awaitable[None]) -> None:
    """Does `work` until it fails or `stop` is set."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        working.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def _end(application: App, poller: Poller) -> None:
    if application.running:
        log.info("stopping")
        if not await _within(_FINISH_SECONDS, application.stop()):
            log.warning("some replies could not be sent before the stop")
        await _within(_CONFIRM_SECONDS, poller.confirm())
    await _within(_CLOSE_SECONDS, application.shutdown())
    # Without effect after that, unless the first call to Telegram never succeeded.
    await _within(_CLOSE_SECONDS, application.bot.shutdown())


async def _within(seconds: float, work: Awaitable[None]) -> bool:
    """Whether `work` came to its end in time; one that Telegram does not let end is given up."""
    try:
        async with asyncio.timeout(seconds):
            await work
    except (TimeoutError, TelegramError):
        return False
    return True
