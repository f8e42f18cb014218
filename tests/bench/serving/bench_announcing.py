"""Announcements: how many a second, at what cost, how evenly, and how soon people are answered meanwhile.

`shushuo run` against the tests' Telegram server.
"""

import asyncio
import time
from contextlib import nullcontext

from tests.announcing_proof.stage import LATENCY, Stage, staged, worst_second
from tests.bench.bench_timing import duration, percentile, table
from tests.bench.serving.crowd_bot import cpu_seconds
from tests.support.storage.databases import SqliteTrial, Trial, postgresql_server
from tests.support.waiting import until

_UNPACED = 10_000
_CALM = 25
_AIM = 1_000
_ASKING = 2
_SQLITE = "SQLite"
_POSTGRESQL = "PostgreSQL"
_RELEASED = "SELECT total FROM announcements WHERE request_key = 'shell:released'"


def announcing(
    chats: int = 20_000, many: int = 1_000_000, seconds: int = 20, kinds=(_SQLITE, _POSTGRESQL), rates=(_CALM, _UNPACED)
) -> None:
    """Unpaced to `chats` chats, for `seconds` at the pace that is usual, and released to `many` chats.

    People ask meanwhile at each of `rates`, which is messages a second. Telegram's replies come
    50 ms late. At least 1,000 messages a second, unpaced.
    """
    unpaced, calm, answers = [], [], []
    for kind in kinds:
        with nullcontext() if kind == _SQLITE else postgresql_server(durable=True) as postgresql:
            unpaced.append((kind, *asyncio.run(_unpaced(postgresql, chats))))
            calm.append((kind, *asyncio.run(_calm(postgresql, seconds * _CALM, many))))
            for rate in rates:
                pace, audience = ("unpaced", chats) if rate == _UNPACED else (f"{rate}/s", seconds * rate)
                answers.append((kind, pace, *asyncio.run(_answers(postgresql, rate, audience, seconds))))
    table(
        f"Announcements (to {chats:,} chats, unpaced, {LATENCY * 1e3:.0f} ms to Telegram and back)",
        ("database", "messages/s", "CPU ms a message", "database bytes a message"),
        unpaced,
    )
    table(
        f"Announcements at {_CALM} messages a second (for {seconds} s)",
        ("database", "messages/s", "worst second", f"released to {many:,} chats in"),
        calm,
    )
    table(
        f"Answers while announcements are sent (p99 of those to {_ASKING} people at a time)",
        ("database", "announcements", "before", "meanwhile"),
        answers,
    )


async def _unpaced(postgresql: str | None, chats: int) -> tuple[str, str, str]:
    async with staged(postgresql, _UNPACED, chats, gated=False) as stage, stage.running() as bot:
        await stage.leader()
        before, cpu = _bytes(stage.trial), cpu_seconds(bot.process)
        stage.announce("unpaced")
        await stage.until_done()
        cpu = cpu_seconds(bot.process) - cpu
        grown = _bytes(stage.trial) - before
        assert stage.repeats("unpaced") == 0
        times = stage.attempts()
    rate = chats / (times[-1] - times[0])
    met = "met" if rate >= _AIM else "MISSED"
    return f"{rate:,.0f} (target {_AIM:,}: {met})", f"{cpu / chats * 1e3:.2f}", f"{grown / chats:.0f}"


async def _calm(postgresql: str | None, messages: int, many: int) -> tuple[str, str, str]:
    async with staged(postgresql, _CALM, messages, gated=False) as stage, stage.running():
        stage.announce("paced")
        await stage.until_done()
        times = stage.attempts()
        stage.subscribe(min(chat.id for chat in stage.chats) - 1, many - messages)
        stage.announce("released")
        start = time.perf_counter()
        await until(lambda: stage.trial.rows(_RELEASED) == [(many,)], pause=0.1)
        released = time.perf_counter() - start
    return f"{(messages - 1) / (times[-1] - times[0]):.2f}", str(worst_second(times)), duration(released)


async def _answers(postgresql: str | None, rate: int, chats: int, seconds: int) -> tuple[str, str]:
    """Before an announcement, for so long, and while it is sent."""
    async with staged(postgresql, rate, chats, gated=False) as stage, stage.running():
        await stage.leader()
        await stage.until_serving()
        before = await _asked(stage, asyncio.sleep(seconds))
        stage.announce("meanwhile")
        meanwhile = await _asked(stage, stage.until_done())
    return duration(before), duration(meanwhile)


async def _asked(stage: Stage, work) -> float:
    """The p99 of the seconds until somebody has an answer; people ask one after another until `work` is done."""
    taken: list[float] = []
    over = asyncio.Event()

    async def ask() -> None:
        while not over.is_set():
            start = time.perf_counter()
            await stage.server.user().ask("产值")
            taken.append(time.perf_counter() - start)

    asking = [asyncio.create_task(ask()) for _ in range(_ASKING)]
    await work
    over.set()
    await asyncio.gather(*asking)
    return percentile(taken, 0.99)


def _bytes(trial: Trial) -> int:
    """What the database takes of the disk, once nothing waits in a log."""
    if isinstance(trial, SqliteTrial):
        trial.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return trial.path.stat().st_size
    [(size,)] = trial.rows("SELECT pg_database_size(current_database())")
    return int(size)
