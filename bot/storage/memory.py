"""What the bot remembers: one object that is opened and closed, with a part for each subject, and what it forgets.

What is told to its parts is written soon after, in the order it was told, and waits for no database; what asks the
database raises NoDatabaseError where that does not answer in time. What is old is forgotten little by little, so that
others can write in between.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Self

from sqlalchemy import ColumnElement, Delete, Table, delete, exists, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from .announcements import DELIVERIES_KEPT, Albums, Announcements, Schedules
from .chats import Chats
from .cluster import Audit, Cluster
from .database import BUSY, Database, Query, insert_into
from .questions import Questions, Vote
from .tables import (
    ALBUMS,
    ANNOUNCEMENTS,
    AUDIT,
    CHATS,
    DELIVERIES,
    FEEDBACK,
    HANDLED_UPDATES,
    QUESTIONS,
    SET_ASIDE,
    VOTES,
)
from .updates import Updates
from .writer import Health, NoDatabaseError, Writer

_NOW = partial(datetime.now, UTC)
# What admins did and set aside, chats that ended, and votes.
_LONG_KEPT = timedelta(days=400)
# Drafts and albums.
_KEPT = timedelta(days=30)
# The rows of one transaction.
PIECE = 5_000


class Memory:
    """The memory of a process, made by `Memory.open`, ended by `close`. `utcnow`: its clock.

    While the database is away, full, read-only or locked, what is told is kept (up to 10,000 things) and written later.
    """

    def __init__(self, writer: Writer, keep_days: int, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._keep_days = keep_days
        self.database = writer.database  # for those that wait for it, and bear what it raises
        self.utcnow = clock
        self.chats = Chats(writer, clock)
        self.questions = Questions(writer, keep_days, clock)
        self.updates = Updates(writer, clock)
        self.audit = Audit(writer, clock)
        self.cluster = Cluster(writer, clock)
        self.announcements = Announcements(writer, clock)
        self.albums = Albums(writer, clock)
        self.schedules = Schedules(writer, clock)

    @classmethod
    async def open(
        cls, url: str, keep_days: int = 90, *, clock: Callable[[], datetime] = _NOW, busy: float = BUSY
    ) -> Self:
        """Opens the database at `url` (sqlite:///PATH or postgresql://…) and brings its tables up to date.

        `keep_days`: for how long questions are kept; 0 means that none is noted. `busy`: seconds after which the
        database counts as locked. One that cannot be used does not stop the start: it is logged, and tried again.
        """
        writer = Writer(Database(url, busy), clock)
        writer.start()
        # Seconds. A database that does not answer is not waited for at the start either.
        await writer.probe(5.0)
        return cls(writer, keep_days, clock)

    @property
    def health(self) -> Health:
        """Whether the database took what was written last, since when, and why not."""
        return self._writer.health

    async def check(self) -> Health:
        """The health after an attempt to write, unless that is known to be in vain; takes 2.5 seconds at most."""
        if self.health.healthy:
            await self._writer.probe()
        return self._writer.health

    @property
    def waiting(self) -> int:
        """How much was told that is not written yet."""
        return self._writer.waiting

    async def prune(self) -> bool:
        """Forgets what is no longer to be kept; whether the database took it. Call it once a day."""
        done = True
        for forget in forgetting(self.utcnow(), self._keep_days):
            try:
                while await self._writer.confirm(forget):
                    pass
            except NoDatabaseError:
                done = False
        return done

    async def written(self) -> None:
        """Returns when everything told so far is in the database; while that is away, when it is back."""
        await self._writer.written()

    async def close(self) -> None:
        """Writes what is left, for up to half a second, and closes the database."""
        with suppress(NoDatabaseError):
            await self._writer.written(0.5)
        await self._writer.close()


def forgetting(now: datetime, question_days: int) -> tuple[Query[bool], ...]:
    """Each forgets up to `PIECE` old rows of a sort, and says whether there may be more; to be done in order."""
    today = now.date()
    old_questions = QUESTIONS.c.day <= today - timedelta(days=question_days)
    return (
        _rows(QUESTIONS, old_questions),
        _votes(),
        _rows(VOTES, VOTES.c.day <= today - _LONG_KEPT),
        _rows(SET_ASIDE, SET_ASIDE.c.day <= today - _LONG_KEPT),
        # Telegram keeps an update for 24 hours.
        _rows(HANDLED_UPDATES, HANDLED_UPDATES.c.day <= today - timedelta(days=2)),
        _rows(AUDIT, AUDIT.c.at < now - _LONG_KEPT),
        _rows(CHATS, CHATS.c.ended < now - _LONG_KEPT),
        _rows(ALBUMS, ALBUMS.c.at < now - _KEPT),
        _rows(ANNOUNCEMENTS, _never_sent(now - _KEPT)),
        _deliveries(now - DELIVERIES_KEPT),
    )


def _rows(table: Table, old: ColumnElement[bool]) -> Query[bool]:
    async def change(connection: AsyncConnection) -> bool:
        return (await connection.execute(_delete(table, old))).rowcount == PIECE

    return change


def _delete(table: Table, which: ColumnElement[bool]) -> Delete:
    """Deletes up to `PIECE` of those rows."""
    key = tuple(table.primary_key)
    return delete(table).where(tuple_(*key).in_(select(*key).where(which).limit(PIECE).correlate(None)))


def _votes() -> Query[bool]:
    """Votes on answers whose question is forgotten count for each of the facts: they stay for ever."""
    columns = FEEDBACK.c
    forgotten = (columns.question != "") & ~exists().where(QUESTIONS.c.question == columns.question)
    on_several = (columns.question == "") & columns.facts.contains(" ")

    async def change(connection: AsyncConnection) -> bool:
        these = _delete(FEEDBACK, forgotten | on_several)
        taken = (await connection.execute(these.returning(FEEDBACK))).all()
        sums: dict[str, Counter[str]] = {}
        for row in taken:
            for fact in set(row.facts.split()):
                sums.setdefault(fact, Counter()).update({Vote.UP: row.up, Vote.DOWN: row.down})
        if sums:
            by_fact = insert_into(connection, FEEDBACK)
            added = {vote: columns[vote] + by_fact.excluded[vote] for vote in Vote}
            again = by_fact.on_conflict_do_update(index_elements=list(FEEDBACK.primary_key), set_=added)
            await connection.execute(again, [{"facts": fact, "question": "", **votes} for fact, votes in sums.items()])
        return len(taken) == PIECE

    return change


def _never_sent(before: datetime) -> ColumnElement[bool]:
    """Drafts that nobody has decided on, and those that were dropped."""
    columns, later = ANNOUNCEMENTS.c, ANNOUNCEMENTS.alias()
    dropped = (columns.state == "stopped") & columns.released.is_(None)
    # SQLite gives the number of the last row once more where that row is gone, and buttons of old messages carry it.
    newest = select(func.max(later.c.id)).scalar_subquery()
    meant = exists().where(later.c.target == columns.id)
    return ((columns.state == "draft") | dropped) & (columns.created < before) & (columns.id < newest) & ~meant


def _deliveries(before: datetime) -> Query[bool]:
    """Forgets deliveries of the first announcement that ended before that time and has any; its counters stay."""
    mine = DELIVERIES.c.announcement == ANNOUNCEMENTS.c.id
    # A look at one row of each, where a join might read the whole table.
    one = select(DELIVERIES.c.chat_id).where(mine).limit(1).scalar_subquery()
    old = select(ANNOUNCEMENTS.c.id).where(ANNOUNCEMENTS.c.finished < before, one.is_not(None))

    async def change(connection: AsyncConnection) -> bool:
        announcement = (await connection.execute(old.order_by(ANNOUNCEMENTS.c.id).limit(1))).scalar_one_or_none()
        if announcement is None:
            return False
        await connection.execute(_delete(DELIVERIES, DELIVERIES.c.announcement == announcement))
        return True

    return change
