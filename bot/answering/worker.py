"""Reads the knowledge in a process of its own: `python -m bot.answering.worker [--document] FOLDER`.

Reading holds the interpreter for seconds, in which nobody else would be answered. What comes out goes through a pipe,
in pieces so small that taking them holds up nobody.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import IO, Any, NamedTuple

from bot.answering.knowledge.reading import Reading, read_folder, read_with

from . import program
from .answerer import Answerer
from .exceptions import OtherProgramError

DOCUMENT = "--document"
_NICENESS = 5
_ENDED_FIRST = "1000"  # the most that there is
# Nobody reads more.
_MOST_PROBLEMS = 100
_PROTOCOL = 5
_pausing = Lock()


class Stage(StrEnum):
    """How far a reading is; they follow each other in this order."""

    READING = "reading"
    INDEXING = "indexing"
    TAKING_OVER = "taking-over"


class Read(NamedTuple):
    """What was read, with an answerer that is prepared; that is None where there are errors, and for a document."""

    reading: Reading
    answerer: Answerer | None


def hand_over(folder: Path, document: bytes | None, out: IO[bytes]) -> None:
    """Reads `folder`, or checks `document` together with it, and writes what `take_over` takes."""
    pickler = _Pickler(out, _PROTOCOL)

    def write(item: object) -> None:
        pickler.dump(item)
        out.flush()

    write(program.on_disk())
    write(Stage.READING)
    reading = read_folder(folder) if document is None else read_with(document, folder)
    answerer = None
    if reading.knowledge is not None and document is None:
        write(Stage.INDEXING)
        answerer = Answerer(reading.knowledge)
        answerer.prepare()
    write(Stage.TAKING_OVER)
    # Once more, as some of it may have been loaded meanwhile.
    write(program.on_disk())
    write(Read(replace(reading, problems=reading.problems[:_MOST_PROBLEMS]), answerer))


def take_over(source: IO[bytes], tell: Callable[[Stage], None]) -> Read:
    """What `hand_over` writes; `tell` is told each stage. For a thread: it waits, and lets others go on all the time.

    Raises EOFError, OSError or UnpicklingError where the other side has ended too early or what it writes cannot be
    read, and OtherProgramError where it is not of the program that this process has loaded.
    """
    unpickler = _Unpickler(source)
    _must_be_this_program(unpickler)
    stage = None
    while stage is not Stage.TAKING_OVER:
        stage = Stage(unpickler.load())
        tell(stage)
    _must_be_this_program(unpickler)
    with collection_paused():
        read: Read = unpickler.load()
    return read


@contextmanager
def collection_paused() -> Iterator[None]:
    """For making what lives long: the garbage collector is off, and never looks at it later.

    Looking through 10,000 facts takes the collector 900 ms, in which nobody is answered. They are in no cycles, so that
    they go without it.
    """
    with _pausing:
        gc.collect()
        gc.disable()
        try:
            yield
        finally:
            gc.freeze()
            gc.enable()


class _Pickler(pickle.Pickler):
    """Takes read-only mappings too."""

    def reducer_override(self, given: Any) -> Any:  # noqa: ANN401 - pickle's own
        if isinstance(given, MappingProxyType):
            return _read_only, (dict(given),)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    """Reads what a process writes that this one has started. Raises EOFError, OSError and UnpicklingError alone."""

    def load(self) -> Any:  # noqa: ANN401 - pickle's own
        try:
            return super().load()
        except (EOFError, OSError, pickle.UnpicklingError):
            raise
        except Exception as error:
            raise pickle.UnpicklingError(f"{type(error).__name__}: {error}") from error


def _must_be_this_program(unpickler: _Unpickler) -> None:
    if unpickler.load() != program.loaded():
        raise OtherProgramError


def _read_only(mapping: dict[str, tuple[str, ...]]) -> MappingProxyType[str, tuple[str, ...]]:
    return MappingProxyType(mapping)


def give_way_in_want_of_memory() -> None:
    """Where memory runs out, Linux is to end this process, and not a larger one that it works for."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_ENDED_FIRST, encoding="ascii")


def main(arguments: list[str]) -> None:
    give_way_in_want_of_memory()
    # People who ask meanwhile come first.
    with suppress(OSError):
        os.nice(_NICENESS)
    *options, folder = arguments
    document = sys.stdin.buffer.read() if DOCUMENT in options else None
    hand_over(Path(folder), document, sys.stdout.buffer)


if __name__ == "__main__":
    # What is pickled must be of the module that the other side imports, not of `__main__`.
    from . import worker

    with suppress(BrokenPipeError):
        worker.main(sys.argv[1:])
