"""From announcements in the queue to the chats that are still to get them; all within transactions of the caller.

The order is everywhere that of the release. Chats are gone through from high ids to low ones: a group that becomes a
supergroup gets a lower id, so that it is never missed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, not_, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.statements import Query, insert_into, utc
from bot.storage.subscriptions import UNSUBSCRIBED
from bot.storage.tables import ANNOUNCEMENTS, CHATS, DELIVERIES

# The chats of one transaction: others want to write in between.
CHUNK: Final = 20_000
_ORDER: Final = (ANNOUNCEMENTS.c.released, ANNOUNCEMENTS.c.due_at, ANNOUNCEMENTS.c.id)
_SENDING: Final = ANNOUNCEMENTS.c.state == "sending"
_RELEASED: Final = and_(ANNOUNCEMENTS.c.state == "queued", ANNOUNCEMENTS.c.released.is_not(None))
_ENDED: Final = case(
    (CHATS.c.subscribed.is_(None), func.coalesce(CHATS.c.unsubscribed, UNSUBSCRIBED)), else_=None
).label("ended")
_DONE: Final = ANNOUNCEMENTS.c.sent + ANNOUNCEMENTS.c.failed + ANNOUNCEMENTS.c.skipped


@dataclass(frozen=True, slots=True)
class Place:
    """How far an announcement has got its deliveries: down to `chat_id`."""

    announcement: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class Sending:
    """An announcement that is being sent. `payload`, `original`: JSON, the latter that of its target, if it has one.

    `family`: the ids of the target and of what was resent of it.
    """

    id: int
    action: str
    payload: str
    original: str | None
    family: tuple[int, ...]
    silent: bool
    pin: bool

    @property
    def for_subscribers(self) -> bool:
        """Whether it goes to chats that are subscribed, and not to those that have its target."""
        return self.action in {"send", "resend"}


@dataclass(frozen=True, slots=True)
class Pending:
    """A chat that is still to get it. `ended`: why its subscription has ended, for which it is not to have it at all.

    `messages`, `at`: of the target there.
    """

    chat_id: int
    topic: int | None
    attempts: int
    language: str | None
    ended: str | None
    messages: tuple[int, ...]
    at: datetime | None


async def release_due(connection: AsyncConnection, now: datetime) -> None:
    """Takes the announcements that are due out of the queue's hands."""
    # What was not scheduled goes at once, whatever became of the clock since.
    due = (ANNOUNCEMENTS.c.due_at <= now) | not_(ANNOUNCEMENTS.c.scheduled)
    waiting = and_(ANNOUNCEMENTS.c.state == "queued", ANNOUNCEMENTS.c.released.is_(None))
    await connection.execute(update(ANNOUNCEMENTS).where(waiting, due).values(released=now))


async def materialise(connection: AsyncConnection, place: Place | None, chunk: int = CHUNK) -> Place | None:
    """Makes deliveries of the first announcement that is released, for `chunk` more chats.

    `place`: what the call before returned, None for the first one, also after a restart. None where all are made.
    """
    first = select(ANNOUNCEMENTS).where(_RELEASED).order_by(*_ORDER).limit(1)
    row = (await connection.execute(first)).one_or_none()
    if row is None:
        return None
    below = place.chat_id if place is not None and place.announcement == row.id else None
    lowest, complete = await _add_deliveries(connection, row, below, chunk)
    if complete:
        this = ANNOUNCEMENTS.c.id == row.id
        await connection.execute(update(ANNOUNCEMENTS).where(this).values(state="sending"))
    return Place(row.id, lowest)


async def _add_deliveries(
    connection: AsyncConnection, announcement: Row[Any], below: int | None, chunk: int
) -> tuple[int, bool]:
    """The lowest chat of those added, and whether these were the last."""
    wanted = recipients(announcement.action, announcement.target).subquery()
    rest = wanted.c.chat_id < below if below is not None else true()
    page = select(wanted.c.chat_id).where(rest).order_by(wanted.c.chat_id.desc()).limit(chunk).subquery()
    lowest, count = (await connection.execute(select(func.min(page.c.chat_id), func.count()).select_from(page))).one()
    if not count:
        return 0, True
    columns = ("announcement", "chat_id", "topic", "state", "attempts")
    values = select(literal(announcement.id), wanted.c.chat_id, wanted.c.topic, literal("pending"), literal(0))
    row = insert_into(connection, DELIVERIES).from_select(columns, values.where(rest, wanted.c.chat_id >= lowest))
    counted = row.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    added = (await connection.execute(counted)).rowcount
    this = ANNOUNCEMENTS.c.id == announcement.id
    await connection.execute(update(ANNOUNCEMENTS).where(this).values(total=ANNOUNCEMENTS.c.total + added))
    return lowest, count < chunk


def recipients(action: str, target: int | None) -> Select[Any]:
    """The chats that an announcement would be for now, each with its topic. `target`: of all actions but send."""
    subscribed = CHATS.c.subscribed.is_not(None)
    if action == "send":
        return select(CHATS.c.chat_id, CHATS.c.subscription_topic.label("topic")).where(subscribed)
    of_target = DELIVERIES.c.announcement.in_(_family(target))
    if action == "resend":
        failed = and_(of_target, DELIVERIES.c.state == "failed")
        got = select(DELIVERIES.c.chat_id).where(of_target, DELIVERIES.c.state == "sent")
        chats = select(CHATS.c.chat_id, CHATS.c.subscription_topic.label("topic")).where(subscribed)
        return chats.where(CHATS.c.chat_id.in_(select(DELIVERIES.c.chat_id).where(failed)), CHATS.c.chat_id.not_in(got))
    return (
        select(DELIVERIES.c.chat_id, func.max(DELIVERIES.c.topic).label("topic"))
        .where(of_target, DELIVERIES.c.state == "sent")
        .group_by(DELIVERIES.c.chat_id)
    )


