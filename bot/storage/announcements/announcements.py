"""Announcements as admins and the shell know them: drafted, queued, stopped, counted. The sender sends them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Delete, Row, Select, Update, and_, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.statements import insert_into, time_of, utc
from bot.storage.tables import ANNOUNCEMENTS, DELIVERIES
from bot.storage.upkeep import DELIVERIES_KEPT

from .sending import recipients

if TYPE_CHECKING:
    from bot.storage.statements import Query, Result
    from bot.storage.writer import Writer

_TIMES: Final = ("created", "due_at", "released", "finished", "reported")


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


# A draft that was dropped has never begun.
_BEGUN: Final = or_(
    ANNOUNCEMENTS.c.state.in_([State.QUEUED, State.SENDING, State.DONE, State.MISSED]),
    and_(ANNOUNCEMENTS.c.state == State.STOPPED, ANNOUNCEMENTS.c.released.is_not(None)),
)
# The counters of an announcement that was just made.
NO_COUNTS: Final = dict.fromkeys(("total", "sent", "failed", "skipped"), 0)
_SELECT: Final = select(ANNOUNCEMENTS)
_NEWEST: Final = ANNOUNCEMENTS.c.id.desc()


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be announced; see the table. `payload`: JSON. `target`: of everything but a send."""

    request_key: str
    who: int
    language: str
    payload: str
    action: Action = Action.SEND
    target: int | None = None
    silent: bool = False
    pin: bool = False


@dataclass(frozen=True, slots=True)
class Announcement:
    """A row of the table, with its times in UTC."""

    id: int
    request_key: str
    who: int
    language: str
    action: Action
    target: int | None
    schedule: int | None
    payload: str
    silent: bool
    pin: bool
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


