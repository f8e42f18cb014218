"""Which messages make an album: Telegram tells of each by itself, and gives them a name in common."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.statements import insert_into
from bot.storage.tables import ALBUMS

from .announcements import Rows


@dataclass(frozen=True, slots=True)
class AlbumItem:
    """A message of an album; `captioned`: whether it has a caption, which the whole album is shown with."""

    message_id: int
    captioned: bool


class Albums(Rows):
    """What was seen of albums in the last 30 days."""

    async def seen(self, chat_id: int, album: str, item: AlbumItem) -> bool | None:
        """Remembers, after which it returns, that a message belongs to the album; safe to call twice."""

        async def change(connection: AsyncConnection) -> bool:
            row = insert_into(connection, ALBUMS).values(
                chat_id=chat_id, album=album, message_id=item.message_id, captioned=item.captioned, at=self._clock()
            )
            await connection.execute(row.on_conflict_do_nothing())
            return True

        return await self._confirm(change)

    async def items(self, chat_id: int, album: str) -> list[AlbumItem] | None:
        """The messages of the album that were seen, in their order."""

        columns = ALBUMS.c
        wanted = (columns.chat_id == chat_id) & (columns.album == album)
        found = await self._found(
            select(columns.message_id, columns.captioned).where(wanted).order_by(columns.message_id)
        )
        return None if found is None else [AlbumItem(row.message_id, row.captioned) for row in found]
