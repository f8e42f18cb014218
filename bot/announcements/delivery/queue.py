"""The queue of deliveries: the table itself, read a page ahead, and written many results at a time."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.payload import PayloadError
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
from bot.storage.transactions import Transactions
from bot.storage.writer import reason_of

from .job import Announced, Delivery

if TYPE_CHECKING:
    from bot.storage.database import Database

    from .job import Observer

# Seconds between two attempts in a chat, at most.
LONGEST_PAUSE: Final = 600.0
# Deliveries.
_PAGE: Final = 100
# Seconds.
_TRANSACTION: Final = 6.0
_LOOKING: Final = 0.5
_BREATH: Final = 0.01
_ENDING: Final = 0.4
_PAUSES: Final = (0.1, 0.25, 0.5, 1.0)
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

    A delivery that was taken is in the hands of the sender until its result is recorded, or it is dropped.
    """

    def __init__(self, database: Database, lock: SenderLock, release: Release | None, observer: Observer) -> None:
        """`release`: called twice a second, before the announcements that are due are taken up."""
        self._transactions = Transactions(database, _TRANSACTION)
        self._lock = lock
        self._release = release
        self._observer = observer
        self._trouble = _Trouble()
        self._begin()

    def _begin(self) -> None:
        # The announcements that are being sent, in the order of their release.
        self._announcements: dict[int, Announced] = {}
        self._unreadable: set[int] = set()
        # Taken from the table and not recorded yet: those that wait here, and those that the sender has.
        self._in_hand: dict[tuple[int, int], Delivery] = {}
        self._ready: deque[Delivery] = deque()
        self._all_read = False
        self._results: list[tuple[Recorded, asyncio.Future[None]]] = []
        self._checks: list[asyncio.Future[None]] = []
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
                self._trouble.lost(error)
            else:
                self._trouble.found()
                if acquired:
                    self._begin()
                    return
            await asyncio.sleep(_LOOKING)

    async def close(self) -> None:
        """Let another process send, once what is being written is written."""
        await self._transactions.ended(_ENDING)
        try:
            async with asyncio.timeout(_ENDING):
                await self._lock.release()
        except Exception as error:  # noqa: BLE001 (it ends by itself)
            log.info("announcements: the next process has to wait for the lock", reason=reason_of(error))
        await self._transactions.ended(_ENDING)

    async def take(self) -> Delivery:
        """The next delivery, once there is one."""
        while not self._ready:
            self._added.clear()
            await self._added.wait()
        delivery = self._ready.popleft()
        if self._runs_low():
            self._work.set()
        return delivery

    async def check(self, delivery: Delivery) -> None:
        """See to it that what is known of a delivery is true now, and that this process still is the one that sends."""
        since = time.monotonic() - _FRESH
        while delivery.checked < max(since, time.monotonic() - _SAFE):
            done = asyncio.get_running_loop().create_future()
            self._checks.append(done)
            self._work.set()
            await done

    def is_open(self, announcement: int) -> bool:
        """Whether an announcement is still being sent: it may have been stopped."""
        return announcement in self._announcements

    async def record(self, result: Recorded) -> None:
        """Write what came of a delivery with the next transaction, and return once that is committed."""
        done = asyncio.get_running_loop().create_future()
        self._results.append((result, done))
        self._work.set()
        await done

    def drop(self, delivery: Delivery) -> None:
        """Leave a delivery as it is."""
        self._in_hand.pop(delivery.key, None)

    # ---- the database

    async def run(self) -> None:
        """Work on the database until it is cancelled. Raises SenderLockLostError."""
        failures = 0
        while True:
            try:
                await self._transact()
            except SenderLockLostError:
                raise
            except Exception as error:  # noqa: BLE001 (whatever a driver raises: what is to be written is kept)
                self._trouble.lost(error)
                await self._transactions.reconnect()
                await asyncio.sleep(_PAUSES[min(failures, len(_PAUSES) - 1)])
                failures += 1
            else:
                self._trouble.found()
                failures = 0
                await self._until_wanted()

    async def _until_wanted(self) -> None:
        """Return when there is something to do, or it is time to look again."""
        self._work.clear()
        seconds = self._look_at - time.monotonic()
        if seconds > 0 and not (self._results or self._checks or self._runs_low()):
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._work.wait()

    def _runs_low(self) -> bool:
        return len(self._ready) <= _PAGE // 2 and not self._all_read

    async def _transact(self) -> None:
        """One transaction: it keeps the lock, writes the results, and reads what the sender needs next."""
        began = time.monotonic()
        looks = began >= self._look_at
        # What is written may let a later delivery to the same chat go, and time makes others due.
        self._all_read = self._all_read and not (looks or self._results)
        reads = self._runs_low()
        results, checks = self._results.copy(), self._checks.copy()
        doubtful = [one for one in self._in_hand.values() if one.checked < began - _FRESH] if checks else []

        async def change(connection: AsyncConnection) -> tuple[_Look | None, list[Due], dict[int, str]]:
            now = await self._lock.renew(connection)
            await record(connection, [result for result, _ in results], now)
            look = await self._look(connection, now) if looks else None
            open_ = [announcement.sending for announcement in self._announcements.values()]
            page = await due(connection, open_, self._in_hand.keys(), _PAGE, now) if reads else []
            subscribers = {one.job.chat_id for one in doubtful if one.job.action in FOR_SUBSCRIBERS}
            return look, page, await ended_subscriptions(connection, subscribers)

        look, page, ended = await self._transactions.write(change)
        for result, _ in results:
            self._in_hand.pop((result.announcement, result.chat_id), None)
        if reads:
            self._all_read = len(page) < _PAGE
        if look is not None:
            self._take_over(look, began)
        self._add(page, began)
        for delivery in doubtful:
            delivery.checked, delivery.ended = began, ended.get(delivery.job.chat_id)
        del self._results[: len(results)], self._checks[: len(checks)]
        for done in (*(done for _, done in results), *checks):
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
        known = self._announcements | dict(self._read(look.new))
        self._unreadable &= look.left.keys()
        self._announcements = {number: known[number] for number in look.left if number in known}
        for delivery in [one for one in self._ready if not self.is_open(one.job.announcement)]:
            self._ready.remove(delivery)
            self.drop(delivery)
        if look.new:
            self._all_read = False
        self._observer.left(sum(look.left.values()))

    def _read(self, new: list[Sending]) -> Iterator[tuple[int, Announced]]:
        for one in new:
            try:
                yield one.id, Announced.of(one)
            except PayloadError as error:
                self._unreadable.add(one.id)
                log.warning("an announcement waits that this version cannot read", id=one.id, reason=str(error))

    def _add(self, page: list[Due], began: float) -> None:
        for row in page:
            announcement = self._announcements.get(row.announcement)
            if announcement is not None:
                delivery = Delivery(announcement.job(row), row.attempts, began, row.ended)
                self._in_hand[delivery.key] = delivery
                self._ready.append(delivery)
                self._added.set()


class _Trouble:
    """The log line that says that the database cannot be used, and the one that it is back."""

    def __init__(self) -> None:
        self._lost = False

    def lost(self, error: Exception) -> None:
        if not self._lost:
            log.error("announcements wait: the database cannot be used", reason=reason_of(error))
        self._lost = True

    def found(self) -> None:
        if self._lost:
            log.warning("announcements go on: the database is back")
        self._lost = False