class Rows:
    """Rows of the database. Nothing here raises: None says that it did not answer, or did not take it, in time.

    What changes a row returns after the commit; a bool says whether there was a row to change.
    """

    def __init__(self, writer: Writer | None, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._clock = clock

    async def _confirm(self, change: Query[Result]) -> Result | None:
        return await self._writer.confirm(change) if self._writer is not None else None

    async def _changed(self, change: Callable[[datetime], Update | Delete]) -> bool | None:
        """`change`: the statement, made of the time at which it is carried out."""

        async def carry_out(connection: AsyncConnection) -> bool:
            now = await time_of(connection, self._clock())
            return (await connection.execute(change(now))).rowcount > 0

        return await self._confirm(carry_out)

    async def _found(self, wanted: Select[Any]) -> Sequence[Row[Any]] | None:
        async def query(connection: AsyncConnection) -> Sequence[Row[Any]]:
            rows: Sequence[Row[Any]] = (await connection.execute(wanted)).all()
            return rows

        return await self._writer.read(query) if self._writer is not None else None

    async def _announcements(self, wanted: Select[Any]) -> list[Announcement] | None:
        found = await self._found(wanted)
        return None if found is None else [_announcement(row) for row in found]


class Announcements(Rows):
    """The announcements, from a draft to the last report."""

    # ---- from a draft to the queue

    async def draft(self, draft: Draft) -> Announcement | None:
        """Keeps a draft; the row that is there already where the request has made one."""
        return await self._keep(draft, State.DRAFT, None)

    async def change(self, id_: int, *, silent: bool | None = None, pin: bool | None = None) -> Announcement | None:
        """Changes how a draft is to be sent; what is no draft any more comes back as it is."""
        given = {"silent": silent, "pin": pin}
        values = {name: value for name, value in given.items() if value is not None}

        async def change(connection: AsyncConnection) -> Announcement | None:
            await connection.execute(_update(id_, State.DRAFT).values(values))
            return await _get(connection, ANNOUNCEMENTS.c.id == id_)

        return await self._confirm(change)

    async def queue(
        self, id_: int, due_at: datetime | None = None, *, scheduled: bool = False, report_message: int | None = None
    ) -> bool | None:
        """Has a draft sent at `due_at`, or now; False where it is no draft any more.

        `report_message`: the message in the admin's chat that is to tell the progress.
        """

        values = {"state": State.QUEUED, "scheduled": scheduled, "report_message": report_message}
        return await self._changed(lambda now: _update(id_, State.DRAFT).values(**values, due_at=due_at or now))

    async def put(self, draft: Draft, due_at: datetime | None = None) -> Announcement | None:
        """Keeps and queues at once, for `due_at` or now."""
        return await self._keep(draft, State.QUEUED, due_at)

    async def drop(self, id_: int) -> bool | None:
        """Has a draft not sent at all; False where it is no draft any more."""
        return await self._end(id_, State.DRAFT)

    async def stop(self, id_: int) -> bool | None:
        """Has nothing more sent of it; False where it has ended already."""
        return await self._end(id_, State.DRAFT, State.QUEUED, State.SENDING)

    # ---- what became of it

    async def get(self, id_: int) -> Announcement | None:
        """None, too, where there is no such row."""
        return next(iter(await self._announcements(_SELECT.where(ANNOUNCEMENTS.c.id == id_)) or ()), None)

    async def is_gone(self, id_: int) -> bool:
        """Whether the database says that there is no such row."""
        return await self._announcements(_SELECT.where(ANNOUNCEMENTS.c.id == id_)) == []

    async def latest(self, most: int, before: int | None = None) -> list[Announcement] | None:
        """Those that were queued or more, newest first. `before`: only those with lower ids."""
        older = ANNOUNCEMENTS.c.id < before if before is not None else true()
        return await self._announcements(_SELECT.where(_BEGUN, older).order_by(_NEWEST).limit(most))

    async def after(self, target: int) -> list[Announcement] | None:
        """What was done with `target` afterwards, newest first."""
        return await self._announcements(_SELECT.where(_BEGUN, ANNOUNCEMENTS.c.target == target).order_by(_NEWEST))

    async def reach(self, target: int, action: Action) -> int | None:
        """How many chats it would concern to do `action` with `target` now."""
        counted = await self._found(select(func.count()).select_from(recipients(action, target).subquery()))
        return int(counted[0][0]) if counted else None

    def is_past(self, row: Announcement) -> bool:
        """Whether it ended so long ago that it is no longer known what each chat has got of it."""
        return row.finished is not None and row.finished < self._clock() - DELIVERIES_KEPT

    async def reasons(self, id_: int) -> dict[str, int] | None:
        """The failed deliveries, counted by the word for why."""
        failed = (DELIVERIES.c.announcement == id_) & (DELIVERIES.c.state == "failed")
        counts = select(DELIVERIES.c.error, func.count().label("times")).where(failed).group_by(DELIVERIES.c.error)
        if (found := await self._found(counts)) is None:
            return None
        return dict(sorted(((row.error or "", row.times) for row in found), key=lambda pair: (-pair[1], pair[0])))

    # ---- the progress reports

    async def unreported(self) -> list[Announcement] | None:
        """Those whose progress or end is to be reported, or that they were missed; oldest first.

        Of a schedule, `skipped` counts the moments that it has missed together, and `due_at` is the first of them.
        """
        columns = ANNOUNCEMENTS.c
        # A draft that was dropped, or what waits for its day, has nothing to report.
        begun = columns.released.is_not(None) | columns.report_message.is_not(None)
        under_way = columns.state.in_([State.QUEUED, State.SENDING, State.DONE, State.STOPPED]) & begun
        reportable = under_way | (columns.state == State.MISSED)
        return await self._announcements(_SELECT.where(columns.reported.is_(None), reportable).order_by(columns.id))

    async def reported(self, id_: int, message: int | None, *, last: bool) -> bool | None:
        """Note that a message to the admin reports how it goes, or for the `last` time, that it has ended."""
        return await self._changed(
            lambda now: _update(id_).values(report_message=message, reported=now if last else None)
        )

    async def _keep(self, draft: Draft, state: State, due_at: datetime | None) -> Announcement | None:
        async def change(connection: AsyncConnection) -> Announcement | None:
            created = await time_of(connection, self._clock())
            row = insert_into(connection, ANNOUNCEMENTS).values(
                **asdict(draft),
                **NO_COUNTS,
                state=state,
                created=created,
                due_at=due_at or created,
                scheduled=due_at is not None,
            )
            await connection.execute(row.on_conflict_do_nothing(index_elements=[ANNOUNCEMENTS.c.request_key]))
            return await _get(connection, ANNOUNCEMENTS.c.request_key == draft.request_key)

        return await self._confirm(change)

    async def _end(self, id_: int, *states: State) -> bool | None:
        return await self._changed(lambda now: _update(id_, *states).values(state=State.STOPPED, finished=now))


def _update(id_: int, *states: State) -> Update:
    """Of the row, where it is in one of `states`, or in any."""
    return update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == id_, ANNOUNCEMENTS.c.state.in_(states or list(State)))


async def _get(connection: AsyncConnection, which: ColumnElement[bool]) -> Announcement | None:
    row = (await connection.execute(_SELECT.where(which))).one_or_none()
    return _announcement(row) if row is not None else None


def _announcement(row: Row[Any]) -> Announcement:
    values = row._asdict()
    times = {name: utc(values[name]) for name in _TIMES if values[name] is not None}
    return Announcement(**{**values, **times, "action": Action(row.action), "state": State(row.state)})
