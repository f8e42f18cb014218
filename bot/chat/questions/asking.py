"""A question's way to its answer, timed and counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from bot.answering.language.normalize import normalize

if TYPE_CHECKING:
    from bot.answering.answer import Answer
    from bot.chat.library import Edition
    from bot.storage.memory import Memory


class Metrics(Protocol):
    """Where answers are counted and timed."""

    def answered(self, outcome: str, language: str, seconds: float) -> None: ...


def _today() -> date:
    return datetime.now(UTC).date()


class Asking:
    """Answers questions, tells `metrics`, and has `memory` count them."""

    def __init__(self, memory: Memory, metrics: Metrics | None = None, today: Callable[[], date] = _today) -> None:
        self._memory = memory
        self._metrics = metrics
        self._today = today

    async def ask(self, question: str, edition: Edition) -> Answer:
        begun = perf_counter()
        answer = edition.answer(question)
        if self._metrics is not None:
            self._metrics.answered(answer.outcome, answer.language, perf_counter() - begun)
        facts = [match.fact.id for match in answer.matches]
        await self._memory.questions.asked(normalize(question), answer.outcome, facts, self._today())
        return answer
