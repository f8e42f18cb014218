"""Memories without a database: one that keeps nothing, and one that keeps what it is told."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from types import SimpleNamespace

from bot.storage.memory import Memory
from bot.storage.questions import Vote
from bot.storage.writer import Health, NoDatabaseError, Writer


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


class RecordingMemory(NoMemory):
    """`told`: the calls in their order, each with its arguments."""

    def __init__(self) -> None:
        super().__init__()
        self.told = []
        # Methods of this one object alone: what nobody looks at goes on as without a database.
        chats = self.chats
        questions = self.questions
        chats.seen, chats.ended, chats.moved = self._seen, self._recorder("ended"), self._recorder("moved")
        chats.subscription_ended = self._recorder("unsubscribed")
        questions.asked, questions.voted = self._asked, self._voted

    def _recorder(self, name: str):
        async def record(*arguments: object) -> None:
            self.told.append((name, *arguments))

        return record

    async def _seen(self, chat_id: int, kind: str, title: str, language: str, topic: int | None = None) -> None:
        self.told.append(("seen", chat_id, kind, title, language, topic))

    async def _asked(self, text: str, outcome: str, _facts: Iterable[str], day: date) -> None:
        self.told.append(("asked", text, outcome, day))

    async def _voted(self, facts: Iterable[str], question_hash: str, vote: Vote, message: tuple[int, int]) -> None:
        self.told.append(("voted", " ".join(facts), question_hash, vote, message))

    def of(self, name: str):
        """The arguments of the calls with this name."""
        return [call[1:] for call in self.told if call[0] == name]
