"""A reading of the knowledge without a process of its own, which is sooner."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from bot.answering.worker import Read, Stage, hand_over, take_over


class ReadingHere:
    """As `ReadingProcess`, in the thread that reads."""

    def __init__(self, folder: Path, document: bytes | None) -> None:
        self._folder = folder
        self._document = document

    def read(self, tell: Callable[[Stage], None]) -> Read:
        pipe = BytesIO()
        hand_over(self._folder, self._document, pipe)
        pipe.seek(0)
        return take_over(pipe, tell)

    def end(self) -> None:
        pass