def _family(target: int | None) -> Select[tuple[int]]:
    resent = and_(ANNOUNCEMENTS.c.target == target, ANNOUNCEMENTS.c.action == "resend")
    return select(ANNOUNCEMENTS.c.id).where(or_(ANNOUNCEMENTS.c.id == target, resent))


async def finish(connection: AsyncConnection, now: datetime) -> None:
    """Ends the announcements of which nothing is left."""
    over = update(ANNOUNCEMENTS).where(_SENDING, ANNOUNCEMENTS.c.total <= _DONE)
    await connection.execute(over.values(state="done", finished=now))


async def left(connection: AsyncConnection) -> dict[int, int]:
    """The announcements that are being sent, in their order, and how many chats are left of each."""
    rows = await connection.execute(
        select(ANNOUNCEMENTS.c.id, (ANNOUNCEMENTS.c.total - _DONE).label("left")).where(_SENDING).order_by(*_ORDER)
    )
    return {row.id: row.left for row in rows}


async def sending(connection: AsyncConnection, ids: Collection[int]) -> list[Sending]:
    """The announcements with these ids."""
    if not ids:
        return []
    target = ANNOUNCEMENTS.alias()
    query = select(ANNOUNCEMENTS, target.c.payload.label("original")).where(ANNOUNCEMENTS.c.id.in_(ids))
    rows = await connection.execute(query.outerjoin(target, target.c.id == ANNOUNCEMENTS.c.target))
    return [
        Sending(row.id, row.action, row.payload, row.original, await _ids(connection, row.target), row.silent, row.pin)
        for row in rows.all()
    ]


async def _ids(connection: AsyncConnection, target: int | None) -> tuple[int, ...]:
    if target is None:
        return ()
    return tuple(row.id for row in await connection.execute(_family(target)))


def page(announcement: Sending, below: int | None, most: int) -> Query[list[Pending]]:
    """The next chats that are still to get it, those with the highest ids below `below`."""

    rest = DELIVERIES.c.chat_id < below if below is not None else true()
    return lambda connection: _pending_chats(connection, announcement, rest, most)


async def _pending_chats(
    connection: AsyncConnection, announcement: Sending, which: ColumnElement[bool], most: int
) -> list[Pending]:
    columns = (DELIVERIES.c.chat_id, DELIVERIES.c.topic, DELIVERIES.c.attempts, CHATS.c.language, _ENDED)
    rows = await connection.execute(
        select(*columns)
        .outerjoin(CHATS, CHATS.c.chat_id == DELIVERIES.c.chat_id)
        .where(DELIVERIES.c.announcement == announcement.id, DELIVERIES.c.state == "pending", which)
        .order_by(DELIVERIES.c.chat_id.desc())
        .limit(most)
    )
    found = rows.all()
    sent = await _sent(connection, announcement.family, [row.chat_id for row in found])
    return [_pending(announcement, row, sent.get(row.chat_id)) for row in found]


def pending_of(announcements: Sequence[Sending], chats: Collection[int]) -> Query[list[tuple[int, Pending]]]:
    """Which of the chats are still to get which of the announcements, in the order of these."""

    async def query(connection: AsyncConnection) -> list[tuple[int, Pending]]:
        found = []
        for announcement in announcements:
            some = await _pending_chats(connection, announcement, DELIVERIES.c.chat_id.in_(chats), len(chats))
            found += [(announcement.id, chat) for chat in some]
        return found

    return query


async def _sent(connection: AsyncConnection, family: Sequence[int], chats: Sequence[int]) -> dict[int, Any]:
    """What the chats have of the announcements of a family."""
    if not family or not chats:
        return {}
    these = and_(DELIVERIES.c.announcement.in_(family), DELIVERIES.c.chat_id.in_(chats), DELIVERIES.c.state == "sent")
    columns = (DELIVERIES.c.chat_id, DELIVERIES.c.messages, DELIVERIES.c.at)
    return {row.chat_id: row for row in (await connection.execute(select(*columns).where(these))).all()}


def _pending(announcement: Sending, row: Any, sent: Any) -> Pending:  # noqa: ANN401 (SQLAlchemy types no rows)
    ended = row.ended if announcement.for_subscribers else None
    messages = tuple(map(int, (sent.messages or "").split())) if sent is not None else ()
    at = utc(sent.at) if sent is not None and sent.at is not None else None
    return Pending(row.chat_id, row.topic, row.attempts, row.language, ended, messages, at)


def ended(chats: Collection[int]) -> Query[dict[int, str | None]]:
    """Why the subscriptions of the chats have ended; None where one has not."""

    async def query(connection: AsyncConnection) -> dict[int, str | None]:
        found = await connection.execute(select(CHATS.c.chat_id, _ENDED).where(CHATS.c.chat_id.in_(chats)))
        return dict.fromkeys(chats, UNSUBSCRIBED) | {row.chat_id: row.ended for row in found}

    return query
