"""Whether the bot serves: not that the process lives, but that everything it needs answered lately."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.serving.clock import Clock

if TYPE_CHECKING:
    from bot.chat.library import Library
    from bot.storage import Memory

# A poll takes up to 25 seconds, and one that got lost is noticed 10 seconds after that.
_FRESH_SECONDS: Final = 75.0


class Health:
    """What /readyz tells."""

    def __init__(self, memory: Memory, clock: Clock, library: Library) -> None:
        self._memory = memory
        self._clock = clock
        self._library = library
        self._heard: float | None = None

    def heard(self) -> None:
        """Telegram answered, or sent an update."""
        self._heard = self._clock.now()

    async def check(self) -> dict[str, bool]:
        """What serving needs, and whether it is there."""
        return {
            "telegram": self._heard is not None and self._clock.now() - self._heard <= _FRESH_SECONDS,
            "database": (await self._memory.check()).healthy,
            "knowledge": bool(self._library.now.knowledge.facts),
        }
