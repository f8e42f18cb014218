"""The lock that lets one process at a time send announcements: a file beside SQLite, a lease in PostgreSQL."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Update, false, func, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.tables import BROADCASTER

# Together with looking for it twice a second, that is less than the 5 seconds in which a dead process is succeeded.
LEASE = timedelta(seconds=4)
# Seconds. Who has not seen the lease for so long has missed renewals of it.
_BLIND = 2.0
# How long another process may take to find that the database is back, and to write down what it has sent.
_RETURNING = 10.0


class SenderLockLostError(Exception):
    """Another process has taken the lock."""


class FileSenderLock:
    """A lock on a file beside the SQLite file, which the operating system frees when the process ends in any way."""

    def __init__(self, database: Path, utcnow: Callable[[], datetime]) -> None:
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


class LeaseSenderLock:
    """A row in PostgreSQL with an owner and an end, by its clock. `fence`: how often it has changed hands."""

    def __init__(self, database: Database, owner: str) -> None:
        """`owner`: the name of this process, and of no other one, dead or alive."""
        self._database = database
        self._owner = owner
        self._fence = 0
        self._watch()

    def _watch(self) -> None:
        """Begin to look at the lease anew; the times are monotonic."""
        # When the database did last what it was asked to.
        self._asked = time.monotonic()
        # After an outage, the owner may have sent what it could not write down yet: it is to come back first.
        self._owner_may_return_until = 0.0

    async def acquire(self) -> bool:
        """Tries to take the lease; whether this process has it now. Raises whatever the driver does."""
        now, old, until = time.monotonic(), BROADCASTER.c, func.now() + LEASE
        if now - self._asked > _BLIND:
            self._owner_may_return_until = now + _RETURNING
        # One that ends later than any could is from before the clock was set back.
        is_over = (old.until <= func.now()) | (old.until > until + LEASE)
        free = old.owner.in_(("", self._owner)) | (is_over if now > self._owner_may_return_until else false())
        row = postgresql.insert(BROADCASTER).values(id=1, owner=self._owner, until=until, fence=1)
        again = {"owner": self._owner, "until": until, "fence": old.fence + 1}
        taken = row.on_conflict_do_update(index_elements=[old.id], set_=again, where=free).returning(old.fence)

        async def change(connection: AsyncConnection) -> int | None:
            fence: int | None = (await connection.execute(taken)).scalar_one_or_none()
            return fence

        fence = await self._database.write(change)
        self._asked = now
        if fence is not None:
            self._fence = fence
        return fence is not None

    async def renew(self, connection: AsyncConnection) -> datetime:
        """Keeps the lease, as part of a transaction; the time in UTC. SenderLockLostError: it must not be committed."""
        renewed = self._mine(until=func.now() + LEASE).returning(BROADCASTER.c.until)
        row = (await connection.execute(renewed)).one_or_none()
        if row is None:
            raise SenderLockLostError
        until: datetime = row.until
        return until - LEASE

    async def release(self) -> None:
        self._watch()
        freed = self._mine(owner="", until=func.now())
        await self._database.write(lambda connection: connection.execute(freed))

    def _mine(self, **values: object) -> Update:
        own = (BROADCASTER.c.owner == self._owner) & (BROADCASTER.c.fence == self._fence)
        return update(BROADCASTER).where(own).values(values)


SenderLock = FileSenderLock | LeaseSenderLock


def sender_lock(database: Database, process: str, utcnow: Callable[[], datetime]) -> SenderLock:
    """The lock for `database`. `process`: the name of this process, which no other one has."""
    return FileSenderLock(database.file, utcnow) if database.file else LeaseSenderLock(database, process)
