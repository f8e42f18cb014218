"""Where replies go: the chat, the topic and the message that they are sent below."""

from typing import Any

import pytest
from telegram import Bot, Update

from bot.chat.sending import Reply, send_below

pytestmark = pytest.mark.asyncio

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
    assert await send_below(update.message, Reply("5")) == 7
    [(endpoint, data)] = sent
    assert endpoint == "sendMessage"
    return data


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"message_thread_id": 3, "is_topic_message": True}, {"message_thread_id": 3}),
        ({"message_thread_id": 3}, {}),  # a chain of replies, which is no topic
        ({"direct_messages_topic": {"topic_id": 4}}, {"direct_messages_topic_id": 4}),
    ],
)
async def test_it_stays_in_the_topic(fields, where) -> None:
    data = await sent_below("supergroup", **fields)
    assert {name: value for name, value in data.items() if name.endswith(("thread_id", "topic_id"))} == where
