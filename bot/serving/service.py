"""`shushuo run`: from settings to an exit code. The bot connects, receives, and stops in time."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Awaitable
from contextlib import suppress
from functools import partial
from threading import Timer
from typing import Any

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.answering.answerer import Answerer
from bot.answering.exceptions import KnowledgeError
from bot.answering.knowledge.snapshot import read_folder
from bot.answering.worker import collection_paused
from bot.chat.handlers import introduce
from bot.chat.library import Library
from bot.clock import Clock
from bot.settings import Settings
from bot.storage.memory import Memory

from .assembly import Service, Work
from .monitoring.logs import configure_logging
from .reload.reloading import edition_of
from .transport.receivers import WebhookRefusedError
from .transport.web import ListenError

DONE = 0
FAILED = 1
WRONG_CONFIGURATION = 2

_TOKENLESS = (
    "TELEGRAM_BOT_TOKEN is not set; write the token that @BotFather gives you into .env, "
    "or run `shushuo chat` to ask in the terminal"
)
_ADVICE: dict[type[Exception], str] = {
    KnowledgeError: "{}",
    InvalidToken: "TELEGRAM_BOT_TOKEN: Telegram refuses this token; "
    "copy it again from @BotFather (with a server of your own, check TELEGRAM_API_URL too)",
    ListenError: "HTTP_LISTEN: {}; stop what listens there, or write another address",
    WebhookRefusedError: "WEBHOOK_URL: Telegram refuses it ({}); write an address that Telegram can reach",
}
# Together with what the memory takes, they stay below the 5 seconds in which the process must be gone.
_FINISH_SECONDS = 2.5
_CONFIRM_SECONDS = 0.5
_CLOSE_SECONDS = 0.3
_LAST_RESORT_SECONDS = 4.7
_UPKEEP_SECONDS = 6 * 3600.0
_UPKEEP_AGAIN_SECONDS = 300.0  # while the database does not take it

log = structlog.get_logger(__name__)


def run(settings: Settings) -> int:
    """Serves Telegram until SIGTERM or SIGINT, and returns the exit code: 2 where a setting or knowledge is no good."""
    if settings.telegram_bot_token is None:
        return _complain(_TOKENLESS)
    configure_logging(settings)
    try:
        # What is about to be read for the first time need not be read again.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        with collection_paused():
            library = _library(settings)
        # Objects made before the collector runs: as often as it does by itself, it is a tenth of what an answer takes.
        gc.set_threshold(20_000)
        asyncio.run(_run(settings, library))
    except (KnowledgeError, InvalidToken, ListenError, WebhookRefusedError) as error:
        return _complain(_ADVICE[type(error)].format(error))
    except Exception:
        # An interpreter's own traceback would not have the token taken out.
        log.exception("stopped by an unexpected error")
        return FAILED
    return DONE


def _library(settings: Settings) -> Library:
    """The knowledge as it is at the start. Raises KnowledgeError where it has errors."""
    snapshot = read_folder(settings.knowledge_dir)
    if snapshot.knowledge is None:
        raise KnowledgeError(snapshot.problems)
    answerer = Answerer(snapshot.knowledge)
    answerer.prepare()
    return Library(edition_of(snapshot, answerer))


def _complain(message: str) -> int:
    sys.stderr.write(f"shushuo: {message}\n")
    return WRONG_CONFIGURATION


async def _run(settings: Settings, library: Library) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, stop)
    memory = await Memory.open(settings.database_url.get_secret_value(), settings.question_log_days)
    try:
        service = Service(settings, library, memory, Clock())
        loop.add_signal_handler(signal.SIGHUP, service.cluster_reload.want)
        await serve(service, stop)
    finally:
        await memory.close()


def _stop(stop: asyncio.Event) -> None:
    stop.set()
    # Threads that resolve names cannot be cancelled, and a process ends only after them.
    last_resort = Timer(_LAST_RESORT_SECONDS, os._exit, [DONE])
    last_resort.daemon = True
    last_resort.start()


async def serve(service: Service, stop: asyncio.Event) -> None:
    """Serves until `stop` is set. Raises InvalidToken, WebhookRefusedError and ListenError."""
    listening = await _listen(service)
    works: list[Work] = [partial(_keep_up, service), *service.background, *service.announcing]
    background = [asyncio.create_task(_again_and_again(work, service.clock)) for work in works]
    receiving = asyncio.create_task(_connect_and_receive(service, listening=listening))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([receiving, stopping], return_when=asyncio.FIRST_COMPLETED)
    finally:
        receiving.cancel()
        await asyncio.wait([receiving])
        # Announcements that are under way take as long to come to their end as replies do.
        await asyncio.gather(_end(service), *map(_cancelled, [stopping, *background]))
    with suppress(asyncio.CancelledError):
        await receiving


async def _listen(service: Service) -> bool:
    """Whether anything is listened on. Before Telegram is reached, the health page tells that it is not yet."""
    if service.web is None:
        return False
    try:
        await service.web.start()
    except ListenError as error:
        if service.settings.webhook_url is not None or "http_listen" in service.settings.model_fields_set:
            raise
        # Two bots on one machine are fine; who wants to look at the second one gives it an address.
        log.warning("no health page and no metrics: set HTTP_LISTEN to an address that is free", reason=str(error))
        return False
    return True


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
    # Beside the answering, which does not need it.
    showing = asyncio.create_task(introduce(application.bot, service.settings.admin_ids))
    try:
        await service.receiver.run()
    finally:
        await _cancelled(showing)


async def _again_and_again(work: Work, clock: Clock) -> None:
    """Does `work` until it is cancelled: one that fails is none that people wait for, and begins again."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("what runs beside the serving has failed, and begins again")
        await clock.sleep(5.0)


async def _keep_up(service: Service) -> None:
    """Forgets what is old, now and every few hours; sooner where the database was away."""
    while True:
        done = await service.memory.prune()
        await asyncio.sleep(_UPKEEP_SECONDS if done else _UPKEEP_AGAIN_SECONDS)


async def _cancelled(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _end(service: Service) -> None:
    application, receiver = service.application, service.receiver
    if application.running:
        log.info("stopping")
        if not await _within(_FINISH_SECONDS, asyncio.gather(receiver.finish(), application.stop())):
            log.warning("some replies could not be sent before the stop")
        await _within(_CONFIRM_SECONDS, receiver.confirm())
    await _within(_CLOSE_SECONDS, application.shutdown())
    # Without effect after that, unless the first call to Telegram never succeeded.
    await _within(_CLOSE_SECONDS, application.bot.shutdown())
    if service.web is not None:
        await _within(_CLOSE_SECONDS, service.web.stop())


async def _within(seconds: float, work: Awaitable[object]) -> bool:
    """Whether `work` came to its end in time; one that Telegram does not let end is given up."""
    try:
        async with asyncio.timeout(seconds):
            await work
    except (TimeoutError, TelegramError):
        return False
    return True
