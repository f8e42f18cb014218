"""Calls to Telegram: ours against python-telegram-bot's own transport, on the tests' Telegram server."""

import asyncio
import subprocess
import sys
import time
from statistics import median

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.http_client import Connection
from bot.metrics import Metrics
from tests.bench.bench_timing import table, verdict
from tests.support.telegram_server import TelegramServer

_TOKEN = "123456:TEST-token"
_AT_ONCE = 32
_PERSON = 1001
_HEAD = ("transport", "calls at once", "calls/s", "CPU ms a call", "CPU ratio", "time ratio")


def transport(calls: int = 1_000, rounds: int = 3) -> None:
    """sendMessage, `calls` times a round, the two in turns; the server is a process of its own.

    At most a quarter of the CPU time that python-telegram-bot's takes, and half the time.
    """
    with subprocess.Popen(  # noqa: S603 (this file)
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        if server.stdin is None or server.stdout is None:
            raise TypeError("the server has no pipes")
        url = server.stdout.readline().strip()
        taken = asyncio.run(_taken(url, calls, rounds))
        server.stdin.close()
    ours, theirs = ([median(column) for column in zip(*rounds_of, strict=True)] for rounds_of in taken)
    rows = [
        _row("python-telegram-bot's", calls, theirs, ("1", "1")),
        _row("ours", calls, ours, (verdict(ours[1] / theirs[1], 0.25), verdict(ours[0] / theirs[0], 0.5))),
    ]
    table(f"Calls to Telegram (sendMessage, medians of {rounds} rounds of {calls:,})", _HEAD, rows)


def _row(name: str, calls: int, taken: list[float], ratios: tuple[str, str]) -> tuple[str, ...]:
    wall, cpu = taken
    return name, str(_AT_ONCE), f"{calls / wall:,.0f}", f"{cpu / calls * 1e3:.2f}", *ratios


async def _taken(url: str, calls: int, rounds: int) -> tuple[list[tuple[float, float]], ...]:
    """Seconds and CPU seconds of each round, of ours and of theirs."""
    ours = Connection(_AT_ONCE, metrics=Metrics())
    theirs = HTTPXRequest(connection_pool_size=_AT_ONCE, pool_timeout=30.0)
    taken: tuple[list[tuple[float, float]], ...] = ([], [])
    async with _bot(url, ours) as one, _bot(url, theirs) as other:
        for turn in range(rounds + 1):
            for bot, times in zip((one, other), taken, strict=True):
                took = await _measured(lambda bot=bot: _send(bot, calls))
                if turn:  # the first one opens the connections
                    times.append(took)
    return taken


def _bot(url: str, request: BaseRequest) -> Bot:
    return Bot(_TOKEN, f"{url}/bot", request=request, get_updates_request=request)


async def _measured(work) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    await work()
    return time.perf_counter() - wall, time.process_time() - cpu


async def _send(bot: Bot, calls: int) -> None:
    numbers = iter(range(calls))

    async def slot() -> None:
        for number in numbers:
            await bot.send_message(_PERSON, f"message {number}")

    await asyncio.gather(*(slot() for _ in range(_AT_ONCE)))


async def _serve() -> None:
    """Until standard input ends; the address goes to standard output."""
    async with TelegramServer(_TOKEN) as server:
        await server.user(_PERSON).send("/start")
        print(server.url, flush=True)  # noqa: T201
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
