"""What was asked in vain in the last days, for `shushuo suggest`."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from bot.storage import Memory
from bot.storage.database import sqlite_file

from .stopping import AddressError, OperatingError

_NOT_THERE: Final = "DATABASE_URL: there is no database at {}; name the one that the bot uses"


def asked_in_vain(url: str, days: int) -> Counter[str]:
    """How often each question was asked that got no answer, of the last days, in the database at `url`.

    Raises OperatingError.
    """
    file = sqlite_file(url)
    if file and not file.exists():
        raise AddressError(_NOT_THERE.format(file))
    # Whatever goes wrong is said in one line; the log would repeat it.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    return asyncio.run(_asked(url, days))


async def _asked(url: str, days: int) -> Counter[str]:
    memory = await Memory.open(url)
    try:
        first = datetime.now(UTC).date() - timedelta(days=days - 1)
        questions = await memory.questions.unanswered(first)
        if questions is None:
            raise OperatingError(f"the database cannot be used: {memory.health.reason or 'it does not answer'}")
    finally:
        await memory.close()
    counts: Counter[str] = Counter()
    for question in questions:
        if question.text:
            counts[question.text] += question.count
    return counts
