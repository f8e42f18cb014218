"""What the bot remembers: one object that is opened and closed, with a part for each subject.

What is told to its parts is written soon after, in the order it was told, and waits for no database; what asks the
database raises NoDatabaseError where that does not answer in time.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Self

from . import upkeep
from .announcements import Albums, Announcements, Schedules
from .chats import Chats, Subscriptions
from .cluster import Audit, Cluster
from .database import BUSY, Database
from .questions import Questions
from .updates import HandledUpdates, PendingUpdates
from .writer import Health, NoDatabaseError, Writer

_NOW = partial(datetime.now, UTC)


class Memory:
    """The memory of a process, made by `Memory.open`, ended by `close`. `utcnow`: its clock.

    While the database is away, full, read-only or locked, what is told is kept (up to 10,000 things) and written later.
    """

    def __init__(self, writer: Writer, keep_days: int, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._keep_days = keep_days
        self.database = writer.database  # for those that wait for it, and bear what it raises
        self.utcnow = clock
        self.chats = Chats(writer, clock)
        self.subscriptions = Subscriptions(writer, clock)
        self.questions = Questions(writer, keep_days, clock)
        self.updates = HandledUpdates(writer, clock)
        self.pending = PendingUpdates(writer, clock)
        self.audit = Audit(writer, clock)
        self.cluster = Cluster(writer, clock)
        self.announcements = Announcements(writer, clock)
        self.albums = Albums(writer, clock)
        self.schedules = Schedules(writer, clock)

    @classmethod
    async def open(
        cls, url: str, keep_days: int = 90, *, clock: Callable[[], datetime] = _NOW, busy: float = BUSY
    ) -> Self:
        """Opens the database at `url` (sqlite:///PATH or postgresql://…) and brings its tables up to date.

        `keep_days`: for how long questions are kept; 0 means that none is noted. `busy`: seconds after which the
        database counts as locked. One that cannot be used does not stop the start: it is logged, and tried again.
        """
        writer = Writer(Database(url, busy), clock)
        writer.start()
        # Seconds. A database that does not answer is not waited for at the start either.
        await writer.probe(5.0)
        return cls(writer, keep_days, clock)

    @property
    def health(self) -> Health:
        """Whether the database took what was written last, since when, and why not."""
        return self._writer.health

    async def check(self) -> Health:
        """The health after an attempt to write, unless that is known to be in vain; takes 2.5 seconds at most."""
        if self.health.healthy:
            await self._writer.probe()
        return self._writer.health

    @property
    def waiting(self) -> int:
        """How much was told that is not written yet."""
        return self._writer.waiting

    async def prune(self) -> bool:
        """Forgets what is no longer to be kept, see `upkeep`; whether the database took it. Call it once a day."""
        done = True
        for forget in upkeep.pieces(self.utcnow(), self._keep_days):
            try:
                while await self._writer.confirm(forget):
                    pass
            except NoDatabaseError:
                done = False
        return done

    async def written(self) -> None:
        """Returns when everything told so far is in the database; while that is away, when it is back."""
        await self._writer.written()

    async def close(self) -> None:
        """Writes what is left, for up to half a second, and closes the database."""
        with suppress(NoDatabaseError):
            await self._writer.written(0.5)
        await self._writer.close()
