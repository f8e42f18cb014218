"""/unanswered: how long the database takes to find what was asked in vain most often, among very many questions."""

import asyncio
import tempfile
import time
from contextlib import nullcontext
from datetime import date, timedelta
from statistics import median

from sqlalchemy import insert
from structlog.testing import capture_logs

from bot.storage.memory import Memory
from bot.storage.questions import QUESTIONS_A_DAY, question_hash
from bot.storage.tables import QUESTIONS
from tests.bench.bench_timing import duration, table
from tests.support.reports.small_report import refused
from tests.support.storage.databases import postgresql_server
from tests.support.storage.opened_memory import asked

_HEAD = ("database", "questions", "found in", "more, that a day has no room for", "noted in")
_TODAY = date(2030, 5, 17)


def unanswered(questions: int = 200_000, more: int = 2_000, looks: int = 5, kinds=("SQLite", "PostgreSQL")) -> None:
    """Each day has as many different ones as it may have."""
    rows = []
    for kind in kinds:
        with capture_logs(), tempfile.TemporaryDirectory() as folder:
            server = nullcontext(f"sqlite:///{folder}/bench.db") if kind == "SQLite" else postgresql_server()
            with server as url:
                found, noted = asyncio.run(_row(url, questions, more, looks))
            rows.append((kind, f"{questions:,}", found, f"{more:,}", noted))
    table("/unanswered over 90 days", _HEAD, rows)


async def _row(url: str, questions: int, more: int, looks: int) -> tuple[str, str]:
    memory = await Memory.open(url)
    await _fill(memory, questions)
    taken = []
    for _ in range(looks):
        begun = time.perf_counter()
        assert await memory.questions.unanswered(_TODAY - timedelta(days=89))
        taken.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    for number in range(more):
        await asked(memory, f"more {number}", refused(), _TODAY)
    await memory.written()
    noting = time.perf_counter() - begun
    await memory.close()
    return duration(median(taken)), duration(noting)


async def _fill(memory: Memory, questions: int) -> None:
    common = {"outcome": "none", "facts": ""}
    for first in range(0, questions, QUESTIONS_A_DAY):
        day = _TODAY - timedelta(days=first // QUESTIONS_A_DAY)
        rows = [
            {**common, "day": day, "question": question_hash(str(number)), "text": f"{number} 问题" * 9, "count": 1}
            for number in range(first, min(first + QUESTIONS_A_DAY, questions))
        ]
        async with memory.database.writing() as connection:
            await connection.execute(insert(QUESTIONS), rows)
