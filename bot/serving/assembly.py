"""The bot, put together from its settings: what comes in, what goes out, what answers, and what runs besides."""

import os
from collections.abc import Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any

from telegram import Bot, LinkPreviewOptions, Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, Defaults, TypeHandler

from bot.announcements.announcement_commands import AnnouncementCommands
from bot.announcements.content import AdminMedia, Attempts
from bot.announcements.progress import Progress
from bot.announcements.queue import DeliveryQueue, sender_lock
from bot.announcements.schedule import Releasing
from bot.announcements.schedule_commands import ScheduleCommands
from bot.announcements.sender import Sender, workers_for
from bot.chat.admin.admins import Admins
from bot.chat.admin.asked_questions import AskedQuestions
from bot.chat.admin.documents import DocumentHandler
from bot.chat.admin.editing import Editor
from bot.chat.admin.status import StatusHandler, Vitals, tell_of_outages
from bot.chat.handlers import NOTING, install
from bot.chat.library import Library
from bot.chat.updates import App, Context
from bot.clock import Clock
from bot.http_client import Connection
from bot.metrics import Metrics
from bot.secrets import redactor, secrets_of
from bot.settings import HISTORY, Settings
from bot.storage.memory import Memory

from .drafting import Drafter
from .monitoring.errors import ErrorHandler
from .reload.cluster_reload import ClusterReload, process_name, watch
from .reload.reloading import Reloader
from .transport.limits import FloodLimits
from .transport.outgoing import Outgoing
from .transport.receivers import Polling, Reachability, Webhook
from .transport.update_queue import UpdateQueue, UpdateWorkers
from .transport.web import WebServer

Work = Callable[[], Coroutine[Any, Any, None]]

