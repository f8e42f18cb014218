"""/reload: reads the knowledge again, and says what is different, or why the old one stays in force."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from telegram import Message
from telegram.error import TelegramError

from bot.answering.worker import Stage
from bot.chat.library import Library
from bot.chat.replies import Reply
from bot.chat.sending import edit, reader_of, send_below
from bot.chat.texts import Locale, texts
from bot.chat.updates import Context, Handler

from .admins import Admins
from .knowledge_changes import changed, followed, refused, warned
from .reloads import AlreadyReloading, ClusterReloaded, Refused, Reload

# Telegram takes about one message a second in a chat, and the result is not to wait behind what leads to it.
_BETWEEN_NOTICES: Final = 1.0


class ReloadHandler:
    """`reload`: reloads in all processes on the database, for the admin with the id that it is given."""

    def __init__(self, reload: Reload, library: Library) -> None:
        self._reload = reload
        self._library = library

    def handlers(self, admins: Admins) -> list[Handler]:
        return [admins.command("reload", self._command)]

    async def _command(self, message: Message, _: Context) -> None:
        bot, chat, reader = message.get_bot(), message.chat.id, reader_of(message.from_user)
        notice = await send_below(message, _stage(Stage.READING, reader))
        said = time.monotonic()

        async def progress(stage: Stage) -> None:
            nonlocal said
            if stage is not Stage.READING and time.monotonic() - said >= _BETWEEN_NOTICES:
                said = time.monotonic()
                # The result is sent in any case.
                with suppress(TelegramError):
                    await edit(bot, chat, notice, _stage(stage, reader))

        result = await self._reload(message.from_user.id if message.from_user else None, progress)
        reply = Reply.plain("\n".join(self._lines(result, reader)))
        if not await edit(bot, chat, notice, reply):
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
    return Reply.plain(texts(locale)(f"reload-{stage}"))
