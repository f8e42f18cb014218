"""A memory that keeps what it was told, for tests of those who tell it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from bot.answering.answer import Answer
from bot.storage import Memory, Vote
from bot.storage.health import HealthLog


def _now() -> datetime:
    return datetime.now(UTC)


class ToldMemory(Memory):
    """`told`: the calls in their order, each with its arguments."""

    def __init__(self) -> None:
        super().__init__(None, 0, _now, HealthLog(_now))
        self.told: list[tuple[object, ...]] = []

    def of(self, name: str) -> list[tuple[object, ...]]:
        """The arguments of the calls with this name."""
        return [call[1:] for call in self.told if call[0] == name]

    async def chat_seen(self, chat_id: int, kind: str, title: str, language: str, topic: int | None = None) -> None:
        self.told.append(("seen", chat_id, kind, title, language, topic))

    async def chat_ended(self, chat_id: int, because: str) -> None:
        self.told.append(("ended", chat_id, because))

    async def subscription_ended(self, chat_id: int, because: str) -> None:
        self.told.append(("unsubscribed", chat_id, because))

    async def chat_moved(self, old: int, new: int) -> None:
        self.told.append(("moved", old, new))

    async def asked(self, text: str, answer: Answer, day: date) -> None:
        self.told.append(("asked", text, answer.outcome, day))

    async def voted(self, facts: Iterable[str], question_hash: str, vote: Vote, message: tuple[int, int]) -> None:
        self.told.append(("voted", " ".join(facts), question_hash, vote, message))
