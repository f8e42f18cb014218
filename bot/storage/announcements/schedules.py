"""What is announced at set times: schedules, and the announcements that wait for their moment."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Update, delete, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert_into, time_of
from bot.storage.tables import ANNOUNCEMENTS, SCHEDULES
from bot.storage.writer import Repository

from .announcements import Action, Announcement, AnnouncementDraft, State, announcement_of
from .deliveries import is_due

# Queued for a moment that somebody has set and that has not come.
_UNRELEASED = (ANNOUNCEMENTS.c.state == State.QUEUED) & ANNOUNCEMENTS.c.released.is_(None)
WAITING = ANNOUNCEMENTS.c.scheduled & _UNRELEASED
# What a schedule takes over from a draft.
_SHARED = ("who", "language", "payload", "silent", "pin")


@dataclass(frozen=True, slots=True)
class Schedule:
    """A row of the table; times are UTC, but `cron` goes by the clocks of `time_zone`."""

    id: int
    who: int
    language: str
    payload: str
    silent: bool
    pin: bool
    cron: str
    time_zone: str
    next_at: datetime
    paused: datetime | None


class Schedules(Repository):
    """The schedules, and the announcements that wait for their moment. All methods raise NoDatabaseError."""

    async def newest_draft(self, who: int) -> int | None:
        """The id of the draft that an admin has made last; None where there is none."""
        columns = ANNOUNCEMENTS.c
        made = select(columns.id).where(columns.who == who, columns.state == State.DRAFT)
        return await self._row(made.order_by(columns.id.desc()).limit(1), lambda row: int(row.id))

    async def asked_before(self, who: int, message_id: int) -> int | None:
        """The id of what an admin had asked for last in the chat when a message came: what a preview shows."""
        columns, prefix = ANNOUNCEMENTS.c, f"message:{who}:"
        asked = select(columns.id, columns.request_key).where(
            columns.who == who, columns.schedule.is_(None), columns.request_key.startswith(prefix)
        )
        # Nobody schedules what was shown longer ago.
        latest = asked.order_by(columns.id.desc()).limit(200)
        found = await self._rows(latest, lambda row: (int(row.request_key.removeprefix(prefix)), row.id))
        return max((one for one in found if one[0] <= message_id), default=(0, None))[1]

    async def add(self, draft: AnnouncementDraft, cron: str, time_zone: str, next_at: datetime) -> Schedule:
        """Keeps a schedule, next due at `next_at`; the one that is there already where the request has made one."""
        values = {name: getattr(draft, name) for name in ("request_key", *_SHARED)}
        values |= {"cron": cron, "time_zone": time_zone, "next_at": next_at}

        async def change(connection: AsyncConnection) -> Schedule:
            created = await time_of(connection, self._clock())
            row = insert_into(connection, SCHEDULES).values(**values, created=created)
            await connection.execute(row.on_conflict_do_nothing())
            kept = select(SCHEDULES).where(SCHEDULES.c.request_key == draft.request_key)
            return schedule_of((await connection.execute(kept)).one())

        return await self._writer.confirm(change)

    async def all(self) -> list[tuple[Schedule, datetime | None]]:
        """All schedules, the next one due first, each with when it was announced last."""
        columns = ANNOUNCEMENTS.c
        mine = (columns.schedule == SCHEDULES.c.id) & (columns.state != State.MISSED)
        # A look at the end of an index for each, where a join would read all that they have ever announced.
        last = select(func.max(columns.released)).where(mine).scalar_subquery()
        wanted = select(SCHEDULES, last.label("announced")).order_by(SCHEDULES.c.next_at, SCHEDULES.c.id)
        return await self._rows(wanted, lambda row: (schedule_of(row), row.announced))

    async def waiting(self) -> list[Announcement]:
        """The announcements that wait for a moment that somebody has set, the next one due first."""
        columns = ANNOUNCEMENTS.c
        wanted = select(ANNOUNCEMENTS).where(WAITING).order_by(columns.due_at, columns.id)
        return await self._rows(wanted, announcement_of)

    async def get(self, id_: int) -> Schedule | None:
        """The schedule with an id; None where there is none."""
        return await self._row(select(SCHEDULES).where(SCHEDULES.c.id == id_), schedule_of)

    async def pause(self, id_: int) -> bool:
        """Has a schedule rest; False where it rests, or is gone."""
        return await self._changed(lambda now: _update(id_).where(SCHEDULES.c.paused.is_(None)).values(paused=now))

    async def resume(self, id_: int, next_at: datetime) -> bool:
        """Has a schedule go on at `next_at`; False where it does not rest, or is gone."""
        resting = _update(id_).where(SCHEDULES.c.paused.is_not(None))
        return await self._changed(lambda _: resting.values(paused=null(), next_at=next_at))

    async def delete(self, id_: int) -> bool:
        """Ends a schedule; what it has announced stays. False where it is gone."""
        return await self._changed(lambda _: delete(SCHEDULES).where(SCHEDULES.c.id == id_))

    async def cancel(self, id_: int) -> bool:
        """Has an announcement not sent that waits for its moment; False where it does not wait any more."""
        waiting = update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == id_, WAITING)
        return await self._changed(lambda now: waiting.values(state=State.STOPPED, finished=now))


# ---- for the process that sends, within its transaction


async def miss(connection: AsyncConnection, before: datetime, now: datetime) -> None:
    """Notes as missed what has waited for a moment up to `before`."""
    late = update(ANNOUNCEMENTS).where(WAITING, ANNOUNCEMENTS.c.due_at <= before)
    await connection.execute(late.values(state=State.MISSED, finished=now))


async def due(connection: AsyncConnection, now: datetime) -> list[Schedule]:
    wanted = select(SCHEDULES).where(is_due(now)).order_by(SCHEDULES.c.next_at, SCHEDULES.c.id)
    return [schedule_of(row) for row in await connection.execute(wanted)]


async def announced(connection: AsyncConnection, schedule: int) -> list[str]:
    """The payloads that a schedule has announced, in order."""
    columns = ANNOUNCEMENTS.c
    past = select(columns.payload).where(columns.schedule == schedule, columns.state != State.MISSED)
    return list((await connection.execute(past.order_by(columns.id))).scalars())


async def change(connection: AsyncConnection, schedule: int, **values: datetime) -> None:
    await connection.execute(_update(schedule).values(values))


async def announce(
    connection: AsyncConnection, schedule: Schedule, at: datetime, now: datetime, **values: object
) -> None:
    """Queues what a schedule announces for its moment `at`, once; `values`: of columns that are to be otherwise."""
    shared = {name: getattr(schedule, name) for name in _SHARED}
    # It has been released, and waits for nothing but its turn.
    row = {"action": Action.SEND, "schedule": schedule.id, "due_at": at, "scheduled": False}
    row |= {"state": State.QUEUED, "created": now}
    key = f"schedule:{schedule.id}:{at.isoformat()}"
    put = insert_into(connection, ANNOUNCEMENTS).values({**shared, **row, "request_key": key, **values})
    await connection.execute(put.on_conflict_do_nothing())


def schedule_of(row: Row[Any]) -> Schedule:
    return Schedule(**{field.name: getattr(row, field.name) for field in fields(Schedule)})


def _update(id_: int) -> Update:
    return update(SCHEDULES).where(SCHEDULES.c.id == id_)
