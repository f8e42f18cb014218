"""The processes on the same database: each has a row, and any can request that all of them reload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.statements import Change, Query, insert_into, storable, time_of, utc
from bot.storage.tables import RELOADS, REPLICAS

if TYPE_CHECKING:
    from bot.storage.writer import Writer

# One that was not seen for as long is taken as gone; it tells of itself several times within it.
ALIVE: Final = timedelta(seconds=30)
_FORGOTTEN: Final = timedelta(days=1)
_WRITING: Final = 3.0  # seconds


@dataclass(frozen=True, slots=True)
class Replica:
    """A process. `version`: of its knowledge, in force `since`. `seen`: when it told of itself last. Times are UTC.

    `followed`: the number of the last requested reload that it has made; `problem`: why that failed, if it did.
    `alive`: whether it was seen lately.
    """

    name: str
    version: str
    since: datetime
    seen: datetime
    followed: int
    problem: str
    alive: bool


@dataclass(frozen=True, slots=True)
class Request:
    """The newest request to reload. `number`: how many there were; `at`: when, in UTC."""

    number: int
    at: datetime


class Cluster:
    """The rows of all processes. Nothing here raises; without a database there are none."""

    def __init__(self, writer: Writer, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._clock = clock

    def seen(self, name: str, version: str, since: datetime, followed: int, problem: str) -> None:
        """Tells of the process `name`; see `Replica`."""
        self._writer.put(_seen(name, version, since, followed, problem, now=self._clock()))

    def left(self, name: str) -> None:
        """Takes away the row of a process that ends."""
        self._writer.put(_left(name))

    async def all(self) -> list[Replica] | None:
        """The processes that have not ended, in the order of their names; None where the database does not say."""
        return await self._writer.read(_all(self._clock())) if self._writer.database is not None else []

    async def others(self, name: str) -> list[Replica] | None:
        """The processes that are alive, but for `name`; None where the database does not say."""
        replicas = await self.all()
        return replicas and [replica for replica in replicas if replica.alive and replica.name != name]

    async def request_reload(self) -> int | None:
        """Requests a reload by all processes, and returns its number or a later one.

        None where the database does not take it within 3 seconds; it does later, and the processes follow then.
        """
        self._writer.put(_request_reload(self._clock()))
        try:
            await self._writer.written(_WRITING)
        except TimeoutError:
            return None
        requested = await self.requested()
        return requested.number if requested else None

    async def requested(self) -> Request | None:
        """The newest request to reload; None where there was none, or the database does not say."""
        return await self._writer.read(_requested)


def running(now: datetime) -> Query[list[str]]:
    """The names of the processes that were seen lately, in order."""

    async def query(connection: AsyncConnection) -> list[str]:
        lately = REPLICAS.c.seen > await time_of(connection, now) - ALIVE
        found = await connection.execute(select(REPLICAS.c.name).where(lately).order_by(REPLICAS.c.name))
        return list(found.scalars())

    return query


def _seen(name: str, version: str, since: datetime, followed: int, problem: str, *, now: datetime) -> Change:  # noqa: PLR0913 (the columns)
    async def change(connection: AsyncConnection) -> None:
        time = await time_of(connection, now)
        values = {"version": version, "since": since, "seen": time, "taken": followed, "problem": storable(problem)}
        row = insert_into(connection, REPLICAS).values(name=name, **values)
        await connection.execute(row.on_conflict_do_update(index_elements=[REPLICAS.c.name], set_=values))
        await connection.execute(delete(REPLICAS).where(REPLICAS.c.seen < time - _FORGOTTEN))

    return change


def _left(name: str) -> Change:
    async def change(connection: AsyncConnection) -> None:
        await connection.execute(delete(REPLICAS).where(REPLICAS.c.name == name))

    return change


def _all(now: datetime) -> Query[list[Replica]]:
    async def query(connection: AsyncConnection) -> list[Replica]:
        time = await time_of(connection, now)
        found = await connection.execute(select(REPLICAS).order_by(REPLICAS.c.name))
        return [
            Replica(
                row.name,
                row.version,
                utc(row.since),
                utc(row.seen),
                row.taken,
                row.problem,
                alive=utc(row.seen) > time - ALIVE,
            )
            for row in found
        ]

    return query


def _request_reload(now: datetime) -> Change:
    async def change(connection: AsyncConnection) -> None:
        values = {"at": await time_of(connection, now)}
        row = insert_into(connection, RELOADS).values(id=1, number=1, **values)
        counted = {"number": RELOADS.c.number + 1, **values}
        await connection.execute(row.on_conflict_do_update(index_elements=[RELOADS.c.id], set_=counted))

    return change


async def _requested(connection: AsyncConnection) -> Request:
    row = (await connection.execute(select(RELOADS))).one_or_none()
    return Request(row.number, utc(row.at)) if row else Request(0, datetime.min.replace(tzinfo=UTC))
