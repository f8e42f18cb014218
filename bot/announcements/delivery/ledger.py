"""Writes what became of deliveries, many in one transaction, which renews the lease and looks what else is to do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.announcements.broadcasting import Place, Sending, finish, left, materialise, release_due, sending
from bot.storage.announcements.lease import LEASE, give_up, renew
from bot.storage.announcements.recording import Recorded, record
from bot.storage.announcements.releases import is_anything_open
from bot.storage.writer import reason_of

if TYPE_CHECKING:
    from bot.storage.transactions import Transactions

    from .agenda import Agenda
    from .lanes import Lanes
    from .observer import Observer

# Seconds.
_LOOKING: Final = 0.5
_BREATH: Final = 0.01
# What a message may take on its way: one that sets out later might come after those of the next owner of the lease.
_ON_ITS_WAY: Final = 1.0
_PAUSES: Final = (0.1, 0.25, 0.5, 1.0)

log = structlog.get_logger(__name__)

Release = Callable[[AsyncConnection, datetime], Awaitable[None]]


class LeaseLostError(Exception):
    """Another process has taken the lease."""


class Trouble:
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


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the lease: the name of the process, and the number of times that it had changed hands by then."""

    name: str
    fence: int


@dataclass(frozen=True, slots=True)
class _Look:
    """What there is to send. `place`: where making deliveries goes on; `left`, `new`: see `Agenda.refresh`."""

    place: Place | None
    left: dict[int, int]
    new: list[Sending]


class Ledger:
    """`run` writes, until it is cancelled; `record` tells when that is done."""

    def __init__(  # noqa: PLR0913, PLR0917 (the broadcaster's parts)
        self,
        transactions: Transactions,
        holder: Holder,
        agenda: Agenda,
        lanes: Lanes,
        release: Release | None,
        utcnow: Callable[[], datetime],
        observer: Observer,
        trouble: Trouble,
        claimed: float,
    ) -> None:
        """`claimed`: when the lease was asked for (monotonic)."""
        self._transactions = transactions
        self._holder = holder
        self._agenda = agenda
        self._lanes = lanes
        self._release = release
        self._utcnow = utcnow
        self._observer = observer
        self._trouble = trouble
        self._held_until = claimed + LEASE.total_seconds()
        self._renewed = asyncio.Event()
        self._waiting: list[tuple[Recorded, asyncio.Future[None]]] = []
        self._wake = asyncio.Event()
        self._place: Place | None = None
        self._look_at = 0.0

    def record(self, result: Recorded) -> asyncio.Future[None]:
        """Has `result` written with the next transaction; the future is done once that is committed."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((result, done))
        self._wake.set()
        return done

    @property
    def holds(self) -> bool:
        """Whether it is certain that no other process sends."""
        return time.monotonic() + _ON_ITS_WAY < self._held_until

    async def held(self) -> None:
        """Returns when it is."""
        while not self.holds:
            self._renewed.clear()
            await self._renewed.wait()

    async def run(self) -> None:
        """Raises LeaseLostError."""
        failures = 0
        while True:
            try:
                await self._write()
            except LeaseLostError:
                raise
            except Exception as error:  # noqa: BLE001 (whatever a driver raises: what is to be written is kept)
                self._trouble.lost(error)
                await self._transactions.reconnect()
                await asyncio.sleep(_PAUSES[min(failures, len(_PAUSES) - 1)])
                failures += 1
            else:
                self._trouble.found()
                failures = 0
                await self._rest()

    async def give_up(self) -> None:
        """Lets another process have the lease at once."""
        await self._transactions.write(give_up(self._holder.name, self._holder.fence, self._utcnow))

    async def _rest(self) -> None:
        """Until there is something to write, or it is time to look again."""
        if not self._waiting and (seconds := self._look_at - time.monotonic()) > 0:
            self._wake.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._wake.wait()

    async def _write(self) -> None:
        began = time.monotonic()
        looking = began >= self._look_at
        batch = self._waiting.copy()

        async def change(connection: AsyncConnection) -> _Look | None:
            now = await renew(connection, self._holder.name, self._holder.fence, self._utcnow())
            if now is None:
                raise LeaseLostError
            await record(connection, [result for result, _ in batch], now)
            return await self._look(connection, now) if looking else None

        look = await self._transactions.write(change)
        self._held_until = began + LEASE.total_seconds()
        self._renewed.set()
        del self._waiting[: len(batch)]
        for _, done in batch:
            if not done.done():
                done.set_result(None)
        if look is not None:
            self._take_over(look, began)

    async def _look(self, connection: AsyncConnection, now: datetime) -> _Look:
        if not await is_anything_open(connection, now):
            return _Look(None, {}, [])
        if self._release is not None:
            await self._release(connection, now)
        await release_due(connection, now)
        place = await materialise(connection, self._place)
        await finish(connection, now)
        counts = await left(connection)
        return _Look(place, counts, await sending(connection, self._agenda.unknown(counts)))

    def _take_over(self, look: _Look, began: float) -> None:
        self._place = look.place
        # The next piece of a large audience follows soon; somebody else may want to write in between.
        self._look_at = began + _LOOKING if look.place is None else time.monotonic() + _BREATH
        for announcement in self._agenda.refresh(look.left, look.new, self._lanes.of):
            self._lanes.end(announcement)
        self._observer.left(sum(look.left.values()))
