"""Who may do what only admins may do, over real HTTP; test_admin_denied.py has who may not."""

import pytest

from bot.chat.commands import ADMIN_MENU

pytestmark = pytest.mark.asyncio

ADMIN = 42
GONE = "This is no longer part of what I have read; please ask again."
BUTTON = "desk-csv:7"
KEYBOARD = {"inline_keyboard": [[{"text": "CSV", "callback_data": BUTTON}]]}


@pytest.fixture
def bot_settings() -> dict[str, object]:
    return {"admin_ids": (ADMIN,)}


@pytest.fixture
def admin(server):
    return server.user(id=ADMIN)


@pytest.mark.parametrize(
    ("language", "begin", "status", "menu"),
    [
        ("en", "For admins", "/status how the bot is", "Admins: how the bot is"),
        ("zh-hans", "管理员", "/status 运行情况", "管理员：运行情况"),
    ],
)
async def test_an_admins_help_lists_the_admins_commands_too(server, language, begin, status, menu) -> None:
    admin, person = server.user(id=ADMIN, language_code=language), server.user(language_code=language)
    to_all = (await person.ask("/help")).text
    to_admin = (await admin.ask("/help")).text
    assert to_admin.startswith(f"{to_all}\n\n{begin}")
    lines = to_admin.removeprefix(to_all).splitlines()
    assert status in lines
    assert [line.partition(" ")[0] for line in lines[3:]] == [f"/{name}" for name in ADMIN_MENU]
    assert "/status" not in to_all
    await server.wait_for_call("setMyShortDescription", 2)
    offered = [command for call in server.calls("setMyCommands") for command in call.parameters["commands"]]
    assert {"command": "status", "description": menu} in offered


async def test_an_admins_help_in_a_group_tells_nothing_of_them(server, admin) -> None:
    group = server.supergroup()
    assert "/status" not in (await admin.ask("/help@shushuo_test_bot", group)).text


async def test_whoever_tries_again_and_again_gets_a_line_a_minute(server, logs) -> None:
    persons = server.user(), server.user()
    for person in persons:
        message = {**(await person.ask("/help")).to_json(server.bot), "reply_markup": KEYBOARD}
        query = {"id": "9", "from": person.to_json(), "chat_instance": "1", "data": BUTTON, "message": message}
        for _ in range(10):
            server.push_update({"callback_query": query})
    await server.wait_for_call("answerCallbackQuery", 20)
    attempts = [record for record in logs if record["event"] == "somebody tried what only an admin may do"]
    told = [(record["log_level"], record["who"], record["chat"], record["what"]) for record in attempts]
    assert told == [("warning", person.id, person.id, f"button {BUTTON}") for person in persons]


async def test_a_button_that_an_admin_makes_up(admin, server) -> None:
    message = await admin.ask("/help")
    for data in (BUTTON, "desk-csv:", "desk-csv:99999", "desk-csv:-1", "desk-csv:7 ", "desk-csv:٧"):
        assert (await admin.forge_press(message, data)).text == GONE
    assert not server.calls("sendDocument")
