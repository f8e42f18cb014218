"""The queue of deliveries: the table itself, read a page ahead, and written many results at a time."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.payload import PayloadError, payload_of
from bot.clock import growing_pauses
from bot.metrics import Metrics
from bot.storage.announcements import deliveries
from bot.storage.announcements.deliveries import Delivery, DeliveryOutcome, DeliveryResult, Position, Sending
from bot.storage.announcements.sender_lock import SenderLock, SenderLockLostError
from bot.storage.database import Database
from bot.storage.writer import reason_of

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

log = structlog.get_logger(__name__)

# Has announcements follow from schedules, within a transaction at a time. Raises what drivers raise.
Release = Callable[[AsyncConnection, datetime], Awaitable[None]]
# Where creating deliveries goes on, and what there is to send.
_Look = tuple[Position | None, list[Sending]]


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
