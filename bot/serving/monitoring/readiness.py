"""Whether the bot serves: not that the process lives, but that everything it needs answered lately."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.chat.library import Library
    from bot.serving.transport.reachability import Reachability
    from bot.storage import Memory

# A poll takes up to 25 seconds, and one that got lost is noticed 10 seconds after that.
_FRESH_SECONDS: Final = 75.0


class Readiness:
    """What /readyz tells."""

    def __init__(self, memory: Memory, library: Library, reachability: Reachability) -> None:
        self._memory = memory
        self._library = library
        self._reachability = reachability

    async def check(self) -> dict[str, bool]:
        """What serving needs, and whether it is there."""
        return {
            "telegram": self._reachability.since_delivery <= _FRESH_SECONDS,
            "database": (await self._memory.check()).healthy,
            "knowledge": bool(self._library.now.knowledge.facts),
        }
