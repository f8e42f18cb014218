"""The bot, put together from its settings."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from bot.chat import install
from bot.secrets import redactor, secrets_of, webhook_secret
from bot.serving.monitoring.errors import ErrorHandler
from bot.serving.monitoring.metrics import Metrics
from bot.serving.monitoring.readiness import Readiness
from bot.serving.transport.outgoing import Outgoing
from bot.serving.transport.polling import Polling
from bot.serving.transport.reachability import Reachability
from bot.serving.transport.sender_limits import SenderLimits
from bot.serving.transport.update_queue import OnceEach, UpdateQueue
from bot.serving.transport.update_workers import UpdateWorkers
from bot.serving.transport.web import WebServer
from bot.serving.transport.webhook import WebhookEndpoint, WebhookReceiver

from .admin import Administration
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


class Receiver(Protocol):
    """How updates come: by long polling or by the webhook."""

    async def prepare(self) -> None:
        """Tells Telegram how updates are to come, as soon as it can be reached."""

    async def run(self) -> None:
        """Receives until it is cancelled. Raises InvalidToken as `Reachability.until_answered` does."""

    async def finish(self) -> None:
        """Takes no more updates, and returns once those that have come are handled."""

    async def confirm(self) -> None:
        """Tells Telegram which updates are handled, where it does not know."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a test has otherwise. `fair`: whether people, groups and chats have limits."""

    clock: Clock = field(default_factory=SystemClock)
    fair: bool = True


@dataclass(frozen=True, slots=True)
class Service:
    """What `serve` serves with; `web` is None where nothing is to be listened on.

    `background`: what is to run besides, until it is cancelled. `reload`: reads the knowledge again soon.
    """

    application: App
    settings: Settings
    library: Library
    memory: Memory
    clock: Clock
    reachability: Reachability
    receiver: Receiver
    web: WebServer | None
    background: tuple[Work, ...]
    reload: Callable[[], None]


def assemble(
    settings: Settings,
    library: Library,
    memory: Memory,
    fingerprint: str = "",
    conditions: Conditions | None = None,
) -> Service:
    """Makes all parts of the bot, and starts none.

    `settings` have a token. `fingerprint`: of the knowledge folder as it was when what `library` has was read.
    """
    conditions = conditions or Conditions()
    clock, fair = conditions.clock, conditions.fair
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    metrics, reachability = Metrics(), Reachability(clock)
    metrics.knowledge_read(library.now.version, len(library.now.knowledge.facts))

    # Updates in, calls out.
    outgoing = Outgoing(settings.reply_rate if fair else 0, metrics, clock, paced=fair)
    workers = UpdateWorkers(metrics, fair=fair)
    application = build_application(settings, token, metrics, outgoing, workers)

    # The handlers, in the order in which they are asked.
    if fair:
        SenderLimits(metrics, clock).install(application)
    errors = ErrorHandler(settings.admin_ids, redactor(secrets_of(settings)), metrics, clock)
    administration = Administration(settings, library, memory, metrics, clock)
    announcing = Announcing(settings, token, library, memory, metrics, clock)
    install(
        application,
        library,
        memory,
        count=metrics.answered,
        admins=settings.admin_ids,
        source_url=settings.source_url,
        noting=announcing.noting(),
        admin_handlers=[*announcing.handlers(), *administration.handlers(workers, outgoing, errors)],
    )
    errors.install(application)

    # How updates come, and what the web server tells.
    async def handle(update: Update) -> None:
        """Handles an update in its turn, and returns when that is done."""
        await workers.process_update(update, application.process_update(update))

    readiness = Readiness(memory, library, reachability)
    receiver: Receiver
    endpoint = None
    if settings.webhook_url is None:
        queue = UpdateQueue(application.bot, handle, memory.pending)
        receiver = Polling(application.bot, reachability, queue, workers)
    else:
        once = OnceEach(handle, memory.updates)
        secret = webhook_secret(settings)
        endpoint = WebhookEndpoint(application.bot, settings.webhook_url, secret, reachability, once.take)
        queue = UpdateQueue(application.bot, once.take, memory.pending)
        receiver = WebhookReceiver(endpoint, reachability, once, queue, clock)
    web = WebServer(settings.http_listen, readiness, metrics, endpoint) if settings.http_listen else None

    return Service(
        application,
        settings,
        library,
        memory,
        clock,
        reachability,
        receiver,
        web,
        background=(*administration.background(fingerprint, application.bot), *announcing.behind(application.bot)),
        reload=administration.cluster_reload.want,
    )
