"""The lease of the broadcaster: one process at a time sends announcements, and a dead one is soon succeeded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.statements import Query, insert_into, is_shared, time_of, utc
from bot.storage.tables import BROADCASTER

# Together with looking for it twice a second, that is less than the 5 seconds in which a dead process is succeeded.
LEASE: Final = timedelta(seconds=4)
_ROW: Final = 1


@dataclass(frozen=True, slots=True)
class Lease:
    """`owner`: empty where nobody has it. `fence`: counts how often it has changed hands."""

    owner: str
    until: datetime
    fence: int


def find(utcnow: Callable[[], datetime]) -> Query[tuple[Lease | None, bool]]:
    """The lease as it is, and whether it is free: by the clock of the database where machines share it."""

    async def query(connection: AsyncConnection) -> tuple[Lease | None, bool]:
        row = (await connection.execute(select(BROADCASTER))).one_or_none()
        if row is None:
            return None, True
        lease = Lease(row.owner, utc(row.until), row.fence)
        return lease, lease.until <= await time_of(connection, utcnow())

    return query


def claim(owner: str, utcnow: Callable[[], datetime], dead: Lease | None) -> Query[int | None]:
    """Takes the lease where it is free, or is this process's own: one whose sending has failed begins again.

    Returns the new fence, or None where another process has it. `dead`: a lease that is known not to be renewed any
    more, whatever the clocks say.
    """

    async def change(connection: AsyncConnection) -> int | None:
        now = await time_of(connection, utcnow())
        row = insert_into(connection, BROADCASTER).values(id=_ROW, owner=owner, until=now + LEASE, fence=1)
        old = BROADCASTER.c
        free = [old.until <= now, old.owner == owner]
        if dead is not None:
            free.append((old.fence == dead.fence) & (old.until == dead.until))
        taken = row.on_conflict_do_update(
            index_elements=[old.id],
            set_={"owner": row.excluded.owner, "until": row.excluded.until, "fence": old.fence + 1},
            where=or_(*free),
        ).returning(old.fence)
        new: int | None = (await connection.execute(taken)).scalar_one_or_none()
        return new

    return change


async def renew(connection: AsyncConnection, owner: str, fence: int, now: datetime) -> datetime | None:
    """Keeps the lease for another while, and returns the time; None where it has changed hands.

    `now`: the time where the database has none of its own.
    """
    mine = (BROADCASTER.c.owner == owner) & (BROADCASTER.c.fence == fence)
    until = func.now() + LEASE if is_shared(connection) else now + LEASE
    renewed = update(BROADCASTER).where(mine).values(until=until).returning(BROADCASTER.c.until)
    row = (await connection.execute(renewed)).one_or_none()
    return utc(row.until) - LEASE if row is not None else None


def give_up(owner: str, fence: int, utcnow: Callable[[], datetime]) -> Query[None]:
    """Has the next process take the lease at once."""

    async def change(connection: AsyncConnection) -> None:
        mine = (BROADCASTER.c.owner == owner) & (BROADCASTER.c.fence == fence)
        free = {"owner": "", "until": await time_of(connection, utcnow())}
        await connection.execute(update(BROADCASTER).where(mine).values(free))

    return change
