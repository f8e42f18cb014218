"""What the bot hears of people and groups, and what people are told of the bot."""

import asyncio

import aiohttp
import pytest
from test_server_refusals import ACTION

from tests.support.telegram.plain_client import Client
from tests.support.telegram_server import CallbackAnswer, TelegramServer

pytestmark = pytest.mark.asyncio
NAME = "@shushuo_test_bot"
STALE = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_press_is_answered_once(server: TelegramServer, client: Client) -> None:
    group, person = server.group(), server.user()
    await client.result("sendMessage", chat_id=group.id, text="a", **ACTION)
    pressing = asyncio.create_task(person.press(await group.next_message(), "a"))
    [update] = await client.result("getUpdates", timeout=5)
    query = update["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["chat"]["id"]) == ("a", person.id, group.id)
    await client.result("answerCallbackQuery", callback_query_id=query["id"], text="a" * 200)
    assert await pressing == CallbackAnswer("a" * 200)
    assert await client.refused("answerCallbackQuery", callback_query_id=query["id"]) == STALE
    assert await client.declined("answerCallbackQuery", callback_query_id="5") == STALE


async def test_what_a_bot_in_privacy_mode_hears() -> None:
    async with TelegramServer(privacy=True) as server, aiohttp.ClientSession() as session:
        client, group, person = Client(server, session), server.supergroup(), server.user()
        hidden = await person.send("hello", group)
        await person.edit(hidden, "hello you")
        for text in ("/ask a", "/ask@other_bot a", f"/ask{NAME} a", f"b {NAME}", "hello @other_bot"):
            await person.send(text, group)
        await person.send("hello")
        sent = await client.result("sendMessage", chat_id=group.id, text="answer")
        await person.send("reply", group, reply_to=group.messages[sent["message_id"]])
        group.bot_status = "administrator"
        await person.send("all", group)
        texts = [message["text"] for message in await client.messages()]
        assert texts == ["/ask a", f"/ask{NAME} a", f"b {NAME}", "hello", "reply", "all"]
