"""What Telegram shows of the bot, over real HTTP."""

import json

import pytest
import pytest_asyncio
from telegram import Bot, BotCommand

from bot.chat.handlers import ADMIN_MENU, PRIVATE_MENU, introduce
from bot.chat.texts import Locale, texts
from tests.support.bots.running_bot import TOKEN, running_bot
from tests.support.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio

ADMIN = 42
SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription")


@pytest_asyncio.fixture
async def server():
    async with TelegramServer(token=TOKEN) as server:
        server.user(id=ADMIN)
        yield server


@pytest_asyncio.fixture
async def bot(server):
    async with Bot(server.token, f"{server.url}/bot") as bot:
        yield bot


def count(server: TelegramServer, *methods: str) -> int:
    return sum(len(server.calls(method)) for method in methods)


async def menu(bot: Bot, language: str, **scope) -> dict[str, str]:
    commands: tuple[BotCommand, ...] = await bot.get_my_commands(json.dumps(scope), language)
    return {command.command: command.description for command in commands}


async def test_each_scope_has_its_menu_in_each_language(bot) -> None:
    await introduce(bot, [ADMIN])
    for language, ask in (("", "Ask a question"), ("zh", "提问")):
        private = await menu(bot, language, type="all_private_chats")
        assert " ".join(private) == "topics random fact about ask subscribe unsubscribe help start"
        group = await menu(bot, language, type="all_group_chats")
        assert list(group) == ["ask"]
        assert group["ask"].startswith(ask)
        administrators = await menu(bot, language, type="all_chat_administrators")
        assert list(administrators) == ["ask", "subscribe", "unsubscribe"]
        assert administrators.items() > group.items()
        admins = await menu(bot, language, type="chat", chat_id=ADMIN)
        assert list(admins) == [*PRIVATE_MENU, *ADMIN_MENU]
        assert admins.items() > private.items()
        assert await menu(bot, language, type="chat", chat_id=7) == {}
    for language, locale in (("", Locale.ENGLISH), ("zh", Locale.SIMPLIFIED), ("de", Locale.ENGLISH)):
        assert (await bot.get_my_description(language)).description == texts(locale)("description")
        assert (await bot.get_my_short_description(language)).short_description == texts(locale)("short-description")


async def test_only_what_has_changed_is_set(server, bot) -> None:
    await introduce(bot, [ADMIN])
    before = count(server, *SETTERS)
    assert before == 4 * 2 + 4
    await introduce(bot, [ADMIN])
    assert count(server, *SETTERS) == before
    await bot.set_my_commands([], scope={"type": "all_group_chats"}, language_code="zh")
    await bot.set_my_short_description("Another bot")
    await introduce(bot, [ADMIN])
    assert count(server, *SETTERS) == before + 4


async def test_a_running_bot_sets_them_and_answers_meanwhile(server) -> None:
    server.delay_next("getMyCommands", 60)
    person = server.user()
    async with running_bot(server):
        await server.wait_for_call("getMyCommands")
        assert (await person.ask("产值")).text.startswith("35.2亿元")
    async with running_bot(server, admin_ids=[ADMIN]):
        await server.wait_for_call("setMyShortDescription", 2)
    admins = [
        json.loads(str(request.parameters["scope"]).replace("'", '"')) for request in server.calls("setMyCommands")
    ]
    assert {"type": "chat", "chat_id": ADMIN} in admins


async def test_an_admin_without_a_chat_costs_a_line_and_the_rest_is_set(server, bot, capsys) -> None:
    server.fail_next("setMyCommands", 400, "Bad Request: chat not found")
    await introduce(bot)
    assert count(server, *SETTERS) == 3 * 2 + 4
    assert capsys.readouterr().out.count("did not take a menu") == 1


async def test_without_a_connection_the_next_start_tries_again(server, bot, capsys) -> None:
    server.fail_next("getMyCommands", 502, "Bad Gateway")
    await introduce(bot)
    assert count(server, *SETTERS) == 0
    assert capsys.readouterr().out.count("the next start tries again") == 1


async def test_telegrams_limits() -> None:
    for locale in Locale:
        assert len(texts(locale)("description")) <= 512
        assert len(texts(locale)("short-description")) <= 120
