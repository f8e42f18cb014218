"""`shushuo run`: from settings to an exit code. The bot is put together, connects, receives, and stops in time."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from functools import partial
from threading import Timer
from typing import Any

import structlog
from telegram import Bot, LinkPreviewOptions, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes, Defaults, TypeHandler

from bot.announcements.announcement_commands import AnnouncementCommands
from bot.announcements.content import AdminMedia, Attempts
from bot.announcements.queue import DeliveryQueue, sender_lock
from bot.announcements.reports import Progress
from bot.announcements.schedule import release_schedules
from bot.announcements.schedule_commands import ScheduleCommands
from bot.announcements.sender import Sender, workers_for
from bot.answering.answerer import Answerer
from bot.answering.exceptions import KnowledgeError
from bot.answering.knowledge.snapshot import read_folder
from bot.answering.worker import collection_paused
from bot.chat.admin.admins import Admins
from bot.chat.admin.asked_questions import AskedQuestions
from bot.chat.admin.documents import DocumentHandler, Drafter
from bot.chat.admin.editing import Editor
from bot.chat.admin.status import StatusHandler, Vitals, tell_of_outages
from bot.chat.handlers import NOTING, install, introduce
from bot.chat.library import Library
from bot.chat.messages import App, Context, StatelessApplication
from bot.clock import Clock
from bot.http_client import Connection
from bot.metrics import Metrics
from bot.settings import HISTORY, Settings, redactor, secrets_of
from bot.storage.memory import Memory

from .errors import ErrorHandler
from .limits import FloodLimits, Outgoing
from .logs import configure_logging
from .receiving import Polling, Reachability, UpdateQueue, UpdateWorkers
from .reloading import ClusterReload, Reloader, edition_of, process_name, watch
from .web import ListenError, Webhook, WebhookRefusedError, WebServer

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
Work = Callable[[], Coroutine[Any, Any, None]]

# python-telegram-bot 22 warns whenever a reply says how long to wait, unless it is told to give that as a timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "true")

log = structlog.get_logger(__name__)


class Service:
    """All parts of the bot; `serve` starts and stops them. `web` is None where nothing is to be listened on."""

    def __init__(self, settings: Settings, library: Library, memory: Memory, clock: Clock) -> None:
        """`settings` have a token."""
        self.settings, self.library, self.memory, self.clock = settings, library, memory, clock
        self._started = clock.now()
        self._metrics = metrics = Metrics()
        metrics.knowledge_read(library.now.version, len(library.now.knowledge.facts))
        self.reachability = Reachability(clock)

        # Updates in, calls out.
        self._outgoing = Outgoing(settings.reply_rate, metrics, clock)
        self._updates = Connection(1, settings.proxy, metrics)
        # As many calls at a time as updates are handled; one that waits longer for its turn is given up.
        self._calls = Connection(32, settings.proxy, metrics)
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
            .application_class(StatelessApplication)
            .context_types(ContextTypes(context=Context))
            .token(self.settings.token)
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
        install(application, library, memory, settings, self._metrics)
        application.add_handler(media.noting(admins), group=NOTING + 1)

    def _announcing(self, bot: Bot) -> tuple[Work, ...]:
        """What sends announcements and tells the admins of them."""
        settings, memory, clock, database = self.settings, self.memory, self.clock, self.memory.database
        # Connections of their own, which `Outgoing` does not hold back: the sender has its own pace.
        calls = Connection(workers_for(settings.broadcast_rate), settings.proxy, self._metrics)
        sending_bot = Bot(settings.token, f"{settings.telegram_api_url}/bot", request=calls, get_updates_request=calls)
        lock = sender_lock(database, self.cluster_reload.name, memory.utcnow)
        grace = settings.schedule_grace
        release = partial(release_schedules, facts=lambda: self.library.now.knowledge.facts, grace=grace)
        queue = DeliveryQueue(database, lock, release, self._metrics)
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
    memory = await Memory.open(settings.database, settings.question_log_days)
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
    try:
        await _until(stop, _connect(service, listening=listening))
        if not stop.is_set():
            # Beside the answering, which does not need it.
            menus = introduce(service.application.bot, service.settings.admin_ids)
            background.append(asyncio.create_task(menus))
            await _until(stop, service.receiver.run())
    finally:
        # Announcements that are under way take as long to come to their end as replies do.
        await asyncio.gather(_end(service), *map(_cancelled, background))


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Does `work` until it ends or `stop` is set. Raises what it raises."""
    tasks = [asyncio.create_task(stop.wait()), asyncio.create_task(work)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            await _cancelled(task)


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


async def _connect(service: Service, *, listening: bool) -> None:
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
