"""Several processes on one database: each tells which knowledge it has, and one can have all of them reload."""

from __future__ import annotations

import asyncio
import os
import platform
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import cache
from secrets import token_hex
from typing import TYPE_CHECKING, Final, Protocol

import structlog

from bot.chat.desk_replicas import Others
from bot.chat.plain import one_line

if TYPE_CHECKING:
    from bot.storage import Replica, Roster

    from .clock import Clock

# Seconds. A request is looked for every second where the database does not tell of it, and now and then where it does:
# poolers such as PgBouncer lose what it tells.
_LOOKING: Final = 1.0
_LOOKING_TOO: Final = 2.0
_TELLING: Final = 10.0
_LISTENING_AGAIN: Final = 5.0
_FOLLOWING: Final = 5.0
_ASKING_AGAIN: Final = 0.1

log = structlog.get_logger(__name__)


class Edition(Protocol):
    """The knowledge in force: its version, and when it was read (UTC)."""

    @property
    def version(self) -> str: ...

    @property
    def read_at(self) -> datetime: ...


@cache
def own_name() -> str:
    """Of this process among those that share its database, for as long as it runs.

    Containers that have the network of their host are all called as it is, and all are process 1: hence the last part.
    """
    return f"{platform.node() or 'localhost'}:{os.getpid()}-{token_hex(3)}"


class Replicas:
    """This process among the others.

    `edition`: the knowledge in force here. `reload`: reads it again, and returns an empty text once it is in force, or
    one line that says why it is not.
    """

    def __init__(
        self,
        roster: Roster,
        edition: Callable[[], Edition],
        reload: Callable[[], Awaitable[str]],
        clock: Clock,
        name: str,
    ) -> None:
        self.name = name
        self._roster = roster
        self._edition = edition
        self._reload = reload
        self._clock = clock
        self._taken: int | None = None
        self._own: set[int] = set()
        self._problem = ""
        self._told: tuple[object, ...] = ()
        self._tell_at = 0.0
        self._listening = False
        self._wake = asyncio.Event()
        # A request of this process must not be taken for that of another, before its number is known here.
        self._asking = asyncio.Lock()

    @property
    def problem(self) -> str:
        """Why the last reload here failed; empty where it did not."""
        return self._problem

    async def run(self) -> None:
        """Tells of this process, and reloads when another one asks; until it is cancelled."""
        listening = asyncio.create_task(self._listen())
        try:
            while True:
                await self._look()
                await self._rest()
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
            self._roster.left(self.name)
            self._told = ()

    def reloaded(self, problem: str) -> None:
        """This process has read its knowledge again. `problem`: why that failed, empty where it did not."""
        self._problem = problem
        self._tell()

    async def ask(self) -> int | None:
        """Asks all the others to reload, and returns at once; the number is for `followed`.

        Call it, then reload here, then call `reloaded` and `followed`.
        """
        async with self._asking:
            number = await self._roster.ask()
            if number is not None:
                self._own.add(number)
        return number

    async def followed(self, number: int | None) -> Others:
        """How the others followed the request, once all of them have, or after 5 seconds."""
        if number is None:
            return Others(known=await self._alone())
        until = self._clock.now() + _FOLLOWING
        while True:
            others = await self._others()
            late = self._clock.now() >= until
            if others is not None and (late or all(other.taken >= number for other in others)):
                return self._sorted(others, number)
            if late:
                return Others(known=False)
            await self._clock.sleep(_ASKING_AGAIN)

    async def _alone(self) -> bool:
        """Whether nobody else is there to be asked."""
        return await self._others() == []

    async def _others(self) -> list[Replica] | None:
        everybody = await self._roster.all()
        if everybody is None:
            return None
        return [replica for replica in everybody if replica.alive and replica.name != self.name]

    def _sorted(self, others: list[Replica], number: int) -> Others:
        version = self._edition().version
        failed = [other for other in others if other.taken >= number and other.problem]
        took = [other for other in others if other not in failed and other.version == version and other.taken >= number]
        differ = [other for other in others if other not in failed and other not in took]
        return Others(tuple(took), tuple(failed), tuple(differ))

    async def _look(self) -> None:
        """Follows a request, if there is one that this process has not followed."""
        async with self._asking:
            request = await self._roster.asked()
            own = self._own.copy()
        if request is None:
            return
        if self._taken is None:
            # What is asked while a process starts comes after it has read its folder, or before that.
            seen = not request.number or request.at <= self._edition().read_at
            self._taken = request.number if seen else request.number - 1
        if new := set(range(self._taken + 1, request.number + 1)):
            try:
                if not new <= own:
                    log.info("another process asks to reload the knowledge")
                    self._problem = await self._reload()
            finally:
                # A reload that breaks down is not tried again and again.
                self._own -= new
                self._taken = request.number
        if self._now() != self._told or self._clock.now() >= self._tell_at:
            self._tell()

    def _now(self) -> tuple[object, ...]:
        return (self._edition().version, self._taken, self._problem)

    def _tell(self) -> None:
        edition = self._edition()
        self._told = self._now()
        self._tell_at = self._clock.now() + _TELLING
        self._roster.seen(self.name, edition.version, edition.read_at, self._taken or 0, self._problem)

    async def _rest(self) -> None:
        """Until another process asks, or it is time to look whether one has."""
        seconds = _LOOKING_TOO if self._listening else _LOOKING
        woken = asyncio.create_task(self._wake.wait())
        rested = asyncio.create_task(self._clock.sleep(seconds))
        try:
            await asyncio.wait([woken, rested], return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
            rested.cancel()
        self._wake.clear()

    async def _listen(self) -> None:
        while True:
            try:
                await self._roster.listen(self._heard)
            except Exception as error:  # noqa: BLE001 (whatever a driver raises: looking now and then is enough)
                log.debug("the database does not tell of requests to reload", reason=one_line(str(error)))
            else:
                return
            finally:
                self._listening = False
            await self._clock.sleep(_LISTENING_AGAIN)

    def _heard(self) -> None:
        self._listening = True
        self._wake.set()
