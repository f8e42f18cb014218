"""A memory that keeps what it was told, for tests of those who tell it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TypeAlias

from bot.storage import Memory, Vote
from bot.storage.activity.questions import Questions
from bot.storage.chats import Chats, Subscriptions
from bot.storage.writer import NoWriter

Calls: TypeAlias = list[tuple[object, ...]]


def _now() -> datetime:
    return datetime.now(UTC)


class _Chats(Chats):
    told: Calls

    async def seen(self, chat_id: int, kind: str, title: str, language: str, topic: int | None = None) -> None:
        self.told.append(("seen", chat_id, kind, title, language, topic))

    async def ended(self, chat_id: int, because: str) -> None:
        self.told.append(("ended", chat_id, because))

    async def moved(self, old: int, new: int) -> None:
        self.told.append(("moved", old, new))


class _Subscriptions(Subscriptions):
    told: Calls

    async def ended(self, chat_id: int, because: str) -> None:
        self.told.append(("unsubscribed", chat_id, because))


class _Questions(Questions):
    told: Calls

    async def asked(self, text: str, outcome: str, facts: Iterable[str], day: date) -> None:
        self.told.append(("asked", text, outcome, day))

    async def voted(self, facts: Iterable[str], question_hash: str, vote: Vote, message: tuple[int, int]) -> None:
        self.told.append(("voted", " ".join(facts), question_hash, vote, message))


class RecordingMemory(Memory):
    """`told`: the calls in their order, each with its arguments."""

    def __init__(self) -> None:
        writer = NoWriter(_now)
        super().__init__(writer, 0, _now)
        self.told: Calls = []
        self.chats, self.subscriptions = _Chats(writer, _now), _Subscriptions(writer, _now)
        self.questions = _Questions(writer, 0, _now)
        for part in (self.chats, self.subscriptions, self.questions):
            part.told = self.told

    def of(self, name: str) -> Calls:
        """The arguments of the calls with this name."""
        return [call[1:] for call in self.told if call[0] == name]
