"""How a command that copies a database ends: with an error, or stopped, and nothing is left half done."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class StoppedError(Exception):
    """Whoever started the command has asked it to stop."""


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
