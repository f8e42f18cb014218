"""Updates to the bot: long polling, conflicts, webhooks."""

import asyncio
from typing import Any

import pytest

from tests.support.telegram.plain_client import Client
from tests.support.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio


async def texts(client: Client, **parameters: Any) -> list[str]:
    return [update["message"]["text"] for update in await client.result("getUpdates", **parameters)]


async def test_offsets_confirm_and_forget(server: TelegramServer, client: Client) -> None:
    person = server.user()
    for text in "abcd":
        await person.send(text)
    updates = await client.result("getUpdates", limit=2)
    assert [update["message"]["text"] for update in updates] == ["a", "b"]
    assert await texts(client) == ["a", "b", "c", "d"]
    assert await texts(client, offset=updates[1]["update_id"] + 1) == ["c", "d"]
    assert await texts(client) == ["c", "d"]


async def test_a_long_poll_ends_with_the_first_update(server: TelegramServer, client: Client) -> None:
    polling = asyncio.create_task(client.result("getUpdates", timeout=50))
    await server.wait_for_call("getUpdates")
    assert server.push_update({"poll": {"id": "1"}}) == 1
    assert await polling == [{"update_id": 1, "poll": {"id": "1"}}]
    assert server.push_update({"update_id": 70, "poll": {}}) == 70
    assert server.push_update({"poll": {}}) == 71


async def test_the_older_of_two_polls_gets_the_conflict(server: TelegramServer, client: Client) -> None:
    older = asyncio.create_task(client.declined("getUpdates", timeout=50))
    await server.wait_for_call("getUpdates")
    newer = asyncio.create_task(texts(client, timeout=50))
    assert "terminated by other getUpdates request; make sure that only one bot instance is running" in await older
    await server.user().send("a")
    assert await newer == ["a"]
