"""The queue of deliveries: the table itself, read a page ahead, and written many results at a time, by one process."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from filelock import FileLock, Timeout
from sqlalchemy import Update, false, func, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import growing_pauses
from bot.metrics import Metrics
from bot.storage import deliveries
from bot.storage.database import Database
from bot.storage.deliveries import Delivery, DeliveryOutcome, DeliveryResult, Position, Sending
from bot.storage.tables import BROADCASTER
from bot.storage.writer import reason_of

from .content import PayloadError, payload_of

# Seconds between two attempts in a chat, at most.
LONGEST_PAUSE = 600.0
# Deliveries.
_PAGE = 100
# Seconds.
_LOOKING = 0.5
_ENDING = 0.4
# Between attempts to reach the database, the first and the longest.
_FIRST_PAUSE = 0.125
_LONGEST_PAUSE = 1.0
# Who was subscribed that long ago may not be any more. The lock is held for longer than that after each transaction.
_FRESH = 0.3
# Together with looking for it twice a second, that is less than the 5 seconds in which a dead process is succeeded.
LEASE = timedelta(seconds=4)
# Seconds. Who has not seen the lease for so long has missed renewals of it.
_BLIND = 2.0
# How long another process may take to find that the database is back, and to write down what it has sent.
_RETURNING = 10.0

log = structlog.get_logger(__name__)

# Has announcements follow from schedules, within a transaction at a time. Raises what drivers raise.
Release = Callable[[AsyncConnection, datetime], Awaitable[None]]
# Where creating deliveries goes on, and what there is to send.
_Look = tuple[Position | None, list[Sending]]


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


class DeliveryQueue:
    """What is due, in order. `open` and `close` it; meanwhile `run` works on the database."""

    def __init__(self, database: Database, lock: SenderLock, release: Release | None, metrics: Metrics) -> None:
        """`release`: called twice a second, before the announcements that are due are taken up."""
        self._database = database
        self._lock = lock
        self._release = release
        self._metrics = metrics
        self._in_trouble = False
        self._begin()

    def _begin(self) -> None:
        # The announcements that are being sent, in the order of their release.
        self._announcements: dict[int, Sending] = {}
        self._unreadable: set[int] = set()
        # The first page of what is due, and when it was read; the table holds the rest.
        self._ready: deque[Delivery] = deque()
        self.read_at = 0.0
        self._all_read = False
        # How many of them the sender is about to take, and what it has.
        self._reserved = 0
        self._in_hand: set[tuple[int, int]] = set()
        # The results that the next transaction is to write, and who waits for that.
        self._waiting: list[tuple[DeliveryResult, asyncio.Future[None]]] = []
        self._position: Position | None = None
        self._recovered = False
        self._look_at = 0.0
        self._work = asyncio.Event()
        self._added = asyncio.Event()

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

    async def reserve(self) -> None:
        """Return when there is something to send that nobody else has reserved; to be taken when its time comes."""
        while not (self._is_fresh() and len(self._ready) > self._reserved):
            self._added.clear()
            await self._added.wait()
        self._reserved += 1

    def take(self) -> Delivery | None:
        """What was reserved, as the database had it a moment ago; None where there is nothing to send by now."""
        self._reserved -= 1
        if not (self._ready and self._is_fresh()):
            return None
        delivery = self._ready.popleft()
        self._in_hand.add(delivery.key)
        if self._wants_page():
            self._work.set()
        return delivery

    def is_open(self, announcement: int) -> bool:
        """Whether an announcement is still being sent: it may have been stopped."""
        return announcement in self._announcements

    async def record(self, delivery: Delivery, outcome: DeliveryOutcome) -> None:
        """Write what came of a delivery with the next transaction, and return once that is committed."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append(((delivery.key, outcome), done))
        self._work.set()
        await done

    def drop(self, delivery: Delivery) -> None:
        """Leave a delivery for later, as nothing came of it."""
        self._in_hand.discard(delivery.key)

    def _is_fresh(self) -> bool:
        return time.monotonic() < self.read_at + _FRESH

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
                # Until there is something to do, or it is time to look again.
                self._work.clear()
                seconds = min(self._look_at, self.read_at + _FRESH / 2 if self._ready else math.inf) - time.monotonic()
                if seconds > 0 and not (self._waiting or self._wants_page()):
                    with suppress(TimeoutError):
                        async with asyncio.timeout(seconds):
                            await self._work.wait()

    def _wants_page(self) -> bool:
        """Whether what is due is to be read: little is left of the last page, or it is about to be out of date."""
        runs_low = len(self._ready) <= _PAGE // 2 and not self._all_read
        return runs_low or (bool(self._ready) and time.monotonic() >= self.read_at + _FRESH / 2)

    async def _transact(self) -> None:
        """Keeps the lock, writes the results, and reads what the sender needs next, in one transaction."""
        began = time.monotonic()
        looks = began >= self._look_at
        waiting = self._waiting.copy()
        results = [result for result, _ in waiting]
        # What is written may let a later delivery to the same chat go, and time makes others due.
        self._all_read = self._all_read and not (looks or results)
        reads = self._wants_page()

        async def change(connection: AsyncConnection) -> tuple[_Look | None, list[Delivery]]:
            now = await self._lock.renew(connection)
            await deliveries.record(connection, results, now)
            look = await self._look(connection, now) if looks else None
            open_ = list(self._announcements.values())
            return look, await deliveries.due(connection, open_, self._in_hand, _PAGE, now) if reads else []

        look, page = await self._database.write(change)
        self._in_hand.difference_update(key for key, _ in results)
        if reads:
            self._ready, self.read_at, self._all_read = deque(page), began, len(page) < _PAGE
        if look is not None:
            self._take_over(*look, began)
        # Since then some were taken, and some announcements have ended.
        self._ready = deque(one for one in self._ready if one.key not in self._in_hand and self.is_open(one.key[0]))
        self._added.set()
        del self._waiting[: len(waiting)]
        for _, done in waiting:
            if not done.done():
                done.set_result(None)

    async def _look(self, connection: AsyncConnection, now: datetime) -> _Look:
        if not await deliveries.is_anything_open(connection, now):
            return None, []
        if not self._recovered:
            await deliveries.recover(connection, LONGEST_PAUSE, now)
        if self._release is not None:
            await self._release(connection, now)
        await deliveries.release_due(connection, now)
        position = await deliveries.create_deliveries(connection, self._position)
        await deliveries.finish(connection, now)
        return position, await deliveries.sending(connection)

    def _take_over(self, position: Position | None, found: list[Sending], began: float) -> None:
        self._recovered = True
        self._position = position
        # The next piece of a large audience follows soon; somebody else may want to write in between.
        self._look_at = began + _LOOKING if position is None else time.monotonic() + 0.01
        known = self._announcements
        self._unreadable &= {one.id for one in found}
        self._announcements = {one.id: one for one in found if one.id in known or self._is_readable(one)}
        self._all_read = self._all_read and self._announcements.keys() <= known.keys()
        self._metrics.to_announce.set(sum(one.left for one in found))

    def _is_readable(self, announcement: Sending) -> bool:
        if announcement.id in self._unreadable:
            return False
        try:
            for text in filter(None, (announcement.payload, announcement.original)):
                payload_of(text)
        except PayloadError as error:
            self._unreadable.add(announcement.id)
            log.warning("an announcement waits that this version cannot read", id=announcement.id, reason=str(error))
            return False
        return True

    def _lost(self, error: Exception) -> None:
        if not self._in_trouble:
            log.error("announcements wait: the database cannot be used", reason=reason_of(error))
        self._in_trouble = True

    def _found(self) -> None:
        if self._in_trouble:
            log.warning("announcements go on: the database is back")
        self._in_trouble = False
