"""Transactions that are carried to their end, even where whoever waits for one is cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .database import Database
    from .statements import Query, Result


class Transactions:
    """Raises whatever the drivers raise, and TimeoutError after `seconds`, where giving up is safe."""

    def __init__(self, database: Database, seconds: float | None = None) -> None:
        self._database = database
        self._seconds = seconds
        self._open: set[asyncio.Task[Any]] = set()

    async def read(self, query: Query[Result], seconds: float | None = None) -> Result:
        async def work() -> Result:
            async with self._database.limit(seconds or self._seconds), self._database.reading() as connection:
                return await query(connection)

        return await self._carried_out(work())

    async def write(self, change: Query[Result], seconds: float | None = None) -> Result:
        """The result of `change` once it is committed."""

        async def work() -> Result:
            async with self._database.limit(seconds or self._seconds), self._database.writing() as connection:
                return await change(connection)

        return await self._carried_out(work())

    async def reconnect(self) -> None:
        """Has what comes next use new connections: one from before an outage may lead nowhere, or never write again."""
        await self._database.close()

    async def ended(self, seconds: float | None = None) -> None:
        """Returns when none is open, or after so long."""
        if self._open:
            await asyncio.wait(self._open, timeout=seconds)

    async def _carried_out(self, work: Coroutine[Any, Any, Result]) -> Result:
        task = asyncio.create_task(work)
        self._open.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._open.discard(task)
        if not task.cancelled():
            task.exception()  # asyncio complains of one that nobody looked at
