"""The connections to Telegram: for updates, for calls, and for announcements."""

from typing import Any, Final

from telegram.error import NetworkError

from bot.http_client import NOT_TELEGRAMS, Connection, Timeouts
from bot.metrics import Metrics

# As many calls at a time as updates are handled; one that waits longer for its turn is given up.
CALLS_AT_ONCE: Final = 32
# A long poll that got no reply this many seconds after its end has lost its connection.
UPDATES_TIMEOUT: Final = 10.0
# 5 MB, the largest file that is sent, take as long at 85 KB a second.
_TIMEOUTS: Final = Timeouts(read=10.0, upload=60.0, connect=10.0, pool=30.0)
_FIRST_ERROR: Final = 300


class Calls(Connection):
    """Every call but getUpdates, at most `size` at a time; each is counted."""

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


class Updates(Calls):
    """getUpdates alone."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As in the base class; each update must have its number."""
        reply = Calls.parse_json_payload(payload)
        updates = reply.get("result", [])
        if not isinstance(updates, list) or not all(map(_is_numbered, updates)):
            raise NetworkError(NOT_TELEGRAMS)
        return reply


def _is_numbered(update: object) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)
