"""Reads the knowledge in a process of its own: `python -m bot.answering.worker FOLDER`, with a pickle as its input.

That is a candidate to check together with the folder, or None. Reading holds the interpreter for seconds, in which
nobody else would be answered. What comes out goes through a pipe, in pieces so small that taking them holds up nobody.
"""

import gc
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, NamedTuple

from bot.answering.knowledge.changes import Changes
from bot.answering.knowledge.problem import Problem
from bot.answering.knowledge.snapshot import Snapshot, read_folder, read_with, refused

from .answerer import Answerer
from .evaluation import Trial, try_out
from .exceptions import OtherProgramError
from .program import LOADED, PACKAGE, program_hash
from .teaching import Lesson, Taught, teach

_ENDED_FIRST = "1000"  # the most that there is
# Nobody reads more.
_MOST_PROBLEMS = 100


class Stage(StrEnum):
    """How far a reading is; they follow each other in this order."""

    READING = "reading"
    INDEXING = "indexing"
    TAKING_OVER = "taking-over"


class Candidate(NamedTuple):
    """A document, or the lesson that makes it, that the folder is to be checked with; `is_tried`: on questions too."""

    new: bytes | Lesson
    is_tried: bool


class Read(NamedTuple):
    """What was read, with an answerer that is prepared; that is None where there are errors, and for a document.

    `document`: the one that was checked. `taught`: how it was made of a lesson. `trial`: what would be answered
    otherwise with it. `changes`: of the knowledge in force, as whoever has that adds them.
    """

    snapshot: Snapshot
    answerer: Answerer | None = None
    document: bytes = b""
    taught: Taught | None = None
    trial: Trial = Trial()
    changes: Changes = Changes()

    @property
    def is_refused(self) -> bool:
        return self.snapshot.knowledge is None

    def __str__(self) -> str:
        """What it has changed, or why it was refused, in one line of English."""
        found, snapshot = self.changes, self.snapshot
        if self.is_refused:
            return f"{snapshot.problems[0]}" + (f" (and {snapshot.total - 1} more)" if snapshot.total > 1 else "")
        return f"{snapshot.version}: +{len(found.added)} -{len(found.removed)} ~{len(found.changed)}"


def checked(candidate: Candidate, folder: Path) -> Read:
    """The folder as it would be with a candidate, and what comes of trying it."""
    before, (new, is_tried), taught = read_folder(folder), candidate, None
    if isinstance(new, Lesson):
        made = teach(folder, new)
        if isinstance(made, Problem):
            return Read(Snapshot(None, (made,), 1))
        new, taught = made.document, made
    after = read_with(new, folder)
    if taught and after.knowledge and after.fingerprint != before.fingerprint:
        return Read(refused(folder, "its files have just changed: press again"))
    trial = Trial()
    if is_tried and before.knowledge and after.knowledge:
        trial = try_out(before.knowledge, after.knowledge, folder)
    return Read(after, None, new, taught, trial)


def hand_over(folder: Path, candidate: Candidate | None, out: IO[bytes]) -> None:
    """Reads `folder`, or checks it together with a candidate, and writes what `take_over` takes."""
    pickler = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)

    def write(item: object) -> None:
        pickler.dump(item)
        out.flush()

    # What passes from one process to another is understood by the very same program alone.
    write(LOADED)
    write(Stage.READING)
    read = Read(read_folder(folder)) if candidate is None else checked(candidate, folder)
    snapshot = read.snapshot
    if snapshot.knowledge is not None and candidate is None:
        write(Stage.INDEXING)
        answerer = Answerer(snapshot.knowledge)
        answerer.prepare()
        read = Read(snapshot, answerer)
    write(Stage.TAKING_OVER)
    # Once more, as the vocabulary may have been replaced meanwhile.
    write(program_hash(PACKAGE))
    write(read._replace(snapshot=replace(snapshot, problems=snapshot.problems[:_MOST_PROBLEMS])))


def take_over(source: IO[bytes], tell: Callable[[Stage], None]) -> Read:
    """What `hand_over` writes; `tell` is told each stage. For a thread: it waits, and lets others go on all the time.

    Raises EOFError, OSError or UnpicklingError where the other side has ended too early or what it writes cannot be
    read, and OtherProgramError where it is not of the program that this process has loaded.
    """
    unpickler = pickle.Unpickler(source)  # noqa: S301 - this process has started the one that writes
    _must_be_this_program(unpickler)
    stage = None
    while stage is not Stage.TAKING_OVER:
        stage = Stage(_next(unpickler))
        tell(stage)
    _must_be_this_program(unpickler)
    with collection_paused():
        read: Read = _next(unpickler)
    return read


def _next(unpickler: pickle.Unpickler) -> Any:  # noqa: ANN401 - pickle's own
    """The next object of a process that this one has started; raises as `take_over` does."""
    try:
        return unpickler.load()
    except (EOFError, OSError, pickle.UnpicklingError):
        raise
    except Exception as error:
        raise pickle.UnpicklingError(f"{type(error).__name__}: {error}") from error


def _must_be_this_program(unpickler: pickle.Unpickler) -> None:
    if _next(unpickler) != LOADED:
        raise OtherProgramError


@contextmanager
def collection_paused() -> Iterator[None]:
    """Turns the garbage collector off while what lives long is made, and has it never look at that later.

    Looking through 10,000 facts takes the collector 900 ms, in which nobody is answered. They are in no cycles, so that
    they go without it. What is young is looked through first, so that little garbage stays for good; all of it with
    what people have asked of 10,000 facts would take 130 ms.
    """
    gc.collect(1)
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def yield_to_others() -> None:
    """Gives a process that works for another less of a claim to time and memory than that one has."""
    gc.disable()  # all that this process makes is handed over, and then it ends
    with suppress(OSError):
        os.nice(5)
    with suppress(OSError):  # where memory runs out, Linux is to end this process and not the one that it works for
        Path("/proc/self/oom_score_adj").write_text(_ENDED_FIRST, encoding="ascii")


def main(arguments: list[str]) -> None:
    """Does what the module's docstring says."""
    yield_to_others()
    candidate = pickle.load(sys.stdin.buffer)  # noqa: S301 - this process was started by the one that writes
    hand_over(Path(arguments[0]), candidate, sys.stdout.buffer)


if __name__ == "__main__":
    # What is pickled must be of the module that the other side imports, not of `__main__`.
    from . import worker

    with suppress(BrokenPipeError):
        worker.main(sys.argv[1:])
