"""Answers the questions of an edition: here, or in a process beside this one while many ask."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

import structlog

from bot.answering import program
from bot.answering.wire import greeting

from .helper import Helper, HelperLostError, started

if TYPE_CHECKING:
    from bot.answering.answer import Answer
    from bot.answering.knowledge.model import Knowledge

# Of each second, how much may go into answering before a helper is called.
_BUSY: Final = 0.2
_SECOND: Final = 1.0
_STARTING: Final = 300.0
# After one was lost, or could not be had.
_PAUSE: Final = 60.0
_OTHER: Final = (
    "no second process answers: the knowledge folder or the program has changed meanwhile; reload, or start again"
)

log = structlog.get_logger(__name__)


class Answering:
    """Nothing else goes on while a question is answered, so that a helper takes over once that takes much of the time.

    Nobody waits for the helper to start, nor for one that is lost: then questions are answered here.
    """

    def __init__(self, folder: Path, knowledge: Knowledge, version: str, answer: Callable[[str], Answer]) -> None:
        """`answer`: answers from `knowledge`, which is what `folder` held, and has this `version`."""
        self._folder = folder
        self._knowledge = knowledge
        self._greeting = greeting(program.loaded(), version)
        self._answer = answer
        self._since = self._spent = 0.0
        # On one core, a helper would only take more time.
        self._next_help = 0.0 if _cores() > 1 else float("inf")
        self._helper: Helper | None = None
        self._helping: asyncio.Task[None] | None = None

    @property
    def is_helped(self) -> bool:
        """Whether questions are answered by a helper at present."""
        return self._helper is not None

    async def __call__(self, question: str) -> Answer:
        """The answer to `question`."""
        if self._helper is not None:
            with suppress(HelperLostError):
                return await self._helper.answer(question)
        return self._here(question)

    async def close(self) -> None:
        """Ends the helper, if there is one; there will be no other."""
        self._next_help = float("inf")
        if self._helping is not None:
            self._helping.cancel()
            await asyncio.wait([self._helping])

    def _here(self, question: str) -> Answer:
        begun = monotonic()
        answer = self._answer(question)
        end = monotonic()
        if begun - self._since > _SECOND:
            self._since, self._spent = begun, 0.0
        self._spent += end - begun
        if self._spent > _BUSY and self._helping is None and end >= self._next_help:
            self._helping = asyncio.create_task(self._help())
        return answer

    async def _help(self) -> None:
        """The whole life of a helper."""
        try:
            async with started(self._folder, self._knowledge.facts) as helper:
                async with asyncio.timeout(_STARTING):
                    greeted = await helper.greeting()
                if greeted != self._greeting:
                    log.warning(_OTHER)
                    return
                log.info("many ask: a second process answers now")
                self._helper = helper
                await helper.lost.wait()
                log.warning("the second process has ended; questions are answered by the first one")
        except (OSError, TimeoutError) as error:
            log.warning("no second process answers", reason=str(error) or type(error).__name__)
        finally:
            self._helper = None
            self._helping = None
            self._next_help = max(self._next_help, monotonic() + _PAUSE)


def _cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
