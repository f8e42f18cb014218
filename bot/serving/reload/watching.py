"""Watches the knowledge folder, for KNOWLEDGE_WATCH."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

import structlog

from bot.answering.knowledge.snapshot import fingerprint
from bot.clock import Clock

# A look takes the state of each file, and needs no word of the system, which network file systems do not give.
_LOOK_EVERY: Final = 1.0
# A folder that is written to all the time is read at last.
_LONGEST_NOISE: Final = 30.0

log = structlog.get_logger(__name__)


async def watch(folder: Path, read: str, changed: Callable[[], None], clock: Clock) -> None:
    """Calls `changed` once the files of `folder` have changed and been quiet for a second, until it is cancelled.

    `read`: the fingerprint of the folder as it was read, so that no change before the watching is missed.
    """
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
        await clock.sleep(_LOOK_EVERY)
