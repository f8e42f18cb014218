"""Reloads here and by all the others that share the database: for /reload, SIGHUP, and files that have changed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.chat.desk_replicas import Others
from bot.chat.reloads import AlreadyReloading, Progress, Refused, Reloaded, ReloadedEverywhere

if TYPE_CHECKING:
    from bot.storage import Memory

    from .reloading import Reloader
    from .replicas import Replicas


class Everywhere:
    """`reloader` reads here; `replicas` has the others read, each its own folder; `memory` notes it."""

    def __init__(self, reloader: Reloader, replicas: Replicas, memory: Memory) -> None:
        self._reloader = reloader
        self._replicas = replicas
        self._memory = memory
        self._wanted = asyncio.Event()

    async def reload(
        self, who: int | None, progress: Progress | None = None, *, wait: bool = False
    ) -> ReloadedEverywhere:
        """As `ReloadsEverywhere` says."""
        if self._reloader.busy and not wait:
            return ReloadedEverywhere(AlreadyReloading(), Others())
        # A database that is slow is no reason to begin later here.
        number, here = await asyncio.gather(self._replicas.ask(), self._reloader.reload(progress, wait=True))
        self._replicas.reloaded(problem_of(here))
        await self._memory.audited(who, "reload", _told(here))
        return ReloadedEverywhere(here, await self._replicas.followed(number))

    def want(self) -> None:
        """Reloads soon; a second wish before that is the same one."""
        self._wanted.set()

    async def run(self) -> None:
        """Does what `want` wants, until it is cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self.reload(None, wait=True)


def problem_of(result: Reloaded | Refused | AlreadyReloading) -> str:
    """Why it failed, in one line; empty where it did not."""
    if not isinstance(result, Refused):
        return ""
    others = result.total - 1
    return f"{result.problems[0]}" + (f" (and {others} more)" if others else "")


def _told(result: Reloaded | Refused | AlreadyReloading) -> str:
    if not isinstance(result, Reloaded):
        return problem_of(result)
    found = result.changes
    return f"{result.version}: +{len(found.added)} -{len(found.removed)} ~{len(found.changed)}"
