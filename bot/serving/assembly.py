"""The house, put together from its settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from bot.chat import install
from bot.secrets import redactor, secrets_of, webhook_secret
from bot.serving.monitoring.errors import ErrorHandler
from bot.serving.monitoring.health import Health
from bot.serving.monitoring.metrics import Metrics
from bot.serving.transport.flood import FloodGate
from bot.serving.transport.inbox import Inbox
from bot.serving.transport.intake import Intake
from bot.serving.transport.outgoing import Outgoing
from bot.serving.transport.polling import Link
from bot.serving.transport.receiving import Polling, Receiver, Webhooks
from bot.serving.transport.update_workers import OneByOneInAChat
from bot.serving.transport.web import WebServer
from bot.serving.transport.webhook import Webhook

from .admin import Desk
from .announcements import Announcing
from .application import build_application
from .clock import Clock, SystemClock

if TYPE_CHECKING:
    from telegram import Update

    from bot.chat import App
    from bot.chat.library import Library
    from bot.settings import Settings
    from bot.storage import Memory

Work: TypeAlias = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Service:
    """What `serve` serves with; `web` is None where nothing is to be listened on.

    `behind`: what is to run beside the serving, until it is cancelled. `reload`: reads the knowledge again soon.
    """

    application: App
    settings: Settings
    library: Library
    memory: Memory
    clock: Clock
    link: Link
    receiver: Receiver
    web: WebServer | None
    behind: tuple[Work, ...]
    reload: Callable[[], None]


def assemble(  # noqa: PLR0913 (the house has this many parts)
    settings: Settings,
    token: str,
    library: Library,
    memory: Memory,
    clock: Clock | None = None,
    *,
    fair: bool = True,
    fingerprint: str = "",
) -> Service:
    """`fair`: whether people, groups and chats have limits; tests of other things do without.

    `fingerprint`: of the knowledge folder as it was when what `library` has was read.
    """
    clock, metrics = clock or SystemClock(), Metrics()
    link = Link(clock)
    metrics.knowledge_read(library.now.version, len(library.now.knowledge.facts))
    outgoing = Outgoing(settings.reply_rate if fair else 0, metrics, clock, paced=fair)
    flow = OneByOneInAChat(metrics, fair=fair)
    application = build_application(settings, token, metrics, outgoing, flow)
    if fair:
        FloodGate(metrics, clock).install(application)
    errors = ErrorHandler(settings.admin_ids, redactor(secrets_of(settings)), metrics, clock)
    desk = Desk(settings, library, memory, metrics, clock)
    announcing = Announcing(settings, token, library, memory, metrics, clock)
    install(
        application,
        library,
        memory=memory,
        metrics=metrics,
        admins=settings.admin_ids,
        source_url=settings.source_url,
        noting=announcing.noting(),
        desk=[*announcing.handlers(), *desk.handlers(flow, outgoing, errors)],
    )
    errors.install(application)
    health = Health(memory, clock, library)
    if settings.webhook_url is None:
        intake = Intake(application.bot, _handler(application), memory.pending)
        receiver: Receiver = Polling(application, link, health, clock, flow, intake)
        web = WebServer(settings.http_listen, health, metrics) if settings.http_listen else None
    else:
        secret = webhook_secret(settings)
        inbox = Inbox(_handler(application), memory)
        webhook = Webhook(application.bot, secret, inbox.take, health.heard)
        intake = Intake(application.bot, inbox.take, memory.pending)
        receiver = Webhooks(application, link, health, clock, webhook, inbox, intake, settings.webhook_url, secret)
        path = urlsplit(settings.webhook_url).path or "/"
        web = WebServer(settings.http_listen, health, metrics, webhook, path)
    behind = (*desk.behind(fingerprint, application.bot), *announcing.behind(application.bot))
    return Service(application, settings, library, memory, clock, link, receiver, web, behind, desk.cluster_reload.want)


def _handler(application: App) -> Callable[[Update], Awaitable[None]]:
    """Handles an update in its turn, and returns when that is done."""

    async def handle(update: Update) -> None:
        await application.update_processor.process_update(update, application.process_update(update))

    return handle
