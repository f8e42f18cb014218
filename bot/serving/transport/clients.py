"""The connections to Telegram: for updates, for calls, and for announcements."""

from typing import Any, Final

from bot.http_client import Connection, Timeouts
from bot.metrics import Metrics

# As many calls at a time as updates are handled; one that waits longer for its turn is given up.
CALLS_AT_ONCE: Final = 32
# 5 MB, the largest file that is sent, take as long at 85 KB a second.
_TIMEOUTS: Final = Timeouts(read=10.0, upload=60.0, connect=10.0, pool=30.0)
_FIRST_ERROR: Final = 300


class Calls(Connection):
    """At most `size` calls at a time; each is counted."""

    def __init__(self, metrics: Metrics, size: int, proxy: str | None = None) -> None:
        super().__init__(size, _TIMEOUTS, proxy)
        self._metrics = metrics

    async def do_request(self, url: str, method: str, *args: Any, **options: Any) -> tuple[int, bytes]:  # noqa: ANN401
        """As in the base class."""
        result = "network"
        try:
            status, payload = await super().do_request(url, method, *args, **options)
            result = "ok" if status < _FIRST_ERROR else str(status)
        finally:
            # The address has the token in it; the last part of its path is the method's name, or the name of a file.
            name = url.partition("?")[0].rpartition("/")[2]
            self._metrics.calls.labels("file" if "/file/bot" in url else name, result).inc()
        return status, payload
