"""Updates on their way to the bot, people and groups, time that goes by, menus, and keyboards of people's own."""

import asyncio
import time

import aiohttp
import pytest

from bot.rehearsal.telegram_server.model import Message, ShownAction
from tests.support.telegram.plain_client import Client
from tests.support.telegram_server import CallbackAnswer, TelegramServer

pytestmark = pytest.mark.asyncio
DAY = 24 * 3600


async def test_three_days_later_messages_are_old_and_what_nobody_fetched_is_gone(server, client) -> None:
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


async def test_a_bot_that_has_been_removed_hears_nothing(server, client) -> None:
    person, group = server.user(), server.group()
    person.set_bot_status(group, "kicked")
    await person.send("/ask a", group)
    assert [list(update)[1] for update in await client.result("getUpdates", timeout=0)] == ["my_chat_member"]


async def test_each_change_is_told_to_whoever_listens(server, client) -> None:
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


async def test_the_menu_is_that_of_the_narrowest_scope(server, client) -> None:
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


async def test_ids_begin_where_they_are_told_to(server, client) -> None:
    server.count_from(1000)
    assert (await server.user().send("a")).message_id == 1001
    assert [update["update_id"] for update in await client.result("getUpdates", timeout=0)] == [1001]


# ---- long polling


async def texts(client: Client, **parameters) -> list[str]:
    return [update["message"]["text"] for update in await client.result("getUpdates", **parameters)]


async def test_offsets_confirm_and_forget(server, client) -> None:
    person = server.user()
    for text in "abcd":
        await person.send(text)
    updates = await client.result("getUpdates", limit=2)
    assert [update["message"]["text"] for update in updates] == ["a", "b"]
    assert await texts(client) == ["a", "b", "c", "d"]
    assert await texts(client, offset=updates[1]["update_id"] + 1) == ["c", "d"]
    assert await texts(client) == ["c", "d"]


async def test_a_long_poll_ends_with_the_first_update(server, client) -> None:
    polling = asyncio.create_task(client.result("getUpdates", timeout=50))
    await server.wait_for_call("getUpdates")
    assert server.push_update({"poll": {"id": "1"}}) == 1
    assert await polling == [{"update_id": 1, "poll": {"id": "1"}}]
    assert server.push_update({"update_id": 70, "poll": {}}) == 70
    assert server.push_update({"poll": {}}) == 71


async def test_the_older_of_two_polls_gets_the_conflict(server, client) -> None:
    older = asyncio.create_task(client.declined("getUpdates", timeout=50))
    await server.wait_for_call("getUpdates")
    newer = asyncio.create_task(texts(client, timeout=50))
    assert "terminated by other getUpdates request; make sure that only one bot instance is running" in await older
    await server.user().send("a")
    assert await newer == ["a"]


# ---- people


NAME = "@shushuo_test_bot"
STALE = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_press_is_answered_once(server, client) -> None:
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


# ---- what no correct bot sends is refused in Telegram's words, and is a violation

GROUP = -5001  # the first one of a server
COMMAND = {"command": "help", "description": "what there is"}
LINK = {"url": "https://example.org/"}


def keyboard(*rows):
    return {"inline_keyboard": list(rows)}


def button(**fields):
    return {"text": "go", **fields}


def article(**fields):
    return {"type": "article", "id": "1", "title": "t", "input_message_content": {"message_text": "a"}, **fields}


def below(*rows):
    return {"reply_markup": keyboard(*rows)}


def results(*given, **more):
    return {"inline_query_id": "1", "results": list(given), **more}


