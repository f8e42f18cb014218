"""Writes what is told, soon and in order, and finds out when the database goes and when it is back."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

import structlog
from sqlalchemy import Delete, Executable, Row, Update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import Change, Database, Query, Result, Values, insert_into, time_of
from .tables import PROBE

# What is told while the database is away; the rest is dropped.
KEPT = 10_000
_AT_ONCE = 1_000
# How often a single change may take too long before it is dropped.
_ATTEMPTS = 3
# Seconds that each may take; and between attempts while the database is away, the first and the longest.
_READING, _CONFIRMING, _WRITING, _PREPARING = 1.0, 4.0, 10.0, 90.0
_GATHERING, _ENDING = 0.25, 2.5
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 4.0
# Of PostgreSQL: a statement that has reached its limit of time; one that is too long or too complex.
_CANCELED = "57014"
_LIMITS_OF_POSTGRESQL = "54"

log = structlog.get_logger(__name__)


class Health(NamedTuple):
    """`since`: when this began, UTC. `reason`: why the database cannot be used, one line; empty while it can."""

    healthy: bool
    since: datetime
    reason: str = ""


class NoDatabaseError(Exception):
    """The database did not answer, or did not take a change, in time."""


Write = Callable[[AsyncConnection, list[Values]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Rows:
    """A change that is rows for `write`, which takes many at once; two such functions touch two tables."""

    write: Write
    values: list[Values]

    async def __call__(self, connection: AsyncConnection) -> None:
        await self.write(connection, self.values)


class Writer:
    """Writes many changes in one transaction, by one task that tries again until the database takes it.

    Where the database can be used but does not take these changes, a tenth of them is written at once, and then twice
    as many each time; what it does not take alone is dropped, and keeps no other from being written.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self.database = database
        self._clock = clock
        self.health = Health(healthy=True, since=clock())
        self._dropped = 0
        # Seconds in which a probe has to succeed.
        self._probing = database.busy + 0.5
        self._at_once = _AT_ONCE
        self._attempts = 0
        # Changes, and behind what was put before them, those who wait until that is written.
        self._waiting: deque[Change | asyncio.Future[None]] = deque()
        # Set once the attempt that begins next has come to its end.
        self._tried = asyncio.Event()
        self._wake = asyncio.Event()
        self._hurry = asyncio.Event()
        self._closing = asyncio.Event()
        self._prepared = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="storage")

    def put(self, change: Change, *, at_once: bool = False) -> None:
        """Has `change` written after all that was put before; `at_once`: without gathering more."""
        if len(self._waiting) >= KEPT:
            self._dropped += 1
            return
        self._waiting.append(change)
        self._wake.set()
        if at_once:
            self._hurry.set()

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    async def read(self, query: Query[Result], seconds: float = _READING) -> Result:
        """The result of `query`. Raises NoDatabaseError after `seconds`, or at once where it is known to be away."""
        if not self.health.healthy:
            raise NoDatabaseError
        return await self._within(seconds, self.database.read(query, seconds))

    async def confirm(self, change: Query[Result], seconds: float = _CONFIRMING) -> Result:
        """The result of `change` once it is committed. Raises NoDatabaseError; it is not tried again then."""
        if not self._prepared:
            raise NoDatabaseError
        return await self._within(seconds, self.database.write(change, seconds))

    async def _within(self, seconds: float | None, work: Awaitable[Result]) -> Result:
        try:
            async with asyncio.timeout(seconds):
                return await work
        except Exception as error:
            self._wake.set()  # the writer finds out what it is
            raise NoDatabaseError from error

    async def probe(self, seconds: float | None = None) -> None:
        """Returns when something was written, or could not be; after `seconds` the database is taken as away."""
        seconds, tried = seconds or self._probing, self._tried
        self._wake.set()
        self._hurry.set()
        try:
            async with asyncio.timeout(seconds):
                await tried.wait()
        except TimeoutError:
            self._late(seconds)

    async def written(self, seconds: float | None = None) -> None:
        """Returns when all that was put before is written. Raises NoDatabaseError after `seconds`."""
        if not self._waiting:
            return
        done = asyncio.get_running_loop().create_future()
        self._waiting.append(done)
        self._hurry.set()
        await self._within(seconds, done)

    async def close(self) -> None:
        """Ends what is under way, and drops what is not written yet."""
        self._closing.set()
        self._wake.set()
        self._hurry.set()
        ending = [asyncio.create_task(self.database.ended()), *([self._task] if self._task else [])]
        await asyncio.wait(ending, timeout=_ENDING)
        await self.database.close()

    async def _run(self) -> None:
        pause = FIRST_PAUSE
        while not self._closing.is_set():
            if await self._attempt():
                pause = FIRST_PAUSE
                await self._next()
            else:
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._closing.wait()
                pause = min(2 * pause, LONGEST_PAUSE)

    async def _next(self) -> None:
        """Returns when there is something to write; where much comes, it is gathered first, to be written at once."""
        if not self._waiting:
            await self._wake.wait()
        elif self._at_once == _AT_ONCE:
            with suppress(TimeoutError):
                async with asyncio.timeout(_GATHERING):
                    await self._hurry.wait()

    async def _attempt(self) -> bool:
        """Writes some of what is waiting; whether the database could be used."""
        self._wake.clear()
        self._hurry.clear()
        tried, self._tried = self._tried, asyncio.Event()
        try:
            await self._write()
        except Exception as error:  # noqa: BLE001 (whatever a driver raises: answers go on)
            self._tried.set()  # whoever has asked meanwhile has the answer, too
            # Whoever restored or replaced the database may have brought back an older form of the tables.
            self._prepared = False
            self._lost(reason_of(error))
            return False
        else:
            self._found()
            return True
        finally:
            tried.set()

    async def _write(self) -> None:
        if not self._prepared:
            async with self.database.limit(_PREPARING):
                await self.database.prepare()
            self._prepared = True
        batch = list(islice(self._waiting, self._at_once))
        changes = [change for change in batch if not isinstance(change, asyncio.Future)]
        try:
            await self._commit(changes, _WRITING)
        except Exception as error:
            if not changes or not await self._is_of_changes(error):
                raise
            self._refused(changes, error)
        else:
            self._taken(len(batch))

    async def _commit(self, batch: Sequence[Change], seconds: float) -> None:
        """Writes the changes, or a probe where there are none."""
        # SQLite on a disk that is frozen raises nothing, and is not given up.
        late = asyncio.get_running_loop().call_later(self._probing, self._late, self._probing)
        try:
            async with self.database.limit(seconds), self.database.writing() as connection:
                for change in combined(batch) if batch else [probe]:
                    await change(connection)
        finally:
            late.cancel()

    async def _is_of_changes(self, error: Exception) -> bool:
        """Whether the database can be used, so that it is the changes that it did not take."""
        if _is_out_of_time(error):
            with suppress(Exception):
                await self._commit([], self._probing)
                return True
            return False
        if isinstance(error, DBAPIError):
            return isinstance(error, DataError | IntegrityError) or _sqlstate(error).startswith(_LIMITS_OF_POSTGRESQL)
        return isinstance(error, StatementError | TypeError | ValueError | OverflowError)

    def _taken(self, count: int) -> None:
        for _ in range(count):
            taken = self._waiting.popleft()
            if isinstance(taken, asyncio.Future) and not taken.done():
                taken.set_result(None)
        self._attempts = 0
        self._at_once = min(2 * self._at_once, _AT_ONCE)

    def _refused(self, changes: Sequence[Change], error: Exception) -> None:
        """Has fewer changes written next time, or drops the only one that was to be written."""
        self._at_once = max(len(changes) // 10, 1)
        if len(changes) > 1:
            return
        self._attempts += 1
        if self._attempts < _ATTEMPTS and _is_out_of_time(error):
            return  # the database may have been slow for a while
        # The name of the function tells nothing of what people wrote.
        function = changes[0].write if isinstance(changes[0], Rows) else changes[0]
        what = function.__qualname__.partition(".<locals>")[0].lstrip("_")
        log.error("something could not be noted", what=what, reason=reason_of(error))
        self._taken(self._waiting.index(changes[0]) + 1)

    def _late(self, seconds: float) -> None:
        self._lost(f"did not answer within {seconds:g} seconds")

    def _lost(self, reason: str) -> None:
        if self.health.healthy:
            log.error("the database cannot be used; answers go on without it", reason=reason)
        self.health = Health(False, self._clock() if self.health.healthy else self.health.since, reason)

    def _found(self) -> None:
        if self.health.healthy:
            return
        before, self.health = self.health, Health(healthy=True, since=self._clock())
        away = (self.health.since - before.since).total_seconds()
        log.warning("the database is back", away_seconds=round(away, 1), dropped=self._dropped)
        self._dropped = 0


class Repository:
    """The rows of one subject, read and written by a writer. `clock`: tells the time in UTC."""

    def __init__(self, writer: Writer, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._clock = clock

    async def _rows(self, wanted: Executable, of: Callable[[Row[Any]], Result]) -> list[Result]:
        """What `of` makes of each row. Raises NoDatabaseError."""

        async def query(connection: AsyncConnection) -> list[Result]:
            return [of(row) for row in await connection.execute(wanted)]

        return await self._writer.read(query)

    async def _row(self, wanted: Executable, of: Callable[[Row[Any]], Result]) -> Result | None:
        """What `of` makes of the first row; None where there is none. Raises NoDatabaseError."""
        return next(iter(await self._rows(wanted, of)), None)

    async def _changed(self, change: Callable[[datetime], Update | Delete]) -> bool:
        """Whether there was a row to change. `change`: makes the statement of the time. Raises NoDatabaseError."""

        async def carry_out(connection: AsyncConnection) -> bool:
            now = await time_of(connection, self._clock())
            return (await connection.execute(change(now))).rowcount > 0

        return await self._writer.confirm(carry_out)


def combined(changes: Iterable[Change]) -> Iterator[Change]:
    """Merges changes, the rows of each statement into one; no row passes a change of another sort.

    What is noted of a question takes 0.05 ms of CPU so, and 2.4 ms as a statement for each row.
    """
    rows: dict[Write, list[Values]] = {}
    for change in changes:
        if isinstance(change, Rows):
            rows.setdefault(change.write, []).extend(change.values)
            continue
        yield from map(Rows, rows, rows.values())
        rows.clear()
        yield change
    yield from map(Rows, rows, rows.values())


async def probe(connection: AsyncConnection) -> None:
    row = insert_into(connection, PROBE).values(id=1, written=0)
    again = {"written": (PROBE.c.written + 1) % 1_000_000}
    await connection.execute(row.on_conflict_do_update(index_elements=[PROBE.c.id], set_=again))


def _is_out_of_time(error: Exception) -> bool:
    """Whether either the database is away, or what was to be written is too much for it."""
    return isinstance(error, TimeoutError) or _sqlstate(error) == _CANCELED


def _sqlstate(error: Exception) -> str:
    """The code of an error of PostgreSQL; empty for all others."""
    return getattr(error.orig, "sqlstate", None) or "" if isinstance(error, DBAPIError) else ""


def reason_of(error: Exception) -> str:
    """The first line: the others of an error of PostgreSQL repeat what was to be written."""
    cause = error.orig if isinstance(error, StatementError) and error.orig is not None else error
    lines = str(cause).strip().splitlines()
    return lines[0][:200] if lines else type(cause).__name__
