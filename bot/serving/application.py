"""The parts of python-telegram-bot, put together."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from telegram import Bot, LinkPreviewOptions
from telegram.ext import Application, ApplicationBuilder, ContextTypes, Defaults

from bot.chat import Context
from bot.serving.transport.clients import requests

if TYPE_CHECKING:
    from bot.chat import App
    from bot.serving.monitoring.metrics import Metrics
    from bot.serving.transport.clients import Calls
    from bot.serving.transport.outgoing import Outgoing
    from bot.serving.transport.update_workers import UpdateWorkers
    from bot.settings import Settings

# python-telegram-bot 22 warns whenever a reply says how long to wait, unless it is told to give that as a timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class _Forgetful(Application[Any, Any, Any, Any, Any, Any]):
    """An application without persistence, which need not know whom it is to persist.

    python-telegram-bot notes every chat and every person nevertheless, and forgets none.
    """

    def _mark_for_persistence_update(self, **_: object) -> None:
        pass


def build_application(
    settings: Settings, token: str, metrics: Metrics, outgoing: Outgoing, workers: UpdateWorkers
) -> App:
    """An application without handlers and without an updater: a `Receiver` feeds it."""
    updates, calls = requests(proxy_of(settings), metrics)
    return (
        ApplicationBuilder()
        .application_class(_Forgetful)
        .context_types(ContextTypes(context=Context))
        .token(token)
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(calls)
        .get_updates_request(updates)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(workers)
        .rate_limiter(outgoing)
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .build()
    )


def announcing_bot(settings: Settings, token: str, calls: Calls) -> Bot:
    """A bot that makes its calls at once and once, whatever `Outgoing` holds back; `calls` is to be initialized."""
    return Bot(token, f"{settings.telegram_api_url}/bot", request=calls, get_updates_request=calls)


def proxy_of(settings: Settings) -> str | None:
    return settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
