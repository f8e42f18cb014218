"""Files that people send: what the bot hears of them, and how it fetches them."""

from __future__ import annotations

from typing import Any

import pytest

from telegram_server import TelegramServer
from telegram_server.conftest import Client
from telegram_server.files import MAX_DOWNLOAD

pytestmark = pytest.mark.asyncio


async def sent(server: TelegramServer, client: Client, content: bytes, **fields: Any) -> dict[str, Any]:
    """The message as the bot hears of it."""
    await server.user().send_document(content, **fields)
    (update,) = await client.result("getUpdates")
    message: dict[str, Any] = update["message"]
    return message


async def test_a_document_is_told_and_fetched(server: TelegramServer, client: Client) -> None:
    message = await sent(server, client, b"\x00\xff", name="a.yaml", caption="/try it")
    assert message["document"]["file_name"] == "a.yaml"
    assert message["document"]["file_size"] == 2
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("/try it", "bot_command")
    assert "text" not in message
    file = await client.result("getFile", file_id=message["document"]["file_id"])
    url = f"{server.url}/file/bot{server.token}/{file['file_path']}"
    async with client.session.get(url) as response:
        assert (response.status, await response.read()) == (200, b"\x00\xff")
    assert server.fetched == [file["file_path"]]


async def test_a_document_without_a_caption_or_a_name(server: TelegramServer, client: Client) -> None:
    message = await sent(server, client, b"1", name=None, fields={"file_size": None})
    assert {"text", "caption"} & message.keys() == set()
    assert {"file_name", "file_size"} & message["document"].keys() == set()


async def test_files_that_cannot_be_fetched(server: TelegramServer, client: Client) -> None:
    message = await sent(server, client, b"#" * (MAX_DOWNLOAD + 1))
    file_id = message["document"]["file_id"]
    assert await client.declined("getFile", file_id=file_id) == (400, "Bad Request: file is too big")
    server.files.clear()
    gone = "Bad Request: wrong file_id or the file is temporarily unavailable"
    assert await client.declined("getFile", file_id=file_id) == (400, gone)
    for token, status in ((server.token, 404), ("123456:wrong", 401)):
        async with client.session.get(f"{server.url}/file/bot{token}/documents/{file_id}") as response:
            assert response.status == status
    assert server.fetched == []
