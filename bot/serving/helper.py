"""The process beside this one that answers while many ask, seen from here."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from socket import socket, socketpair
from typing import TYPE_CHECKING, Final

from bot.answering import helper
from bot.answering.wire import question_line, read_answer

if TYPE_CHECKING:
    from bot.answering.answer import Answer
    from bot.answering.knowledge.model import Fact

# Seconds after which a helper is given up that answers nothing while questions wait.
_PATIENCE: Final = 5.0


class HelperLostError(Exception):
    """The helper has ended, or does not answer."""


class Helper(asyncio.Protocol):
    """Has questions answered; `facts` are those of the knowledge that the helper has read too."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.lost = asyncio.Event()
        self._ready = asyncio.Event()
        self._greeting = ""
        self._facts = facts
        # None instead of an answer: there will be none.
        self._waiting: deque[asyncio.Future[bytes | None]] = deque()
        self._begun = b""
        self._answered = 0
        self._watch: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport | None = None

    async def greeting(self) -> str:
        """What `wire.greeting` makes, once the helper has read; empty where it cannot, or is lost."""
        await self._ready.wait()
        return self._greeting

    async def answer(self, question: str) -> Answer:
        """Raises HelperLostError."""
        if self._transport is None:
            raise HelperLostError
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[bytes | None] = loop.create_future()
        self._waiting.append(waiting)
        self._transport.write(question_line(question))
        if self._watch is None:
            self._watch = loop.call_later(_PATIENCE, self._look, self._answered)
        line = await waiting
        if line is None:
            raise HelperLostError
        return read_answer(line, question, self._facts)

    def close(self) -> None:
        """Gives the helper up, and the questions that it has not answered."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        *lines, self._begun = (self._begun + data).split(b"\n")
        for line in lines:
            if self._ready.is_set():
                self._answered += 1
                _resolve(self._waiting.popleft(), line)
            else:
                self._greeting = line.decode()
                self._ready.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._watch is not None:
            self._watch.cancel()
        while self._waiting:
            _resolve(self._waiting.popleft(), None)
        self._ready.set()
        self.lost.set()

    def _look(self, answered: int) -> None:
        self._watch = None
        if self._waiting and self._answered == answered:
            self.close()
        elif self._waiting:
            self._watch = asyncio.get_running_loop().call_later(_PATIENCE, self._look, self._answered)


def _resolve(waiting: asyncio.Future[bytes | None], line: bytes | None) -> None:
    if not waiting.done():  # whoever asked may be gone
        waiting.set_result(line)


@asynccontextmanager
async def started(folder: Path, facts: Sequence[Fact]) -> AsyncIterator[Helper]:
    """A helper that reads `folder`; it ends with the block. Raises OSError where no process can be started."""
    ours, its = socketpair()
    with its:
        try:
            process = _begin(folder, its)
        except OSError:
            ours.close()
            raise
    try:
        _, connected = await asyncio.get_running_loop().create_unix_connection(lambda: Helper(facts), sock=ours)
        try:
            yield connected
        finally:
            connected.close()
    finally:
        process.kill()
        await _ended(process)


def _begin(folder: Path, its: socket) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", helper.__name__, str(folder)],
        stdin=its.fileno(),
        stdout=its.fileno(),
        # Ctrl-C is for the process that serves, which then ends this one.
        start_new_session=True,
    )


async def _ended(process: subprocess.Popen[bytes]) -> None:
    """Waits for a process that was killed. Whoever cancels that waits all the same, so that nothing is left behind."""
    waiting = asyncio.create_task(asyncio.to_thread(process.wait))
    while not waiting.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([waiting])