# python-telegram-bot 22 warns whenever a reply says how long to wait, unless it is told to give that as a timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class Service:
    """All parts of the bot; `serve` starts and stops them. `web` is None where nothing is to be listened on."""

    def __init__(self, settings: Settings, library: Library, memory: Memory, clock: Clock) -> None:
        """`settings` have a token."""
        self.settings, self.library, self.memory, self.clock = settings, library, memory, clock
        self._started = clock.now()
        self._token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
        self._proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
        self._metrics = metrics = Metrics()
        metrics.knowledge_read(library.now.version, len(library.now.knowledge.facts))
        self.reachability = Reachability(clock)

        # Updates in, calls out.
        self._outgoing = Outgoing(settings.reply_rate, metrics, clock)
        self._updates = Connection(1, self._proxy, metrics)
        # As many calls at a time as updates are handled; one that waits longer for its turn is given up.
        self._calls = Connection(32, self._proxy, metrics)
        self.application = self._application()
        workers = UpdateWorkers(self.application.process_update, metrics)
        polls = settings.webhook_url is None
        self._queue = UpdateQueue(self.application.bot, workers.handle, memory, is_only_receiver=polls)
        webhook = None if polls else Webhook(self.application.bot, settings, self.reachability, self._queue, clock)
        self.receiver = webhook or Polling(self.application.bot, self._updates, self.reachability, self._queue)
        self.web = WebServer(settings.http_listen, self.readiness, metrics, webhook) if settings.http_listen else None

        # The handlers, in the order in which they are asked.
        self.application.add_handler(TypeHandler(Update, FloodLimits(metrics, clock).handle), group=-1)
        self._errors = ErrorHandler(settings.admin_ids, redactor(secrets_of(settings)), metrics, clock)
        self._reloader = reloader = Reloader(settings.knowledge_dir, library, metrics)
        self.cluster_reload = ClusterReload(reloader, memory, library, Clock(), process_name())
        editor = Editor(settings.knowledge_dir, self.cluster_reload.reload, HISTORY)
        editor.clear_away()
        self._documents = DocumentHandler(reloader.check, editor, memory, Drafter().draft, clock.sleep)
        self._install_handlers()
        self.application.add_error_handler(self._errors.handle)

        self.background: list[Work] = [self.cluster_reload.run]
        if settings.knowledge_watch:
            read, want = library.now.fingerprint, self.cluster_reload.want
            self.background.append(partial(watch, settings.knowledge_dir, read, want, clock))
        self.announcing = self._announcing(self.application.bot)

    def _application(self) -> App:
        """An application without an updater: the receiver feeds it."""
        api = self.settings.telegram_api_url
        return (
            ApplicationBuilder()
            .application_class(_WithoutPersistence)
            .context_types(ContextTypes(context=Context))
            .token(self._token)
            .base_url(f"{api}/bot")
            .base_file_url(f"{api}/file/bot")
            .request(self._calls)
            .get_updates_request(self._updates)
            .updater(None)
            .job_queue(None)
            .rate_limiter(self._outgoing)
            .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
            .build()
        )

    def _install_handlers(self) -> None:
        settings, library, memory, zone = self.settings, self.library, self.memory, self.settings.timezone
        admins = Admins(settings.admin_ids, self._metrics.denied.inc)
        media = AdminMedia(memory.albums)
        commands = (
            AnnouncementCommands(memory, library, settings.broadcast_rate, zone),
            ScheduleCommands(memory, zone),
            media,
            self._documents,
            StatusHandler(memory, library, self.cluster_reload.reload, self._vitals),
            AskedQuestions(memory, library, self._documents),
        )
        admin_handlers = [handler for command in commands for handler in command.handlers(admins)]
        application = self.application
        application.add_handlers(admin_handlers)
        install(application, library, memory, settings, self._metrics.answered)
        application.add_handler(media.noting(admins), group=NOTING + 1)

    def _announcing(self, bot: Bot) -> tuple[Work, ...]:
        """What sends announcements and tells the admins of them."""
        settings, memory, clock, database = self.settings, self.memory, self.clock, self.memory.database
        # Connections of their own, which `Outgoing` does not hold back: the sender has its own pace.
        calls = Connection(workers_for(settings.broadcast_rate), self._proxy, self._metrics)
        sending_bot = Bot(self._token, f"{settings.telegram_api_url}/bot", request=calls, get_updates_request=calls)
        lock = sender_lock(database, self.cluster_reload.name, memory.utcnow)
        schedules = Releasing(lambda: self.library.now.knowledge.facts, settings.schedule_grace)
        queue = DeliveryQueue(database, lock, schedules.release, self._metrics)
        attempts = Attempts(sending_bot, memory.utcnow)
        sender = Sender(queue, attempts, settings.broadcast_rate, clock, self._metrics)

        async def send() -> None:
            async with calls:
                await sender.run()

        progress = Progress(bot, memory, settings, sender, clock)
        outages = partial(tell_of_outages, memory, bot, settings.admin_ids, clock.sleep)
        return (send, progress.run, outages)

    async def readiness(self) -> dict[str, bool]:
        """What serving needs, and whether it is there: not that the process lives, but that it was answered lately."""
        return {
            "telegram": self.reachability.is_fresh,
            "database": (await self.memory.check()).healthy,
            "knowledge": bool(self.library.now.knowledge.facts),
        }

    def _vitals(self) -> Vitals:
        """How this process is, for /status."""
        return Vitals(
            uptime=timedelta(seconds=self.clock.now() - self._started),
            updates=max(self._queue.waiting - 1, 0),  # without the one that asks
            messages=self._outgoing.waiting,
            errors=self._errors.lately,
            replica=self.cluster_reload.name,
            stage=self._reloader.stage,
            problem=self.cluster_reload.problem,
        )


class _WithoutPersistence(Application[Any, Any, Any, Any, Any, Any]):
    """An application that keeps no note of every chat and person, as it has no persistence to hand them to."""

    def _mark_for_persistence_update(self, **_: object) -> None:
        pass
