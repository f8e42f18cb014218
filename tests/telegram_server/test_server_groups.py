"""Groups as the bot meets them: privacy mode, topics, rights, and groups that become supergroups."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from telegram_server import Chat, TelegramServer
from telegram_server.conftest import Client

pytestmark = pytest.mark.asyncio

BOT = "@shushuo_test_bot"
PHOTO = {"photo": [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]}


@pytest.fixture
def group(server: TelegramServer) -> Chat:
    return server.supergroup(topics={7: "Topic"})


async def updates(client: Client) -> list[dict[str, Any]]:
    return await client.result("getUpdates", timeout=5)


@pytest_asyncio.fixture
async def private_client() -> AsyncIterator[tuple[TelegramServer, Client]]:
    """A bot with privacy mode on."""
    async with TelegramServer(privacy=True) as server, aiohttp.ClientSession() as session:
        yield server, Client(server, session)


async def test_privacy_mode_keeps_from_the_bot_what_is_not_for_bots(
    private_client: tuple[TelegramServer, Client],
) -> None:
    server, client = private_client
    group, person = server.supergroup(), server.user()
    hidden = await person.send("hello", group)
    await person.edit(hidden, "hello you")
    for text in ("/ask a", "/ask@other_bot a", f"/ask{BOT} a", f"b {BOT}", "hello @other_bot"):
        await person.send(text, group)
    await person.send("hello")
    sent = await client.result("sendMessage", chat_id=group.id, text="answer")
    await person.send("reply", group, reply_to=group.messages[sent["message_id"]])
    group.bot_status = "administrator"
    await person.send("all", group)
    texts = [update["message"]["text"] for update in await updates(client)]
    assert texts == ["/ask a", f"/ask{BOT} a", f"b {BOT}", "hello", "reply", "all"]
    assert not (await client.result("getMe"))["can_read_all_group_messages"]


async def test_an_edited_message_says_so(server: TelegramServer, client: Client, group: Chat) -> None:
    person = server.user()
    await person.edit(await person.send("before", group, thread_id=7), "after")
    before, after = await updates(client)
    assert before["message"]["text"] == "before"
    assert after["edited_message"]["text"] == "after"
    assert after["edited_message"]["edit_date"] >= before["message"]["date"]


async def test_a_photo_has_a_caption(server: TelegramServer, client: Client, group: Chat) -> None:
    await server.user().send("/ask a", group, fields={**PHOTO, "sender_chat": group.to_json()})
    [update] = await updates(client)
    assert update["message"]["caption"] == "/ask a"
    assert update["message"]["caption_entities"] == [{"type": "bot_command", "offset": 0, "length": 4}]
    assert update["message"]["sender_chat"]["id"] == group.id
    assert "text" not in update["message"]


async def test_a_chain_of_replies_is_a_thread_but_no_topic(server: TelegramServer, client: Client) -> None:
    group, person = server.supergroup(), server.user()
    first = await person.send("first", group)
    second = await person.send("second", group, reply_to=first)
    await person.send("third", group, reply_to=second)
    third = (await updates(client))[2]["message"]
    assert third["message_thread_id"] == first.message_id
    assert "is_topic_message" not in third


async def test_what_the_bot_may_not_do(server: TelegramServer, client: Client, group: Chat) -> None:
    group.closed.add(7)
    sent = {"chat_id": group.id, "text": "a"}
    assert await client.declined("sendMessage", **sent, message_thread_id=7) == (400, "Bad Request: TOPIC_CLOSED")
    group.writable = False
    _, reason = await client.declined("sendMessage", **sent)
    assert reason == "Bad Request: not enough rights to send text messages to the chat"


async def test_a_bot_is_removed_and_added(server: TelegramServer, client: Client, group: Chat) -> None:
    person = server.user()
    person.set_bot_status(group, "left")
    person.set_bot_status(group, "administrator")
    changes = [update["my_chat_member"] for update in await updates(client)]
    assert [change["new_chat_member"]["status"] for change in changes] == ["left", "administrator"]
    assert [change["old_chat_member"]["status"] for change in changes] == ["member", "left"]


async def test_a_group_becomes_a_supergroup(server: TelegramServer, client: Client) -> None:
    group = server.group()
    new = server.upgrade(group)
    old_says, new_says = [update["message"] for update in await updates(client)]
    assert (old_says["chat"]["id"], old_says["migrate_to_chat_id"]) == (group.id, new.id)
    assert (new_says["chat"]["id"], new_says["migrate_from_chat_id"]) == (new.id, group.id)
    status, reply = await client.call("sendMessage", chat_id=group.id, text="a")
    assert (status, reply["parameters"]) == (400, {"migrate_to_chat_id": new.id})
    assert reply["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    await client.result("sendMessage", chat_id=new.id, text="a")
