"""Ends a command that copies a database in order: what it has begun is undone, and no file is left half written."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sqlalchemy import Table

    from bot.storage.copying import Source
    from bot.storage.schema import Rows

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class StoppedError(Exception):
    """Whoever started the command has asked it to stop."""


class StoppableSource:
    """The rows of `source`, with a call of `check` before each."""

    def __init__(self, source: Source, check: Callable[[], None]) -> None:
        self.revision = source.revision
        self._source = source
        self._check = check

    def tables(self) -> Iterator[tuple[Table, Rows]]:
        """As `Source` says."""
        for table, rows in self._source.tables():
            yield table, self._checked(rows)

    def _checked(self, rows: Rows) -> Rows:
        with closing(rows):
            for row in rows:
                self._check()
                yield row


@contextmanager
def stoppable() -> Iterator[Callable[[], None]]:
    """Within the block, the function raises StoppedError once SIGINT or SIGTERM came; then raises KeyboardInterrupt.

    By itself, asyncio would cancel what runs, and the driver of SQLite may hang after that.
    """
    stopped = threading.Event()

    def check() -> None:
        if stopped.is_set():
            raise StoppedError

    before: dict[signal.Signals, Any] = {}
    if threading.current_thread() is threading.main_thread():  # signals come there alone
        before = {number: signal.signal(number, lambda *_: stopped.set()) for number in _SIGNALS}
    try:
        yield check
    except StoppedError:
        raise KeyboardInterrupt from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
