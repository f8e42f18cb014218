"""Processes that end while people ask. Each proof raises AssertionError, or tells what it found."""

import asyncio
import signal
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.processes.bot_process import TOKEN, serving, settings
from tests.support.reports.small_report import write_report
from tests.support.telegram_server import Person, TelegramServer
from tests.support.waiting import until

# The time to Telegram and back, in which a kill leaves it unknown whether an answer has arrived.
LATENCY = 0.05
QUESTION = "产值"
# Seconds in which the bot notes that it has answered, which a kill may come before.
_NOTED = 0.2
_RATE = 30


@asynccontextmanager
async def telegram():
    """A Telegram, and a folder with knowledge, for a bot that polls."""
    with tempfile.TemporaryDirectory(prefix="shushuo-") as folder:
        write_report(Path(folder) / "knowledge")
        async with TelegramServer(TOKEN) as server:
            server.latency = LATENCY
            yield server, Path(folder)


@asynccontextmanager
async def answering(server: TelegramServer, folder: Path):
    """`shushuo run` within the block, which begins once it serves; it may end before the block does."""
    async with serving(folder, settings(server)) as bot, bot.drained():
        yield bot


async def asked_at_once(count: int, after: int, number: signal.Signals) -> str:
    """So many ask at once; the process gets the signal after so many answers, and is started again."""
    async with telegram() as (server, folder):
        people = [server.user() for _ in range(count)]
        async with answering(server, folder) as bot:
            for person in people:
                await person.send(QUESTION)
            await _until_answered(people, after)
            bot.process.send_signal(number)
            assert await bot.process.wait() == (0 if number == signal.SIGTERM else -number)
        answered = _answered(people)
        async with answering(server, folder):
            await _until_answered(people, count)
            await server.all_delivered()
        return f"{answered} of {count} answered before, " + _found(people, kills=1)


async def killed_while_asked(kills: int, questions: int, rate: float) -> str:
    """So many ask one after the other, `rate` a second, while the process is killed and started again."""
    async with telegram() as (server, folder):
        people = [server.user() for _ in range(questions)]

        async def ask() -> None:
            for person in people:
                await person.send(QUESTION)
                await asyncio.sleep(1 / rate)

        asking = asyncio.create_task(ask())
        for number in range(kills):
            async with answering(server, folder):
                await _until_answered(people, (number + 1) * questions // (kills + 1))
        async with answering(server, folder):
            await asking
            await _until_answered(people, questions)
            await server.all_delivered()
        return f"{kills} kills, " + _found(people, kills)


async def _until_answered(people: list[Person], count: int) -> None:
    """Until so many have an answer, or no more answers come."""
    while (answered := _answered(people)) < count:
        try:
            await until(lambda: _answered(people) != answered)
        except AssertionError:
            raise AssertionError(f"{len(people) - answered} of {len(people)} never answered") from None


def _answered(people: list[Person]) -> int:
    return sum(bool(person.chat.bot_messages) for person in people)


def _found(people: list[Person], kills: int) -> str:
    """Raises AssertionError where more came twice than was in flight at the kills."""
    twice = sum(len(person.chat.bot_messages) - 1 for person in people)
    assert twice <= kills * _RATE * (LATENCY + _NOTED), f"{twice} of {len(people)} were answered twice"
    return f"0 of {len(people)} never, {twice} twice"
