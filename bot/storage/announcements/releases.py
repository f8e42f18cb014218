"""What becomes due, each a statement within the transaction of the process that sends."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from bot.storage.statements import insert_into
from bot.storage.tables import ANNOUNCEMENTS, SCHEDULES

from .announcements import Action, State
from .schedules import WAITING, Schedule, schedule_of

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection


async def is_anything_open(connection: AsyncConnection, now: datetime) -> bool:
    """Whether an announcement has not come to its end, or a schedule is due; one quick look instead of all the others.

    An idle bot looks twice a second for years.
    """
    open_ = exists().where(ANNOUNCEMENTS.c.state.in_((State.QUEUED, State.SENDING)))
    return bool((await connection.execute(select(or_(open_, exists().where(_is_due(now)))))).scalar_one())


async def miss(connection: AsyncConnection, before: datetime, now: datetime) -> None:
    """What waits for a moment before that is missed."""
    late = update(ANNOUNCEMENTS).where(WAITING, ANNOUNCEMENTS.c.due_at <= before)
    await connection.execute(late.values(state=State.MISSED, finished=now))


async def due(connection: AsyncConnection, now: datetime) -> list[Schedule]:
    """The schedules whose moment has come, in the order of their moments."""
    found = await connection.execute(
        select(SCHEDULES).where(_is_due(now)).order_by(SCHEDULES.c.next_at, SCHEDULES.c.id)
    )
    return [schedule_of(row) for row in found]


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(SCHEDULES.c.paused.is_(None), SCHEDULES.c.next_at <= now)


async def announced(connection: AsyncConnection, schedule: int) -> list[str]:
    """The payloads that a schedule has announced, in order."""
    columns = ANNOUNCEMENTS.c
    past = select(columns.payload).where(columns.schedule == schedule, columns.state != State.MISSED)
    return list((await connection.execute(past.order_by(columns.id))).scalars())


async def announce(connection: AsyncConnection, schedule: Schedule, at: datetime, payload: str, now: datetime) -> None:
    """Queues what a schedule announces for its moment `at`; once for each moment, whatever the clocks do."""
    await _put(connection, schedule, at, {"payload": payload, "state": State.QUEUED, "created": now})


async def note_missed(
    connection: AsyncConnection, schedule: Schedule, first: datetime, times: int, now: datetime
) -> None:
    """Notes that as many moments, from `first` on, went by without an announcement."""
    noted = {"payload": schedule.payload, "state": State.MISSED, "created": now, "finished": now, "skipped": times}
    await _put(connection, schedule, first, noted)


async def advance(connection: AsyncConnection, schedule: int, next_at: datetime) -> None:
    await connection.execute(update(SCHEDULES).where(SCHEDULES.c.id == schedule).values(next_at=next_at))


async def rest(connection: AsyncConnection, schedule: int, now: datetime) -> None:
    await connection.execute(update(SCHEDULES).where(SCHEDULES.c.id == schedule).values(paused=now))


async def _put(connection: AsyncConnection, schedule: Schedule, at: datetime, values: dict[str, Any]) -> None:
    counts = dict.fromkeys(("total", "sent", "failed", "skipped"), 0)
    row = insert_into(connection, ANNOUNCEMENTS).values(
        {
            "request_key": f"schedule:{schedule.id}:{at.isoformat()}",
            "who": schedule.who,
            "language": schedule.language,
            "action": Action.SEND,
            "schedule": schedule.id,
            "silent": schedule.silent,
            "pin": schedule.pin,
            "due_at": at,
            # It has been released, and waits for nothing but its turn.
            "scheduled": False,
            **counts,
            **values,
        }
    )
    await connection.execute(row.on_conflict_do_nothing())
