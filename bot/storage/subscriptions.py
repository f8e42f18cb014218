"""Which chats announcements go to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .chats import come_back, subscription_ended, unsubscribed
from .statements import Query, Result, insert_into
from .tables import CHATS
from .writer import Repository

# Why a subscription has ended that nobody wants back.
UNSUBSCRIBED: Final = "unsubscribed"
# Seconds for what was told before to be written, so that a chat that has ended and come back ends before it subscribes.
_TOLD: Final = 2.0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a chat. `language`: of its interface. `ended`: why a subscription ended, if one has."""

    language: str
    subscribed: bool
    ended: str | None


class Subscriptions(Repository):
    """The subscriptions of all chats. Nothing here raises; None where the database did not answer in a few seconds."""

    async def subscribe(self, chat_id: int, kind: str, title: str, language: str, topic: int | None) -> bool | None:
        """Has announcements go to a chat, in a forum to `topic`, or without one to its General topic.

        False where they do already. `kind`: private, group, supergroup or channel. `title`: empty for a private chat.
        `language`: what announcements come in.
        """
        now = self._clock()
        chat = {"kind": kind, "title": title, "language": language, "subscription_topic": topic}

        async def change(connection: AsyncConnection) -> bool:
            place = select(CHATS.c.subscribed, CHATS.c.subscription_topic).where(CHATS.c.chat_id == chat_id)
            before = (await connection.execute(place)).one_or_none()
            row = insert_into(connection, CHATS).values(chat_id=chat_id, **chat, added=now, subscribed=now)
            subscribed = func.coalesce(CHATS.c.subscribed, row.excluded.subscribed)
            values = {**chat, "subscribed": subscribed, "unsubscribed": None, **come_back(row)}
            await connection.execute(row.on_conflict_do_update(index_elements=[CHATS.c.chat_id], set_=values))
            return before is None or before.subscribed is None or before.subscription_topic != topic

        return await self._confirmed(change)

    async def unsubscribe(self, chat_id: int, because: str) -> bool | None:
        """Ends a subscription; False where there is none. `because`: a word for why."""

        async def change(connection: AsyncConnection) -> bool:
            return (await connection.execute(unsubscribed(chat_id, because))).rowcount > 0

        return await self._confirmed(change)

    async def ended(self, chat_id: int, because: str) -> None:
        """Notes that announcements can no longer go to the chat, soon. `because`: a word for it."""
        self._writer.put(subscription_ended(chat_id, because))

    async def known(self, chat_id: int) -> Known | None:
        """None for a chat that is unknown, too."""

        async def query(connection: AsyncConnection) -> Known | None:
            row = (await connection.execute(select(CHATS).where(CHATS.c.chat_id == chat_id))).one_or_none()
            return Known(row.language, row.subscribed is not None, row.unsubscribed) if row else None

        return await self._confirmed(query)

    async def audience(self) -> dict[str, int] | None:
        """How many chats are subscribed, by their kind: private, group, supergroup, channel."""
        subscribed = select(CHATS.c.kind, func.count().label("chats")).where(CHATS.c.subscribed.is_not(None))

        async def query(connection: AsyncConnection) -> dict[str, int]:
            return {row.kind: row.chats for row in await connection.execute(subscribed.group_by(CHATS.c.kind))}

        return await self._confirmed(query)

    async def _confirmed(self, query: Query[Result]) -> Result | None:
        try:
            await self._writer.written(_TOLD)
        except TimeoutError:
            return None
        return await self._writer.confirm(query)
