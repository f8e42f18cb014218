"""What is noted of running the bot: the processes on the same database, their reloads, and what admins have done."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import Query, insert_into, storable, time_of
from .tables import AUDIT, RELOADS, REPLICAS
from .writer import Repository

_WRITING = 3.0  # seconds


class Replica(NamedTuple):
    """A process. `version`: of its knowledge, in force `since`. `seen`: when it told of itself last."""

    name: str
    version: str
    since: datetime
    seen: datetime
    followed: int  # the number of the last requested reload that it has made
    problem: str  # why that failed, if it did
    alive: bool


class Cluster(Repository):
    """The rows of all processes. All that asks the database raises NoDatabaseError."""

    def seen(self, name: str, version: str, since: datetime, followed: int, problem: str) -> None:
        """Notes how the process `name` is; see `Replica`."""
        now = self._clock()

        async def change(connection: AsyncConnection) -> None:
            time = await time_of(connection, now)
            values = {"version": version, "since": since, "seen": time, "taken": followed, "problem": storable(problem)}
            row = insert_into(connection, REPLICAS).values(name=name, **values)
            await connection.execute(row.on_conflict_do_update(index_elements=[REPLICAS.c.name], set_=values))
            await connection.execute(delete(REPLICAS).where(REPLICAS.c.seen < time - timedelta(days=1)))

        self._writer.put(change)

    def left(self, name: str) -> None:
        self._writer.put(lambda connection: connection.execute(delete(REPLICAS).where(REPLICAS.c.name == name)))

    async def all(self) -> list[Replica]:
        """The processes that have not ended, in the order of their names."""
        return await self._writer.read(replicas(self._clock()))

    async def request_reload(self) -> int:
        """Requests a reload by all processes, later where the database does not take it; its number or a later one."""
        now = self._clock()

        async def change(connection: AsyncConnection) -> None:
            values = {"at": await time_of(connection, now)}
            row = insert_into(connection, RELOADS).values(id=1, number=1, **values)
            counted = {"number": RELOADS.c.number + 1, **values}
            await connection.execute(row.on_conflict_do_update(index_elements=[RELOADS.c.id], set_=counted))

        self._writer.put(change)
        await self._writer.written(_WRITING)
        number, _ = await self.requested()
        return number

    async def requested(self) -> tuple[int, datetime]:
        """How many reloads were requested, and when the last one was."""
        found = await self._row(select(RELOADS), lambda row: (row.number, row.at))
        return found or (0, datetime.min.replace(tzinfo=UTC))


def replicas(now: datetime) -> Query[list[Replica]]:
    """All processes that have not ended, in the order of their names."""

    async def query(connection: AsyncConnection) -> list[Replica]:
        # One that was not seen for as long is taken as gone; it tells of itself several times within it.
        alive_since = await time_of(connection, now) - timedelta(seconds=30)
        found = await connection.execute(select(REPLICAS).order_by(REPLICAS.c.name))
        return [
            Replica(row.name, row.version, row.since, row.seen, row.taken, row.problem, row.seen > alive_since)
            for row in found
        ]

    return query


class Audited(NamedTuple):
    """Something that an admin did, or the program by itself, where `who` is None."""

    at: datetime
    who: int | None
    what: str
    result: str


class Audit(Repository):
    """What admins have done, as it is noted."""

    async def note(self, who: int | None, what: str, result: str) -> None:
        """Notes what `who` did, a word such as reload and what it was done to. Texts are cut after 500 characters."""
        values = {"at": self._clock(), "who": who or 0, "what": storable(what), "result": storable(result)}
        self._writer.put(lambda connection: connection.execute(insert(AUDIT).values(values)))

    async def latest(self, most: int) -> list[Audited]:
        """What was noted last, newest first. Raises NoDatabaseError."""
        newest = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(most)
        return await self._rows(newest, lambda row: Audited(row.at, row.who or None, row.what, row.result))
