"""The memory under test, and what is in its database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from unittest.mock import patch

from bot.answering.answer import Answer
from bot.answering.language.normalize import normalize
from bot.storage.database import Database
from bot.storage.memory import Memory
from tests.support.storage.databases import Trial

START = datetime(2030, 5, 17, 8, 0, tzinfo=UTC)
CHATS = "SELECT chat_id, kind, title, topic, language, because FROM chats ORDER BY chat_id"
QUESTIONS = "SELECT day, text, outcome, facts, count FROM questions ORDER BY day, text, outcome, facts"
FEEDBACK = "SELECT facts, question, up, down FROM feedback ORDER BY facts, question"
UPDATES = "SELECT update_id FROM handled_updates ORDER BY update_id"


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@asynccontextmanager
async def opened_memory(database: Trial, clock: Clock | None = None, **settings) -> AsyncIterator[Memory]:
    database.prepare()
    with patch.multiple("bot.storage.writer", FIRST_PAUSE=0.01, LONGEST_PAUSE=0.01):
        memory = await Memory.open(database.url, clock=clock or Clock(), **settings)
        try:
            yield memory
        finally:
            await memory.close()


@asynccontextmanager
async def opened_database(trial: Trial, *, looking: bool = False) -> AsyncIterator[Database]:
    database = Database(trial.url, looking=looking)
    try:
        yield database
    finally:
        await database.ended()
        await database.close()


async def asked(memory: Memory, text: str, answer: Answer, day: date) -> None:
    """Has a question counted as it is when people ask it."""
    facts = [match.fact.id for match in answer.matches]
    await memory.questions.asked(normalize(text), answer.outcome, facts, day)


async def rows(memory: Memory, database: Trial, query: str):
    """What is in the database once all that was told is written; days as texts, which SQLite keeps them as."""
    await asyncio.wait_for(memory.written(), 10)
    return [tuple(str(value) if isinstance(value, date) else value for value in row) for row in database.rows(query)]
