"""`shushuo run`: from settings to an exit code."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from threading import Timer
from typing import TYPE_CHECKING, Final

import structlog
from telegram.error import InvalidToken

from bot.answering.answerer import Answerer
from bot.answering.exceptions import KnowledgeError
from bot.answering.knowledge.snapshot import read_folder
from bot.answering.worker import collection_paused
from bot.chat.library import Library
from bot.serving.monitoring.logs import configure_logging
from bot.serving.reload.reloading import edition_of
from bot.serving.transport.web import ListenError
from bot.serving.transport.webhook import WebhookRefusedError
from bot.storage import Memory

from .assembly import assemble
from .service import serve

if TYPE_CHECKING:
    from bot.answering.knowledge.snapshot import Snapshot
    from bot.settings import Settings

DONE: Final = 0
FAILED: Final = 1
WRONG_CONFIGURATION: Final = 2

_TOKENLESS: Final = (
    "TELEGRAM_BOT_TOKEN is not set; write the token that @BotFather gives you into .env, "
    "or run `shushuo chat` to ask in the terminal"
)
_REFUSED: Final = (
    "TELEGRAM_BOT_TOKEN: Telegram refuses this token; "
    "copy it again from @BotFather (with a server of your own, check TELEGRAM_API_URL too)"
)
_LAST_RESORT_SECONDS: Final = 4.7

log = structlog.get_logger(__name__)


def run(settings: Settings) -> int:
    """Serves Telegram until SIGTERM or SIGINT, and returns the exit code. SIGHUP has the knowledge read again.

    0 after a signal, 2 with one line on standard error where the token, a setting or the knowledge is no good.
    """
    if settings.telegram_bot_token is None:
        return _complain(_TOKENLESS)
    configure_logging(settings)
    try:
        # What is about to be read for the first time need not be read again.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        with collection_paused():
            snapshot = read_folder(settings.knowledge_dir)
            library = _library(snapshot)
        asyncio.run(_serve(settings, library, snapshot.fingerprint))
    except (KnowledgeError, InvalidToken, ListenError, WebhookRefusedError) as error:
        return _complain(_advice(error))
    except Exception:
        # An interpreter's own traceback would not have the token taken out.
        log.exception("stopped by an unexpected error")
        return FAILED
    return DONE


def _library(snapshot: Snapshot) -> Library:
    """Raises KnowledgeError."""
    if snapshot.knowledge is None:
        raise KnowledgeError(snapshot.problems)
    answerer = Answerer(snapshot.knowledge)
    answerer.prepare()
    return Library(edition_of(snapshot, answerer))


async def _serve(settings: Settings, library: Library, fingerprint: str) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _stop, stop)
    memory = await Memory.open(settings.database_url.get_secret_value(), settings.question_log_days)
    try:
        service = assemble(settings, library, memory, fingerprint)
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, service.reload)
        await serve(service, stop)
    finally:
        await memory.close()


def _stop(stop: asyncio.Event) -> None:
    stop.set()
    # Threads that resolve names cannot be cancelled, and a process ends only after them.
    last_resort = Timer(_LAST_RESORT_SECONDS, os._exit, [DONE])
    last_resort.daemon = True
    last_resort.start()


def _advice(error: Exception) -> str:
    match error:
        case InvalidToken():
            return _REFUSED
        case ListenError():
            return f"HTTP_LISTEN: {error}; stop what listens there, or write another address"
        case WebhookRefusedError():
            return f"WEBHOOK_URL: Telegram refuses it ({error}); write an address that Telegram can reach"
        case _:
            return str(error)


def _complain(message: str) -> int:
    sys.stderr.write(f"shushuo: {message}\n")
    return WRONG_CONFIGURATION
