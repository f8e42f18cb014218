"""The chats that the bot can write to, or could, and which of them announcements go to."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import Change, Query, Result, Values, insert_into
from .tables import ANNOUNCEMENTS, CHATS, DELIVERIES
from .writer import NoDatabaseError, Repository, Rows

# Why a subscription has ended that nobody wants back.
UNSUBSCRIBED = "unsubscribed"
# Seconds for what was told before to be written, so that a chat that has ended and come back ends before it subscribes.
_EARLIER = 2.0


class Known(NamedTuple):
    """What is known of a chat. `language`: of its interface. `ended`: why a subscription ended, if one has."""

    language: str
    subscribed: bool
    ended: str | None


class Chats(Repository):
    """The chats. What is noted is written soon after, in its order, and waits for no database.

    All that asks for a subscription, or for all of them, raises NoDatabaseError after a few seconds.
    """

    async def seen(self, chat_id: int, kind: str, title: str, language: str, topic: int | None = None) -> None:
        """Notes a chat that the bot can write to, or what has changed of it; safe to call for every message.

        `kind`: private, group, supergroup or channel. `title`: not kept of private chats, where it is a person's name.
        `language`: of its interface. `topic`: the forum topic to write to; without one, an earlier topic stays.
        """
        values = {"chat_id": chat_id, "kind": kind, "title": "" if kind == "private" else title}
        values |= {"language": language, "topic": topic, "added": self._clock()}
        self._writer.put(Rows(_see_chat, [values]))

    async def ended(self, chat_id: int, because: str) -> None:
        """Notes that the bot can no longer write to the chat, which ends its subscription too: blocked, kicked."""
        self._writer.put(chat_ended(chat_id, because, self._clock()))

    async def moved(self, old: int, new: int) -> None:
        """Carries all that is known of a group, its subscription too, over to the supergroup; safe to call twice."""
        self._writer.put(chat_moved(old, new))

    async def subscribe(self, chat_id: int, kind: str, title: str, language: str, topic: int | None) -> bool:
        """Has announcements go to a chat, in a forum to `topic`; False where they do already. See `seen`."""
        now, this = self._clock(), CHATS.c.chat_id == chat_id
        seen = {"chat_id": chat_id, "kind": kind, "title": title, "language": language, "topic": None, "added": now}
        wanted = {"subscribed": func.coalesce(CHATS.c.subscribed, now), "subscription_topic": topic}
        subscribing = update(CHATS).where(this).values(**wanted, language=language, unsubscribed=None)

        async def change(connection: AsyncConnection) -> bool:
            await _see_chat(connection, [seen])
            before = (await connection.execute(select(CHATS).where(this))).one()
            await connection.execute(subscribing)
            return before.subscribed is None or before.subscription_topic != topic

        return await self._confirmed(change)

    async def unsubscribe(self, chat_id: int, because: str) -> bool:
        """Ends a subscription; False where there is none."""
        return await self._confirmed(subscription_ended(chat_id, because))

    async def subscription_ended(self, chat_id: int, because: str) -> None:
        """Notes that announcements can no longer go to the chat."""
        self._writer.put(subscription_ended(chat_id, because))

    async def known(self, chat_id: int) -> Known | None:
        """What is known of a chat; None for one that is unknown, and where the database does not say."""

        async def query(connection: AsyncConnection) -> Known | None:
            row = (await connection.execute(select(CHATS).where(CHATS.c.chat_id == chat_id))).one_or_none()
            return Known(row.language, row.subscribed is not None, row.unsubscribed) if row else None

        with suppress(NoDatabaseError):
            return await self._confirmed(query)
        return None

    async def audience(self) -> dict[str, int]:
        """How many chats are subscribed, by their kind: private, group, supergroup, channel."""
        subscribed = select(CHATS.c.kind, func.count().label("chats")).where(CHATS.c.subscribed.is_not(None))

        async def query(connection: AsyncConnection) -> dict[str, int]:
            return {row.kind: row.chats for row in await connection.execute(subscribed.group_by(CHATS.c.kind))}

        return await self._confirmed(query)

    async def _confirmed(self, query: Query[Result]) -> Result:
        await self._writer.written(_EARLIER)
        return await self._writer.confirm(query)


async def _see_chat(connection: AsyncConnection, rows: list[Values]) -> None:
    row = insert_into(connection, CHATS)
    new, old = row.excluded, CHATS.c
    # A question in another language changes it, but not the one that a group gets its announcements in.
    keeps_language = old.subscribed.is_not(None) & (old.kind != "private")
    values = {
        "kind": new.kind,
        "title": new.title,
        "language": case((keeps_language, old.language), else_=new.language),
        "topic": func.coalesce(new.topic, old.topic),
        # One that has ended comes back.
        "added": case((old.ended.is_not(None), new.added), else_=old.added),
        "ended": None,
        "because": None,
    }
    # Most messages change nothing, and an update to the same values would be written all the same.
    changed = (
        (old.kind != new.kind)
        | (old.title != new.title)
        | (old.language != values["language"])
        | old.topic.is_distinct_from(values["topic"])
        | old.ended.is_not(None)
    )
    await connection.execute(row.on_conflict_do_update(index_elements=[old.chat_id], set_=values, where=changed), rows)


def chat_ended(chat_id: int, because: str, now: datetime) -> Change:
    async def change(connection: AsyncConnection) -> None:
        alive = (CHATS.c.chat_id == chat_id) & CHATS.c.ended.is_(None)
        await connection.execute(update(CHATS).where(alive).values(ended=now, because=because))
        await subscription_ended(chat_id, because)(connection)

    return change


def subscription_ended(chat_id: int, because: str) -> Query[bool]:
    """A change that ends the subscription of a chat, and tells whether there was one."""
    subscribed = (CHATS.c.chat_id == chat_id) & CHATS.c.subscribed.is_not(None)
    ended = update(CHATS).where(subscribed).values(subscribed=None, subscription_topic=None, unsubscribed=because)

    async def change(connection: AsyncConnection) -> bool:
        return (await connection.execute(ended)).rowcount > 0

    return change


def chat_moved(old_id: int, new_id: int) -> Change:
    async def change(connection: AsyncConnection) -> None:
        await _move_deliveries(connection, old_id, new_id)
        old = (await connection.execute(delete(CHATS).where(CHATS.c.chat_id == old_id).returning(CHATS))).one_or_none()
        if old is None:
            return
        moved = {**old._asdict(), "chat_id": new_id, "kind": "supergroup", "ended": None, "because": None}
        row = insert_into(connection, CHATS).values(moved)
        # Messages of the supergroup may be read before the one that tells of the move.
        known = {"added": row.excluded.added, "topic": func.coalesce(CHATS.c.topic, row.excluded.topic)}
        # The subscription is that of the group, unless the supergroup has one already, or has ended since.
        moves = CHATS.c.subscribed.is_(None) & CHATS.c.ended.is_(None) & row.excluded.subscribed.is_not(None)
        for name in ("language", "subscribed", "subscription_topic", "unsubscribed"):
            known[name] = case((moves, row.excluded[name]), else_=CHATS.c[name])
        await connection.execute(row.on_conflict_do_update(index_elements=[CHATS.c.chat_id], set_=known))

    return change


async def _move_deliveries(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Has the supergroup get, once, what the group has not got; what was sent has other numbers there."""
    wanted = ANNOUNCEMENTS.c.state.in_(("queued", "sending")) & ANNOUNCEMENTS.c.action.in_(("send", "resend"))
    other = DELIVERIES.alias()
    twice = exists().where(other.c.announcement == DELIVERIES.c.announcement, other.c.chat_id == new_id)
    under_way = DELIVERIES.c.announcement.in_(select(ANNOUNCEMENTS.c.id).where(wanted))
    pending = (DELIVERIES.c.chat_id == old_id) & (DELIVERIES.c.state == "pending")
    await connection.execute(update(DELIVERIES).where(under_way, pending, ~twice).values(chat_id=new_id))
