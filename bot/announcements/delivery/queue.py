"""The queue of deliveries: the table itself, read a page ahead, and written many results at a time."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.payload import PayloadError
from bot.clock import growing_pauses
from bot.storage.announcements.deliveries import (
    FOR_SUBSCRIBERS,
    Due,
    Recorded,
    Sending,
    due,
    ended_subscriptions,
    record,
    recover,
)
from bot.storage.announcements.sender_lock import SenderLock, SenderLockLostError
from bot.storage.announcements.sending import (
    Position,
    create_deliveries,
    finish,
    is_anything_open,
    left,
    release_due,
    sending,
)
from bot.storage.writer import reason_of

from .job import Announced

if TYPE_CHECKING:
    from bot.storage.database import Database

    from .job import Job, Observer

# Seconds between two attempts in a chat, at most.
LONGEST_PAUSE: Final = 600.0
# Deliveries.
_PAGE: Final = 100
# Seconds.
_LOOKING: Final = 0.5
_BREATH: Final = 0.01
_ENDING: Final = 0.4
# Between attempts to reach the database, the first and the longest.
_FIRST_PAUSE: Final = 0.125
_LONGEST_PAUSE: Final = 1.0
# Who was subscribed that long ago may not be any more.
_FRESH: Final = 0.3
# The lock is held for longer after each transaction: what sets out later might arrive after the next owner's messages.
_SAFE: Final = 3.0

log = structlog.get_logger(__name__)

# Has announcements follow from schedules, within a transaction at a time. Raises what drivers raise.
Release: TypeAlias = Callable[[AsyncConnection, datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Look:
    """What there is to send. `position`: where creating deliveries goes on. `left`: chats of each announcement."""

    position: Position | None
    left: dict[int, int]
    new: list[Sending]


class DeliveryQueue:
    """What is due, in order. `open` and `close` it; meanwhile `run` works on the database.

    A job that was taken is in the hands of the sender until its result is recorded, or it is dropped.
    """

    def __init__(self, database: Database, lock: SenderLock, release: Release | None, observer: Observer) -> None:
        """`release`: called twice a second, before the announcements that are due are taken up."""
        self._database = database
        self._lock = lock
        self._release = release
        self._observer = observer
        self._in_trouble = False
        self._begin()

    def _begin(self) -> None:
        # The announcements that are being sent, in the order of their release.
        self._announcements: dict[int, Announced] = {}
        self._unreadable: set[int] = set()
        # Taken from the table and not recorded yet: those that wait here, and those that the sender has.
        self._in_hand: dict[tuple[int, int], Job] = {}
        self._ready: deque[Job] = deque()
        self._all_read = False
        # Who waits for the next transaction, and the result that it is to write, if any.
        self._waiting: list[tuple[Recorded | None, asyncio.Future[None]]] = []
        self._position: Position | None = None
        self._recovered = False
        self._look_at = 0.0
        self._work = asyncio.Event()
        self._added = asyncio.Event()

    # ---- for those who send

    async def open(self) -> None:
        """Return when this process is the one that sends."""
        while True:
            try:
                acquired = await self._lock.acquire()
            except Exception as error:  # noqa: BLE001 (whatever a driver or the file system raises)
                self._lost(error)
            else:
                self._found()
                if acquired:
                    self._begin()
                    return
            await asyncio.sleep(_LOOKING)

    async def close(self) -> None:
        """Let another process send, once what is being written is written."""
        await self._database.ended(_ENDING)
        try:
            async with asyncio.timeout(_ENDING):
                await self._lock.release()
        except Exception as error:  # noqa: BLE001 (it ends by itself)
            log.info("announcements: the next process has to wait for the lock", reason=reason_of(error))
        await self._database.ended(_ENDING)

    async def take(self) -> Job:
        while not self._ready:
            self._added.clear()
            await self._added.wait()
        job = self._ready.popleft()
        if self._runs_low():
            self._work.set()
        return job

    async def check(self, job: Job) -> None:
        """See to it that what is known of a chat is true now, and that this process still is the one that sends."""
        since = time.monotonic() - _FRESH
        while job.checked < max(since, time.monotonic() - _SAFE):
            await self._transaction(None)

    def is_open(self, announcement: int) -> bool:
        """Whether an announcement is still being sent: it may have been stopped."""
        return announcement in self._announcements

    async def record(self, result: Recorded) -> None:
        """Write what came of a job with the next transaction, and return once that is committed."""
        await self._transaction(result)

    def drop(self, job: Job) -> None:
        self._in_hand.pop(job.key, None)

    async def _transaction(self, result: Recorded | None) -> None:
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((result, done))
        self._work.set()
        await done

    # ---- the database

    async def run(self) -> None:
        """Work on the database until it is cancelled. Raises SenderLockLostError."""
        pauses = growing_pauses(_FIRST_PAUSE, _LONGEST_PAUSE)
        while True:
            try:
                await self._transact()
            except SenderLockLostError:
                raise
            except Exception as error:  # noqa: BLE001 (whatever a driver raises: what is to be written is kept)
                self._lost(error)
                await self._database.close()  # a connection from before an outage may lead nowhere
                await asyncio.sleep(next(pauses))
            else:
                self._found()
                pauses = growing_pauses(_FIRST_PAUSE, _LONGEST_PAUSE)
                await self._until_wanted()

    async def _until_wanted(self) -> None:
        """Return when there is something to do, or it is time to look again."""
        self._work.clear()
        seconds = self._look_at - time.monotonic()
        if seconds > 0 and not (self._waiting or self._runs_low()):
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._work.wait()

    def _runs_low(self) -> bool:
        return len(self._ready) <= _PAGE // 2 and not self._all_read

    async def _transact(self) -> None:
        """One transaction: it keeps the lock, writes the results, and reads what the sender needs next."""
        began = time.monotonic()
        looks = began >= self._look_at
        waiting = self._waiting.copy()
        results = [result for result, _ in waiting if result is not None]
        # What is written may let a later delivery to the same chat go, and time makes others due.
        self._all_read = self._all_read and not (looks or results)
        reads = self._runs_low()
        checks = len(results) < len(waiting)
        doubtful = [job for job in self._in_hand.values() if job.checked < began - _FRESH] if checks else []

        async def change(connection: AsyncConnection) -> tuple[_Look | None, list[Due], dict[int, str]]:
            now = await self._lock.renew(connection)
            await record(connection, results, now)
            look = await self._look(connection, now) if looks else None
            open_ = [announcement.sending for announcement in self._announcements.values()]
            page = await due(connection, open_, self._in_hand.keys(), _PAGE, now) if reads else []
            subscribers = {job.chat_id for job in doubtful if job.action in FOR_SUBSCRIBERS}
            return look, page, await ended_subscriptions(connection, subscribers)

        look, page, ended = await self._database.write(change)
        for result in results:
            self._in_hand.pop((result.announcement, result.chat_id), None)
        if reads:
            self._all_read = len(page) < _PAGE
        if look is not None:
            self._take_over(look, began)
        self._add(page, began)
        for job in doubtful:
            job.checked, job.ended = began, ended.get(job.chat_id)
        del self._waiting[: len(waiting)]
        for _, done in waiting:
            if not done.done():
                done.set_result(None)

    async def _look(self, connection: AsyncConnection, now: datetime) -> _Look:
        if not await is_anything_open(connection, now):
            return _Look(None, {}, [])
        if not self._recovered:
            await recover(connection, LONGEST_PAUSE, now)
        if self._release is not None:
            await self._release(connection, now)
        await release_due(connection, now)
        position = await create_deliveries(connection, self._position)
        await finish(connection, now)
        counts = await left(connection)
        new = [number for number in counts if number not in self._announcements and number not in self._unreadable]
        return _Look(position, counts, await sending(connection, new))

    def _take_over(self, look: _Look, began: float) -> None:
        self._recovered = True
        self._position = look.position
        # The next piece of a large audience follows soon; somebody else may want to write in between.
        self._look_at = began + _LOOKING if look.position is None else time.monotonic() + _BREATH
        known = self._announcements.copy()
        self._unreadable &= look.left.keys()
        for one in look.new:
            try:
                known[one.id] = Announced.of(one)
            except PayloadError as error:
                self._unreadable.add(one.id)
                log.warning("an announcement waits that this version cannot read", id=one.id, reason=str(error))
        self._announcements = {number: known[number] for number in look.left if number in known}
        for job in [job for job in self._ready if not self.is_open(job.announcement)]:
            self._ready.remove(job)
            self.drop(job)
        if look.new:
            self._all_read = False
        self._observer.left(sum(look.left.values()))

    def _add(self, page: list[Due], began: float) -> None:
        for row in page:
            announcement = self._announcements.get(row.announcement)
            if announcement is not None:
                job = announcement.job(row, began)
                self._in_hand[job.key] = job
                self._ready.append(job)
                self._added.set()

    def _lost(self, error: Exception) -> None:
        if not self._in_trouble:
            log.error("announcements wait: the database cannot be used", reason=reason_of(error))
        self._in_trouble = True

    def _found(self) -> None:
        if self._in_trouble:
            log.warning("announcements go on: the database is back")
        self._in_trouble = False
