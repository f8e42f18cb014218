"""Writes what is told, soon and in order, and finds out when the database goes and when it is back."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import structlog
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError

from .statements import combined, probe

if TYPE_CHECKING:
    from .database import Database
    from .health import HealthLog
    from .statements import Change, Query, Result

# What is told while the database is away; the rest is dropped.
KEPT: Final = 10_000
_AT_ONCE: Final = 1_000
# Seconds.
_GATHERING: Final = 0.1
_WRITING: Final = 10.0
_PREPARING: Final = 90.0
_READING: Final = 1.0
_CONFIRMING: Final = 4.0
_ENDING: Final = 2.5
_LONGEST_REASON: Final = 200

log = structlog.get_logger(__name__)


class Writer:
    """One task that writes many changes in one transaction; a failed transaction is tried again until it succeeds."""

    def __init__(
        self, database: Database, health: HealthLog, pauses: Sequence[float], probing: float, kept: int = KEPT
    ) -> None:
        """`probing`: seconds in which a probe has to succeed. `kept`: how much is kept while the database is away."""
        self._probing = probing
        self.database = database
        self._health = health
        self._pauses = pauses
        self._kept = kept
        self._at_once = _AT_ONCE
        self._waiting: deque[Change] = deque()
        self._probes: list[asyncio.Future[None]] = []
        self._wake = asyncio.Event()
        self._attempted = asyncio.Event()
        self._idle = asyncio.Event()
        self._hurry = asyncio.Event()
        self._awaiting = 0
        self._closing = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._prepared = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="storage")

    async def first_attempt(self, seconds: float) -> None:
        """Returns when the database was reached, or could not be; after `seconds` it is taken as away."""
        try:
            async with asyncio.timeout(seconds):
                await self._attempted.wait()
        except TimeoutError:
            self._health.lost(f"did not answer within {seconds:g} seconds")

    def put(self, change: Change) -> None:
        """Has `change` written after all that was put before."""
        if len(self._waiting) >= self._kept:
            self._health.dropped()
            return
        self._waiting.append(change)
        self._idle.clear()
        self._wake.set()

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    async def read(self, query: Query[Result]) -> Result | None:
        """The result of `query`; None where the database does not give one within a second."""
        return await self._within(_READING, self._read(query))

    async def confirm(self, change: Query[Result]) -> Result | None:
        """The result of `change` once it is committed; None where the database does not take it within 4 seconds.

        It is not tried again, so that whoever is told that it failed can try it again.
        """
        return await self._within(_CONFIRMING, self._confirm(change)) if self._prepared else None

    async def _within(self, seconds: float, work: Coroutine[Any, Any, Result]) -> Result | None:
        # A task of its own: whoever asks may be cancelled, and the query must not be.
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        done, _ = await asyncio.wait({task}, timeout=seconds)
        if done and task.exception() is None:
            return task.result()
        self._wake.set()  # the writer finds out what it is
        return None

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # asyncio complains of one that nobody looked at

    async def _read(self, query: Query[Result]) -> Result:
        async with self.database.limit(_READING), self.database.reading() as connection:
            return await query(connection)

    async def _confirm(self, change: Query[Result]) -> Result:
        async with self.database.limit(_CONFIRMING), self.database.writing() as connection:
            return await change(connection)

    async def probe(self) -> None:
        """Returns when something was written, or could not be."""
        done = asyncio.get_running_loop().create_future()
        self._probes.append(done)
        self._wake.set()
        self._hurry.set()
        try:
            async with asyncio.timeout(self._probing):
                await done
        except TimeoutError:
            self._health.lost(f"did not answer within {self._probing:g} seconds")

    async def written(self, seconds: float | None = None) -> None:
        """Returns when nothing is left to write. Raises TimeoutError after `seconds`."""
        self._awaiting += 1
        self._hurry.set()
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        finally:
            self._awaiting -= 1

    async def close(self) -> None:
        """Ends what is under way, and drops what is not written yet."""
        self._closing.set()
        self._wake.set()
        self._hurry.set()
        tasks = {*self._tasks, *([self._task] if self._task else [])}
        if tasks:
            await asyncio.wait(tasks, timeout=_ENDING)
        await self.database.close()

    async def _run(self) -> None:
        failures = 0
        while not self._closing.is_set():
            if await self._attempt():
                failures = 0
                await self._next()
            else:
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._pauses[min(failures, len(self._pauses) - 1)]):
                        await self._closing.wait()
                failures += 1

    async def _next(self) -> None:
        """Returns when there is something to write; where much comes, it is gathered first, to be written at once."""
        if not self._waiting:
            self._idle.set()
            await self._wake.wait()
        elif self._at_once == _AT_ONCE and not (self._probes or self._awaiting or self._closing.is_set()):
            self._hurry.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_GATHERING):
                    await self._hurry.wait()

    async def _attempt(self) -> bool:
        """Writes some of what is waiting; whether the database could be used."""
        self._wake.clear()
        probes, self._probes = self._probes, []
        try:
            await self._write()
        except Exception as error:  # noqa: BLE001 (whatever a driver raises: answers go on)
            # Whoever has asked meanwhile has the answer, too.
            probes += self._probes
            self._probes = []
            return self._failed(error)
        else:
            self._health.found()
            return True
        finally:
            self._attempted.set()
            for done in probes:
                if not done.done():
                    done.set_result(None)

    async def _write(self) -> None:
        if not self._prepared:
            async with self.database.limit(_PREPARING):
                await self.database.prepare()
            self._prepared = True
        batch = list(islice(self._waiting, self._at_once))
        async with self.database.limit(_WRITING), self.database.writing() as connection:
            for change in combined(batch) if batch else [probe]:
                await change(connection)
        for _ in batch:
            self._waiting.popleft()
        if not self._waiting:
            self._at_once = _AT_ONCE

    def _failed(self, error: Exception) -> bool:
        if self._prepared and _is_of_the_change(error):
            # One of many is wrong: they are written one by one, until it is the first.
            if self._at_once == 1:
                self._waiting.popleft()
                log.error("something could not be noted", reason=reason_of(error))
            self._at_once = 1
            return True
        # Whoever restored or replaced the database may have brought back an older form of the tables.
        self._prepared = False
        self._health.lost(reason_of(error))
        return False


def _is_of_the_change(error: Exception) -> bool:
    """Whether the database is well, and the same change would fail again."""
    if isinstance(error, DBAPIError):
        return isinstance(error, DataError | IntegrityError)
    return isinstance(error, StatementError | TypeError | ValueError | OverflowError)


def reason_of(error: Exception) -> str:
    """The first line: the others of an error of PostgreSQL repeat what was to be written."""
    cause = error.orig if isinstance(error, StatementError) and error.orig is not None else error
    lines = str(cause).strip().splitlines()
    return lines[0][:_LONGEST_REASON] if lines else type(cause).__name__
