"""The memory of a bot, for commands that run beside it; and what was asked in vain, for `shushuo suggest`."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import structlog

from bot.errors import UsageError
from bot.settings import MOST_DAYS
from bot.storage.database import sqlite_file
from bot.storage.memory import Memory
from bot.storage.writer import NoDatabaseError

T = TypeVar("T")


def with_memory(url: str, work: Callable[[Memory], Awaitable[T]]) -> T:
    """Has `work` done with the memory of the bot that has run on the database at `url`, and returns its result.

    Raises UsageError where that cannot be used now.
    """
    # Whatever goes wrong is said in one line; the log would repeat it.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    file = sqlite_file(url)
    if file and not file.exists():
        raise UsageError(f"DATABASE_URL: there is no database at {file}; run this in the folder that the bot runs in")

    async def opened() -> T:
        memory = await Memory.open(url)
        try:
            if not memory.health.healthy:
                reason = memory.health.reason
                raise UsageError(f"DATABASE_URL: the database cannot be used ({reason}); see to that, and try again")
            return await work(memory)
        except NoDatabaseError:
            raise UsageError("DATABASE_URL: the database did not answer; see to that, and try again") from None
        finally:
            await memory.close()

    return asyncio.run(opened())


def asked_in_vain(url: str, days: int) -> Counter[str]:
    """How often each question was asked in vain in the last days, in the database at `url`. Raises UsageError."""
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(f"--days {days}: is no number of days; write one from 1 to {MOST_DAYS}")
    since = datetime.now(UTC).date() - timedelta(days=days - 1)
    counts: Counter[str] = Counter()
    for question in with_memory(url, lambda memory: memory.questions.unanswered(since)):
        if question.text:
            counts[question.text] += question.count
    return counts
