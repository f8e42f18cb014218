import json

import pytest
from structlog.testing import capture_logs
from telegram import Bot, Update
from telegram.error import NetworkError

from bot.http_client import Connection
from bot.metrics import Metrics
from bot.serving.transport.update_queue import is_update, read_update

BOT = Bot("1:token")
PERSON = {"id": 1, "is_bot": False, "first_name": "Tester"}
GOOD = {
    "update_id": 7,
    "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "from": PERSON, "text": "?"},
}


@pytest.mark.parametrize("payload", [b"<html>", b"\xff", b"", b"[]", b"null", b'{"ok": true}', b'{"other": 1}'])
def test_what_is_no_reply_of_telegrams_is_a_network_error(payload) -> None:
    with pytest.raises(NetworkError, match="not Telegram's"):
        Connection.parse_json_payload(payload)


@pytest.mark.parametrize("found", [True, {}, 1, [], {"update_id": "7"}, {"update_id": True}, {"update_id": -1}, None])
def test_what_has_no_number_is_no_update(found) -> None:
    assert not is_update(found)
    assert is_update(GOOD)


def test_an_error_of_telegrams_is_passed_on() -> None:
    error = {"ok": False, "error_code": 409, "description": "Conflict: …"}
    assert Connection.parse_json_payload(json.dumps(error).encode()) == error


@pytest.mark.parametrize("message", [{"message_id": 1, "text": "secret"}, ["secret"], 5, {"date": "secret"}])
@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_an_update_that_cannot_be_read_keeps_its_number_and_is_told_in_the_log(message, kind) -> None:
    with capture_logs() as logs:
        unreadable = read_update({"update_id": 6, kind: message}, BOT)
    assert unreadable == Update(6)
    assert unreadable.effective_message is None
    assert [(line["log_level"], line["update"], line["kind"]) for line in logs] == [("warning", 6, kind)]
    assert "secret" not in str(logs)


def test_an_update_that_can_be_read_is_not_told_in_the_log() -> None:
    with capture_logs() as logs:
        good = read_update(GOOD, BOT)
    assert good.message.text == "?"
    assert logs == []


@pytest.mark.asyncio
async def test_a_file_is_counted_without_its_name(server) -> None:
    server.files["FILE-1"] = b"a"
    metrics = Metrics()
    async with Connection(1, metrics=metrics) as calls:
        await calls.do_request(f"{server.url}/file/bot{server.token}/documents/FILE-1", "GET")
        await calls.do_request(f"{server.url}/bot{server.token}/getMe", "POST")
        server.fail_next("getMe", 403, "Forbidden")
        server.drop_next("getMe")
        await calls.do_request(f"{server.url}/bot{server.token}/getMe", "POST")
        with pytest.raises(NetworkError):
            await calls.do_request(f"{server.url}/bot{server.token}/getMe", "POST")
    lines = metrics.exposition().decode().splitlines()
    counted = [line for line in lines if line.startswith("shushuo_api_calls_total") and not line.endswith(" 0.0")]
    assert sorted(counted) == [
        'shushuo_api_calls_total{method="file",result="ok"} 1.0',
        'shushuo_api_calls_total{method="getMe",result="403"} 1.0',
        'shushuo_api_calls_total{method="getMe",result="network"} 1.0',
        'shushuo_api_calls_total{method="getMe",result="ok"} 1.0',
    ]
