"""The bot of a rehearsal: `shushuo run` as a process of its own, which can be killed as a machine kills it.

As a program it is that process: `python -m bot.rehearsal.bot_process '{"NAME": "value"}'`, with these settings and no
others, and with a pipe as its standard input, which closes when whoever has started it ends.
"""

import asyncio
import json
import os
import runpy
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread


class BotProcess:
    """Runs in `folder` with `settings` and no others; `changed` is called whenever it starts or ends."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self._folder = folder
        self._settings = json.dumps(settings)
        self.changed: Callable[[], None] = lambda: None
        self._process: Process | None = None
        self._watching: asyncio.Task[int] | None = None

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Starts it, unless it runs."""
        if self.runs:
            return
        command = (sys.executable, "-m", __spec__.name, self._settings)
        self._process = await asyncio.create_subprocess_exec(*command, cwd=self._folder, stdin=PIPE)
        self._watching = asyncio.create_task(self._process.wait())
        self._watching.add_done_callback(lambda _: self.changed())
        self.changed()

    async def ended(self) -> int:
        """Its exit code, once it has ended by itself or was ended."""
        return await asyncio.shield(self._watching) if self._watching else 0

    async def restart(self) -> None:
        """Kills it, whatever it is doing, and starts it again."""
        self._signal(signal.SIGKILL)
        await self.ended()
        await self.start()

    async def stop(self) -> None:
        """Lets it end what it has begun."""
        self._signal(signal.SIGTERM)
        try:
            # It promises to be gone after five.
            async with asyncio.timeout(6.0):
                await self.ended()
        except TimeoutError:
            self._signal(signal.SIGKILL)
            await self.ended()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(number)


def _end_with_the_other_side() -> None:
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    from bot.settings import Settings

    for name in [name for name in os.environ if name.lower() in Settings.model_fields]:
        del os.environ[name]
    os.environ |= json.loads(sys.argv[1])
    sys.argv[1] = "run"
    Thread(target=_end_with_the_other_side, daemon=True).start()
    runpy.run_module("bot", run_name="__main__")
