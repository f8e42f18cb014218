"""Sends announcements, in one process at a time: paced, in order, and each result committed before the next begins."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import structlog

from bot.storage.announcements.lease import LEASE, Lease, claim, find
from bot.storage.transactions import Transactions

from .agenda import Agenda
from .feeder import Feeder
from .lanes import Lanes
from .ledger import Holder, LeaseLostError, Ledger, Release, Trouble
from .pacer import Pacer
from .slots import Slots

if TYPE_CHECKING:
    from bot.storage.database import Database

    from .observer import Observer
    from .pacer import Clock
    from .slots import Attempt

# Seconds.
_POLLING: Final = 0.5
_TRANSACTION: Final = 6.0
_FINISHING: Final = 1.8
# Who has not seen the lease for so long has missed renewals of it.
_BLIND: Final = 2.0
# How long another process may take to find that the database is back, and to write down what it has sent.
_RETURNING: Final = 10.0
_ENDING: Final = 0.4
# A message takes a tenth of a second or so, until its result is committed.
_SECONDS_A_MESSAGE: Final = 0.12
_FEWEST_SLOTS: Final = 4
_MOST_SLOTS: Final = 96

log = structlog.get_logger(__name__)


def _utcnow() -> datetime:
    return datetime.now(UTC)


def slots_for(rate: int) -> int:
    """How many messages are sent at the same time, so that `rate` a second can be."""
    return min(max(math.ceil(rate * _SECONDS_A_MESSAGE), _FEWEST_SLOTS), _MOST_SLOTS)


class Broadcaster:
    """`run` sends what is in the queue of `database`, whenever this process is the one that may, until it is cancelled.

    `attempt`: does a job, and says what came of it. `rate`: messages a second. `name`: of this process, and of no
    other one, dead or alive. `release`: called twice a second within a transaction, before the announcements that are
    due are taken out of the queue; raises what drivers raise. `utcnow`: the time of day, where the database has none.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (the parts of a house)
        self,
        database: Database,
        attempt: Attempt,
        rate: int,
        clock: Clock,
        name: str,
        release: Release | None = None,
        *,
        observer: Observer,
        utcnow: Callable[[], datetime] = _utcnow,
    ) -> None:
        self._transactions = Transactions(database, _TRANSACTION)
        self._attempt = attempt
        self._rate = rate
        self._clock = clock
        self._name = name
        self._release = release
        self._observer = observer
        self._utcnow = utcnow
        self._trouble = Trouble()
        # It outlives the lease: what was sent a moment ago counts after the lease was lost and won again.
        self._pacer = Pacer(rate, clock)
        self.leading = False
        self._slots: Slots | None = None

    def is_sending(self, announcement: int) -> bool:
        """Whether this process has a message of it on its way, whose result is not committed yet."""
        return self._slots is not None and self._slots.is_sending(announcement)

    async def run(self) -> None:
        """Returns never; what ends it lets the messages that are under way come to their end, for up to 2 seconds."""
        try:
            while True:
                asked, fence = await self._claimed()
                try:
                    await self._lead(asked, fence)
                except LeaseLostError:
                    log.warning("another process sends the announcements now")
        finally:
            await self._transactions.ended(_ENDING)

    async def _claimed(self) -> tuple[float, int]:
        """When the lease was asked for, and its fence, once this process has it."""
        watched = _Watched(self._name)
        while True:
            try:
                lease, free = await self._transactions.read(find(self._utcnow))
                asked = time.monotonic()
                watched.look(lease, asked)
                if watched.may_be_claimed(asked, free=free):
                    dead = lease if watched.is_dead(asked) else None
                    fence = await self._transactions.write(claim(self._name, self._utcnow, dead))
                    if fence is not None:
                        return asked, fence
            except Exception as error:  # noqa: BLE001 (whatever a driver raises)
                self._trouble.lost(error)
            else:
                watched.looked(asked)
                self._trouble.found()
            await asyncio.sleep(_POLLING)

    async def _lead(self, asked: float, fence: int) -> None:
        """Sends until it is cancelled. Raises LeaseLostError, and whatever a part of it has failed with."""
        agenda, lanes = Agenda(), Lanes(self._clock)
        ledger = Ledger(
            self._transactions,
            Holder(self._name, fence),
            agenda,
            lanes,
            self._release,
            self._utcnow,
            self._observer,
            self._trouble,
            asked,
        )
        feeder = Feeder(
            self._transactions, agenda, lanes, ledger, self._rate, self._observer, self._trouble, self._clock
        )
        slots = self._slots = Slots(
            self._attempt, self._pacer, agenda, lanes, ledger, feeder, self._observer, self._clock
        )
        self._tell(leads=True)
        writing, feeding = _started(ledger.run(), feeder.run())
        sending = _started(*(slots.run() for _ in range(slots_for(self._rate))))
        try:
            await _first_failure([writing, feeding, *sending])
        except LeaseLostError:
            raise
        except (asyncio.CancelledError, Exception):
            feeding.cancel()
            await slots.finished(_FINISHING)
            writing.cancel()
            await self._transactions.ended(_ENDING)
            with suppress(Exception):  # it ends by itself
                async with asyncio.timeout(_ENDING):
                    await ledger.give_up()
            raise
        finally:
            lanes.close()
            await _cancelled([writing, feeding, *sending])
            self._tell(leads=False)

    def _tell(self, *, leads: bool) -> None:
        self.leading = leads
        self._observer.leading(leads=leads)
        if not leads:
            self._observer.left(0)


class _Watched:
    """What the process `name` has seen of the lease, by its own clock, which no clock that is set can mislead."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lease: Lease | None = None
        self._since = 0.0
        self._looked = time.monotonic()
        # After an outage, its owner may have sent what it could not write down yet: it is to come back first.
        self._owner_may_return = False

    def look(self, lease: Lease | None, now: float) -> None:
        if lease != self._lease:
            self._lease, self._since, self._owner_may_return = lease, now, False
        if now - self._looked > _BLIND:
            self._since, self._owner_may_return = now, True

    def looked(self, now: float) -> None:
        """The database has done all that it was asked to."""
        self._looked = now

    def is_dead(self, now: float) -> bool:
        """Whether its owner would have renewed it several times."""
        patience = _RETURNING if self._owner_may_return else LEASE.total_seconds()
        return now - self._since > patience

    def may_be_claimed(self, now: float, *, free: bool) -> bool:
        """`free`: whether its time is over, or nobody has it."""
        if self._lease is None or self._lease.owner in {"", self._name}:
            return True
        return self.is_dead(now) or (free and not self._owner_may_return)


def _started(*works: Coroutine[Any, Any, None]) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(work) for work in works]


async def _first_failure(tasks: list[asyncio.Task[None]]) -> None:
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


async def _cancelled(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
