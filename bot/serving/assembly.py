"""The house, put together from its settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.chat import install
from bot.chat.about import version_of

from .application import build_application
from .clock import Clock, SystemClock
from .errors import ErrorHandler
from .flood import FloodGate
from .health import Health
from .inbox import Inbox
from .metrics import Metrics
from .outgoing import Outgoing
from .polling import Link
from .receiving import Polling, Receiver, Webhooks
from .secrets import redactor, secrets_of, webhook_secret
from .web import WebServer
from .webhook import Webhook

if TYPE_CHECKING:
    from telegram import Update

    from bot.answering.answer import Answer
    from bot.answering.knowledge import Knowledge
    from bot.chat import App
    from bot.settings import Settings
    from bot.storage import Memory


@dataclass(frozen=True, slots=True)
class Service:
    """What `serve` serves with; `web` is None where nothing is to be listened on."""

    application: App
    settings: Settings
    memory: Memory
    clock: Clock
    link: Link
    receiver: Receiver
    web: WebServer | None


def assemble(  # noqa: PLR0913, PLR0917 (the house has this many parts)
    settings: Settings,
    token: str,
    knowledge: Knowledge,
    answer: Callable[[str], Answer],
    memory: Memory,
    clock: Clock | None = None,
    *,
    fair: bool = True,
) -> Service:
    """`fair`: whether people, groups and chats have limits; tests of other things do without."""
    clock, metrics = clock or SystemClock(), Metrics()
    link = Link(clock)
    metrics.knowledge_read(version_of(knowledge), len(knowledge.facts))
    outgoing = Outgoing(settings.reply_rate if fair else 0, metrics, clock, paced=fair)
    application = build_application(settings, token, metrics, outgoing)
    if fair:
        FloodGate(metrics).install(application)
    install(
        application,
        knowledge,
        answer,
        memory=memory,
        metrics=metrics,
        admins=settings.admin_ids,
        source_url=settings.source_url,
    )
    ErrorHandler(settings.admin_ids, redactor(secrets_of(settings)), metrics, clock).install(application)
    health = Health(memory, clock, len(knowledge.facts))
    if settings.webhook_url is None:
        receiver: Receiver = Polling(application, link, health, clock)
        web = WebServer(settings.http_listen, health, metrics) if settings.http_listen else None
    else:
        secret = webhook_secret(settings)
        inbox = Inbox(_handler(application), memory)
        webhook = Webhook(application.bot, secret, inbox.take, health.heard)
        receiver = Webhooks(application, link, health, clock, webhook, inbox, settings.webhook_url, secret)
        path = urlsplit(settings.webhook_url).path or "/"
        web = WebServer(settings.http_listen, health, metrics, webhook, path)
    return Service(application, settings, memory, clock, link, receiver, web)


def _handler(application: App) -> Callable[[Update], Awaitable[None]]:
    """Handles an update in its turn, and returns when that is done."""

    async def handle(update: Update) -> None:
        await application.update_processor.process_update(update, application.process_update(update))

    return handle
