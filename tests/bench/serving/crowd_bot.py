"""A bot in a process of its own, which a `Crowd` asks."""

import os
import resource
import sys
import tempfile
from asyncio import create_subprocess_exec, timeout
from asyncio.subprocess import DEVNULL, Process
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tests.bench.serving.crowd import Crowd
from tests.support.bots.running_bot import TOKEN, listening

OURS = (sys.executable, "-m", "bot", "run")
THEIRS = (sys.executable, str(Path(__file__).with_name("echo_bot.py")))
_STARTING = 60.0
_TICKS = os.sysconf("SC_CLK_TCK")


class CrowdBot(NamedTuple):
    """`folder`: where it runs, with its database and what it logs."""

    process: Process
    folder: Path

    @property
    def log(self) -> list[str]:
        return (self.folder / "log").read_text(encoding="utf-8").splitlines()


def cpu_seconds(process: Process) -> float:
    """Of all threads of a process and of the processes that it has started, since its start."""
    return sum(sum(map(int, fields[11:15])) for fields in _stats(process)) / _TICKS


def resident_bytes(process: Process) -> int:
    """The memory that a process takes, with the processes that it has started."""
    return sum(int(fields[21]) for fields in _stats(process)) * resource.getpagesize()


def _stats(process: Process) -> list[list[str]]:
    """What /proc tells of the process and of those that it has started, from the state on."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            found[int(path.parent.name)] = path.read_text(encoding="ascii").rpartition(")")[2].split()
    return [fields for number, fields in found.items() if process.pid in (number, int(fields[1]))]


@asynccontextmanager
async def serving(crowd: Crowd, command, knowledge: Path, url: str = "", *, webhook: bool):
    """A bot that has begun to take updates, without a limit to what it sends; it is ended after the block.

    `url`: where it reaches Telegram, if not at the crowd's own address.
    """
    place = listening("/telegram")
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url or crowd.url,
        "HTTP_LISTEN": place["http_listen"],
        "REPLY_RATE": "0",
        "KNOWLEDGE_DIR": str(knowledge),
        **({"WEBHOOK_URL": place["webhook_url"]} if webhook else {}),
    }
    with tempfile.TemporaryDirectory(prefix="shushuo-") as name:
        folder = Path(name)
        with (folder / "log").open("wb") as log:
            process = await create_subprocess_exec(
                *command, env={**os.environ, **settings}, cwd=folder, stdin=DEVNULL, stdout=log, stderr=log
            )
        try:
            async with timeout(_STARTING):
                await crowd.ready.wait()
            yield CrowdBot(process, folder)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()
