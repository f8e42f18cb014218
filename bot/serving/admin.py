"""What reads, changes and tells of the knowledge while the bot runs, put together for the admins."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.chat.admin.admins import Admins
from bot.chat.admin.documents import DocumentHandler
from bot.chat.admin.questions import QuestionCommands
from bot.chat.admin.reload import ReloadHandler
from bot.chat.admin.status import StatusHandler
from bot.chat.admin.unanswered import UnansweredHandler
from bot.serving.monitoring.vitals import vitals
from bot.serving.reload.cluster_reload import ClusterReload, process_name
from bot.serving.reload.editing import Editor
from bot.serving.reload.reloading import ReadingProcess, Reloader
from bot.serving.reload.watching import Watcher

from .clock import SystemClock

if TYPE_CHECKING:
    from telegram import Bot

    from bot.chat import Handler
    from bot.chat.library import Library
    from bot.serving.monitoring.errors import ErrorHandler
    from bot.serving.monitoring.metrics import Metrics
    from bot.serving.transport.outgoing import Outgoing
    from bot.serving.transport.update_workers import UpdateWorkers
    from bot.settings import Settings
    from bot.storage import Memory

    from .clock import Clock


class Administration:
    """`handlers` are for the conversation, `background` runs besides."""

    def __init__(self, settings: Settings, library: Library, memory: Memory, metrics: Metrics, clock: Clock) -> None:
        self._settings = settings
        self._library = library
        self._memory = memory
        self._metrics = metrics
        self._clock = clock
        self._reloader = Reloader(settings.knowledge_dir, library, metrics, ReadingProcess)
        self.cluster_reload = ClusterReload(self._reloader, memory, library, SystemClock(), process_name())
        editor = Editor(settings.knowledge_dir, self.cluster_reload)
        self._documents = DocumentHandler(self._reloader.check, editor, memory)

    def handlers(self, workers: UpdateWorkers, outgoing: Outgoing, errors: ErrorHandler) -> list[Handler]:
        """The handlers of what only admins may do; without admins they note who tries."""
        admins = Admins(self._settings.admin_ids, self._metrics.denied)
        memory, library = self._memory, self._library
        now = vitals(workers, outgoing, errors.latest, self.cluster_reload, self._clock)
        parts = (
            ReloadHandler(self.cluster_reload.reload, library),
            self._documents,
            StatusHandler(memory, library, now),
            UnansweredHandler(memory, library),
            QuestionCommands(memory, library),
        )
        return [handler for part in parts for handler in part.handlers(admins)]

    def background(self, fingerprint: str, bot: Bot) -> tuple[Callable[[], Coroutine[Any, Any, None]], ...]:
        """What runs until it is cancelled. `fingerprint`: of the folder as it was read."""
        settings = self._settings
        watcher = Watcher(settings.knowledge_dir, fingerprint, self.cluster_reload.want, self._clock)
        return (
            self.cluster_reload.run,
            partial(self._documents.resume, bot, self._clock.sleep),
            *((watcher.run,) if settings.knowledge_watch else ()),
        )
