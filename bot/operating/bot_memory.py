"""The memory of a bot, for commands that run beside it; and what was asked in vain, for `shushuo suggest`."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import structlog

from bot.errors import UsageError
from bot.settings import MOST_DAYS
from bot.storage import Memory, NoDatabaseError, Unanswered
from bot.storage.database import sqlite_file


@asynccontextmanager
async def memory_of_bot(url: str) -> AsyncIterator[Memory]:
    """The memory of the bot that has run on the database at `url`. Raises UsageError where it cannot be used now."""
    # Whatever goes wrong is said in one line; the log would repeat it.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    file = sqlite_file(url)
    if file and not file.exists():
        raise UsageError(f"DATABASE_URL: there is no database at {file}; run this in the folder that the bot runs in")
    memory = await Memory.open(url)
    try:
        if not memory.health.healthy:
            reason = memory.health.reason
            raise UsageError(f"DATABASE_URL: the database cannot be used ({reason}); see to that, and try again")
        yield memory
    except NoDatabaseError:
        raise UsageError("DATABASE_URL: the database did not answer; see to that, and try again") from None
    finally:
        await memory.close()


def asked_in_vain(url: str, days: int) -> Counter[str]:
    """How often each question was asked in vain in the last days, in the database at `url`. Raises UsageError."""
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(f"--days {days}: is no number of days; write one from 1 to {MOST_DAYS}")

    async def unanswered() -> list[Unanswered]:
        async with memory_of_bot(url) as memory:
            return await memory.questions.unanswered(datetime.now(UTC).date() - timedelta(days=days - 1))

    counts: Counter[str] = Counter()
    for question in asyncio.run(unanswered()):
        if question.text:
            counts[question.text] += question.count
    return counts
