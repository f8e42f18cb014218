"""Announcements as admins and the shell know them, from a draft to the last report; and albums that they copy."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Update, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert_into, time_of
from bot.storage.tables import ALBUMS, ANNOUNCEMENTS, DELIVERIES
from bot.storage.upkeep import DELIVERIES_KEPT
from bot.storage.writer import Repository

from .deliveries import recipients


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
_STOPPED = (ANNOUNCEMENTS.c.state == State.STOPPED) & ANNOUNCEMENTS.c.released.is_not(None)
_BEGUN = ANNOUNCEMENTS.c.state.in_([State.QUEUED, State.SENDING, State.DONE, State.MISSED]) | _STOPPED
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
