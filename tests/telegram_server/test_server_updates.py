"""Updates to the bot: long polling, conflicts, webhooks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram_server import TelegramServer
    from telegram_server.conftest import Client


async def texts(client: Client, **parameters: Any) -> list[str]:
    return [update["message"]["text"] for update in await client.result("getUpdates", **parameters)]


@pytest.mark.asyncio
async def test_offsets_confirm_and_forget(server: TelegramServer, client: Client) -> None:
    person = server.user()
    for text in "abcd":
        await person.send(text)
    updates = await client.result("getUpdates", limit=2)
    assert [update["message"]["text"] for update in updates] == ["a", "b"]
    assert await texts(client) == ["a", "b", "c", "d"]
    assert await texts(client, offset=updates[1]["update_id"] + 1) == ["c", "d"]
    assert await texts(client) == ["c", "d"]
    assert await texts(client, offset=-1) == ["d"]
    assert await texts(client, offset=0) == ["d"]


@pytest.mark.asyncio
async def test_a_long_poll_ends_with_the_first_update(server: TelegramServer, client: Client) -> None:
    polling = asyncio.create_task(client.result("getUpdates", timeout=50))
    await server.wait_for_call("getUpdates")
    assert server.push_update({"poll": {"id": "1"}}) == 1
    assert await polling == [{"update_id": 1, "poll": {"id": "1"}}]
    assert server.push_update({"update_id": 70, "poll": {}}) == 70
    assert server.push_update({"poll": {}}) == 71


@pytest.mark.asyncio
async def test_the_older_of_two_polls_gets_the_conflict(server: TelegramServer, client: Client) -> None:
    older = asyncio.create_task(client.declined("getUpdates", timeout=50))
    await server.wait_for_call("getUpdates")
    newer = asyncio.create_task(texts(client, timeout=50))
    assert await older == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    await server.user().send("a")
    assert await newer == ["a"]


@pytest.mark.asyncio
async def test_only_wanted_updates_are_queued(server: TelegramServer, client: Client) -> None:
    person = server.user()
    assert await texts(client, allowed_updates=["callback_query"]) == []
    await person.send("a")
    assert await texts(client) == []
    assert await texts(client, allowed_updates=[]) == []
    await person.send("b")
    person.block()
    message, blocked = await client.result("getUpdates")
    assert message["message"]["text"] == "b"
    change = blocked["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    problem = await client.refused("getUpdates", allowed_updates=["mesage"])
    assert problem == "Bad Request: unknown update types ['mesage']"


@dataclass
class Endpoint:
    """A bot's endpoint that answers with `statuses` in turn, and 200 when they are used up."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: asyncio.Queue[tuple[str, str | None]] = field(default_factory=asyncio.Queue)

    async def handle(self, request: web.BaseRequest) -> web.Response:
        update = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.received.put_nowait((update["message"]["text"], secret))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def next(self) -> tuple[str, str | None]:
        return await asyncio.wait_for(self.received.get(), 5)


@pytest_asyncio.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    served = Endpoint()
    runner = web.ServerRunner(web.Server(served.handle), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield served
    await runner.cleanup()


@pytest.mark.asyncio
async def test_a_webhook_gets_updates_in_order_until_it_takes_them(
    server: TelegramServer, client: Client, endpoint: Endpoint
) -> None:
    person = server.user()
    await person.send("a")
    endpoint.statuses += [500, 302]
    await client.result("setWebhook", url=endpoint.url, secret_token="s-1")
    await person.send("b")
    assert [await endpoint.next() for _ in range(4)] == [("a", "s-1"), ("a", "s-1"), ("a", "s-1"), ("b", "s-1")]
    info = await client.result("getWebhookInfo")
    assert (info["url"], info["last_error_message"]) == (endpoint.url, "Wrong response from the webhook: 302 Found")


@pytest.mark.asyncio
async def test_polling_and_a_webhook_exclude_each_other(
    server: TelegramServer, client: Client, endpoint: Endpoint
) -> None:
    polling = asyncio.create_task(client.declined("getUpdates", timeout=50))
    await server.wait_for_call("getUpdates")
    await client.result("setWebhook", url=endpoint.url)
    assert await polling == (409, "Conflict: terminated by setWebhook request")
    assert await client.declined("getUpdates") == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    await client.result("setWebhook", url="")
    assert (await client.result("getWebhookInfo"))["url"] == ""
    await server.user().send("a")
    assert await texts(client) == ["a"]
    await client.result("deleteWebhook", drop_pending_updates=True)
    assert await texts(client) == []


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "http://["}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org/", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org/", "max_connections": 101}, "max_connections must be between 1 and 100"),
    ],
)
async def test_webhooks_that_are_refused(client: Client, parameters: dict[str, Any], problem: str) -> None:
    assert await client.refused("setWebhook", **parameters) == f"Bad Request: {problem}"
