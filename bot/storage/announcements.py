"""Announcements and schedules as admins and the shell know them, from a draft to the last report; and albums."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Update, delete, func, null, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import insert_into, time_of
from .deliveries import is_due, recipients
from .tables import ALBUMS, ANNOUNCEMENTS, DELIVERIES, SCHEDULES
from .writer import Repository

# What a schedule takes over from a draft.
_SHARED = ("who", "language", "payload", "silent", "pin")


class State(StrEnum):
    DRAFT = "draft"
    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    STOPPED = "stopped"
    MISSED = "missed"


class Action(StrEnum):
    SEND = "send"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RESEND = "resend"


# How long after the end of an announcement it is known what each chat has got of it.
DELIVERIES_KEPT = timedelta(days=400)
# A draft that was dropped has never begun.
_STOPPED = (ANNOUNCEMENTS.c.state == State.STOPPED) & ANNOUNCEMENTS.c.released.is_not(None)
_BEGUN = ANNOUNCEMENTS.c.state.in_([State.QUEUED, State.SENDING, State.DONE, State.MISSED]) | _STOPPED
# Queued for a moment that somebody has set and that has not come.
_UNRELEASED = (ANNOUNCEMENTS.c.state == State.QUEUED) & ANNOUNCEMENTS.c.released.is_(None)
_WAITING = ANNOUNCEMENTS.c.scheduled & _UNRELEASED
_SELECT = select(ANNOUNCEMENTS)
_NEWEST = ANNOUNCEMENTS.c.id.desc()


@dataclass(frozen=True, slots=True)
class AnnouncementDraft:
    """What is to be announced; see the table. `payload`: JSON. `target`: of everything but a send."""

    request_key: str
    who: int
    language: str
    payload: str
    action: Action = Action.SEND
    target: int | None = None
    silent: bool = False
    pin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement(AnnouncementDraft):
    """A row of the table, with its times in UTC."""

    id: int
    schedule: int | None
    state: State
    created: datetime
    due_at: datetime
    scheduled: bool
    released: datetime | None
    finished: datetime | None
    total: int
    sent: int
    failed: int
    skipped: int
    report_message: int | None
    reported: datetime | None

    @property
    def left(self) -> int:
        return max(self.total - self.sent - self.failed - self.skipped, 0)


class Announcements(Repository):
    """The announcements, from a draft to the last report. All that asks the database raises NoDatabaseError."""

    async def draft(self, draft: AnnouncementDraft) -> Announcement:
        """Keeps a draft; the row that is there already where the request has made one."""

        async def change(connection: AsyncConnection) -> Announcement:
            created = await time_of(connection, self._clock())
            times = {"state": State.DRAFT, "created": created, "due_at": created, "scheduled": False}
            row = insert_into(connection, ANNOUNCEMENTS).values(**asdict(draft), **times)
            await connection.execute(row.on_conflict_do_nothing(index_elements=[ANNOUNCEMENTS.c.request_key]))
            return await _get(connection, ANNOUNCEMENTS.c.request_key == draft.request_key)

        return await self._writer.confirm(change)

    async def change(self, id_: int, **how: bool) -> Announcement:
        """Changes how a draft is to be sent, `silent` or `pin`; what is no draft any more comes back as it is."""

        async def change(connection: AsyncConnection) -> Announcement:
            await connection.execute(_update(id_, State.DRAFT).values(how))
            return await _get(connection, ANNOUNCEMENTS.c.id == id_)

        return await self._writer.confirm(change)

    async def queue(self, id_: int, due_at: datetime | None = None, report_message: int | None = None) -> bool:
        """Has a draft sent at `due_at`, or now; False where it is no draft any more."""
        values = {"state": State.QUEUED, "scheduled": due_at is not None, "report_message": report_message}
        return await self._changed(lambda now: _update(id_, State.DRAFT).values(**values, due_at=due_at or now))

    async def stop(self, id_: int, *states: State) -> bool:
        """Has nothing more sent of it, where it is in one of `states`, or in any; False where it has ended already."""
        open_ = states or (State.DRAFT, State.QUEUED, State.SENDING)
        return await self._changed(lambda now: _update(id_, *open_).values(state=State.STOPPED, finished=now))

    async def get(self, id_: int) -> Announcement | None:
        """The announcement with an id; None where there is none."""
        return await self._row(_SELECT.where(ANNOUNCEMENTS.c.id == id_), announcement_of)

    async def latest(self, most: int, before: int | None = None) -> list[Announcement]:
        """The announcements that were queued or more, newest first. `before`: only those with lower ids."""
        older = ANNOUNCEMENTS.c.id < before if before is not None else true()
        return await self._rows(_SELECT.where(_BEGUN, older).order_by(_NEWEST).limit(most), announcement_of)

    async def after(self, target: int) -> list[Announcement]:
        """What was done with `target` afterwards, newest first."""
        later = _SELECT.where(_BEGUN, ANNOUNCEMENTS.c.target == target)
        return await self._rows(later.order_by(_NEWEST), announcement_of)

    async def reach(self, target: int, action: Action) -> int:
        """How many chats it would concern to do `action` with `target` now."""
        counting = select(func.count()).select_from(recipients(action, target).subquery())
        return (await self._rows(counting, lambda row: int(row[0])))[0]

    def is_past(self, row: Announcement) -> bool:
        """Whether it ended so long ago that it is no longer known what each chat has got of it."""
        return row.finished is not None and row.finished < self._clock() - DELIVERIES_KEPT

    async def reasons(self, id_: int) -> dict[str, int]:
        """The failed deliveries, counted by the word for why."""
        failed = (DELIVERIES.c.announcement == id_) & (DELIVERIES.c.state == "failed")
        error, times = func.coalesce(DELIVERIES.c.error, "").label("error"), func.count().label("times")
        counts = select(error, times).where(failed).group_by(error).order_by(times.desc(), error)
        return dict(await self._rows(counts, lambda row: (row.error, row.times)))

    async def unreported(self) -> list[Announcement]:
        """The announcements whose progress, end or missed moment is to be reported, oldest first.

        Of a schedule, `skipped` counts the moments that it has missed together, and `due_at` is the first of them.
        """
        columns = ANNOUNCEMENTS.c
        # A draft that was dropped, or what waits for its day, has nothing to report.
        begun = columns.released.is_not(None) | columns.report_message.is_not(None)
        under_way = columns.state.in_([State.QUEUED, State.SENDING, State.DONE, State.STOPPED]) & begun
        reportable = under_way | (columns.state == State.MISSED)
        wanted = _SELECT.where(columns.reported.is_(None), reportable).order_by(columns.id)
        return await self._rows(wanted, announcement_of)

    async def reported(self, id_: int, message: int | None, *, last: bool) -> bool:
        """Note that a message to the admin reports how it goes, or for the `last` time, that it has ended."""
        return await self._changed(
            lambda now: _update(id_).values(report_message=message, reported=now if last else None)
        )


class AlbumItem(NamedTuple):
    """A message of an album; `captioned`: whether it has a caption, which the whole album is shown with."""

    message_id: int
    captioned: bool


class Albums(Repository):
    """What was seen of albums in the last 30 days. All methods raise NoDatabaseError."""

    async def seen(self, chat_id: int, album: str, item: AlbumItem) -> None:
        """Remembers, after which it returns, that a message belongs to the album; safe to call twice."""
        values = {"chat_id": chat_id, "album": album, **item._asdict(), "at": self._clock()}

        async def change(connection: AsyncConnection) -> None:
            await connection.execute(insert_into(connection, ALBUMS).values(values).on_conflict_do_nothing())

        await self._writer.confirm(change)

    async def items(self, chat_id: int, album: str) -> list[AlbumItem]:
        """The messages of an album that were seen, in order."""
        columns = ALBUMS.c
        wanted = (columns.chat_id == chat_id) & (columns.album == album)
        items = select(columns.message_id, columns.captioned).where(wanted).order_by(columns.message_id)
        return await self._rows(items, AlbumItem._make)


def _update(id_: int, *states: State) -> Update:
    """An update of the row with an id, where it is in one of `states`, or in any."""
    return update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == id_, ANNOUNCEMENTS.c.state.in_(states or list(State)))


async def _get(connection: AsyncConnection, which: ColumnElement[bool]) -> Announcement:
    return announcement_of((await connection.execute(_SELECT.where(which))).one())


def announcement_of(row: Row[Any]) -> Announcement:
    return Announcement(**{**row._asdict(), "action": Action(row.action), "state": State(row.state)})


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
        wanted = select(ANNOUNCEMENTS).where(_WAITING).order_by(columns.due_at, columns.id)
        return await self._rows(wanted, announcement_of)

    async def get(self, id_: int) -> Schedule | None:
        """The schedule with an id; None where there is none."""
        return await self._row(select(SCHEDULES).where(SCHEDULES.c.id == id_), schedule_of)

    async def pause(self, id_: int) -> bool:
        """Has a schedule rest; False where it rests, or is gone."""
        return await self._changed(
            lambda now: _update_schedule(id_).where(SCHEDULES.c.paused.is_(None)).values(paused=now)
        )

    async def resume(self, id_: int, next_at: datetime) -> bool:
        """Has a schedule go on at `next_at`; False where it does not rest, or is gone."""
        resting = _update_schedule(id_).where(SCHEDULES.c.paused.is_not(None))
        return await self._changed(lambda _: resting.values(paused=null(), next_at=next_at))

    async def delete(self, id_: int) -> bool:
        """Ends a schedule; what it has announced stays. False where it is gone."""
        return await self._changed(lambda _: delete(SCHEDULES).where(SCHEDULES.c.id == id_))

    async def cancel(self, id_: int) -> bool:
        """Has an announcement not sent that waits for its moment; False where it does not wait any more."""
        waiting = update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == id_, _WAITING)
        return await self._changed(lambda now: waiting.values(state=State.STOPPED, finished=now))


# ---- of schedules, for the process that sends, within its transaction


async def miss_late(connection: AsyncConnection, before: datetime, now: datetime) -> None:
    """Notes as missed what has waited for a moment up to `before`."""
    late = update(ANNOUNCEMENTS).where(_WAITING, ANNOUNCEMENTS.c.due_at <= before)
    await connection.execute(late.values(state=State.MISSED, finished=now))


async def due_schedules(connection: AsyncConnection, now: datetime) -> list[Schedule]:
    wanted = select(SCHEDULES).where(is_due(now)).order_by(SCHEDULES.c.next_at, SCHEDULES.c.id)
    return [schedule_of(row) for row in await connection.execute(wanted)]


async def announced_by(connection: AsyncConnection, schedule: int) -> list[str]:
    """The payloads that a schedule has announced, in order."""
    columns = ANNOUNCEMENTS.c
    past = select(columns.payload).where(columns.schedule == schedule, columns.state != State.MISSED)
    return list((await connection.execute(past.order_by(columns.id))).scalars())


async def change_schedule(connection: AsyncConnection, schedule: int, **values: datetime) -> None:
    await connection.execute(_update_schedule(schedule).values(values))


async def announce_schedule(
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


def _update_schedule(id_: int) -> Update:
    return update(SCHEDULES).where(SCHEDULES.c.id == id_)
