from __future__ import annotations

import json
from typing import Any

import pytest
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.serving.metrics import Metrics
from bot.serving.transport import Calls, Updates, requests

PERSON = {"id": 1, "is_bot": False, "first_name": "Tester"}
GOOD = {
    "update_id": 7,
    "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "from": PERSON, "text": "?"},
}


def reply(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


@pytest.mark.parametrize("payload", [b"<html>", b"\xff", b"", b"[]", b"null", b'{"ok": true}', b'{"other": 1}'])
@pytest.mark.parametrize("connection", [Calls, Updates])
def test_what_is_no_reply_of_telegrams_is_a_network_error(connection: type[Calls], payload: bytes) -> None:
    with pytest.raises(NetworkError, match="not Telegram's"):
        connection.parse_json_payload(payload)


@pytest.mark.parametrize("result", [True, {}, [1], [{}], [{"update_id": "7"}], None])
def test_updates_without_numbers_are_a_network_error(result: Any) -> None:
    with pytest.raises(NetworkError, match="not Telegram's"):
        Updates.parse_json_payload(reply(result))


def test_an_error_of_telegrams_is_passed_on() -> None:
    error = {"ok": False, "error_code": 409, "description": "Conflict: …"}
    assert Updates.parse_json_payload(json.dumps(error).encode()) == error


@pytest.mark.parametrize("message", [{"message_id": 1}, [], 5, {"date": "x"}])
def test_an_update_that_cannot_be_read_keeps_its_number(message: Any) -> None:
    result = [{"update_id": 6, "message": message}, GOOD]
    assert Updates.parse_json_payload(reply(result))["result"] == [{"update_id": 6}, GOOD]


def test_the_proxy_serves_both_connections() -> None:
    proxies = [connection._client_kwargs["proxy"] for connection in requests("http://127.0.0.1:3128", Metrics())]  # noqa: SLF001
    assert proxies == ["http://127.0.0.1:3128"] * 2


@pytest.mark.asyncio
async def test_a_file_is_counted_without_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    async def found(*_: Any, **__: Any) -> tuple[int, bytes]:
        return 200, b""

    monkeypatch.setattr(HTTPXRequest, "do_request", found)
    metrics = Metrics()
    calls = Calls(metrics)
    await calls.do_request("http://127.0.0.1/file/bot1:a/documents/report.yaml", "GET")
    await calls.do_request("http://127.0.0.1/bot1:a/getMe", "POST")
    counted = [
        line for line in metrics.exposition().decode().splitlines() if line.startswith("shushuo_api_calls_total")
    ]
    assert sorted(counted) == [
        'shushuo_api_calls_total{method="file",result="ok"} 1.0',
        'shushuo_api_calls_total{method="getMe",result="ok"} 1.0',
    ]
