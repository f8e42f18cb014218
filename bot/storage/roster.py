"""The processes that share a database: each has a row, and any can ask all of them to reload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .figures import storable
from .statements import Change, Query, insert_into, is_shared, time_of, utc
from .tables import RELOADS, REPLICAS

if TYPE_CHECKING:
    from .writer import Writer

# One that was not seen for as long is taken as gone; it tells of itself several times within it.
ALIVE: Final = timedelta(seconds=30)
_FORGOTTEN: Final = timedelta(days=1)
_CHANNEL: Final = "shushuo_reload"
_WRITING: Final = 3.0  # seconds


@dataclass(frozen=True, slots=True)
class Replica:
    """A process. `version`: of its knowledge, in force `since`. `seen`: when it told of itself last. Times are UTC.

    `taken`: the number of the last request to reload that it has followed; `problem`: why that failed, if it did.
    `alive`: whether it was seen lately.
    """

    name: str
    version: str
    since: datetime
    seen: datetime
    taken: int
    problem: str
    alive: bool


@dataclass(frozen=True, slots=True)
class Request:
    """The newest request to reload; `number` is 0 where there was none."""

    number: int
    at: datetime


class Roster:
    """The rows of all processes. Nothing here raises; without a database there are none."""

    def __init__(self, writer: Writer | None, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._clock = clock

    @property
    def kept(self) -> bool:
        """Whether there is a database to keep it in."""
        return self._writer is not None

    def seen(self, name: str, version: str, since: datetime, taken: int, problem: str) -> None:
        """Tells of the process `name`; see `Replica`."""
        if self._writer is not None:
            self._writer.put(_seen(name, version, since, taken, problem, now=self._clock()))

    def left(self, name: str) -> None:
        """The process ends."""
        if self._writer is not None:
            self._writer.put(_left(name))

    async def all(self) -> list[Replica] | None:
        """Those that have not ended, in the order of their names; None where the database does not say."""
        return await self._writer.read(_all(self._clock())) if self._writer is not None else []

    async def ask(self) -> int | None:
        """Asks all processes to reload. The number of the request; None where the database does not take it."""
        if self._writer is None:
            return None
        numbers: list[int] = []
        self._writer.put(_ask(self._clock(), numbers))
        try:
            await self._writer.written(_WRITING)
        except TimeoutError:
            return None
        return numbers[-1] if numbers else None

    async def asked(self) -> Request | None:
        """The newest request; None where the database does not say."""
        return await self._writer.read(_asked(self._clock())) if self._writer is not None else None

    async def listen(self, heard: Callable[[], None]) -> None:
        """Calls `heard` once when it has begun, and again whenever somebody has asked, until it is cancelled.

        Ends at once where the database does not tell by itself. Raises whatever its driver does when it goes away.
        """
        if self._writer is not None:
            await self._writer.database.listen(_CHANNEL, heard)


def running(now: datetime) -> Query[list[str]]:
    """The names of the processes that were seen lately, in order."""

    async def query(connection: AsyncConnection) -> list[str]:
        lately = REPLICAS.c.seen > await time_of(connection, now) - ALIVE
        found = await connection.execute(select(REPLICAS.c.name).where(lately).order_by(REPLICAS.c.name))
        return list(found.scalars())

    return query


def _seen(name: str, version: str, since: datetime, taken: int, problem: str, *, now: datetime) -> Change:  # noqa: PLR0913 (the columns)
    async def change(connection: AsyncConnection) -> None:
        time = await time_of(connection, now)
        values = {"version": version, "since": since, "seen": time, "taken": taken, "problem": storable(problem)}
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


def _ask(now: datetime, numbers: list[int]) -> Change:
    """Adds the number of the request to `numbers`, once more for each attempt."""

    async def change(connection: AsyncConnection) -> None:
        values = {"at": await time_of(connection, now)}
        row = insert_into(connection, RELOADS).values(id=1, number=1, **values)
        again = row.on_conflict_do_update(
            index_elements=[RELOADS.c.id], set_={"number": RELOADS.c.number + 1, **values}
        )
        numbers.append((await connection.execute(again.returning(RELOADS.c.number))).scalar_one())
        if is_shared(connection):
            await connection.execute(select(func.pg_notify(_CHANNEL, "")))

    return change


def _asked(now: datetime) -> Query[Request]:
    async def query(connection: AsyncConnection) -> Request:
        row = (await connection.execute(select(RELOADS))).one_or_none()
        return Request(row.number, utc(row.at)) if row else Request(0, now)

    return query
