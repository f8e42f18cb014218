"""What no correct bot sends is refused in Telegram's words, and is a violation."""

import pytest

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
_TEXT = {"chat_id": GROUP, "text": "a"}
_COPY = {"chat_id": GROUP, "from_chat_id": GROUP}
# By method, the parameters that all have (a None takes one away), and those that are wrong, each with the complaint.
REFUSED = {
    "sendMessage": (
        _TEXT,
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
        _COPY,
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


@pytest.mark.asyncio
@pytest.mark.parametrize("method", REFUSED)
async def test_what_no_bot_may_send(server, client, method) -> None:
    assert server.group().id == GROUP
    common, wrong = REFUSED[method]
    for parameters, problem in wrong:
        given = {name: value for name, value in {**common, **parameters}.items() if value is not None}
        description = await client.refused(method, **given)
        assert description.startswith("Bad Request: ")
        assert problem in description


@pytest.mark.asyncio
async def test_what_is_at_the_limit_is_accepted(server, client) -> None:
    group = server.group()
    for text in ("a" * 4096, "😀" * 2048, "  " + "a" * 4096 + "\n\n"):
        await client.result("sendMessage", chat_id=group.id, text=text)
        assert (await group.next_message()).text == text.strip()
    most = keyboard(*[[button(callback_data="a" * 64)] * 8] * 12, [button(callback_data="数" * 21)] * 4)
    await client.result("sendMessage", chat_id=group.id, text="a", reply_markup=most)
