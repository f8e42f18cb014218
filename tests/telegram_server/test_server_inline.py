"""Answers to inline queries."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from telegram_server import TelegramServer
from telegram_server.conftest import Client


def article(**fields: Any) -> dict[str, Any]:
    return {"type": "article", "id": "1", "title": "t", "input_message_content": {"message_text": "a"}, **fields}


@pytest.mark.asyncio
async def test_an_inline_query_is_answered_once(server: TelegramServer, client: Client) -> None:
    asking = asyncio.create_task(server.user().ask_inline("gdp"))
    [update] = await client.result("getUpdates", timeout=5)
    query = update["inline_query"]
    assert (query["query"], query["offset"]) == ("gdp", "")
    answer = {"inline_query_id": query["id"], "results": [article()]}
    await client.result("answerInlineQuery", **answer, cache_time=5)
    assert (await asking).results == [article()]
    assert "query is too old" in await client.refused("answerInlineQuery", **answer)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"results": [article(id="x" * 65)]}, "RESULT_ID_INVALID"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article()] * 51}, "RESULTS_TOO_MUCH"),
        ({"results": [article(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(type="photo")]}, 'can\'t parse inline query result: this server knows no type "photo"'),
        ({"results": [article(input_message_content={"message_text": ""})]}, "text must be non-empty"),
        (
            {"results": [article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})]},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"results": [], "next_offset": "数" * 22}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": "a", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
    ],
)
async def test_answers_that_are_refused(client: Client, answer: dict[str, Any], problem: str) -> None:
    assert await client.refused("answerInlineQuery", inline_query_id="1", **answer) == f"Bad Request: {problem}"


@pytest.mark.asyncio
async def test_a_chosen_result_becomes_a_message_of_the_person(server: TelegramServer, client: Client) -> None:
    person, text = server.user(), {"message_text": "<b>a</b>", "parse_mode": "HTML"}
    message = await person.choose(article(input_message_content=text), server.supergroup(), query="gdp")
    [chosen, sent] = await client.result("getUpdates", timeout=5)
    assert chosen["chosen_inline_result"] == {"result_id": "1", "from": person.to_json(), "query": "gdp"}
    assert (sent["message"]["text"], sent["message"]["from"]["id"]) == ("a", person.id)
    assert sent["message"]["via_bot"]["username"] == "shushuo_test_bot"
    assert [entity.type for entity in message.entities] == ["bold"]


@pytest.mark.asyncio
async def test_a_bot_without_inline_mode_has_no_buttons_that_need_it() -> None:
    async with TelegramServer(inline=False) as server, aiohttp.ClientSession() as session:
        client, person = Client(server, session), server.user()
        await person.send("hello")
        assert not (await client.result("getMe"))["supports_inline_queries"]
        markup = {"inline_keyboard": [[{"text": "a", "switch_inline_query": "gdp"}]]}
        sent = {"chat_id": person.id, "text": "a", "reply_markup": markup}
        assert await client.refused("sendMessage", **sent) == "Bad Request: BUTTON_TYPE_INVALID"
