"""A bot in a process of its own, which a `Crowd` asks."""

import os
import resource
import socket
import sys
import tempfile
from asyncio import create_subprocess_exec, timeout
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from tests.bench.serving.crowd import Crowd

TOKEN: Final = "123456:for-the-tests-own-server-only-x"
OURS: Final = (sys.executable, "-m", "bot", "run")
THEIRS: Final = (sys.executable, str(Path(__file__).with_name("echo_bot.py")))
_STARTING: Final = 60.0
_TICKS: Final = os.sysconf("SC_CLK_TCK")


class CrowdBot:
    """`folder`: where it runs, with its database and what it logs."""

    def __init__(self, process: Process, folder: Path) -> None:
        self.process = process
        self.folder = folder

    @property
    def log(self) -> list[str]:
        return (self.folder / "log").read_text(encoding="utf-8").splitlines()

    def cpu_seconds(self) -> float:
        """Of all its threads and of the processes that it has started, since its start."""
        return sum(sum(map(int, fields[11:15])) for fields in self._stats()) / _TICKS

    def resident_bytes(self) -> int:
        """The memory that it takes, with the processes that it has started."""
        return sum(int(fields[21]) for fields in self._stats()) * resource.getpagesize()

    def _stats(self) -> list[list[str]]:
        """What /proc tells of the process and of those that it has started, from the state on."""
        found = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it has ended meanwhile
                found[int(path.parent.name)] = path.read_text(encoding="ascii").rpartition(")")[2].split()
        return [fields for number, fields in found.items() if self.process.pid in (number, int(fields[1]))]


@asynccontextmanager
async def serving(
    crowd: Crowd, command: Sequence[str], knowledge: Path, url: str = "", *, webhook: bool
) -> AsyncIterator[CrowdBot]:
    """A bot that has begun to take updates, without a limit to what it sends; it is ended after the block.

    `url`: where it reaches Telegram, if not at the crowd's own address.
    """
    with socket.create_server(("127.0.0.1", 0)) as probe:
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url or crowd.url,
        "HTTP_LISTEN": place,
        "REPLY_RATE": "0",
        "KNOWLEDGE_DIR": str(knowledge),
        **({"WEBHOOK_URL": f"http://{place}/telegram"} if webhook else {}),
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
