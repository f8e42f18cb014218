"""Reading the knowledge and drafting articles in processes of their own, while this one answers."""

import asyncio
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog
from pydantic import TypeAdapter

from bot.answering import worker
from bot.answering.answerer import Answerer
from bot.answering.exceptions import OtherProgramError
from bot.answering.knowledge.changes import Changes, changes
from bot.answering.knowledge.model import Knowledge
from bot.answering.knowledge.problem import Problem
from bot.answering.knowledge.snapshot import Snapshot
from bot.answering.knowledge.text_file import shown
from bot.answering.worker import Candidate, Read, Stage, take_over
from bot.chat.library import Edition, Library
from bot.drafting.draft import MOST_SECONDS, Draft
from bot.metrics import Metrics

_BROKEN_OFF = "the reading broke off: look into the log, and whether there is memory enough"
_TOO_LONG = "reading took longer than 10 minutes and was broken off: see whether the disk that it is on answers"
# Seconds, which only a process takes that is stopped, or whose disk hangs.
_LONGEST = 600.0
# For which whoever has begun to answer with an old edition may go on.
_IN_USE = 5.0
_LONGEST_DRAFT = 2.0 * MOST_SECONDS
# What a draft comes to: the draft, or one line that says why there is none. What is neither raises a ValueError.
_ANSWERS: TypeAdapter[Draft | str] = TypeAdapter(Draft | str)

log = structlog.get_logger(__name__)


def edition_of(reading: Snapshot, answerer: Answerer) -> Edition:
    """An edition of what has just been read."""
    return Edition(answerer, reading.version, datetime.now(UTC), reading.fingerprint)


class ReadingProcess:
    """Reads `folder`, or checks it together with a candidate."""

    def __init__(self, folder: Path, candidate: Candidate | None) -> None:
        """Starts the process. Raises OSError where that cannot be done."""
        self._candidate = candidate
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", worker.__name__, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C is for the process that serves, which then ends this one.
            start_new_session=True,
        )

    def read(self, tell: Callable[[Stage], None]) -> Read:
        """What was read; waits for it, so that it is for a thread. Raises EOFError where the process has died."""
        with self._process as process:
            if process.stdin is None or process.stdout is None:
                raise RuntimeError("the process was started without its pipes")
            with suppress(BrokenPipeError), process.stdin as stdin:
                stdin.write(pickle.dumps(self._candidate))
            try:
                return take_over(process.stdout, tell)
            finally:
                process.kill()  # one that is not understood would read on, and be waited for

    def end(self) -> None:
        """Ends it, from any thread, also before it has read everything."""
        self._process.kill()


class Reloader:
    """Reads `folder` in a process of its own; `library` gets what it holds. One reload or check after the other."""

    def __init__(self, folder: Path, library: Library, metrics: Metrics) -> None:
        self._folder = folder
        self._library = library
        self._metrics = metrics
        self.stage = Stage.READING
        self._turn = asyncio.Lock()
        self._freeing: set[asyncio.Task[None]] = set()

    async def reload(self) -> Read:
        """Reads the folder, and puts what it holds in force where it has no error."""
        async with self._turn:
            read, edition = await self._read(None)
            total = read.snapshot.total
            if edition is None:
                self._metrics.reload.set(0)
                first = str(read.snapshot.problems[0])
                log.warning("the knowledge has errors; the old one stays in force", errors=total, first=first)
                return read
            # In a thread, for the same reason for which the old edition is freed in pieces.
            pieces = await asyncio.to_thread(list, _pieces(self._library.now.answerer, set()))
            task = asyncio.create_task(_free_in_pieces(pieces))
            self._freeing.add(task)
            task.add_done_callback(self._freeing.discard)
            self._library.now = edition
        facts = len(edition.knowledge.facts)
        self._metrics.knowledge_read(edition.version, facts)
        found = read.changes
        counts = {"added": len(found.added), "removed": len(found.removed), "changed": len(found.changed)}
        log.info("the knowledge was reloaded", version=edition.version, facts=facts, warnings=total, **counts)
        return read

    async def check(self, candidate: Candidate) -> Read:
        """Checks a report file, or the one that a lesson makes, with the folder as it would be; changes nothing."""
        async with self._turn:
            read, _ = await self._read(candidate)
        return read

    async def _read(self, candidate: Candidate | None) -> tuple[Read, Edition | None]:
        self.stage = Stage.READING
        try:
            process = ReadingProcess(self._folder, candidate)
            try:
                async with asyncio.timeout(_LONGEST):
                    return await asyncio.to_thread(self._taken, process, self._library.now.knowledge)
            finally:
                process.end()
        except (EOFError, OSError, pickle.UnpicklingError, OtherProgramError) as error:
            log.warning("the reading of the knowledge broke off", reason=str(error) or type(error).__name__)
            reasons = {TimeoutError: _TOO_LONG, OtherProgramError: str(error)}
            problem = Problem(shown(self._folder), 1, 1, reasons.get(type(error), _BROKEN_OFF))
            return Read(Snapshot(None, (problem,), 1)), None

    def _taken(self, process: ReadingProcess, old: Knowledge) -> tuple[Read, Edition | None]:
        """What was read, and an edition of it; for a thread, as all of it takes so long that the loop cannot wait."""
        read = process.read(partial(setattr, self, "stage"))
        found = changes(old, read.snapshot.knowledge) if read.snapshot.knowledge else Changes()
        edition = edition_of(read.snapshot, read.answerer) if read.answerer else None
        return read._replace(answerer=None, changes=found), edition


def _pieces(part: object, seen: set[int]) -> Iterator[object]:
    """Yields the objects that most of a part of an edition is made of; `seen`: the ids of what was looked into."""
    for inner in list(getattr(part, "__dict__", {}).values()):
        if id(inner) in seen:
            continue
        seen.add(id(inner))
        if isinstance(inner, dict):
            yield from list(inner.values())
        elif isinstance(inner, list | tuple | frozenset):
            yield from inner
        else:
            yield from _pieces(inner, seen)


async def _free_in_pieces(pieces: list[object]) -> None:
    """Frees an old edition once nobody uses it any more; 10,000 facts at once hold up the loop for 180 ms."""
    await asyncio.sleep(_IN_USE)
    while pieces:
        del pieces[-500:]
        await asyncio.sleep(0)


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
                async with asyncio.timeout(_LONGEST_DRAFT):
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
