"""Presses of buttons that are not there: whoever writes a client of their own sends whatever data they like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import CallbackQuery, Chat, Message, Update
from telegram.ext import BaseHandler

from .sending import answer_press, reader_of
from .texts import texts

if TYPE_CHECKING:
    from .conversation import Context


class ForgedPresses(BaseHandler[Update, Any, None]):
    """Takes the presses that no other handler is to see, and says that the button is no longer there."""

    def __init__(self) -> None:
        super().__init__(_refuse)

    def check_update(self, update: object) -> bool:
        query = update.callback_query if isinstance(update, Update) else None
        return query is not None and not _is_there(query)


def _is_there(query: CallbackQuery) -> bool:
    """Whether the pressed message has a button with this data, as far as Telegram tells."""
    message = query.message
    if isinstance(message, Message) and message.is_accessible:
        rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
        return query.data is not None and any(button.callback_data == query.data for row in rows for button in row)
    # Telegram does not tell the buttons of an old message. In a private chat the answer concerns nobody but whoever
    # has pressed. Messages without a chat are those sent through inline mode, which have links alone.
    return message is not None and message.chat.type == Chat.PRIVATE and bool(query.data)


async def _refuse(update: Update, _: Context) -> None:
    query = update.callback_query
    if query is None:
        raise TypeError("a handler of presses was given another update")
    await answer_press(query, texts(reader_of(query.from_user))("gone"))
