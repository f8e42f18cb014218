"""`python tests/bench/soak.py SECONDS`: the bot at half its rate; a bad network, reloads, and a locked database."""

import asyncio
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from statistics import median

from tests.bench.bench_timing import asked, duration, percentile, table
from tests.bench.serving.crowd import Crowd
from tests.bench.serving.crowd_bot import OURS, CrowdBot, resident_bytes, serving
from tests.support.network.networks import Fate, Network
from tests.support.repository import ROOT

_WAITING = 40
_MEASURED = 2_000
_PEOPLE = 100_000
# Of the requests, those of a fate and of the ones before it.
_FAULTS = {Fate.TOO_MANY: 0.002, Fate.BAD_GATEWAY: 0.004, Fate.RESET: 0.006, Fate.REPLY_LOST: 0.007}
_RELOAD_EVERY = 30.0
_LOCK_EVERY = 60.0
_LOCKED_FOR = 5.0
_LOOK_EVERY = 30.0
# As long as the bot tries to send an answer.
_PATIENCE = 130.0


def fates():
    """What becomes of each request, given its method."""
    chance = Random(1)  # noqa: S311 (no secret)

    def fate(method: str) -> Fate:
        drawn = chance.random()
        found = next((fate for fate, below in _FAULTS.items() if drawn < below), Fate.ARRIVES)
        # Telegram asks nobody to slow down who does not write.
        return Fate.ARRIVES if found is Fate.TOO_MANY and method != "sendMessage" else found

    return fate


async def soak(seconds: float) -> None:
    """Prints what came of it."""
    memory: list[tuple[float, int]] = []
    with tempfile.TemporaryDirectory(prefix="shushuo-") as place:
        knowledge = Path(shutil.copytree(ROOT / "knowledge", Path(place) / "knowledge"))
        async with (
            Crowd(asked(), _PEOPLE) as crowd,
            Network(crowd.url) as network,
            serving(crowd, OURS, knowledge, network.url, webhook=False) as bot,
        ):
            rate = _MEASURED / await crowd.ask(_MEASURED, _WAITING) / 2
            first = len(crowd.answers)
            crowd.latencies.clear()
            network.fate = fates()
            troubles = [asyncio.create_task(work) for work in (_reload(bot, knowledge), _lock(bot), _look(bot, memory))]
            await _ask(crowd, seconds, rate)
            for trouble in troubles:
                trouble.cancel()
            with suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    await crowd.answered()
            _print(crowd, first, rate, network, memory, bot.log)


async def _ask(crowd: Crowd, seconds: float, rate: float) -> None:
    begun = time.monotonic()
    asked = 0
    while (passed := time.monotonic() - begun) < seconds:
        while asked < passed * rate:
            crowd.ask_one()
            asked += 1
        await asyncio.sleep(1 / rate)


async def _reload(bot: CrowdBot, knowledge: Path) -> None:
    """Each time the knowledge is another one: a synonym more, that nobody uses."""
    number = 0
    while True:
        await asyncio.sleep(_RELOAD_EVERY)
        number += 1
        synonyms = f"synonyms:\n  - [无人问起, 无人问起{number}]\n"
        (knowledge / "lexicon.yaml").write_text(synonyms, encoding="utf-8")
        bot.process.send_signal(signal.SIGHUP)


async def _lock(bot: CrowdBot) -> None:
    while True:
        await asyncio.sleep(_LOCK_EVERY)
        with closing(sqlite3.connect(bot.folder / "data" / "shushuo.db", timeout=5, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(_LOCKED_FOR)
            database.execute("ROLLBACK")


async def _look(bot: CrowdBot, memory: list[tuple[float, int]]) -> None:
    begun = time.monotonic()
    while True:
        memory.append((time.monotonic() - begun, resident_bytes(bot.process)))
        await asyncio.sleep(_LOOK_EVERY)


def _print(  # noqa: PLR0913, PLR0917 (the parts of the report)
    crowd: Crowd, first: int, rate: float, network: Network, memory: list[tuple[float, int]], log: list[str]
) -> None:
    answers = Counter(crowd.answers[first:])
    more = sum(count for times, count in answers.items() if times > 2)
    latencies = crowd.latencies
    figures = [
        ("questions a second", f"{rate:,.0f}"),
        ("questions asked", f"{answers.total():,}"),
        ("answered once", f"{answers[1]:,}"),
        ("answered twice", f"{answers[2]:,}"),
        ("answered more often", f"{more:,}"),
        ("never answered", f"{answers[0]:,}"),
        ("p50", duration(median(latencies))),
        ("p99", duration(percentile(latencies, 0.99))),
        ("longest", duration(max(latencies))),
        *(
            (f"fault: {fate.name}", f"{sum(count for (_, of), count in network.seen.items() if of is fate):,}")
            for fate in _FAULTS
        ),
    ]
    table("Soak", ("figure", "value"), figures)
    table("Memory", ("second", "MB"), [(f"{second:.0f}", f"{size / 1e6:.1f}") for second, size in memory])
    lines = Counter(
        line.split("] ", 1)[1].split(" [bot", 1)[0] for line in log if "[error" in line or "[warning" in line
    )
    table("Warnings and errors in the log", ("line", "times"), [(line, str(times)) for line, times in lines.items()])


if __name__ == "__main__":
    asyncio.run(soak(float(sys.argv[1])))
