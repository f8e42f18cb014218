"""A memory without a database, for tests of what needs none."""

from datetime import UTC, datetime
from types import SimpleNamespace

from bot.storage import Health, Memory
from bot.storage.writer import NoDatabaseError, Writer


def now() -> datetime:
    return datetime.now(UTC)


class NoWriter(Writer):
    """Is always healthy, keeps nothing and says nothing."""

    database = SimpleNamespace(is_shared=False, file=None)
    waiting = 0

    def __init__(self) -> None:
        self.health = Health(healthy=True, since=now())

    def put(self, change, *, at_once: bool = False) -> None:
        pass

    async def read(self, query, seconds: float = 0.0):
        raise NoDatabaseError

    async def confirm(self, change, seconds: float = 0.0):
        raise NoDatabaseError

    async def probe(self, seconds: float | None = None) -> None:
        pass

    async def written(self, seconds: float | None = None) -> None:
        if seconds is not None:
            raise NoDatabaseError

    async def close(self) -> None:
        pass


class NoMemory(Memory):
    """Remembers nothing but the updates handled lately; a bot that has it sends no announcements."""

    def __init__(self) -> None:
        super().__init__(NoWriter(), 0, now)
