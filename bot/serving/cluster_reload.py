"""Reloads the knowledge here and in every other process on the same database: for /reload, SIGHUP and changed files.

A reload counts up one number in the database. Every process looks at it each second, and reads its own folder again
where it has grown; and a row for each process tells which version it has, and which number it has followed.
"""

import asyncio
import os
import platform
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

import structlog

from bot.answering.knowledge.snapshot import fingerprint
from bot.answering.worker import Read
from bot.chat.admin.knowledge_changes import ClusterReloaded
from bot.chat.library import Library
from bot.clock import Clock
from bot.storage.memory import Memory
from bot.storage.writer import NoDatabaseError

from .reloading import Reloader

# Seconds.
_LOOK_EVERY = 1.0
_TELL_EVERY = 10.0
_LONGEST_WAIT, _WAIT_STEP = 5.0, 0.1
# A look takes the state of each file, and needs no word of the system, which network file systems do not give.
_LOOK_AT_FILES_EVERY = 1.0
# A folder that is written to all the time is read at last.
_LONGEST_NOISE = 30.0

log = structlog.get_logger(__name__)


def process_name() -> str:
    """A name for this process; containers on their host's network share its name, and the number of the process."""
    return f"{platform.node() or 'localhost'}:{os.getpid()}-{token_hex(3)}"


class ClusterReload:
    """Reloads by `reloader` in this process, called `name`, and through the database of `memory` in the others."""

    def __init__(self, reloader: Reloader, memory: Memory, library: Library, clock: Clock, name: str) -> None:
        self.name = name
        # Why the last reload here failed; empty where it did not.
        self.problem = ""
        self._reloader = reloader
        self._memory = memory
        self._cluster = memory.cluster
        self._library = library
        self._clock = clock
        self._turn = asyncio.Lock()
        self._wanted = False
        self._followed: int | None = None
        self._tell_at = 0.0

    async def reload(self, who: int | None) -> ClusterReloaded:
        """Puts what the folder holds in force where it has no error; noted for /audit as done by `who`."""
        here, number = await self._request_and_reload(who)
        try:
            return ClusterReloaded(here, await self._followers(number))
        except NoDatabaseError:
            return ClusterReloaded(here, None)

    def want(self) -> None:
        """Has `run` reload within a second, once for all that want it until then."""
        self._wanted = True

    async def run(self) -> None:
        """Does what others request and `want` asks for, and tells of this process, until it is cancelled."""
        try:
            while True:
                if self._wanted:
                    self._wanted = False
                    await self._request_and_reload(None)
                with suppress(NoDatabaseError):
                    await self._follow()
                if self._clock.now() >= self._tell_at:
                    self._tell()
                await self._clock.sleep(_LOOK_EVERY)
        finally:
            self._cluster.left(self.name)
            self._tell_at = 0.0

    async def _request_and_reload(self, who: int | None) -> tuple[Read, int | None]:
        """Has the others reload too; returns what it came to here, and the number of the request, None if it failed."""
        async with self._turn:
            number = None
            with suppress(NoDatabaseError):
                number = await self._cluster.request_reload()
            # The reading begins after the request, and so it follows the earlier ones of others as well.
            here = await self._reload_here(number)
        await self._memory.audit.note(who, "reload", str(here))
        return here, number

    async def _follow(self) -> None:
        """Reloads if another process has requested it since; a smaller number is of a database that was restored."""
        number, at = await self._cluster.requested()
        if self._followed is None:
            # The folder was read before the database could be asked.
            self._followed = number if at <= self._library.now.read_at else number - 1
        if number == self._followed:
            return
        async with self._turn:
            number, _ = await self._cluster.requested()  # this process may have had the turn, for a request of its own
            if number != self._followed:
                log.info("another process has requested a reload of the knowledge")
                await self._reload_here(number)

    async def _reload_here(self, number: int | None) -> Read:
        try:
            result = await self._reloader.reload()
            self.problem = str(result) if result.is_refused else ""
        finally:
            # A reload that breaks down is not tried again and again.
            self._followed = self._followed if number is None else number
        self._tell()
        return result

    def _tell(self) -> None:
        edition = self._library.now
        self._tell_at = self._clock.now() + _TELL_EVERY
        self._cluster.seen(self.name, edition.version, edition.read_at, self._followed or 0, self.problem)

    async def _followers(self, number: int | None) -> tuple[int, int] | None:
        """Counts the others once all have followed, or after 5 seconds; None where the request has failed."""
        until = self._clock.now() + _LONGEST_WAIT
        while True:
            others = [one for one in await self._cluster.all() if one.alive and one.name != self.name]
            if not others:
                return 0, 0
            if number is None:
                return None
            if all(other.followed >= number for other in others) or self._clock.now() >= until:
                version = self._library.now.version
                agreeing = [one for one in others if one.followed >= number and one.version == version]
                return sum(not one.problem for one in agreeing), len(others)
            await self._clock.sleep(_WAIT_STEP)


async def watch(folder: Path, read: str, changed: Callable[[], None], clock: Clock) -> None:
    """Calls `changed` once the files of `folder` have changed and been quiet for a second; `read`: its fingerprint."""
    before = read
    quiet_at = clock.now()
    while True:
        # In a thread: on a network file system that hangs, it may take for ever.
        now = await asyncio.to_thread(fingerprint, folder)
        if now == read:
            quiet_at = clock.now()
        elif now == before or clock.now() - quiet_at >= _LONGEST_NOISE:
            read, quiet_at = now, clock.now()
            log.info("the knowledge files have changed")
            changed()
        before = now
        await clock.sleep(_LOOK_AT_FILES_EVERY)
