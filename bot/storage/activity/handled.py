"""Which updates were handled: by other processes, or before the start."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from bot.storage import statements

if TYPE_CHECKING:
    from bot.storage.writer import Writer


# Telegram repeats what it has no reply to within minutes.
_REPEATED: Final = 10_000


class HandledUpdates:
    """Asks the database; for all that are asked about while it answers, the next query is one.

    A database of this process alone is asked once, for what was handled before the start.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._waiting: list[tuple[int, asyncio.Future[bool]]] = []
        self._asking: asyncio.Task[None] | None = None
        self._before: Collection[int] | None = None

    async def contains(self, update_id: int) -> bool:
        """False where the database does not say."""
        if self._before is not None:
            return update_id in self._before
        known: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((update_id, known))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await known

    async def _ask(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            handled = await self._look([update_id for update_id, _ in batch])
            for update_id, known in batch:
                if not known.done():
                    known.set_result(update_id in handled)
        self._asking = None

    async def _look(self, update_ids: Collection[int]) -> Collection[int]:
        if self._writer.database.is_shared:
            return await self._writer.read(statements.handled_of(update_ids)) or ()
        if self._before is None:
            self._before = await self._writer.read(statements.handled_lately(_REPEATED))
        return self._before or ()
