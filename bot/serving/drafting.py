"""Drafting report files from the articles that admins send, beside the answering."""

import asyncio
import os
import signal
import sys

import structlog
from pydantic import TypeAdapter

from bot.drafting.draft import MOST_SECONDS, Draft

_LONGEST = 2.0 * MOST_SECONDS
# What the process writes: a draft, or one line that says why there is none. What is neither raises a ValueError.
_ANSWERS: TypeAdapter[Draft | str] = TypeAdapter(Draft | str)

log = structlog.get_logger(__name__)


class Drafter:
    """Drafts in a process of its own, one article after the other."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def draft(self, name: str, data: bytes) -> Draft | str:
        """The draft for an article, or one line that says why there is none. `name`: of its file, on one line."""
        async with self._turn:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.drafting.worker", name),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                # Ctrl-C is for the process that serves, which then ends this one.
                start_new_session=True,
            )
            try:
                async with asyncio.timeout(_LONGEST):
                    answer, _ = await process.communicate(data)
                return _ANSWERS.validate_json(answer)
            except (TimeoutError, ValueError):
                log.warning("the drafting of an article broke off", file=name, code=process.returncode)
                return f"{name}: reading it took too long, or too much memory: give its text alone, as .txt"
            finally:
                if process.returncode is None:
                    # With the process that it may have a file opened by.
                    os.killpg(process.pid, signal.SIGKILL)
                    await process.wait()
