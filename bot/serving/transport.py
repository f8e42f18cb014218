"""The two connections to Telegram, for updates and for calls."""

from __future__ import annotations

import json
from typing import Any, Final

from telegram import Update
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

POLL_SECONDS: Final = 25
# A long poll that got no reply this many seconds after its end has lost its connection.
_UPDATES_TIMEOUT: Final = 10.0
_CALLS_TIMEOUT: Final = 10.0
_CONNECT_TIMEOUT: Final = 10.0
# As many calls at a time as updates are handled; one that waits longer for its turn is given up.
_CALLS_AT_ONCE: Final = 32
_TURN_TIMEOUT: Final = 30.0
_NOT_TELEGRAMS: Final = "the reply is not Telegram's"


class Calls(HTTPXRequest):
    """Every call but getUpdates."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As in the base class, but what is no reply of Telegram's (a proxy's page) is a plain NetworkError."""
        try:
            reply = json.loads(payload)
        except ValueError:
            reply = None
        if not isinstance(reply, dict) or not ("result" in reply or reply.get("ok") is False):
            raise NetworkError(_NOT_TELEGRAMS)
        return reply


class Updates(Calls):
    """getUpdates alone."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Updates that cannot be read lose all but their number, or the same batch would fail for ever."""
        reply = Calls.parse_json_payload(payload)
        if "result" in reply:
            reply["result"] = [_readable(update) for update in _updates(reply["result"])]
        return reply


def requests(proxy: str | None) -> tuple[Updates, Calls]:
    """The connections for updates and for calls; `proxy` serves both."""
    updates = Updates(
        connection_pool_size=1,
        read_timeout=_UPDATES_TIMEOUT,
        write_timeout=_UPDATES_TIMEOUT,
        connect_timeout=_CONNECT_TIMEOUT,
        pool_timeout=_CONNECT_TIMEOUT,
        proxy=proxy,
    )
    calls = Calls(
        connection_pool_size=_CALLS_AT_ONCE,
        read_timeout=_CALLS_TIMEOUT,
        write_timeout=_CALLS_TIMEOUT,
        connect_timeout=_CONNECT_TIMEOUT,
        pool_timeout=_TURN_TIMEOUT,
        proxy=proxy,
    )
    return updates, calls


def _updates(result: object) -> list[dict[str, Any]]:
    if not isinstance(result, list) or not all(map(_numbered, result)):
        raise NetworkError(_NOT_TELEGRAMS)
    return result


def _numbered(update: object) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    try:
        Update.de_json(dict(update), None)
    except Exception:  # noqa: BLE001 (python-telegram-bot raises whatever a missing or odd field leads to)
        return {"update_id": update["update_id"]}
    return update
