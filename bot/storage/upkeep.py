"""What is forgotten of announcements after a while, little by little, so that others can write in between."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, exists, func, or_, select

from .tables import ALBUMS, ANNOUNCEMENTS, DELIVERIES

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from .statements import Query

# How long after the end of an announcement it is known what each chat has got of it.
DELIVERIES_KEPT: Final = timedelta(days=400)
_KEPT: Final = timedelta(days=30)
# The deliveries of one transaction.
PIECE: Final = 5_000


def forget_some(now: datetime, piece: int = PIECE) -> Query[bool]:
    """Forgets old drafts and albums, and up to `piece` old deliveries; whether there may be more of these."""

    async def change(connection: AsyncConnection) -> bool:
        await connection.execute(delete(ALBUMS).where(ALBUMS.c.at < now - _KEPT))
        await _forget_drafts(connection, now - _KEPT)
        return await _forget_deliveries(connection, now - DELIVERIES_KEPT, piece)

    return change


async def _forget_drafts(connection: AsyncConnection, before: datetime) -> None:
    """Those that nobody has decided on, and those that were dropped."""
    columns, later = ANNOUNCEMENTS.c, ANNOUNCEMENTS.alias()
    dropped = (columns.state == "stopped") & columns.released.is_(None)
    # SQLite gives the number of the last row once more where that row is gone, and buttons of old messages carry it.
    newest = select(func.max(later.c.id)).scalar_subquery()
    meant = exists().where(later.c.target == columns.id)
    never_begun = or_(columns.state == "draft", dropped)
    await connection.execute(
        delete(ANNOUNCEMENTS).where(never_begun, columns.created < before, columns.id < newest, ~meant)
    )


async def _forget_deliveries(connection: AsyncConnection, before: datetime, piece: int) -> bool:
    """Of the first announcement that ended before that time and still has any; its counters stay."""
    mine = DELIVERIES.c.announcement == ANNOUNCEMENTS.c.id
    # A look at one row of each, where a join might read the whole table.
    one = select(DELIVERIES.c.chat_id).where(mine).limit(1).scalar_subquery()
    old = select(ANNOUNCEMENTS.c.id).where(ANNOUNCEMENTS.c.finished < before, one.is_not(None))
    announcement = (await connection.execute(old.order_by(ANNOUNCEMENTS.c.id).limit(1))).scalar_one_or_none()
    if announcement is None:
        return False
    these = DELIVERIES.c.announcement == announcement
    chats = select(DELIVERIES.c.chat_id).where(these).order_by(DELIVERIES.c.chat_id).limit(piece).subquery()
    last = select(func.max(chats.c.chat_id)).scalar_subquery()
    await connection.execute(delete(DELIVERIES).where(these, DELIVERIES.c.chat_id <= last))
    return True
