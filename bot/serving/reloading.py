"""Reading the knowledge while it answers, in a process of its own: here, and in every other process on the database.

A reload counts up one number in the database. Every process looks at it each second, and reads its own folder again
where it has grown; and a row for each process tells which version it has, and which number it has followed.
"""

import asyncio
import os
import pickle
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_hex

import structlog

from bot.answering import worker
from bot.answering.answerer import Answerer
from bot.answering.exceptions import OtherProgramError
from bot.answering.knowledge.changes import Changes, changes
from bot.answering.knowledge.model import Knowledge
from bot.answering.knowledge.problem import Problem
from bot.answering.knowledge.snapshot import Snapshot, fingerprint
from bot.answering.knowledge.text_file import shown
from bot.answering.worker import Candidate, Read, Stage, take_over
from bot.chat.admin.knowledge_changes import ClusterReloaded
from bot.chat.library import Edition, Library
from bot.clock import Clock
from bot.metrics import Metrics
from bot.storage.memory import Memory
from bot.storage.writer import NoDatabaseError

_BROKEN_OFF = "the reading broke off: look into the log, and whether there is memory enough"
_TOO_LONG = "reading took longer than 10 minutes and was broken off: see whether the disk that it is on answers"
# Seconds, which only a process takes that is stopped, or whose disk hangs.
_LONGEST = 600.0
# For which whoever has begun to answer with an old edition may go on.
_IN_USE = 5.0
# Seconds.
_LOOK_EVERY = 1.0
_TELL_EVERY = 10.0
_LONGEST_WAIT, _WAIT_STEP = 5.0, 0.1
# A look takes the state of each file, and needs no word of the system, which network file systems do not give.
_LOOK_AT_FILES_EVERY = 1.0
# A folder that is written to all the time is read at last.
_LONGEST_NOISE = 30.0

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
    """Frees an old edition once nobody uses it any more; 10,000 facts at once hold up the loop for 90 ms."""
    await asyncio.sleep(_IN_USE)
    while pieces:
        del pieces[-500:]
        await asyncio.sleep(0)


def process_name() -> str:
    """A name for this process; containers on their host's network share its name, and the number of the process."""
    return f"{platform.node() or 'localhost'}:{os.getpid()}-{token_hex(3)}"


class ClusterReload:
    """Reloads by `reloader` in this process, called `name`, and through the database of `memory` in the others."""

    def __init__(self, reloader: Reloader, memory: Memory, library: Library, clock: Clock, name: str) -> None:
        self.name = name
        # Why the last reload here failed; empty where it did not.
        self.problem = ""
        self._reloader = reloader
        self._memory = memory
        self._cluster = memory.cluster
        self._library = library
        self._clock = clock
        self._turn = asyncio.Lock()
        self._wanted = False
        self._followed: int | None = None
        self._tell_at = 0.0

    async def reload(self, who: int | None) -> ClusterReloaded:
        """Puts what the folder holds in force where it has no error; noted for /audit as done by `who`."""
        here, number = await self._request_and_reload(who)
        try:
            return ClusterReloaded(here, await self._followers(number))
        except NoDatabaseError:
            return ClusterReloaded(here, None)

    def want(self) -> None:
        """Has `run` reload within a second, once for all that want it until then."""
        self._wanted = True

    async def run(self) -> None:
        """Does what others request and `want` asks for, and tells of this process, until it is cancelled."""
        try:
            while True:
                if self._wanted:
                    self._wanted = False
                    await self._request_and_reload(None)
                with suppress(NoDatabaseError):
                    await self._follow()
                if self._clock.now() >= self._tell_at:
                    self._tell()
                await self._clock.sleep(_LOOK_EVERY)
        finally:
            self._cluster.left(self.name)
            self._tell_at = 0.0

    async def _request_and_reload(self, who: int | None) -> tuple[Read, int | None]:
        """Has the others reload too; returns what it came to here, and the number of the request, None if it failed."""
        async with self._turn:
            number = None
            with suppress(NoDatabaseError):
                number = await self._cluster.request_reload()
            # The reading begins after the request, and so it follows the earlier ones of others as well.
            here = await self._reload_here(number)
        await self._memory.audit.note(who, "reload", str(here))
        return here, number

    async def _follow(self) -> None:
        """Reloads if another process has requested it since; a smaller number is of a database that was restored."""
        number, at = await self._cluster.requested()
        if self._followed is None:
            # The folder was read before the database could be asked.
            self._followed = number if at <= self._library.now.read_at else number - 1
        if number == self._followed:
            return
        async with self._turn:
            number, _ = await self._cluster.requested()  # this process may have had the turn, for a request of its own
            if number != self._followed:
                log.info("another process has requested a reload of the knowledge")
                await self._reload_here(number)

    async def _reload_here(self, number: int | None) -> Read:
        try:
            result = await self._reloader.reload()
            self.problem = str(result) if result.is_refused else ""
        finally:
            # A reload that breaks down is not tried again and again.
            self._followed = self._followed if number is None else number
        self._tell()
        return result

    def _tell(self) -> None:
        edition = self._library.now
        self._tell_at = self._clock.now() + _TELL_EVERY
        self._cluster.seen(self.name, edition.version, edition.read_at, self._followed or 0, self.problem)

    async def _followers(self, number: int | None) -> tuple[int, int] | None:
        """Counts the others once all have followed, or after 5 seconds; None where the request has failed."""
        until = self._clock.now() + _LONGEST_WAIT
        while True:
            others = [one for one in await self._cluster.all() if one.alive and one.name != self.name]
            if not others:
                return 0, 0
            if number is None:
                return None
            if all(other.followed >= number for other in others) or self._clock.now() >= until:
                version = self._library.now.version
                agreeing = [one for one in others if one.followed >= number and one.version == version]
                return sum(not one.problem for one in agreeing), len(others)
            await self._clock.sleep(_WAIT_STEP)


async def watch(folder: Path, read: str, changed: Callable[[], None], clock: Clock) -> None:
    """Calls `changed` once the files of `folder` have changed and been quiet for a second; `read`: its fingerprint."""
    before = read
    quiet_at = clock.now()
    while True:
        # In a thread: on a network file system that hangs, it may take for ever.
        now = await asyncio.to_thread(fingerprint, folder)
        if now == read:
            quiet_at = clock.now()
        elif now == before or clock.now() - quiet_at >= _LONGEST_NOISE:
            read, quiet_at = now, clock.now()
            log.info("the knowledge files have changed")
            changed()
        before = now
        await clock.sleep(_LOOK_AT_FILES_EVERY)
