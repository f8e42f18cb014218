"""Watches the knowledge folder, for KNOWLEDGE_WATCH."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog
from watchfiles import awatch

from bot.answering.knowledge.snapshot import fingerprint

if TYPE_CHECKING:
    from bot.serving.clock import Clock

# Milliseconds. Files are to be quiet for a second; but a folder that is written to all the time is read at last.
_QUIET: Final = 1000
_LONGEST_NOISE: Final = 30_000
# Where the system tells nothing, as with some network file systems and a folder put in place of another, one looks.
_LOOKING: Final = 5000
_MISSING_SECONDS: Final = 1.0

log = structlog.get_logger(__name__)


class Watcher:
    """Calls `changed` once the files of `folder` have changed and been quiet for `quiet` milliseconds.

    `seen`: the fingerprint of the folder as it was read, so that no change before the watching is missed.
    """

    def __init__(  # noqa: PLR0913 (the last two are for tests, in which nobody waits for a second)
        self,
        folder: Path,
        seen: str,
        changed: Callable[[], None],
        clock: Clock,
        *,
        quiet: int = _QUIET,
        looking: int = _LOOKING,
    ) -> None:
        self._folder = folder
        self._seen = seen
        self._changed = changed
        self._clock = clock
        self._quiet = quiet
        self._looking = looking

    async def run(self) -> None:
        """Watches until it is cancelled, also where the folder is away for a while."""
        while True:
            try:
                await self._watch()
            except (OSError, RuntimeError) as error:  # what watchfiles has no better word for is a RuntimeError
                log.debug("the knowledge folder cannot be watched", reason=str(error))
            await self._look()
            await self._clock.sleep(_MISSING_SECONDS)

    async def _watch(self) -> None:
        """Until another folder is in its place."""
        place = await asyncio.to_thread(_place, self._folder)
        async for _ in awatch(
            self._folder,
            watch_filter=None,
            recursive=False,
            step=self._quiet,
            debounce=_LONGEST_NOISE,
            rust_timeout=self._looking,
            yield_on_timeout=True,
        ):
            await self._look()
            if await asyncio.to_thread(_place, self._folder) != place:
                return

    async def _look(self) -> None:
        # In a thread: on a network file system that hangs, it may take for ever.
        now = await asyncio.to_thread(fingerprint, self._folder)
        if now != self._seen:
            self._seen = now
            log.info("the knowledge files have changed")
            self._changed()


def _place(folder: Path) -> tuple[int, int]:
    found = folder.stat()
    return found.st_dev, found.st_ino
