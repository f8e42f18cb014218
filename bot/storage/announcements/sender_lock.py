"""The lock that lets one process at a time send announcements: a file beside SQLite, a lease in PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from filelock import FileLock, Timeout
from sqlalchemy import Update, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database, sqlite_file
from bot.storage.statements import Query, insert_into
from bot.storage.tables import BROADCASTER

# Together with looking for it twice a second, that is less than the 5 seconds in which a dead process is succeeded.
LEASE: Final = timedelta(seconds=4)
# Seconds. Who has not seen the lease for so long has missed renewals of it.
_BLIND: Final = 2.0
# How long another process may take to find that the database is back, and to write down what it has sent.
_RETURNING: Final = 10.0
_ROW: Final = 1


class SenderLockLostError(Exception):
    """Another process has taken the lock."""


class FileSenderLock:
    """A lock on a file beside the SQLite file, which the operating system frees when the process ends in any way."""

    def __init__(self, database: Path, utcnow: Callable[[], datetime]) -> None:
        """`database`: the SQLite file. `utcnow`: the clock, as SQLite has none."""
        self._lock = FileLock(f"{database}.sender", timeout=0, mode=0o600)
        self._utcnow = utcnow

    async def acquire(self) -> bool:
        """Tries to take the lock; whether this process has it now. Raises whatever the file system does."""
        try:
            self._lock.acquire()
        except Timeout:
            return False
        return True

    async def renew(self, _: AsyncConnection) -> datetime:
        """The time in UTC; what holds the file keeps it."""
        return self._utcnow()

    async def release(self) -> None:
        """Lets the next process have the lock at once; without effect where it is not held."""
        self._lock.release(force=True)


@dataclass(frozen=True, slots=True)
class _Lease:
    """The row of the table. `owner`: empty where nobody has it. `fence`: counts how often it has changed hands."""

    owner: str
    until: datetime
    fence: int


class LeaseSenderLock:
    """A row in PostgreSQL with an owner and an end, by the clock of the database; a dead owner is soon succeeded.

    Whether an owner is dead is timed by this process's own clock too, which no clock that is set can mislead.
    """

    def __init__(self, database: Database, owner: str) -> None:
        """`owner`: the name of this process, and of no other one, dead or alive."""
        self._database = database
        self._owner = owner
        self._fence = 0
        self._watch()

    def _watch(self) -> None:
        """Begin to look at the lease anew: since when (monotonic seconds) it is as it was seen."""
        self._seen: _Lease | None = None
        self._since = 0.0
        # After an outage, the owner may have sent what it could not write down yet: it is to come back first.
        self._owner_may_return = False
        # When the database was last asked, and did what it was asked to.
        self._asked = time.monotonic()

    async def acquire(self) -> bool:
        lease, expired = await self._database.read(_find)
        now = time.monotonic()
        if lease != self._seen:
            self._seen, self._since, self._owner_may_return = lease, now, False
        if now - self._asked > _BLIND:
            self._since, self._owner_may_return = now, True
        is_free = lease is None or lease.owner in {"", self._owner}
        # A living owner would have renewed it several times by now.
        is_dead = now - self._since > (_RETURNING if self._owner_may_return else LEASE.total_seconds())
        fence = None
        if is_free or is_dead or (expired and not self._owner_may_return):
            fence = await self._database.write(_claim(self._owner, lease if is_dead else None))
        self._asked = now
        if fence is None:
            return False
        self._fence = fence
        self._watch()
        return True

    async def renew(self, connection: AsyncConnection) -> datetime:
        """Keeps the lease, as part of a transaction; the time in UTC by the clock of the database.

        Raises SenderLockLostError, after which the transaction must not be committed.
        """
        renewed = self._mine(until=func.now() + LEASE).returning(BROADCASTER.c.until)
        row = (await connection.execute(renewed)).one_or_none()
        if row is None:
            raise SenderLockLostError
        until: datetime = row.until
        return until - LEASE

    async def release(self) -> None:
        self._watch()
        freed = self._mine(owner="", until=func.now())

        async def change(connection: AsyncConnection) -> None:
            await connection.execute(freed)

        await self._database.write(change)

    def _mine(self, **values: object) -> Update:
        own = (BROADCASTER.c.owner == self._owner) & (BROADCASTER.c.fence == self._fence)
        return update(BROADCASTER).where(own).values(values)


SenderLock: TypeAlias = FileSenderLock | LeaseSenderLock


def sender_lock(database: Database, url: str, process: str, utcnow: Callable[[], datetime]) -> SenderLock:
    """The lock for `database`, whose address is `url`. `process`: the name of this process, which no other one has."""
    file = sqlite_file(url)
    return FileSenderLock(file, utcnow) if file else LeaseSenderLock(database, process)


async def _find(connection: AsyncConnection) -> tuple[_Lease | None, bool]:
    row = (await connection.execute(select(BROADCASTER, func.now().label("now")))).one_or_none()
    if row is None:
        return None, True
    return _Lease(row.owner, row.until, row.fence), row.until <= row.now


def _claim(owner: str, dead: _Lease | None) -> Query[int | None]:
    """Takes the lease where its time is over, or it is the owner's own; returns its fence, or None.

    `dead`: a lease that is known not to be renewed any more, whatever its end.
    """

    async def change(connection: AsyncConnection) -> int | None:
        old, until = BROADCASTER.c, func.now() + LEASE
        free = [old.until <= func.now(), old.owner == owner]
        if dead is not None:
            free.append((old.fence == dead.fence) & (old.until == dead.until))
        row = insert_into(connection, BROADCASTER).values(id=_ROW, owner=owner, until=until, fence=1)
        taken = row.on_conflict_do_update(
            index_elements=[old.id], set_={"owner": owner, "until": until, "fence": old.fence + 1}, where=or_(*free)
        )
        fence: int | None = (await connection.execute(taken.returning(old.fence))).scalar_one_or_none()
        return fence

    return change
