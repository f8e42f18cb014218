"""The chats that the bot can write to, or could."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Executable, Update, case, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from .statements import Change, Row, insert_into, rows_of
from .tables import ANNOUNCEMENTS, CHATS, DELIVERIES
from .writer import Repository

_UNDER_WAY: Final = ("queued", "sending")
_SENDING: Final = ("send", "resend")


class Chats(Repository):
    """The chats. Nothing here raises or waits for the database: what is told is written soon after, in its order."""

    async def seen(self, chat_id: int, kind: str, title: str, language: str, topic: int | None = None) -> None:
        """Notes a chat that the bot can write to, or what has changed of it; safe to call for every message.

        `kind`: private, group, supergroup or channel. `title`: not kept of private chats, where it is a person's name.
        `language`: of its interface. `topic`: the forum topic to write to; without one, an earlier topic stays.
        A chat that had ended has come back, without the subscription that it may have had. A group that is subscribed
        keeps the language of its subscription.
        """
        values = {"chat_id": chat_id, "kind": kind, "title": "" if kind == "private" else title}
        values |= {"language": language, "topic": topic, "added": self._clock()}
        self._writer.put(Row(_see_chat, values))

    async def ended(self, chat_id: int, because: str) -> None:
        """Notes that the bot can no longer write to the chat, which ends its subscription too.

        `because`: a word for it, such as blocked or kicked.
        """
        self._writer.put(chat_ended(chat_id, because, self._clock()))

    async def moved(self, old: int, new: int) -> None:
        """Carries all that is known of a group, its subscription too, over to the supergroup that it became.

        Safe to call twice.
        """
        self._writer.put(chat_moved(old, new))


@rows_of
def _see_chat(connection: AsyncConnection) -> Executable:
    row = insert_into(connection, CHATS)
    new, old = row.excluded, CHATS.c
    # A question in another language changes it, but not the one that a group gets its announcements in.
    keeps_language = old.subscribed.is_not(None) & (old.kind != "private")
    values = {
        "kind": new.kind,
        "title": new.title,
        "language": case((keeps_language, old.language), else_=new.language),
        "topic": func.coalesce(new.topic, old.topic),
        **come_back(row),
    }
    # Most messages change nothing, and an update to the same values would be written all the same.
    changed = (
        (old.kind != new.kind)
        | (old.title != new.title)
        | (old.language != values["language"])
        | old.topic.is_distinct_from(values["topic"])
        | old.ended.is_not(None)
    )
    return row.on_conflict_do_update(index_elements=[old.chat_id], set_=values, where=changed)


def chat_ended(chat_id: int, because: str, now: datetime) -> Change:
    async def change(connection: AsyncConnection) -> None:
        alive = (CHATS.c.chat_id == chat_id) & CHATS.c.ended.is_(None)
        await connection.execute(update(CHATS).where(alive).values(ended=now, because=because))
        await connection.execute(unsubscribed(chat_id, because))

    return change


def subscription_ended(chat_id: int, because: str) -> Change:
    async def change(connection: AsyncConnection) -> None:
        await connection.execute(unsubscribed(chat_id, because))

    return change


def unsubscribed(chat_id: int, because: str) -> Update:
    """Ends the subscription of a chat, where it has one."""
    subscribed = (CHATS.c.chat_id == chat_id) & CHATS.c.subscribed.is_not(None)
    return update(CHATS).where(subscribed).values(subscribed=None, subscription_topic=None, unsubscribed=because)


def come_back(row: sqlite.Insert | postgresql.Insert) -> dict[str, Any]:
    """What changes of a chat that `row` was to add, where it is known already, and may have ended."""
    added = case((CHATS.c.ended.is_not(None), row.excluded.added), else_=CHATS.c.added)
    return {"added": added, "ended": None, "because": None}


def chat_moved(old_id: int, new_id: int) -> Change:
    async def change(connection: AsyncConnection) -> None:
        await _move_deliveries(connection, old_id, new_id)
        old = (await connection.execute(delete(CHATS).where(CHATS.c.chat_id == old_id).returning(CHATS))).one_or_none()
        if old is None:
            return
        moved = {**old._asdict(), "chat_id": new_id, "kind": "supergroup", "ended": None, "because": None}
        row = insert_into(connection, CHATS).values(moved)
        # Messages of the supergroup may be read before the one that tells of the move.
        known = {
            "added": row.excluded.added,
            "topic": func.coalesce(CHATS.c.topic, row.excluded.topic),
        }
        # The subscription is that of the group, unless the supergroup has one already, or has ended since.
        moves = CHATS.c.subscribed.is_(None) & CHATS.c.ended.is_(None) & row.excluded.subscribed.is_not(None)
        for name in ("language", "subscribed", "subscription_topic", "unsubscribed"):
            known[name] = case((moves, row.excluded[name]), else_=CHATS.c[name])
        await connection.execute(row.on_conflict_do_update(index_elements=[CHATS.c.chat_id], set_=known))

    return change


async def _move_deliveries(connection: AsyncConnection, old_id: int, new_id: int) -> None:
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
