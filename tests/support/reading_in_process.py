"""A reading of the knowledge without a process of its own, which is sooner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.answering.knowledge.snapshot import read_folder, read_with
from bot.answering.worker import Read, Stage


class ReadingInProcess:
    """As `ReadingProcess`, in the thread that reads, but that the answerer is not prepared."""

    def __init__(self, folder: Path, document: bytes | None) -> None:
        self._folder = folder
        self._document = document

    def read(self, tell: Callable[[Stage], None]) -> Read:
        tell(Stage.READING)
        reading = read_folder(self._folder) if self._document is None else read_with(self._document, self._folder)
        answerer = None
        if self._document is None and reading.knowledge is not None:
            tell(Stage.INDEXING)
            answerer = Answerer(reading.knowledge)
        tell(Stage.TAKING_OVER)
        return Read(reading, answerer)

    def end(self) -> None:
        pass
