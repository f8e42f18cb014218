"""A question's way to its answer, timed and counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.answering.answer import Answer
    from bot.storage.memory import Memory


class Metrics(Protocol):
    """Where answers are counted and timed."""

    def answered(self, outcome: str, language: str, seconds: float) -> None: ...


def _today() -> date:
    return datetime.now(UTC).date()


class Asking:
    """Answers by `answer`, tells `metrics`, and has `memory` count the question."""

    def __init__(
        self,
        answer: Callable[[str], Answer],
        memory: Memory,
        metrics: Metrics | None = None,
        today: Callable[[], date] = _today,
    ) -> None:
        self._answer = answer
        self._memory = memory
        self._metrics = metrics
        self._today = today

    async def ask(self, question: str) -> Answer:
        begun = perf_counter()
        answer = self._answer(question)
        if self._metrics is not None:
            self._metrics.answered(answer.outcome, answer.language, perf_counter() - begun)
        await self._memory.asked(question, answer, self._today())
        return answer
