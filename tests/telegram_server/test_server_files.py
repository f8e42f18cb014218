"""Files that people send and how the bot fetches them, and documents that the bot sends."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import FormData

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


@pytest.mark.parametrize(
    ("content", "outcome"), [(b"\xff\x00a,b", (200, "")), (b"", (400, "Bad Request: file must be non-empty"))]
)
async def test_a_document_of_the_bot(
    server: TelegramServer, client: Client, content: bytes, outcome: tuple[int, str]
) -> None:
    person = server.user()
    await person.send("/start")
    form = FormData({"chat_id": str(person.id)})
    form.add_field("document", content, filename="report.csv")
    async with client.session.post(f"{server.url}/bot{server.token}/sendDocument", data=form) as response:
        assert (response.status, (await response.json()).get("description", "")) == outcome
    for message in person.chat.bot_messages:
        document = message.fields["document"]
        assert (document["file_name"], document["file_size"]) == ("report.csv", 5)
        assert server.files[document["file_id"]] == content
    assert len(server.violations) == (not content)
    server.violations.clear()


async def test_a_document_is_a_file(client: Client) -> None:
    problem = await client.refused("sendDocument", chat_id=1, document="report.csv")
    assert problem == 'Bad Request: parameter "document" must be of type File'
