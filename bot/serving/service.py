"""The life of the bot: connect, receive, and stop in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import structlog
from telegram.error import TelegramError

from bot.serving.transport.web import ListenError

if TYPE_CHECKING:
    from bot.chat import App
    from bot.settings import Settings

    from .assembly import Service, Work
    from .clock import Clock

# Together with what the memory takes, they stay below the 5 seconds in which the process must be gone.
_FINISH_SECONDS: Final = 2.5
_CONFIRM_SECONDS: Final = 0.5
_CLOSE_SECONDS: Final = 0.3
_UPKEEP_SECONDS: Final = 6 * 3600.0
_UPKEEP_AGAIN_SECONDS: Final = 300.0  # while the database does not take it
_AGAIN_SECONDS: Final = 5.0

log = structlog.get_logger(__name__)


async def serve(service: Service, stop: asyncio.Event) -> None:
    """Serves until `stop` is set, then finishes what it has begun.

    Raises InvalidToken when Telegram refuses the token, from the start or for minutes, WebhookRefusedError when it
    refuses the webhook, and ListenError where HTTP_LISTEN cannot be listened on.
    """
    listening = await _listen(service)
    works: list[Work] = [partial(_keep_up, service), *service.background]
    background = [asyncio.create_task(_again_and_again(work, service.clock)) for work in works]
    try:
        await _until(stop, _connect_and_receive(service, listening=listening))
    finally:
        # Announcements that are under way take as long to come to their end as replies do.
        await asyncio.gather(_end(service), *map(_cancelled, background))


async def _listen(service: Service) -> bool:
    """Whether anything is listened on. Before Telegram is reached, the health page tells that it is not yet."""
    if service.web is None:
        return False
    try:
        await service.web.start()
    except ListenError as error:
        if _is_wanted(service.settings):
            raise
        # Two bots on one machine are fine; who wants to look at the second one gives it an address.
        log.warning("no health page and no metrics: set HTTP_LISTEN to an address that is free", reason=str(error))
        return False
    return True


def _is_wanted(settings: Settings) -> bool:
    return settings.webhook_url is not None or "http_listen" in settings.model_fields_set


async def _connect_and_receive(service: Service, *, listening: bool) -> None:
    application = service.application
    await service.reachability.until_answered(application.initialize)
    await application.start()
    await service.receiver.prepare()
    log.info(
        "serving Telegram",
        bot=application.bot.username,
        knowledge=service.library.now.version,
        by="polling" if service.settings.webhook_url is None else "webhook",
        **({"http": service.settings.http_listen} if listening else {}),
    )
    showing = asyncio.create_task(_show(application))
    try:
        await service.receiver.run()
    finally:
        await _cancelled(showing)


async def _show(application: App) -> None:
    """Sets what Telegram shows of the bot, beside the answering, which does not need it."""
    try:
        if application.post_init is not None:
            await application.post_init(application)
    except Exception:
        log.exception("what Telegram shows of the bot could not be set")


async def _again_and_again(work: Work, clock: Clock) -> None:
    """Does `work` until it is cancelled: one that fails is none that people wait for, and begins again."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("what runs beside the serving has failed, and begins again")
        await clock.sleep(_AGAIN_SECONDS)


async def _keep_up(service: Service) -> None:
    """Forgets what is old, now and every few hours; sooner where the database was away."""
    while True:
        done = await service.memory.prune(datetime.now(UTC).date(), service.settings.question_log_days)
        await asyncio.sleep(_UPKEEP_SECONDS if done else _UPKEEP_AGAIN_SECONDS)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Does `work` until it fails or `stop` is set."""
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        working.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def _end(service: Service) -> None:
    application = service.application
    if application.running:
        log.info("stopping")
        if not await _within(_FINISH_SECONDS, _finish(service)):
            log.warning("some replies could not be sent before the stop")
        await _within(_CONFIRM_SECONDS, service.receiver.confirm())
    await _within(_CLOSE_SECONDS, application.shutdown())
    # Without effect after that, unless the first call to Telegram never succeeded.
    await _within(_CLOSE_SECONDS, application.bot.shutdown())
    if service.web is not None:
        await _within(_CLOSE_SECONDS, service.web.stop())


async def _finish(service: Service) -> None:
    await asyncio.gather(service.receiver.finish(), service.application.stop())


async def _within(seconds: float, work: Awaitable[None]) -> bool:
    """Whether `work` came to its end in time; one that Telegram does not let end is given up."""
    try:
        async with asyncio.timeout(seconds):
            await work
    except (TimeoutError, TelegramError):
        return False
    return True
