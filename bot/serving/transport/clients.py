"""The connections to Telegram: for updates, for calls, and for announcements."""

from __future__ import annotations

from typing import Any, Final

import structlog
from telegram import Bot, Update
from telegram.error import NetworkError

from bot.http_client import NOT_TELEGRAMS, Connection, Timeouts
from bot.serving.monitoring.metrics import Metrics

# A long poll that got no reply this many seconds after its end has lost its connection.
UPDATES_TIMEOUT: Final = 10.0
_CALLS_TIMEOUT: Final = 10.0
_CONNECT_TIMEOUT: Final = 10.0
# A file is sent by pieces, and this is for each.
_UPLOAD_TIMEOUT: Final = 20.0
# As many calls at a time as updates are handled; one that waits longer for its turn is given up.
_CALLS_AT_ONCE: Final = 32
_TURN_TIMEOUT: Final = 30.0
_FIRST_ERROR: Final = 300
_FILE_PATH: Final = "/file/bot"

log = structlog.get_logger(__name__)


class Calls(Connection):
    """Every call but getUpdates; each is counted."""

    def __init__(self, metrics: Metrics, size: int, timeouts: Timeouts, proxy: str | None = None) -> None:
        super().__init__(size, timeouts, proxy)
        self._metrics = metrics

    async def do_request(self, url: str, method: str, *args: Any, **options: Any) -> tuple[int, bytes]:  # noqa: ANN401
        """As in the base class."""
        result = "network"
        try:
            status, payload = await super().do_request(url, method, *args, **options)
            result = "ok" if status < _FIRST_ERROR else str(status)
        finally:
            # The address has the token in it; the last part of its path is the method's name, or the name of a file.
            method_name = url.partition("?")[0].rpartition("/")[2]
            self._metrics.called("file" if _FILE_PATH in url else method_name, result)
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


def requests(proxy: str | None, metrics: Metrics) -> tuple[Updates, Calls]:
    """The connections for updates and for calls; `proxy` serves both."""
    updates = Updates(metrics, 1, _timeouts(UPDATES_TIMEOUT, pool=_CONNECT_TIMEOUT), proxy)
    calls = Calls(metrics, _CALLS_AT_ONCE, _timeouts(_CALLS_TIMEOUT, pool=_TURN_TIMEOUT), proxy)
    return updates, calls


def announcing_calls(proxy: str | None, metrics: Metrics, at_once: int) -> Calls:
    """The connections for announcements, so that no answer waits for one of them; `at_once` and no more."""
    return Calls(metrics, at_once, _timeouts(_CALLS_TIMEOUT, pool=_TURN_TIMEOUT), proxy)


def _timeouts(data: float, pool: float) -> Timeouts:
    return Timeouts(read=data, write=data, upload=_UPLOAD_TIMEOUT, connect=_CONNECT_TIMEOUT, pool=pool)


def _is_numbered(update: object) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def read_update(update: dict[str, Any], bot: Bot) -> Update:
    """The update for `bot`; with its number alone, and a line in the log, where it cannot be read."""
    number = update["update_id"]
    try:
        read = Update.de_json(dict(update), bot)
        if _has_its_place(read):
            return read
    except Exception:  # noqa: BLE001, S110 (python-telegram-bot raises whatever a missing or odd field leads to)
        pass
    kind = next((kind for kind in Update.ALL_TYPES if kind in update), "other")
    log.warning("an update cannot be read and is left out", update=number, kind=kind)
    return Update(number)


def _has_its_place(update: Update) -> bool:
    """Whether the chat and the person have ids, where there are any; python-telegram-bot takes anything for one."""
    message, chat, person = update.effective_message, update.effective_chat, update.effective_user
    if message is not None and chat is None:
        return False
    return all(isinstance(place.id, int) for place in (chat, person) if place is not None)
