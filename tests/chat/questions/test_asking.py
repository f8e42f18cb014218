from __future__ import annotations

from datetime import date

import pytest
from running_bot import edition
from small_report import OUTPUT, answered, refused
from told_memory import ToldMemory

from bot.answering.answer import Answer
from bot.chat.questions.asking import Asking

DAY = date(2030, 5, 6)


class Counts:
    def __init__(self) -> None:
        self.answers: list[tuple[str, str]] = []
        self.seconds: list[float] = []

    def answered(self, outcome: str, language: str, seconds: float) -> None:
        self.answers.append((outcome, language))
        self.seconds.append(seconds)


def answer(question: str) -> Answer:
    return answered(OUTPUT) if question == "产值" else refused()


@pytest.mark.asyncio
async def test_questions_are_counted_and_timed() -> None:
    memory, counts = ToldMemory(), Counts()
    asking, now = Asking(memory, counts, lambda: DAY), edition(answer=answer)
    assert (await asking.ask("产值", now)).matches[0].fact is OUTPUT
    await asking.ask("房价", now)
    assert memory.of("asked") == [("产值", "answer", DAY), ("房价", "none", DAY)]
    assert counts.answers == [("answer", "zh"), ("none", "zh")]
    assert all(seconds >= 0 for seconds in counts.seconds)


@pytest.mark.asyncio
async def test_without_metrics_questions_are_answered_and_counted() -> None:
    memory = ToldMemory()
    assert (await Asking(memory).ask("产值", edition(answer=answer))).matches
    assert len(memory.of("asked")) == 1
