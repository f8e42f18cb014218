"""Paths, tokens, and the ways to send parameters; and the faults on the way."""

import asyncio
import json
import socket
from contextlib import suppress

import aiohttp
import pytest
from aiohttp import FormData

from tests.support.telegram.plain_client import Client
from tests.support.telegram_server import TelegramServer
from tests.support.telegram_server.chats import PATIENCE

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        ("/bot{token}/getEverything", 404, "Not Found"),
        ("/bot123456:wrong/getMe", 401, "Unauthorized"),
        ("/botwrong/getMe", 404, "Not Found"),
        ("/bot{token}", 404, "Not Found"),
        ("/", 404, "Not Found"),
    ],
)
async def test_paths(server, client, path, code, description) -> None:
    async with client.session.get(server.url + path.format(token=server.token)) as response:
        assert response.status == code
        assert await response.json() == {"ok": False, "error_code": code, "description": description}
    assert server.requests == []
    server.violations.clear()


@pytest.mark.parametrize("way", ["query", "form", "multipart"])
async def test_every_way_to_send_parameters(server, client, way) -> None:
    group = server.group()
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "数"}]]}
    given = {"chat_id": group.id, "text": "a&b 数", "disable_notification": True, "reply_markup": markup}
    as_text = {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
    form = FormData(default_to_multipart=True)
    for name, value in as_text.items():
        form.add_field(name, value)
    sending = {"query": {"params": as_text}, "form": {"data": as_text}, "multipart": {"data": form}}
    async with client.session.post(f"{server.url}/bot{server.token}/SENDMESSAGE", **sending[way]) as response:
        assert response.status == 200
    message = await group.next_message()
    assert (message.text, message.buttons[0][0].data) == ("a&b 数", "数")
    [request] = server.calls("sendMessage")
    assert request.parameters == given


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"text=\xff"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\ncontent-disposition: form-data; name="text"\r\n\r\n\xff\r\n--x--\r\n',
        ),
    ],
)
async def test_bodies_that_are_refused(server, client, content_type, body) -> None:
    url = f"{server.url}/bot{server.token}/sendMessage"
    async with client.session.post(url, data=body, headers={"Content-Type": content_type}) as response:
        assert response.status == 400
        assert (await response.json())["description"] == "Bad Request: strings must be encoded in UTF-8"
    assert len(server.violations) == 1
    server.violations.clear()


async def test_a_flood_stops_all_that_writes_and_nothing_else(server, client) -> None:
    group = server.group()
    message = await client.result("sendMessage", chat_id=group.id, text="a")
    server.flood(60)
    status, reply = await client.call("sendMessage", chat_id=group.id, text="b")
    assert (status, reply["parameters"]) == (429, {"retry_after": 60})
    await client.result("deleteMessage", chat_id=group.id, message_id=message["message_id"])
    server.flood(0)
    await client.result("sendMessage", chat_id=group.id, text="c")
    assert [sent.text for sent in group.bot_messages] == ["a", "c"]


async def test_violations_fail_the_test_at_the_end() -> None:
    server = TelegramServer()
    async with aiohttp.ClientSession() as session:
        await server.start()
        await Client(server, session).call("getMe", loud=True)
    with pytest.raises(AssertionError, match="unknown parameter loud"):
        await server.__aexit__(None, None, None)


@pytest.mark.parametrize("steps", range(6))
async def test_no_connection_outlives_the_server(steps) -> None:
    """Whichever step of being accepted it is in when the server stops."""
    server = TelegramServer()
    await server.start()
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.setblocking(False)
        for _ in range(steps):
            await asyncio.sleep(0)
        await server.stop()
        loop = asyncio.get_running_loop()
        with suppress(ConnectionError):
            request = f"GET /bot{server.token}/getUpdates?timeout=9 HTTP/1.1\r\n\r\n"
            await loop.sock_sendall(connection, request.encode())
            async with asyncio.timeout(PATIENCE):
                assert await loop.sock_recv(connection, 1) == b""
