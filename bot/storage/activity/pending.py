"""Updates that were fetched and are not handled yet: Telegram sends none again that it was told of."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.statements import Row, insert_into
from bot.storage.tables import PENDING_UPDATES

if TYPE_CHECKING:
    from bot.storage.writer import Writer

# Telegram keeps an update for as long.
_KEPT: Final = timedelta(hours=24)
# Seconds. Meanwhile no more is fetched.
_PATIENCE: Final = 1.0


class PendingUpdates:
    """Nothing here raises, and a database that is known to be away is not waited for."""

    def __init__(self, writer: Writer | None, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._clock = clock

    async def add(self, updates: Sequence[dict[str, Any]]) -> bool:
        """Writes them down, as Telegram sent them; whether the database has them now."""
        now = self._clock()
        rows = [{"update_id": update["update_id"], "content": json.dumps(update), "at": now} for update in updates]

        async def change(connection: AsyncConnection) -> bool:
            await connection.execute(insert_into(connection, PENDING_UPDATES).on_conflict_do_nothing(), rows)
            return True

        return self._writer is not None and bool(await self._writer.confirm(change, _PATIENCE))

    def remove(self, update_id: int) -> None:
        """Has one that is handled forgotten, before a kill has it handled once more."""
        if self._writer is not None:
            self._writer.put(Row(_remove, {"handled": update_id}), at_once=True)

    async def all(self) -> list[dict[str, Any]] | None:
        """Those of the last 24 hours, in their order; None where the database does not say."""
        columns = PENDING_UPDATES.c
        since = self._clock() - _KEPT

        async def query(connection: AsyncConnection) -> list[dict[str, Any]]:
            await connection.execute(delete(PENDING_UPDATES).where(columns.at < since))
            found = select(columns.content).order_by(columns.update_id)
            return [json.loads(content) for content in (await connection.execute(found)).scalars()]

        return await self._writer.confirm(query, _PATIENCE) if self._writer is not None else None


async def _remove(connection: AsyncConnection, rows: list[dict[str, Any]]) -> None:
    gone = delete(PENDING_UPDATES).where(PENDING_UPDATES.c.update_id == bindparam("handled"))
    await connection.execute(gone, rows)
