"""Announcements put together: what sends them, beside the serving, and what admins and chats say of them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.announcing.broadcaster import Broadcaster, slots_for
from bot.chat.attempts import Attempts

from .application import announcing_bot, proxy_of
from .replicas import own_name
from .transport import announcing_calls

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.storage import Memory
    from bot.storage.database import Database

    from .clock import Clock
    from .metrics import Metrics


def _utcnow() -> datetime:
    return datetime.now(UTC)


class Announcing:
    """`behind` runs beside the serving."""

    def __init__(self, settings: Settings, token: str, memory: Memory, metrics: Metrics, clock: Clock) -> None:
        self._settings = settings
        self._memory = memory
        self._metrics = metrics
        self._clock = clock
        self._calls = announcing_calls(proxy_of(settings), metrics, slots_for(settings.broadcast_rate))
        self._bot = announcing_bot(settings, token, self._calls)

    def behind(self) -> tuple[Callable[[], Coroutine[Any, Any, None]], ...]:
        """What runs until it is cancelled; nothing where there is no database."""
        database = self._memory.database
        if database is None:
            return ()
        broadcaster = self._broadcaster(database)

        async def send() -> None:
            await self._calls.initialize()
            try:
                await broadcaster.run()
            finally:
                await self._calls.shutdown()

        return (send,)

    def _broadcaster(self, database: Database) -> Broadcaster:
        return Broadcaster(
            database,
            Attempts(self._bot, _utcnow),
            self._settings.broadcast_rate,
            self._clock,
            own_name(),
            observer=self._metrics,
        )
