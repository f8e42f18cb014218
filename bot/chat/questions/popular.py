"""The facts that people ask for most, of the last days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.storage import Memory

_MOST: Final = 20
_DAYS: Final = timedelta(days=30)
_PAUSE: Final = timedelta(minutes=10)


class PopularFacts:
    """Looks the facts up in the database, every ten minutes at most and while somebody wants them."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._found: Sequence[str] = ()
        self._next: datetime | None = None

    async def ids(self) -> Sequence[str]:
        """The ids of up to 20 facts, most often asked for first; empty as long as the database has not told."""
        now = self._memory.utcnow()
        if self._next is None or now >= self._next:
            self._next = now + _PAUSE
            counts = await self._memory.questions.popular((now - _DAYS).date())
            if counts is not None:
                self._found = sorted(counts.asked, key=lambda id_: (-counts.asked[id_], id_))[:_MOST]
        return self._found
