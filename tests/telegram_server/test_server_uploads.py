"""Documents that the bot sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import FormData

from telegram_server import TelegramServer

if TYPE_CHECKING:
    from telegram_server.conftest import Client


async def upload(server: TelegramServer, client: Client, content: bytes, chat_id: int) -> tuple[int, str]:
    form = FormData({"chat_id": str(chat_id)})
    form.add_field("document", content, filename="report.csv")
    async with client.session.post(f"{server.url}/bot{server.token}/sendDocument", data=form) as response:
        return response.status, (await response.json()).get("description", "")


@pytest.mark.asyncio
async def test_a_document_arrives(server: TelegramServer, client: Client) -> None:
    person = server.user()
    await person.send("/start")
    assert await upload(server, client, b"\xff\x00a,b", person.id) == (200, "")
    document = (await person.next_message()).fields["document"]
    assert document["file_name"] == "report.csv"
    assert document["file_size"] == 5
    assert server.files[document["file_id"]] == b"\xff\x00a,b"


@pytest.mark.asyncio
async def test_an_empty_document_is_refused(server: TelegramServer, client: Client) -> None:
    person = server.user()
    await person.send("/start")
    assert await upload(server, client, b"", person.id) == (400, "Bad Request: file must be non-empty")
    assert len(server.violations) == 1
    server.violations.clear()


@pytest.mark.asyncio
async def test_a_file_is_no_text(server: TelegramServer, client: Client) -> None:
    form = FormData({"chat_id": "1"})
    form.add_field("text", b"a", filename="a.txt")
    async with client.session.post(f"{server.url}/bot{server.token}/sendMessage", data=form) as response:
        reply = await response.json()
    assert reply["description"] == 'Bad Request: parameter "text" must be of type String'
    assert len(server.violations) == 1
    server.violations.clear()


@pytest.mark.asyncio
async def test_a_document_is_a_file(server: TelegramServer, client: Client) -> None:
    problem = await client.refused("sendDocument", chat_id=1, document="report.csv")
    assert problem == 'Bad Request: parameter "document" must be of type File'
