"""Tells admins that the database is away, and that it is back."""

from collections.abc import Awaitable, Callable, Collection
from typing import Final

from telegram import Bot

from bot.chat.markup import cut, one_line
from bot.chat.replies import Reply
from bot.chat.sending import tell_admin
from bot.chat.texts import Locale, texts
from bot.storage import Memory

# Seconds that an outage has to last, so that a restart of the server is none.
_LASTING: Final = 5.0
_LONGEST: Final = 300
# Who reads which language is in the database.
_LANGUAGES: Final = (Locale.ENGLISH, Locale.SIMPLIFIED)


async def tell_of_outages(
    memory: Memory, bot: Bot, admins: Collection[int], sleep: Callable[[float], Awaitable[None]]
) -> None:
    """Tells the admins with these ids, until it is cancelled. `sleep`: waits so many seconds."""
    informed: set[int] = set()
    while True:
        before = memory.health
        await sleep(_LASTING)
        now = memory.health
        at = f"{now.since:%Y-%m-%d %H:%M}"
        if now.healthy:
            for admin in sorted(informed):
                await _tell(bot, admin, "outage-over", at=at)
            informed.clear()
        elif not before.healthy:
            reason = cut(one_line(now.reason), _LONGEST)
            for admin in sorted(set(admins) - informed):
                if await _tell(bot, admin, "outage", at=at, reason=reason):
                    informed.add(admin)


async def _tell(bot: Bot, admin: int, key: str, **values: str) -> bool:
    """Sends an admin a text in each language; whether Telegram has taken it."""
    text = "\n\n".join(texts(language)(key, **values) for language in _LANGUAGES)
    return await tell_admin(bot, admin, Reply.plain(text).html, "the database")
