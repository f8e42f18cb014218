"""Acting as a person, against a real bot: python-telegram-bot with its own transport."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from telegram_server import CallbackAnswer, TelegramServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram_server.conftest import Client


async def _answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("more", callback_data="m")]])
    await update.effective_message.reply_html(f"<b>{update.effective_message.text_html}</b>", reply_markup=keyboard)


async def _press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query
    await update.callback_query.answer("here", show_alert=True)
    await update.callback_query.edit_message_text("more of it")


@asynccontextmanager
async def running_bot(server: TelegramServer) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    application = Application.builder().token(server.token).base_url(f"{server.url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, _answer))
    application.add_handler(CallbackQueryHandler(_press))
    async with application:
        assert application.updater
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        await application.start()
        yield application
        await application.updater.stop()
        await application.stop()


@pytest.mark.asyncio
async def test_a_conversation(server: TelegramServer) -> None:
    person = server.user(id=42, first_name="Tester", language_code="zh-hans")
    async with running_bot(server):
        await person.send("1 < 2 & 3")
        message = await person.next_message()
        assert (message.text, message.html) == ("1 < 2 & 3", "<b>1 &lt; 2 &amp; 3</b>")
        assert await person.press(message, "more") == CallbackAnswer("here", show_alert=True)
        assert await person.wait_for(lambda answer: answer.text == "more of it") is message
        assert await person.next_edit() is message
        assert await person.press(message, "m") == CallbackAnswer("here", show_alert=True)
        await person.send("b")
        assert (await person.next_message()).text == "b"


@pytest.mark.asyncio
async def test_pressing_what_is_not_there(server: TelegramServer, client: Client) -> None:
    group, person = server.group(), server.user()
    keyboard = {
        "inline_keyboard": [[{"text": "web", "url": "https://example.org/"}, {"text": "x", "callback_data": "x"}]]
    }
    await client.result("sendMessage", chat_id=group.id, text="a", reply_markup=keyboard)
    message = await group.next_message()
    with pytest.raises(LookupError, match="no button 'y'"):
        await person.press(message, "y")
    with pytest.raises(LookupError, match="sends no callback query"):
        await person.press(message, "web")
    with pytest.raises(AssertionError, match="did not answer the query"):
        await person.press(message, "x", timeout=0)


@pytest.mark.asyncio
async def test_a_press_is_answered_once(server: TelegramServer, client: Client) -> None:
    group, person = server.group(), server.user()
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "数"}]]}
    await client.result("sendMessage", chat_id=group.id, text="a", reply_markup=keyboard)
    pressing = asyncio.create_task(person.press(await group.next_message(), "x"))
    [update] = await client.result("getUpdates", timeout=5)
    query = update["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["chat"]["id"]) == ("数", person.id, group.id)
    await client.result("answerCallbackQuery", callback_query_id=query["id"], text="a" * 200)
    assert await pressing == CallbackAnswer("a" * 200)
    assert "query is too old" in await client.refused("answerCallbackQuery", callback_query_id=query["id"])


@pytest.mark.asyncio
async def test_waiting_in_vain_says_what_there_is(server: TelegramServer, client: Client) -> None:
    group = server.group()
    await client.result("sendMessage", chat_id=group.id, text="first")
    await group.next_message()
    with pytest.raises(AssertionError, match=r"no new message in chat -5001 within 0 s; it has .*first"):
        await group.next_message(timeout=0)
    with pytest.raises(AssertionError, match="no new edit"):
        await group.next_edit(timeout=0)
    with pytest.raises(AssertionError, match="no message that fits"):
        await group.wait_for(lambda message: message.text == "second", timeout=0)
    with pytest.raises(AssertionError, match="0 of 1 requests of getMe"):
        await server.wait_for_call("getMe", timeout=0)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start", [("bot_command", 0, 6)]),
        ("😀 /ask@shushuo_test_bot GDP", [("bot_command", 3, 21)]),
        ("see @shushuo_test_bot", [("mention", 4, 17)]),
        ("and/or a@b", []),
    ],
)
async def test_commands_and_mentions_arrive_marked(
    server: TelegramServer, client: Client, text: str, entities: list[tuple[str, int, int]]
) -> None:
    await server.user(language_code="en").send(text)
    [update] = await client.result("getUpdates")
    message = update["message"]
    assert (message["text"], message["from"]["language_code"]) == (text, "en")
    found = message.get("entities", [])
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == entities


@pytest.mark.asyncio
async def test_errors_as_the_library_sees_them(server: TelegramServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    person, group = server.user(), server.group()
    async with Bot(server.token, base_url=f"{server.url}/bot") as bot:
        assert await bot.set_my_commands([BotCommand("help", "?")])
        assert (await bot.get_chat(group.id)).title == "Test group"
        assert (await bot.get_chat_member(group.id, bot.id)).status == "member"
        assert (await bot.get_webhook_info()).pending_update_count == 0
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(5, "a")
        await person.send("/start")
        person.block()
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(person.id, "a")
        server.fail_next("sendMessage", 429, "Too Many Requests: retry after 3", {"retry_after": 3})
        with pytest.raises(RetryAfter):
            await bot.send_message(group.id, "a")
        server.fail_next("getUpdates", 409, "Conflict: terminated by other getUpdates request")
        with pytest.raises(Conflict):
            await bot.get_updates()
        server.drop_next("sendMessage")
        with pytest.raises(NetworkError):
            await bot.send_message(group.id, "a")
        server.garbage_next("sendMessage")
        with pytest.raises(TelegramError, match="Invalid server response"):
            await bot.send_message(group.id, "a")
