"""Subscribed chats, and an admin who announces to them, for tests of announcements."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.bots.admin_bot import AdminBot, admin_bot
from tests.support.telegram_server import Chat, Message, Person, TelegramServer

SEND, SILENTLY, PIN, SCHEDULE, CANCEL, STOP = "Send", "Send silently", "Pin: no", "Schedule", "Cancel", "Stop"


async def subscribe(at: AdminBot, *chats: Chat, language: str = "en", topic: int | None = None) -> None:
    for chat in chats:
        assert await at.memory.chats.subscribe(chat.id, chat.type, chat.names.get("title", ""), language, topic)


@asynccontextmanager
async def announcing(
    server: TelegramServer, place: Path, groups: int = 1, language: str = "en", **settings
) -> AsyncIterator[tuple[AdminBot, list[Chat]]]:
    """An admin's bot, and groups that are subscribed."""
    async with admin_bot(server, place, language, **settings) as at:
        chats = [server.group(title=f"Group {number}") for number in range(1, groups + 1)]
        await subscribe(at, *chats)
        yield at, chats


async def announced(at: AdminBot, text: str, reply_to: Message | None = None) -> Message:
    """Writes /announce, and returns the message with the buttons, below the preview."""
    await at.admin.send(text, reply_to=reply_to)
    return await control(at.admin)


async def control(admin: Person) -> Message:
    """The next message of the bot that has the button to cancel."""
    message = await admin.next_message()
    while CANCEL not in [button.text for row in message.buttons for button in row]:
        message = await admin.next_message()
    return message


async def ended(at: AdminBot, message: Message) -> str:
    """The report that the message with the buttons becomes."""
    await at.admin.wait_for(lambda other: other is message and ("is done" in other.text or "was stopped" in other.text))
    return message.text