ACTION = below([button(callback_data="a")])
# By method, the parameters that all have (a None takes one away), and those that are wrong, each with the complaint.
REFUSED = {
    "sendMessage": (
        {"chat_id": GROUP, "text": "a"},
        [
            ({"text": " \n\t"}, "text must be non-empty"),
            ({"text": "😀" * 2048 + "a"}, "message is too long"),
            ({"text": "<x>", "parse_mode": "html"}, 'Unsupported start tag "x" at byte offset 0'),
            ({"parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
            ({"chat_id": "somebody"}, 'can\'t parse parameter "chat_id" as JSON'),
            ({"disable_notification": 1}, 'parameter "disable_notification" must be of type Boolean'),
            ({"message_thread_id": 1}, "message thread not found"),
            ({"disable_web_page_preview": True}, "unknown parameter disable_web_page_preview"),
            ({"reply_parameters": {}}, "can't parse reply parameters: Can't find field \"message_id\""),
            ({"reply_markup": {}}, "can't parse inline keyboard: Can't find field \"inline_keyboard\""),
            (below([button(callback_data="a")] * 9), "reply markup is too long"),
            (below(*[[button(callback_data="a")] * 8] * 13), "reply markup is too long"),
            (below([button(callback_data="")]), "BUTTON_DATA_INVALID"),
            (below([button(callback_data="数" * 22)]), "BUTTON_DATA_INVALID"),
            (below([button()]), "Text buttons are unallowed in the inline keyboard"),
            (below([button(callback_data="a", **LINK)]), "more than one action (callback_data, url)"),
            (below([button(url="http://[")]), "inline keyboard button URL 'http://[' is invalid: Wrong HTTP URL"),
        ],
    ),
    "editMessageText": (
        {"chat_id": GROUP, "message_id": 1, "text": "a" * 4097},
        [({}, "MESSAGE_TOO_LONG"), ({"chat_id": None}, 'parameter "chat_id" is required')],
    ),
    "sendPhoto": ({"chat_id": GROUP}, [({"photo": "a.png"}, "wrong file identifier/HTTP URL specified")]),
    "sendChatAction": ({"chat_id": GROUP}, [({"action": "thinking"}, "wrong parameter action in request")]),
    "copyMessages": (
        {"chat_id": GROUP, "from_chat_id": GROUP},
        [
            ({"message_ids": [2, 1]}, "strictly increasing"),
            ({"message_ids": []}, "not specified"),
            ({"message_ids": list(range(1, 102))}, "too many"),
        ],
    ),
    "answerCallbackQuery": ({"callback_query_id": "5"}, [({"text": "数" * 201}, "MESSAGE_TOO_LONG")]),
    "answerInlineQuery": (
        {},
        [
            (results(article(id="x" * 65)), "RESULT_ID_INVALID"),
            (results(article(), article()), "RESULT_ID_DUPLICATE"),
            (results(*[article()] * 51), "RESULTS_TOO_MUCH"),
            (results(article(title=" ")), "ARTICLE_TITLE_EMPTY"),
            (results(article(type="photo")), 'this server knows no type "photo"'),
            (results(article(input_message_content={"message_text": " "})), "text must be non-empty"),
            (
                results(article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})),
                "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
            ),
            (results(next_offset="数" * 22), "NEXT_OFFSET_INVALID"),
            (results(button={"text": "a", "start_parameter": "a b"}), "START_PARAM_INVALID"),
        ],
    ),
    "setMyCommands": (
        {"commands": []},
        [
            ({"commands": [{**COMMAND, "command": "/help"}]}, "BOT_COMMAND_INVALID"),
            ({"commands": [{**COMMAND, "description": "😀" * 129}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
            ({"commands": [COMMAND] * 101}, "BOT_COMMANDS_TOO_MUCH"),
            ({"language_code": "zh-hans"}, "invalid language code specified"),
            ({"scope": {"type": "everybody"}}, "can't parse BotCommandScope: unsupported type specified"),
            ({"commands": None}, 'parameter "commands" is required'),
        ],
    ),
    "setMyDescription": ({}, [({"description": "a" * 513}, "description is too long")]),
    "setMyShortDescription": ({}, [({"short_description": "a" * 121}, "short description is too long")]),
    "getUpdates": ({}, [({"allowed_updates": ["mesage"]}, "unknown update types ['mesage']")]),
    "setWebhook": (
        {"url": "https://example.org/"},
        [
            ({"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
            ({"url": "http://["}, "bad webhook: An HTTPS URL must be provided for webhook"),
            ({"secret_token": "a b"}, "secret token contains unallowed characters"),
        ],
    ),
}


@pytest.mark.parametrize("method", REFUSED)
async def test_what_no_bot_may_send(server, client, method) -> None:
    assert server.group().id == GROUP
    common, wrong = REFUSED[method]
    for parameters, problem in wrong:
        given = {name: value for name, value in {**common, **parameters}.items() if value is not None}
        description = await client.refused(method, **given)
        assert description.startswith("Bad Request: ")
        assert problem in description


async def test_what_is_at_the_limit_is_accepted(server, client) -> None:
    group = server.group()
    for text in ("a" * 4096, "😀" * 2048, "  " + "a" * 4096 + "\n\n"):
        await client.result("sendMessage", chat_id=group.id, text=text)
        assert (await group.next_message()).text == text.strip()
    most = keyboard(*[[button(callback_data="a" * 64)] * 8] * 12, [button(callback_data="数" * 21)] * 4)
    await client.result("sendMessage", chat_id=group.id, text="a", reply_markup=most)
