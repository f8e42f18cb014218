"""Channels, and what a bot may no longer do in a chat, as the bot meets them."""

from __future__ import annotations

from typing import Any

import pytest

from telegram_server import TelegramServer
from telegram_server.conftest import Client

pytestmark = pytest.mark.asyncio


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


async def test_the_membership_of_a_person_is_told(server: TelegramServer, client: Client) -> None:
    group, person = server.supergroup(), server.user()
    member = {"chat_id": group.id, "user_id": person.id}
    assert (await client.result("getChatMember", **member))["status"] == "left"
    for status in ("member", "restricted", "administrator", "creator"):
        group.statuses[person.id] = status
        assert (await client.result("getChatMember", **member))["status"] == status
