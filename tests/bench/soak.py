"""`python tests/bench/soak.py SECONDS`: the bot at half its rate; a bad network, reloads, and a locked database."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from statistics import median
from typing import Final

from aiohttp import web
from bench_timing import duration, percentile, table
from crowd import Crowd, method_of
from crowd_bot import OURS, CrowdBot, serving

from bot.answering.evaluation import read_questions

_ROOT: Final = Path(__file__).parents[2]
_WAITING: Final = 40
_MEASURED: Final = 2_000
_PEOPLE: Final = 100_000
# Of the requests: told to slow down, answered by a proxy that finds no server, and cut before and after the effect.
_FAULTS: Final = (0.002, 0.004, 0.006, 0.007)
_SLOWER: Final = 2
_RELOAD_EVERY: Final = 30.0
_LOCK_EVERY: Final = 60.0
_LOCKED_FOR: Final = 5.0
_LOOK_EVERY: Final = 30.0
# As long as the bot tries to send an answer.
_PATIENCE: Final = 130.0


class BadNetwork:
    """Between the bot and Telegram; `happened` counts the faults."""

    def __init__(self) -> None:
        self.happened: Counter[str] = Counter()
        self._chance = Random(1)  # noqa: S311 (no secret)

    async def between(self, request: web.BaseRequest, carry_out: Callable[[], Awaitable[web.Response]]) -> web.Response:
        slow, bad, cut, late = _FAULTS
        drawn = self._chance.random()
        if drawn < slow and method_of(request) == "sendmessage":
            self.happened["429"] += 1
            return web.json_response(
                {
                    "ok": False,
                    "error_code": 429,
                    "description": f"Too Many Requests: retry after {_SLOWER}",
                    "parameters": {"retry_after": _SLOWER},
                },
                status=429,
            )
        if slow <= drawn < bad:
            self.happened["502"] += 1
            return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
        if bad <= drawn < cut:
            self.happened["cut before"] += 1
            return _cut(request)
        response = await carry_out()
        if cut <= drawn < late:
            self.happened["cut after"] += 1
            return _cut(request)
        return response


def _cut(request: web.BaseRequest) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def soak(seconds: float) -> None:
    """Prints what came of it."""
    questions = [question.q for question in read_questions(_ROOT / "tests" / "questions" / "jinan-hightech-2021.jsonl")]
    network = BadNetwork()
    memory: list[tuple[float, int]] = []
    with tempfile.TemporaryDirectory(prefix="shushuo-") as place:
        knowledge = Path(shutil.copytree(_ROOT / "knowledge", Path(place) / "knowledge"))
        async with Crowd(questions, _PEOPLE) as crowd, serving(crowd, OURS, knowledge, webhook=False) as bot:
            rate = _MEASURED / await crowd.ask(_MEASURED, _WAITING) / 2
            first = len(crowd.answers)
            crowd.latencies.clear()
            crowd.between = network.between
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
        memory.append((time.monotonic() - begun, bot.resident_bytes()))
        await asyncio.sleep(_LOOK_EVERY)


def _print(  # noqa: PLR0913, PLR0917 (the parts of the report)
    crowd: Crowd, first: int, rate: float, network: BadNetwork, memory: list[tuple[float, int]], log: list[str]
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
        *((f"fault: {name}", f"{count:,}") for name, count in sorted(network.happened.items())),
    ]
    table("Soak", ("figure", "value"), figures)
    table("Memory", ("second", "MB"), [(f"{second:.0f}", f"{size / 1e6:.1f}") for second, size in memory])
    lines = Counter(
        line.split("] ", 1)[1].split(" [bot", 1)[0] for line in log if "[error" in line or "[warning" in line
    )
    table("Warnings and errors in the log", ("line", "times"), [(line, str(times)) for line, times in lines.items()])


if __name__ == "__main__":
    asyncio.run(soak(float(sys.argv[1])))
