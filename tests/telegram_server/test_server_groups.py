"""Groups and channels as the bot meets them: privacy mode, topics, rights, and groups that become supergroups."""

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


async def changes(client: Client) -> list[dict[str, Any]]:
    """The memberships of the bot that it hears of, as they are now."""
    updates = await client.result("getUpdates", timeout=5)
    return [update["my_chat_member"]["new_chat_member"] for update in updates if "my_chat_member" in update]


async def test_a_post_is_the_channels_and_nobodys(server: TelegramServer, client: Client) -> None:
    channel = server.channel(title="News")
    post = await server.user().post("/subscribe", channel)
    [update] = await client.result("getUpdates", timeout=5)
    written = update["channel_post"]
    assert (written["chat"]["type"], written["sender_chat"]) == ("channel", channel.to_json())
    assert "from" not in written
    assert written["entities"] == [{"type": "bot_command", "offset": 0, "length": 10}]
    reply = {"message_id": post.message_id}
    answer = await client.result("sendMessage", chat_id=channel.id, text="done", reply_parameters=reply)
    assert answer["reply_to_message"]["message_id"] == post.message_id
    assert "from" not in answer


async def test_only_an_administrator_with_that_right_may_post(server: TelegramServer, client: Client) -> None:
    channel, person = server.channel(), server.user()
    channel.writable = False
    person.set_bot_status(channel, "administrator")
    [member] = await changes(client)
    assert (member["status"], member["can_post_messages"]) == ("administrator", False)
    refusal = (400, "Bad Request: not enough rights to send text messages to the chat")
    assert await client.declined("sendMessage", chat_id=channel.id, text="a") == refusal
    channel.writable = True
    await client.result("sendMessage", chat_id=channel.id, text="a")
    person.set_bot_status(channel, "member")
    assert await client.declined("sendMessage", chat_id=channel.id, text="a") == refusal
    person.set_bot_status(channel, "kicked")
    status, reason = await client.declined("sendMessage", chat_id=channel.id, text="a")
    assert (status, reason) == (403, "Forbidden: bot was kicked from the channel chat")


async def test_a_bot_that_is_silenced_is_there_and_may_not_write(server: TelegramServer, client: Client) -> None:
    group, person = server.supergroup(), server.user()
    person.set_bot_status(group, "restricted")
    [member] = await changes(client)
    assert (member["status"], member["is_member"], member["can_send_messages"]) == ("restricted", True, False)
    assert (await client.declined("sendMessage", chat_id=group.id, text="a"))[0] == 400
    person.set_bot_status(group, "member")
    await client.result("sendMessage", chat_id=group.id, text="a")
