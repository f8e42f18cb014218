"""Which updates were handled, by this process or by another one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from . import statements

if TYPE_CHECKING:
    from .writer import Writer


class HandledUpdates:
    """Asks the database; for all that are asked about while it answers, the next query is one."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._waiting: list[tuple[int, asyncio.Future[bool]]] = []
        self._asking: asyncio.Task[None] | None = None

    async def contains(self, update_id: int) -> bool:
        """False where the database does not say."""
        known: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((update_id, known))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await known

    async def _ask(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            handled = await self._writer.read(statements.handled_of([update_id for update_id, _ in batch]))
            for update_id, known in batch:
                if not known.done():
                    known.set_result(update_id in (handled or ()))
        self._asking = None
