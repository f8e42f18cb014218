"""From announcements in the queue to deliveries, one for each chat; all within transactions of the sender.

The order is everywhere that of the release. Chats are gone through from high ids to low ones: a group that becomes a
supergroup gets a lower id, so that it is never missed.
"""

from dataclasses import fields
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, literal, not_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.statements import insert_into
from bot.storage.tables import ANNOUNCEMENTS, CHATS, DELIVERIES, SCHEDULES

from .deliveries import AT_ONCE, Sending, with_resent

# The chats of one transaction, 0.3 seconds on PostgreSQL: 100,000 at once ran into its limit of four seconds.
CHUNK = 20_000
_ORDER = (ANNOUNCEMENTS.c.released, ANNOUNCEMENTS.c.due_at, ANNOUNCEMENTS.c.id)
_SENDING = ANNOUNCEMENTS.c.state == "sending"
_RELEASED = and_(ANNOUNCEMENTS.c.state == "queued", ANNOUNCEMENTS.c.released.is_not(None))
_DONE = ANNOUNCEMENTS.c.sent + ANNOUNCEMENTS.c.failed + ANNOUNCEMENTS.c.skipped


class Position(NamedTuple):
    """How far an announcement has got its deliveries: down to `chat_id`."""

    announcement: int
    chat_id: int


def is_due(now: datetime) -> ColumnElement[bool]:
    return and_(SCHEDULES.c.paused.is_(None), SCHEDULES.c.next_at <= now)


async def is_anything_open(connection: AsyncConnection, now: datetime) -> bool:
    """Whether an announcement has not ended, or a schedule is due; one quick look, as idle bots look for years."""
    open_ = exists().where(ANNOUNCEMENTS.c.state.in_(("queued", "sending")))
    return bool((await connection.execute(select(open_ | exists().where(is_due(now))))).scalar_one())


async def release_due(connection: AsyncConnection, now: datetime) -> None:
    # What was not scheduled goes at once, whatever became of the clock since.
    due = (ANNOUNCEMENTS.c.due_at <= now) | not_(ANNOUNCEMENTS.c.scheduled)
    waiting = and_(ANNOUNCEMENTS.c.state == "queued", ANNOUNCEMENTS.c.released.is_(None))
    await connection.execute(update(ANNOUNCEMENTS).where(waiting, due).values(released=now))


async def create_deliveries(connection: AsyncConnection, position: Position | None) -> Position | None:
    """Creates the deliveries of the first announcement that is released, for `CHUNK` more chats.

    `position`: what the call before returned, None for the first one. Returns None where all are there.
    """
    first = select(ANNOUNCEMENTS).where(_RELEASED).order_by(*_ORDER).limit(1)
    row = (await connection.execute(first)).one_or_none()
    if row is None:
        return None
    below = position.chat_id if position is not None and position.announcement == row.id else None
    lowest, complete = await _add_deliveries(connection, row, below)
    if complete:
        this = ANNOUNCEMENTS.c.id == row.id
        await connection.execute(update(ANNOUNCEMENTS).where(this).values(state="sending"))
    return Position(row.id, lowest)


async def _add_deliveries(connection: AsyncConnection, announcement: Row[Any], below: int | None) -> tuple[int, bool]:
    """The lowest chat of those added, and whether these were the last."""
    wanted = recipients(announcement.action, announcement.target).subquery()
    rest = wanted.c.chat_id < below if below is not None else true()
    page = select(wanted.c.chat_id).where(rest).order_by(wanted.c.chat_id.desc()).limit(CHUNK).subquery()
    lowest, count = (await connection.execute(select(func.min(page.c.chat_id), func.count()).select_from(page))).one()
    if not count:
        return 0, True
    columns = DELIVERIES.c
    values = {
        columns.announcement: literal(announcement.id),
        columns.chat_id: wanted.c.chat_id,
        columns.topic: wanted.c.topic,
        columns.state: literal("pending"),
        columns.attempts: literal(0),
        columns.next_attempt_at: literal(AT_ONCE, columns.next_attempt_at.type),
    }
    chats = select(*values.values()).where(rest, wanted.c.chat_id >= lowest)
    row = insert_into(connection, DELIVERIES).from_select(list(values), chats)
    counted = row.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    added = (await connection.execute(counted)).rowcount
    this = ANNOUNCEMENTS.c.id == announcement.id
    await connection.execute(update(ANNOUNCEMENTS).where(this).values(total=ANNOUNCEMENTS.c.total + added))
    return lowest, count < CHUNK


def recipients(action: str, target: int | None) -> Select[Any]:
    """The chats that an announcement would be for now, each with its topic. `target`: of all actions but send."""
    subscribed = select(CHATS.c.chat_id, CHATS.c.subscription_topic.label("topic")).where(
        CHATS.c.subscribed.is_not(None)
    )
    if action == "send":
        return subscribed
    of_target = DELIVERIES.c.announcement.in_(with_resent(target))
    if action == "resend":
        failed = select(DELIVERIES.c.chat_id).where(of_target, DELIVERIES.c.state == "failed")
        got = select(DELIVERIES.c.chat_id).where(of_target, DELIVERIES.c.state == "sent")
        return subscribed.where(CHATS.c.chat_id.in_(failed), CHATS.c.chat_id.not_in(got))
    return (
        select(DELIVERIES.c.chat_id, func.max(DELIVERIES.c.topic).label("topic"))
        .where(of_target, DELIVERIES.c.state == "sent")
        .group_by(DELIVERIES.c.chat_id)
    )


async def finish(connection: AsyncConnection, now: datetime) -> None:
    over = update(ANNOUNCEMENTS).where(_SENDING, ANNOUNCEMENTS.c.total <= _DONE)
    await connection.execute(over.values(state="done", finished=now))


async def sending(connection: AsyncConnection) -> list[Sending]:
    """The announcements that are being sent, in their order."""
    target, left = ANNOUNCEMENTS.alias(), ANNOUNCEMENTS.c.total - _DONE
    query = select(ANNOUNCEMENTS, target.c.payload.label("original"), left.label("left")).where(_SENDING)
    found = await connection.execute(query.outerjoin(target, target.c.id == ANNOUNCEMENTS.c.target).order_by(*_ORDER))
    return [Sending(**{field.name: getattr(row, field.name) for field in fields(Sending)}) for row in found]
