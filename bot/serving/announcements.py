"""Announcements put together: what sends them, beside the serving, and what admins and chats say of them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.announcements.delivery.broadcaster import Broadcaster, slots_for
from bot.announcements.schedule.missed import DeskMissed
from bot.announcements.schedule.releasing import Releasing
from bot.announcements.schedule.schedule_command import DeskSchedule
from bot.announcements.schedule.schedules_command import DeskSchedules
from bot.announcements.telegram.admin_media import DeskMedia
from bot.announcements.telegram.announce_command import DeskAnnounce
from bot.announcements.telegram.announcements_command import DeskAnnouncements
from bot.announcements.telegram.attempts import Attempts
from bot.announcements.telegram.drafts import Drafts
from bot.announcements.telegram.fact_cards import Cards
from bot.announcements.telegram.pages import AnnouncementPages
from bot.announcements.telegram.progress import Progress
from bot.chat.admin.admins import Admins
from bot.chat.admin.outages import OutageNotices
from bot.serving.reload.cluster_reload import process_name
from bot.serving.transport.clients import announcing_calls

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
    """`noting` and `handlers` are for the conversation, `behind` runs beside it."""

    def __init__(  # noqa: PLR0913, PLR0917 (the parts of the house that it takes)
        self, settings: Settings, token: str, library: Library, memory: Memory, metrics: Metrics, clock: Clock
    ) -> None:
        self._settings = settings
        self._library = library
        self._memory = memory
        self._metrics = metrics
        self._clock = clock
        self._calls = announcing_calls(proxy_of(settings), metrics, slots_for(settings.broadcast_rate))
        self._bot = announcing_bot(settings, token, self._calls)
        self._admins = Admins(settings.admin_ids, metrics)
        self._media = DeskMedia(memory.albums)

    def noting(self) -> list[Handler]:
        """The handlers that come before all others, and keep nothing from them."""
        return self._media.noting(self._admins)

    def handlers(self) -> list[Handler]:
        """The handlers of what only admins may do; without admins they note who tries."""
        memory, zone = self._memory, self._settings.timezone
        drafts = Drafts(memory, self._settings.broadcast_rate)
        pages = AnnouncementPages(memory.announcements, zone)
        desks = (
            DeskAnnouncements(memory, drafts, pages),
            DeskAnnounce(memory, self._library, drafts),
            DeskSchedule(memory, zone),
            DeskSchedules(memory, zone),
            self._media,
        )
        return [handler for desk in desks for handler in desk.handlers(self._admins)]

    def behind(self, bot: Bot) -> tuple[Work, ...]:
        """What runs until it is cancelled; nothing where there is no database. `bot`: tells the admins."""
        database = self._memory.database
        if database is None:
            return ()
        broadcaster = self._broadcaster(database)

        async def send() -> None:
            await self._calls.initialize()
            try:
                await broadcaster.run()
            finally:
                await self._calls.shutdown()

        def leading() -> bool:
            return broadcaster.leading

        settings = self._settings
        progress = Progress(bot, self._memory.announcements, settings.broadcast_rate, broadcaster, self._clock)
        missed = DeskMissed(self._memory, bot, settings.timezone, leading, self._clock.sleep)
        outages = OutageNotices(self._memory, bot, settings.admin_ids, self._clock.sleep)
        return (send, progress.run, missed.run, outages.run)

    def _broadcaster(self, database: Database) -> Broadcaster:
        releasing = Releasing(Cards(self._library), self._settings.schedule_grace)
        return Broadcaster(
            database,
            Attempts(self._bot, self._memory.utcnow),
            self._settings.broadcast_rate,
            self._clock,
            process_name(),
            releasing.release,
            observer=self._metrics,
            utcnow=self._memory.utcnow,
        )
