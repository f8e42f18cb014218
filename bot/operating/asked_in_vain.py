"""What was asked in vain in the last days, for `shushuo suggest`."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

from bot.storage import known

from .beside import memory_of_bot


def asked_in_vain(url: str, days: int) -> Counter[str]:
    """How often each question was asked that got no answer, of the last days, in the database at `url`.

    Raises UsageError.
    """
    return asyncio.run(_asked(url, days))


async def _asked(url: str, days: int) -> Counter[str]:
    first = datetime.now(UTC).date() - timedelta(days=days - 1)
    async with memory_of_bot(url) as memory:
        questions = known(await memory.questions.unanswered(first))
    counts: Counter[str] = Counter()
    for question in questions:
        if question.text:
            counts[question.text] += question.count
    return counts
