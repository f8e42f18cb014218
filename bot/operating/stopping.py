"""Ends a command that copies rows in order: what it has begun is undone, and no file is left half written."""

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
    """The rows of `source`, until `stopped` is set: the next row is a StoppedError then."""

    def __init__(self, source: Source, stopped: threading.Event) -> None:
        self.revision = source.revision
        self._source = source
        self._stopped = stopped

    def tables(self) -> Iterator[tuple[Table, Rows]]:
        """As `Source` says."""
        for table, rows in self._source.tables():
            yield table, self._until(rows)

    def _until(self, rows: Rows) -> Rows:
        with closing(rows):
            for row in rows:
                if self._stopped.is_set():
                    raise StoppedError
                yield row


@contextmanager
def stoppable() -> Iterator[Callable[[Source], StoppableSource]]:
    """Within the block, SIGINT and SIGTERM stop the sources that the function makes; then raises KeyboardInterrupt.

    By itself, asyncio would cancel what runs, and the driver of SQLite may hang after that.
    """
    stopped = threading.Event()
    before: dict[signal.Signals, Any] = {}
    if threading.current_thread() is threading.main_thread():  # signals come there alone
        before = {number: signal.signal(number, lambda *_: stopped.set()) for number in _SIGNALS}
    try:
        yield lambda source: StoppableSource(source, stopped)
    except StoppedError:
        raise KeyboardInterrupt from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
