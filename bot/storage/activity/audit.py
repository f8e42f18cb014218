"""What admins have done."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select

from bot.storage.database import storable
from bot.storage.tables import AUDIT
from bot.storage.writer import Repository


class Audited(NamedTuple):
    """Something that an admin did, or the program by itself, where `who` is None."""

    at: datetime
    who: int | None
    what: str
    result: str


class Audit(Repository):
    """What admins have done, as it is noted."""

    async def note(self, who: int | None, what: str, result: str) -> None:
        """Notes what `who` did, a word such as reload and what it was done to. Texts are cut after 500 characters."""
        values = {"at": self._clock(), "who": who or 0, "what": storable(what), "result": storable(result)}
        self._writer.put(lambda connection: connection.execute(insert(AUDIT).values(values)))

    async def latest(self, most: int) -> list[Audited]:
        """What was noted last, newest first. Raises NoDatabaseError."""
        newest = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(most)
        return await self._rows(newest, lambda row: Audited(row.at, row.who or None, row.what, row.result))
