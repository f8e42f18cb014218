"""Time that goes by, bots that are not there, menus, and keyboards in place of people's own."""

import time

import pytest

from bot.rehearsal.telegram_server.model import Message, ShownAction
from tests.support.telegram.plain_client import Client
from tests.support.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio
DAY = 24 * 3600


async def test_three_days_later_messages_are_old_and_what_nobody_fetched_is_gone(
    server: TelegramServer, client: Client
) -> None:
    person = server.user()
    said = await person.send("a")
    query = server.backend.new_query(server.backend.callback_answers)
    answer = await client.result("sendMessage", chat_id=person.id, text="b")
    server.backend.pass_time(3 * DAY)
    assert said.date <= time.time() - 3 * DAY
    assert await client.result("getUpdates", timeout=0) == []
    assert "can't be deleted" in await client.declined(
        "deleteMessage", chat_id=person.id, message_id=answer["message_id"]
    )
    assert "too old" in await client.declined("answerCallbackQuery", callback_query_id=query)


async def test_a_bot_that_has_been_removed_hears_nothing(server: TelegramServer, client: Client) -> None:
    person, group = server.user(), server.group()
    person.set_bot_status(group, "kicked")
    await person.send("/ask a", group)
    assert [list(update)[1] for update in await client.result("getUpdates", timeout=0)] == ["my_chat_member"]


async def test_each_change_is_told_to_whoever_listens(server: TelegramServer, client: Client) -> None:
    heard: list[object] = []
    person = server.user()
    server.backend.signal.listeners.append(heard.append)
    message = await person.send("a")
    await person.edit(message, "b")
    await client.result("sendChatAction", chat_id=person.id, action="typing")
    await client.result("deleteMessage", chat_id=person.id, message_id=message.message_id)
    assert [what for what in heard if isinstance(what, Message | ShownAction)] == [
        message,
        message,
        ShownAction(person.chat, "typing"),
        message,
    ]


async def test_the_menu_is_that_of_the_narrowest_scope(server: TelegramServer, client: Client) -> None:
    group, member, administrator = server.group(), server.user(), server.user(language_code="zh-hans")
    group.statuses = {member.id: "member", administrator.id: "creator"}
    for name, code, scope in (
        ("start", "", {"type": "default"}),
        ("ask", "", {"type": "all_group_chats"}),
        ("subscribe", "", {"type": "all_chat_administrators"}),
        ("dingyue", "zh", {"type": "all_chat_administrators"}),
        ("status", "", {"type": "chat", "chat_id": member.id}),
    ):
        commands = [{"command": name, "description": "a"}]
        await client.result("setMyCommands", commands=commands, scope=scope, language_code=code)
    menus = [(member.chat, member), (administrator.chat, administrator), (group, member), (group, administrator)]
    found = [server.backend.menu(chat, person)[0]["command"] for chat, person in menus]
    assert found == ["status", "start", "ask", "dingyue"]


async def test_a_keyboard_in_place_of_peoples_own_is_kept(server: TelegramServer, client: Client) -> None:
    person = server.user()
    await person.send("a")
    markup = {"keyboard": [["是", {"text": "否"}]], "resize_keyboard": True}
    await client.result("sendMessage", chat_id=person.id, text="b", reply_markup=markup)
    assert (await person.next_message()).content.markup.reply == markup


async def test_ids_begin_where_they_are_told_to(server: TelegramServer, client: Client) -> None:
    server.count_from(1000)
    assert (await server.user().send("a")).message_id == 1001
    assert [update["update_id"] for update in await client.result("getUpdates", timeout=0)] == [1001]
