"""/reload: reads the knowledge again, and tells what is different, or why the old one stays in force."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.answering.worker import Stage
from bot.chat.replies import Reply
from bot.chat.sending import reader_of, send_below
from bot.chat.texts import Locale, texts

from .knowledge_changes import changed, followed, refused, warned
from .reloads import AlreadyReloading, ClusterReloaded, Refused

if TYPE_CHECKING:
    from telegram import Bot, Message

    from bot.chat.library import Library
    from bot.chat.updates import Context, Handler

    from .admins import Admins
    from .reloads import ClusterReloads

COMMAND: Final = "reload"
_STAGES: Final = {
    Stage.READING: "reload-reading",
    Stage.INDEXING: "reload-indexing",
    Stage.TAKING_OVER: "reload-taking-over",
}
# Telegram takes about one message a second in a chat, and the result is not to wait behind what leads to it.
_BETWEEN_NOTICES: Final = 1.0


class ReloadHandler:
    def __init__(self, reloads: ClusterReloads, library: Library) -> None:
        self._reloads = reloads
        self._library = library

    def handlers(self, admins: Admins) -> list[Handler]:
        return [admins.command(COMMAND, self._reload)]

    async def _reload(self, message: Message, _: Context) -> None:
        reader = reader_of(message.from_user)
        notice = message.chat.id, await send_below(message, _stage(Stage.READING, reader))
        said = time.monotonic()

        async def progress(stage: Stage) -> None:
            nonlocal said
            if stage is not Stage.READING and time.monotonic() - said >= _BETWEEN_NOTICES:
                said = time.monotonic()
                # What becomes of the reload is told in any case.
                with suppress(TelegramError):
                    await _edit(message.get_bot(), notice, _stage(stage, reader))

        who = message.from_user.id if message.from_user else None
        result = await self._reloads.reload(who, progress)
        reply = Reply.plain("\n".join(self._lines(result, reader)))
        try:
            await _edit(message.get_bot(), notice, reply)
        except BadRequest:  # the admin has deleted it
            await send_below(message, reply)

    def _lines(self, result: ClusterReloaded, locale: Locale) -> Iterator[str]:
        say = texts(locale)
        here = result.here
        if isinstance(here, AlreadyReloading):
            yield say("reload-busy")
            return
        if isinstance(here, Refused):
            yield say("reload-refused", version=self._library.now.version, total=here.total)
            yield from refused(here.problems, here.total, locale)
        else:
            yield say("reload-done", version=here.version, facts=here.facts)
            yield from changed(here.changes, locale)
            yield from warned(here.warnings, here.total, locale)
        yield from followed(result.followers, locale)


def _stage(stage: Stage, locale: Locale) -> Reply:
    return Reply.plain(texts(locale)(_STAGES[stage]))


async def _edit(bot: Bot, place: tuple[int, int], reply: Reply) -> None:
    """`place`: the chat and the message."""
    await bot.edit_message_text(reply.html, *place, parse_mode=ParseMode.HTML, reply_markup=reply.keyboard)
