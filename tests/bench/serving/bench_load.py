"""Updates answered: ours against the smallest bot of python-telegram-bot, asked by the same crowd."""

import asyncio
from statistics import median
from typing import NamedTuple

from tests.bench.bench_timing import duration, percentile, table, verdict
from tests.bench.serving.crowd import Crowd
from tests.bench.serving.crowd_bot import OURS, THEIRS, CrowdBot, cpu_seconds, serving

# How many wait at a time, with the most of the echo's time that ours may take.
_WAITING = {10: 1 / 1.2, 100: 1 / 2}
_HEAD = "bot|updates by|waiting|answered/s|p50|p99|CPU ms an update|time ratio|p99 ratio|CPU ratio".split("|")


class Load(NamedTuple):
    """What one round took; seconds, of which `p50` and `p99` are from a question to its answer."""

    wall: float
    p50: float
    p99: float
    cpu: float


def load(knowledge, questions, updates: int = 600, rounds: int = 5, ways=("polling", "webhook")) -> None:
    """So many updates a round, 100 or more, the two in turns. Ours matches and stores them, theirs sends them back.

    No longer a p99, either. Each of 300 questions is asked again and again, as people do. The server is this process;
    each bot has one of its own.
    """
    rows = []
    for name in ways:
        found = asyncio.run(_loaded(knowledge, questions, updates, rounds, name == "webhook"))
        for waiting, (ours, theirs) in found.items():
            way = (name, str(waiting))
            ratios = (
                verdict(ours.wall / theirs.wall, _WAITING[waiting]),
                verdict(ours.p99 / theirs.p99, 1),
                f"{ours.cpu / theirs.cpu:.3f}",
            )
            rows += [_row("echo", way, updates, theirs, ("1", "1", "1")), _row("shushuo", way, updates, ours, ratios)]
    table(f"Load (medians of {rounds} rounds of {updates:,} updates)", _HEAD, rows)


def _row(name: str, way: tuple[str, str], updates: int, load: Load, ratios: tuple[str, ...]) -> tuple[str, ...]:
    answered = f"{updates / load.wall:,.0f}"
    return name, *way, answered, duration(load.p50), duration(load.p99), f"{load.cpu / updates * 1e3:.2f}", *ratios


async def _loaded(knowledge, questions, updates: int, rounds: int, webhook: bool) -> dict[int, list[Load]]:
    """By the number of those who wait at a time: the medians of ours and of theirs."""
    taken: dict[int, tuple[list[Load], list[Load]]] = {waiting: ([], []) for waiting in _WAITING}
    async with (
        Crowd(questions) as one,
        Crowd(questions) as other,
        serving(one, OURS, knowledge, webhook=webhook) as ours,
        serving(other, THEIRS, knowledge, webhook=webhook) as theirs,
    ):
        for turn in range(rounds + 1):
            for waiting, rounds_of in taken.items():
                for crowd, bot, loads in zip((one, other), (ours, theirs), rounds_of, strict=True):
                    measured = await _measured(crowd, bot, updates, waiting)
                    if turn:  # the first one opens the connections
                        loads.append(measured)
    return {
        waiting: [Load(*map(median, zip(*loads, strict=True))) for loads in rounds_of]
        for waiting, rounds_of in taken.items()
    }


async def _measured(crowd: Crowd, bot: CrowdBot, updates: int, waiting: int) -> Load:
    crowd.latencies.clear()
    cpu = cpu_seconds(bot.process)
    wall = await crowd.ask(updates, waiting)
    return Load(wall, median(crowd.latencies), percentile(crowd.latencies, 0.99), cpu_seconds(bot.process) - cpu)
