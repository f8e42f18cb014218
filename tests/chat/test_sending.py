"""Where replies go: the chat, the topic and the message that they are sent below."""

import pytest
from telegram import Bot, Update

from bot.chat.sending import Reply, send_below


@pytest.mark.asyncio
async def test_it_stays_in_the_topic_of_a_channels_direct_messages(monkeypatch) -> None:
    """Those of forums test_group_chat.py has."""
    sent = []

    async def note(_: object, endpoint: str, data: dict[str, object], **__: object) -> dict[str, int]:
        sent.append((endpoint, data["direct_messages_topic_id"], data.keys() & {"message_thread_id"}))
        return {"message_id": 7}

    monkeypatch.setattr(Bot, "_do_post", note)
    chat = {"id": -9, "type": "supergroup"}
    message = {"message_id": 5, "date": 1, "chat": chat, "text": "?", "direct_messages_topic": {"topic_id": 4}}
    update = Update.de_json({"update_id": 1, "message": message}, Bot("1:token"))
    assert await send_below(update.message, Reply("5")) == 7
    assert sent == [("sendMessage", 4, set())]
