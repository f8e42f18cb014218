"""Announcements put together: what sends them, beside the serving, and what admins and chats say of them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.announcements.delivery.queue import DeliveryQueue
from bot.announcements.delivery.sender import Sender, workers_for
from bot.announcements.schedule.commands import ScheduleCommands
from bot.announcements.schedule.releasing import Releasing
from bot.announcements.telegram.admin_media import AdminMedia
from bot.announcements.telegram.announce_command import AnnounceCommand
from bot.announcements.telegram.announcements_command import AnnouncementsCommand
from bot.announcements.telegram.attempts import Attempts
from bot.announcements.telegram.drafts import Drafts
from bot.announcements.telegram.progress import Progress
from bot.chat.admin.admins import Admins
from bot.chat.admin.outages import OutageNotices
from bot.serving.reload.cluster_reload import process_name
from bot.serving.transport.clients import announcing_calls
from bot.storage.announcements.sender_lock import sender_lock

from .application import announcing_bot, proxy_of

if TYPE_CHECKING:
    from telegram import Bot

    from bot.chat import Handler
    from bot.chat.library import Library
    from bot.serving.monitoring.metrics import Metrics
    from bot.settings import Settings
    from bot.storage import Memory
    from bot.storage.database import Database

    from .clock import Clock

Work: TypeAlias = Callable[[], Coroutine[Any, Any, None]]


class Announcing:
    """Announcements as the rest of the program sees them: handlers for updates, and work beside the serving."""

    def __init__(  # noqa: PLR0913, PLR0917 (what the whole program is made of)
        self, settings: Settings, token: str, library: Library, memory: Memory, metrics: Metrics, clock: Clock
    ) -> None:
        self._settings = settings
        self._library = library
        self._memory = memory
        self._metrics = metrics
        self._clock = clock
        self._calls = announcing_calls(proxy_of(settings), metrics, workers_for(settings.broadcast_rate))
        self._bot = announcing_bot(settings, token, self._calls)
        self._admins = Admins(settings.admin_ids, metrics.denied)
        self._media = AdminMedia(memory.albums)

    def noting(self) -> list[Handler]:
        """The handlers that come before all others, and keep nothing from them."""
        return self._media.noting(self._admins)

    def handlers(self) -> list[Handler]:
        """The handlers of what only admins may do; without admins they note who tries."""
        memory, zone = self._memory, self._settings.timezone
        drafts = Drafts(memory, self._settings.broadcast_rate)
        groups = (
            AnnouncementsCommand(memory, drafts, zone),
            AnnounceCommand(memory, self._library, drafts),
            ScheduleCommands(memory, zone),
            self._media,
        )
        return [handler for group in groups for handler in group.handlers(self._admins)]

    def behind(self, bot: Bot) -> tuple[Work, ...]:
        """What runs until it is cancelled; nothing where there is no database. `bot`: tells the admins."""
        memory, settings, clock = self._memory, self._settings, self._clock
        if memory.database is None:
            return ()
        sender = self._sender(memory.database)

        async def send() -> None:
            await self._calls.initialize()
            try:
                await sender.run()
            finally:
                await self._calls.shutdown()

        progress = Progress(bot, memory, settings, sender, clock)
        outages = OutageNotices(memory, bot, settings.admin_ids, clock.sleep)
        return (send, progress.run, outages.run)

    def _sender(self, database: Database) -> Sender:
        settings, utcnow = self._settings, self._memory.utcnow
        lock = sender_lock(database, settings.database_url.get_secret_value(), process_name(), utcnow)
        schedules = Releasing(lambda: self._library.now.knowledge.facts, settings.schedule_grace)
        queue = DeliveryQueue(database, lock, schedules.release, self._metrics)
        return Sender(queue, Attempts(self._bot, utcnow), settings.broadcast_rate, self._clock, self._metrics)
