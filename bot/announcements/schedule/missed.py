"""Tells admins what was not sent because the bot was not running."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

import structlog
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.chat.markup import Piece, to_html
from bot.chat.texts import locale_named

from . import wording

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from telegram import Bot

    from bot.storage import Announcement, Memory

_PAUSE: Final = 5.0  # seconds

log = structlog.get_logger(__name__)


class MissedReports:
    """Reports missed announcements to the admins who had made them.

    `leading`: whether this process is the one that sends, so that no other one reports the same.
    `zone`: of announcements without a schedule. `sleep`: waits so many seconds.
    """

    def __init__(
        self,
        memory: Memory,
        bot: Bot,
        zone: ZoneInfo,
        leading: Callable[[], bool],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._memory = memory
        self._bot = bot
        self._zone = zone
        self._leading = leading
        self._sleep = sleep
        # Of which the database does not know yet that they were reported: it may have gone in between.
        self._reported: set[int] = set()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            if self._leading():
                await self.report()
            await self._sleep(_PAUSE)

    async def report(self) -> None:
        """Report what was missed and not yet reported; what Telegram does not take now, the next call reports."""
        for missed in await self._memory.schedules.missed() or ():
            if missed.id in self._reported or await self._report(missed):
                self._reported.add(missed.id)
                if await self._memory.schedules.missed_reported(missed.id) is not None:
                    self._reported.discard(missed.id)

    async def _report(self, missed: Announcement) -> bool:
        log.warning("an announcement was missed", announcement=missed.id, due=missed.due_at.isoformat())
        if not missed.who:
            return True  # it came from a shell
        schedule = await self._memory.schedules.get(missed.schedule) if missed.schedule is not None else None
        text = wording.missed(missed, schedule, self._zone, locale_named(missed.language))
        try:
            await self._bot.send_message(missed.who, to_html([Piece(text)]), parse_mode=ParseMode.HTML)
        except (BadRequest, Forbidden) as error:
            log.warning("an admin could not be told", who=missed.who, reason=error.message)
        except TelegramError:
            return False
        return True
