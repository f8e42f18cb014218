"""Which updates were handled, by this process or by others, and which are still to be."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import Values, insert_into
from .tables import HANDLED_UPDATES, PENDING_UPDATES
from .writer import NoDatabaseError, Repository, Rows, Writer

# Telegram repeats an update within minutes; this many come in a few of them on a busy day.
REPEATED = 10_000
# Seconds. Meanwhile no more is fetched.
_PATIENCE = 1.0


class Updates(Repository):
    """Knows which updates were handled, and keeps those that are fetched and are still to be.

    Where several processes share the database, it is asked about each. One of this process alone is asked once, as a
    question takes 0.55 ms of CPU, a fifth of what an update takes. One that is known to be away is not waited for.
    """

    def __init__(self, writer: Writer, clock: Callable[[], datetime]) -> None:
        super().__init__(writer, clock)
        self._before: frozenset[int] | None = None

    async def handled(self, update_id: int) -> None:
        """Notes that the update needs no further handling, by no process."""
        self._writer.put(Rows(_note_handled, [{"update_id": update_id, "day": self._clock().date()}]))

    async def contains(self, update_id: int) -> bool:
        """Whether an update was handled by another process or before the start; False where nobody knows."""
        columns = HANDLED_UPDATES.c
        ids = select(columns.update_id)
        with suppress(NoDatabaseError):
            if self._writer.database.file is None:
                return bool(await self._rows(ids.where(columns.update_id == update_id), tuple))
            if self._before is None:
                newest = ids.order_by(columns.day.desc(), columns.update_id.desc()).limit(REPEATED)
                self._before = frozenset(await self._rows(newest, lambda row: int(row.update_id)))
        return update_id in (self._before or ())

    async def add(self, updates: Sequence[dict[str, Any]]) -> bool:
        """Writes them down, as Telegram sent them; whether the database has them now."""
        if not self._writer.health.healthy:
            return False
        # By the queue of changes, so that what removes them comes after this, however late the database takes it.
        for update in updates:
            row = {"update_id": update["update_id"], "content": json.dumps(update), "at": self._clock()}
            self._writer.put(Rows(_add, [row]), at_once=True)
        try:
            await self._writer.written(_PATIENCE)
        except NoDatabaseError:
            return False
        return True

    def remove(self, update_id: int) -> None:
        """Has one that is handled forgotten, before a kill has it handled once more."""
        self._writer.put(Rows(_remove, [{"handled": update_id}]), at_once=True)

    async def pending(self) -> list[dict[str, Any]]:
        """The updates of the last 24 hours that are still to be handled, in their order. Raises NoDatabaseError."""
        columns = PENDING_UPDATES.c
        # Telegram keeps an update for as long.
        since = self._clock() - timedelta(hours=24)

        async def query(connection: AsyncConnection) -> list[dict[str, Any]]:
            await connection.execute(delete(PENDING_UPDATES).where(columns.at < since))
            found = select(columns.content).order_by(columns.update_id)
            return [json.loads(content) for content in (await connection.execute(found)).scalars()]

        return await self._writer.confirm(query, _PATIENCE)


async def _note_handled(connection: AsyncConnection, rows: list[Values]) -> None:
    await connection.execute(insert_into(connection, HANDLED_UPDATES).on_conflict_do_nothing(), rows)


async def _add(connection: AsyncConnection, rows: list[Values]) -> None:
    await connection.execute(insert_into(connection, PENDING_UPDATES).on_conflict_do_nothing(), rows)


async def _remove(connection: AsyncConnection, rows: list[Values]) -> None:
    gone = delete(PENDING_UPDATES).where(PENDING_UPDATES.c.update_id == bindparam("handled"))
    await connection.execute(gone, rows)
