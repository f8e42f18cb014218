"""What a bot says about itself, and asks about chats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from telegram_server import TelegramServer
    from telegram_server.conftest import Client

COMMAND = {"command": "help", "description": "what there is"}


@pytest.mark.asyncio
async def test_get_me(client: Client) -> None:
    me = await client.result("getMe")
    assert (me["id"], me["is_bot"], me["username"]) == (123456, True, "shushuo_test_bot")


@pytest.mark.asyncio
async def test_commands_by_scope_and_language(client: Client) -> None:
    admins = {"scope": {"type": "chat", "chat_id": 5}, "language_code": "zh"}
    await client.result("setMyCommands", commands=[COMMAND], **admins)
    assert await client.result("getMyCommands", **admins) == [COMMAND]
    assert await client.result("getMyCommands") == []


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"commands": [{**COMMAND, "command": "/help"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{**COMMAND, "description": "😀" * 129}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [COMMAND] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "language_code": "zh-hans"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "everybody"}}, "can't parse BotCommandScope: unsupported type specified"),
        ({}, 'parameter "commands" is required'),
    ],
)
async def test_commands_that_are_refused(client: Client, parameters: dict[str, Any], problem: str) -> None:
    assert await client.refused("setMyCommands", **parameters) == f"Bad Request: {problem}"


@pytest.mark.asyncio
@pytest.mark.parametrize(("name", "field", "longest"), [("", "description", 512), ("Short", "short_description", 120)])
async def test_descriptions(client: Client, name: str, field: str, longest: int) -> None:
    await client.result(f"setMy{name}Description", **{field: "a" * longest})
    await client.result(f"setMy{name}Description", **{field: "数说", "language_code": "zh"})
    assert await client.result(f"getMy{name}Description", language_code="zh") == {field: "数说"}
    assert await client.result(f"getMy{name}Description", language_code="en") == {field: "a" * longest}
    assert "is too long" in await client.refused(f"setMy{name}Description", **{field: "a" * (longest + 1)})


@pytest.mark.asyncio
async def test_chats_and_their_members(server: TelegramServer, client: Client) -> None:
    person, stranger, forum = server.user(), server.user(), server.supergroup(topics={7: "news"})
    await person.send("a", chat=forum)
    forum.statuses[person.id] = "administrator"
    assert (await client.result("getChat", chat_id=forum.id))["is_forum"] is True
    assert (await client.result("getChatMember", chat_id=forum.id, user_id=person.id))["status"] == "administrator"
    assert (await client.result("getChatMember", chat_id=forum.id, user_id=stranger.id))["status"] == "left"
    assert await client.declined("getChatMember", chat_id=forum.id, user_id=5) == (400, "Bad Request: user not found")
    admins = await client.result("getChatAdministrators", chat_id=forum.id)
    assert [admin["user"]["id"] for admin in admins] == [person.id]
    await person.send("a")
    assert await client.declined("getChatAdministrators", chat_id=person.id) == (
        400,
        "Bad Request: there are no administrators in the private chat",
    )
