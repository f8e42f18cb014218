"""/audit: what the admins did last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram import Message

from bot.chat.plain_text import cut, one_line
from bot.chat.replies import Reply
from bot.chat.sending import reader_of, send_below
from bot.chat.texts import Locale, texts

if TYPE_CHECKING:
    from bot.chat.updates import Context, Handler
    from bot.storage import Audited, Memory

    from .admins import Admins

_SHOWN: Final = 20
_LONGEST: Final = 80
_TIME: Final = "%Y-%m-%d %H:%M"


class AuditHandler:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def handlers(self, admins: Admins) -> list[Handler]:
        return [admins.command("audit", self._audit)]

    async def _audit(self, message: Message, _: Context) -> None:
        reader = reader_of(message.from_user)
        await send_below(message, Reply.plain(await self._text(reader)))

    async def _text(self, locale: Locale) -> str:
        say = texts(locale)
        noted = await self._memory.audit.latest(_SHOWN)
        if noted is None:
            return say("no-database")
        if not noted:
            return say("audit-none")
        return "\n".join([say("audit"), *(_line(entry, locale) for entry in noted)])


def _line(entry: Audited, locale: Locale) -> str:
    say = texts(locale)
    return say(
        "audit-entry",
        at=entry.at.strftime(_TIME),
        who=say("audit-program") if entry.who is None else str(entry.who),
        what=cut(one_line(entry.what), _LONGEST),
        result=cut(one_line(entry.result), _LONGEST),
    )
