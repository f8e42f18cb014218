"""`shushuo run` as a process of its own, and what it prints."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.processes.forked_bot import ForkedBot, forked_bot
from tests.support.telegram_server import TelegramServer

SECRET = "for-the-tests-own-server-only-x"
TOKEN = f"123456:{SECRET}"
VARIABLE = "TELEGRAM_BOT_TOKEN"
PATIENCE = 60.0  # a poll whose connection is lost in silence takes 35


def settings(server: TelegramServer, **more: str) -> dict[str, str]:
    return {VARIABLE: TOKEN, "TELEGRAM_API_URL": server.url, "HTTP_LISTEN": "", **more}


@dataclass(slots=True)
class Bot:
    """A running `shushuo run`, and the lines that it has printed."""

    process: Process | ForkedBot
    lines: list[str] = field(default_factory=list)

    async def printed(self, words: str) -> str:
        """The next line with these words. Raises AssertionError when it does not come."""
        async with asyncio.timeout(PATIENCE):
            while line := await self._line():
                if words in line:
                    return line
        raise AssertionError(f"never printed {words!r}: {self.lines}")

    async def ended(self) -> int:
        async with asyncio.timeout(PATIENCE):
            await self.drain()
            return await self.process.wait()

    async def drain(self) -> None:
        """Takes all that it prints until it ends: a process that nobody listens to comes to a halt."""
        while await self._line():
            pass

    @asynccontextmanager
    async def drained(self) -> AsyncIterator[None]:
        """Takes all that it prints within the block, after which it is killed if it has not ended."""
        draining = asyncio.create_task(self.drain())
        try:
            yield
        finally:
            if self.process.returncode is None:
                self.process.kill()
                await self.process.wait()
            await draining

    async def _line(self) -> str:
        line = (await self.process.stdout.readline()).decode()
        # Each of these bots is the first to use its database.
        if line and "the database was brought up to date" not in line:
            self.lines.append(line)
        return line


@asynccontextmanager
async def serving(folder: Path, settings: Mapping[str, str]) -> AsyncIterator[Bot]:
    """`running`, in a block that begins once the bot serves."""
    async with running(folder, settings) as bot:
        await bot.printed("serving Telegram")
        yield bot


@asynccontextmanager
async def running(folder: Path, settings: Mapping[str, str], *, imported: bool = True) -> AsyncIterator[Bot]:
    """A bot in a process that begins with the program imported, or else as a shell starts it."""
    environment = {name: value for name, value in os.environ.items() if "TELEGRAM" not in name and "LOG_" not in name}
    environment |= {"KNOWLEDGE_DIR": str(folder / "knowledge"), "PYTHONUNBUFFERED": "1", **settings}
    async with (forked_bot if imported else _as_a_shell_starts_it)(folder, environment) as process:
        bot = Bot(process)
        try:
            yield bot
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    assert SECRET not in "".join(bot.lines)


@asynccontextmanager
async def _as_a_shell_starts_it(folder: Path, environment: Mapping[str, str]) -> AsyncIterator[Process]:
    yield await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stdout=PIPE, stderr=asyncio.subprocess.STDOUT
    )
