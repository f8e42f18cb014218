"""Tells admins that the database is away, and that it is back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog
from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.chat.markup import Piece, to_html
from bot.chat.plain_text import cut, one_line
from bot.chat.texts import Locale, texts
from bot.storage import Memory

# Seconds that an outage has to last, so that a restart of the server is none.
_LASTING: Final = 5.0
_LONGEST: Final = 300
# Who reads which language is in the database.
_LANGUAGES: Final = (Locale.ENGLISH, Locale.SIMPLIFIED)

log = structlog.get_logger(__name__)


class OutageNotices:
    """Tells the admins with these ids. `sleep`: waits so many seconds."""

    def __init__(
        self, memory: Memory, bot: Bot, admins: Sequence[int], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._memory = memory
        self._bot = bot
        self._admins = admins
        self._sleep = sleep
        self._informed: set[int] = set()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            before = self._memory.health
            await self._sleep(_LASTING)
            now = self._memory.health
            at = f"{now.since:%Y-%m-%d %H:%M}"
            if now.healthy:
                for admin in sorted(self._informed):
                    await self._tell(admin, "outage-over", at=at)
                self._informed.clear()
            elif not before.healthy:
                reason = cut(one_line(now.reason), _LONGEST)
                for admin in sorted(set(self._admins) - self._informed):
                    if await self._tell(admin, "outage", at=at, reason=reason):
                        self._informed.add(admin)

    async def _tell(self, admin: int, key: str, **values: str) -> bool:
        """Whether Telegram has taken it."""
        text = "\n\n".join(texts(language)(key, **values) for language in _LANGUAGES)
        try:
            await self._bot.send_message(admin, to_html([Piece(text)]), parse_mode=ParseMode.HTML)
        except TelegramError as error:
            log.warning("an admin could not be told of the database", who=admin, reason=error.message)
            return False
        return True
