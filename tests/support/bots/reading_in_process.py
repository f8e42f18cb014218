"""A reading of the knowledge without a process of its own, which is sooner."""

from collections.abc import Callable
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.answering.knowledge.snapshot import read_folder
from bot.answering.worker import Candidate, Read, Stage, checked


class ReadingInProcess:
    """As `ReadingProcess`, in the thread that reads, but that the answerer is not prepared."""

    def __init__(self, folder: Path, candidate: Candidate | None) -> None:
        self._folder = folder
        self._candidate = candidate

    def read(self, tell: Callable[[Stage], None]) -> Read:
        tell(Stage.READING)
        read = Read(read_folder(self._folder)) if self._candidate is None else checked(self._candidate, self._folder)
        if self._candidate is None and read.snapshot.knowledge is not None:
            tell(Stage.INDEXING)
            read = Read(read.snapshot, Answerer(read.snapshot.knowledge))
        tell(Stage.TAKING_OVER)
        return read

    def end(self) -> None:
        pass
