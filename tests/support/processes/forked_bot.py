"""`shushuo run` in processes that begin with the program imported: that takes longer than most of them live."""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import bot.serving.service  # noqa: F401 (what each of them begins with)
from bot.answering.answerer import Answerer
from bot.cli import main
from tests.support.reports.small_report import KNOWLEDGE
from tests.support.waiting import until

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])
# What each of them would otherwise read from the disk when it begins.
Answerer(KNOWLEDGE).prepare()


class ForkedBot:
    """What tests use of `asyncio.subprocess.Process`, of a process that was forked elsewhere."""

    def __init__(self, process, stdout: asyncio.StreamReader) -> None:
        self._process = process
        self.pid: int = process.pid
        self.stdout = stdout

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        await until(lambda: self.returncode is not None)
        return self.returncode or 0


@asynccontextmanager
async def forked_bot(folder: Path, environment: Mapping[str, str]) -> AsyncIterator[ForkedBot]:
    """One that runs in `folder`, with its standard output and error in one stream, until it is ended."""
    out, output = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=_run, args=(folder, dict(environment), output))
    await asyncio.to_thread(process.start)
    output.close()
    stdout = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stdout), out)
    try:
        yield ForkedBot(process, stdout)
    finally:
        transport.close()


def _run(folder: Path, environment: dict[str, str], output: Connection) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.stdout, sys.stderr = (os.fdopen(os.dup2(output.fileno(), number), "w", 1, "utf-8") for number in (1, 2))
    output.close()
    sys.exit(main(["run"]))
