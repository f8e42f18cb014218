"""The process that reads the knowledge, and does no more than that."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from bot.answering import worker
from bot.answering.worker import Read, Stage, take_over


class Process(Protocol):
    """A reading that has begun."""

    def read(self, tell: Callable[[Stage], None]) -> Read:
        """What was read; waits for it, so that it is for a thread. Raises EOFError where the process has died."""
        ...

    def end(self) -> None:
        """Ends it, from any thread, also before it has read everything."""
        ...


class ReadingProcess:
    """Reads `folder`, or checks `document` together with it."""

    def __init__(self, folder: Path, document: bytes | None) -> None:
        """Raises OSError where no process can be started."""
        options = [] if document is None else [worker.DOCUMENT]
        self._document = document
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", worker.__name__, *options, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C is for the process that serves, which then ends this one.
            start_new_session=True,
        )

    def read(self, tell: Callable[[Stage], None]) -> Read:
        with self._process as process:
            if process.stdin is None or process.stdout is None:
                raise RuntimeError("the process was started without its pipes")
            with suppress(BrokenPipeError), process.stdin as stdin:
                stdin.write(self._document or b"")
            return take_over(process.stdout, tell)

    def end(self) -> None:
        self._process.kill()
