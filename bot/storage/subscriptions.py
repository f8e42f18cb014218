"""Which chats announcements go to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .chats import come_back, subscription_ended, unsubscribed
from .statements import Query, Result, insert_into
from .tables import CHATS

if TYPE_CHECKING:
    from .writer import Writer

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


class Subscriptions:
    """The subscriptions of all chats. Nothing here raises; None where the database did not answer in a few seconds."""

    def __init__(self, writer: Writer, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._clock = clock

    async def subscribe(self, chat_id: int, kind: str, title: str, language: str, topic: int | None) -> bool | None:
        """Has announcements go to a chat, in a forum to `topic`, or without one to its General topic.

        False where they do already. `kind`: private, group, supergroup or channel. `title`: empty for a private chat.
        `language`: what announcements come in.
        """
        return await self._confirmed(_subscribe(chat_id, kind, title, language, topic, self._clock()))

    async def unsubscribe(self, chat_id: int, because: str) -> bool | None:
        """Ends a subscription; False where there is none. `because`: a word for why."""
        return await self._confirmed(_unsubscribe(chat_id, because))

    async def ended(self, chat_id: int, because: str) -> None:
        """Notes that announcements can no longer go to the chat, soon. `because`: a word for it."""
        self._writer.put(subscription_ended(chat_id, because))

    async def known(self, chat_id: int) -> Known | None:
        """None for a chat that is unknown, too."""
        return await self._confirmed(_known(chat_id))

    async def audience(self) -> dict[str, int] | None:
        """How many chats are subscribed, by their kind: private, group, supergroup, channel."""
        return await self._confirmed(_audience)

    async def _confirmed(self, query: Query[Result]) -> Result | None:
        try:
            await self._writer.written(_TOLD)
        except TimeoutError:
            return None
        return await self._writer.confirm(query)


def _subscribe(chat_id: int, kind: str, title: str, language: str, topic: int | None, now: datetime) -> Query[bool]:  # noqa: PLR0913, PLR0917 (the columns)
    async def query(connection: AsyncConnection) -> bool:
        place = select(CHATS.c.subscribed, CHATS.c.subscription_topic).where(CHATS.c.chat_id == chat_id)
        before = (await connection.execute(place)).one_or_none()
        row = insert_into(connection, CHATS).values(
            chat_id=chat_id,
            kind=kind,
            title=title,
            language=language,
            added=now,
            subscribed=now,
            subscription_topic=topic,
        )
        values = {
            **{name: row.excluded[name] for name in ("kind", "title", "language", "subscription_topic")},
            "subscribed": func.coalesce(CHATS.c.subscribed, row.excluded.subscribed),
            "unsubscribed": None,
            **come_back(row),
        }
        await connection.execute(row.on_conflict_do_update(index_elements=[CHATS.c.chat_id], set_=values))
        return before is None or before.subscribed is None or before.subscription_topic != topic

    return query


def _unsubscribe(chat_id: int, because: str) -> Query[bool]:
    async def query(connection: AsyncConnection) -> bool:
        return (await connection.execute(unsubscribed(chat_id, because))).rowcount > 0

    return query


def _known(chat_id: int) -> Query[Known | None]:
    async def query(connection: AsyncConnection) -> Known | None:
        row = (await connection.execute(select(CHATS).where(CHATS.c.chat_id == chat_id))).one_or_none()
        return Known(row.language, row.subscribed is not None, row.unsubscribed) if row else None

    return query


async def _audience(connection: AsyncConnection) -> dict[str, int]:
    counts = (
        select(CHATS.c.kind, func.count().label("chats")).where(CHATS.c.subscribed.is_not(None)).group_by(CHATS.c.kind)
    )
    return {row.kind: row.chats for row in await connection.execute(counts)}
