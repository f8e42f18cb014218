"""What a group that became a supergroup is still to get."""

from __future__ import annotations

from typing import Final

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import ANNOUNCEMENTS, DELIVERIES

_UNDER_WAY: Final = ("queued", "sending")
_SENDING: Final = ("send", "resend")


async def move_deliveries(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Has the supergroup get what the group has not got yet, and not twice where both were subscribed.

    What was sent stays with the group: its messages cannot be changed from the supergroup, which has others by the
    same numbers.
    """
    wanted = ANNOUNCEMENTS.c.state.in_(_UNDER_WAY) & ANNOUNCEMENTS.c.action.in_(_SENDING)
    other = DELIVERIES.alias()
    twice = exists().where(other.c.announcement == DELIVERIES.c.announcement, other.c.chat_id == new_id)
    pending = (
        DELIVERIES.c.announcement.in_(select(ANNOUNCEMENTS.c.id).where(wanted)),
        DELIVERIES.c.chat_id == old_id,
        DELIVERIES.c.state == "pending",
        ~twice,
    )
    await connection.execute(update(DELIVERIES).where(*pending).values(chat_id=new_id))
