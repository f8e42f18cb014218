"""Where replies go: the chat, the topic and the message that they are sent below."""

from __future__ import annotations

import json
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.chat.replies import Reply
from bot.chat.sending import send_below

pytestmark = pytest.mark.asyncio

KEYBOARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("👍", callback_data="v"), InlineKeyboardButton("↗", switch_inline_query="#gdp")],
        [InlineKeyboardButton("t.me", url="https://t.me/share/url?text=%E8%8C%B6&url=x")],
    ]
)
REPLY = Reply("<b>5</b>", KEYBOARD)


sent: list[tuple[str, dict[str, Any]]] = []


class Noting(Bot):
    """Notes what it would send."""

    async def _do_post(self, endpoint: str, data: dict[str, Any], **_: Any) -> Any:
        sent.append((endpoint, data))
        return {"message_id": 7}


async def sent_below(kind: str, **fields: Any) -> dict[str, Any]:
    """What is sent below a message of such a chat."""
    sent.clear()
    message = {"message_id": 5, "date": 1, "chat": {"id": -9, "type": kind}, "text": "?", **fields}
    update = Update.de_json({"update_id": 1, "message": message}, Noting("1:token"))
    assert update.message is not None
    assert await send_below(update.message, REPLY) == 7
    [(endpoint, data)] = sent
    assert endpoint == "sendMessage"
    return data


async def test_in_a_private_chat_it_is_no_reply() -> None:
    data = await sent_below("private")
    assert json.loads(data.pop("reply_markup")) == KEYBOARD.to_dict()
    assert data == {
        "chat_id": -9,
        "text": "<b>5</b>",
        "parse_mode": "HTML",
        "link_preview_options": '{"is_disabled": true}',
    }


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"message_thread_id": 3, "is_topic_message": True}, {"message_thread_id": 3}),
        ({"message_thread_id": 3}, {}),  # a chain of replies, which is no topic
        ({"direct_messages_topic": {"topic_id": 4}}, {"direct_messages_topic_id": 4}),
    ],
)
async def test_it_stays_in_the_topic(fields: dict[str, Any], where: dict[str, int]) -> None:
    data = await sent_below("supergroup", **fields)
    assert {name: value for name, value in data.items() if name.endswith(("thread_id", "topic_id"))} == where
