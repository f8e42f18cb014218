"""What chats will see, shown to the admin as they will see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.announcements.payload import Copy, Fact, FigureOfTheDay, Text

if TYPE_CHECKING:
    from telegram import Bot

    from bot.announcements.payload import Payload
    from bot.chat.texts import Locale


async def preview(bot: Bot, chat_id: int, payload: Payload, reader: Locale) -> int:
    """Sends it into a chat, and returns the id of its last message. Raises what Telegram says where that cannot be."""
    match payload:
        case Text():
            return await _text(bot, chat_id, payload.html)
        case Fact():
            return await _text(bot, chat_id, payload.html[str(reader)])
        case Copy(messages=(only,)):
            return (await bot.copy_message(chat_id, payload.chat_id, only)).message_id
        case Copy():
            copied = await bot.copy_messages(chat_id, payload.chat_id, payload.messages)
            # Telegram leaves out what it does not find.
            if len(copied) < len(payload.messages):
                raise BadRequest("not all messages were found")
            return copied[-1].message_id
        case FigureOfTheDay():
            raise BadRequest("it is chosen when it is sent")


async def preview_correction(bot: Bot, chat_id: int, original: Payload, corrected: Text) -> int:
    """Sends what `original` becomes where it is corrected. Returns and raises as `preview`."""
    if isinstance(original, Copy) and original.editable == "caption":
        first, caption = original.messages[0], corrected.html
        return (await bot.copy_message(chat_id, original.chat_id, first, caption, ParseMode.HTML)).message_id
    return await _text(bot, chat_id, corrected.html)


async def _text(bot: Bot, chat_id: int, html: str) -> int:
    return (await bot.send_message(chat_id, html, ParseMode.HTML)).message_id
