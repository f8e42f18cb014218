"""Media that admins send: albums are remembered, and a hint says how to announce such messages."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Final

from cachetools import LRUCache
from telegram import Message
from telegram.ext import filters

from bot.chat.replies import Reply
from bot.chat.sending import reader_of, send_below
from bot.chat.texts import texts
from bot.storage import AlbumItem

if TYPE_CHECKING:
    from bot.chat.admin.admins import Admins
    from bot.chat.updates import Context, Handler
    from bot.storage import Albums

# Documents may be reports, and are answered as such. python-telegram-bot takes a payment for an attachment.
_REMEMBERED: Final = 10_000  # albums
_MEDIA: Final = ~filters.SUCCESSFUL_PAYMENT & filters.ATTACHMENT & (~filters.Document.ALL | filters.ANIMATION)


class _OfAlbum(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return message.media_group_id is not None


class AdminMedia:
    """`noting` come before all other handlers and leave the message to them; `handlers` are among the others."""

    def __init__(self, albums: Albums) -> None:
        self._albums = albums
        self._hinted: MutableMapping[str, bool] = LRUCache(_REMEMBERED)

    def noting(self, admins: Admins) -> list[Handler]:
        return [admins.message(_OfAlbum(), self.note)]

    def handlers(self, admins: Admins) -> list[Handler]:
        return [admins.message(_MEDIA, self.hint)]

    async def note(self, message: Message, _: Context) -> None:
        """Remembers that the message is one of an album, for Telegram tells of each by itself."""
        if message.media_group_id is not None:
            item = AlbumItem(message.message_id, captioned=message.caption is not None)
            await self._albums.seen(message.chat.id, message.media_group_id, item)

    async def hint(self, message: Message, _: Context) -> None:
        """Tells how to announce it; for an album once."""
        album = message.media_group_id
        if album is not None and self._hinted.get(album):
            return
        if album is not None:
            self._hinted[album] = True
        await send_below(message, Reply.plain(texts(reader_of(message.from_user))("announce-hint")))
