"""`python tests/bench/memory.py [UPDATES]`: the memory that the bot takes after so many, and after a tenth of them."""

import asyncio
import sys

from tests.bench.bench_timing import asked, table, verdict
from tests.bench.serving.crowd import Crowd
from tests.bench.serving.crowd_bot import OURS, resident_bytes, serving
from tests.support.repository import ROOT

_WAITING = 40


async def memory(updates: int) -> None:
    """Of the process in whole; at most a tenth more in the end."""
    async with Crowd(asked()) as crowd, serving(crowd, OURS, ROOT / "knowledge", webhook=True) as bot:
        await crowd.ask(updates // 10, _WAITING)
        before = resident_bytes(bot.process)
        await crowd.ask(updates - updates // 10, _WAITING)
        after = resident_bytes(bot.process)
    rows = [
        (f"{updates // 10:,}", f"{before / 1e6:.1f}", "1"),
        (f"{updates:,}", f"{after / 1e6:.1f}", verdict(after / before, 1.1)),
    ]
    table("Memory (resident, by webhook)", ("updates", "MB", "ratio"), rows)


if __name__ == "__main__":
    asyncio.run(memory(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
