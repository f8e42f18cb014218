"""Offering announcements: to a group when the bot joins it, and to whoever lost them by blocking the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram import Chat, ChatMemberUpdated, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode

from bot.chat.replies import Reply
from bot.chat.sending import reader_of
from bot.chat.texts import Locale, texts
from bot.storage import UNSUBSCRIBED

if TYPE_CHECKING:
    from bot.storage import Subscriptions

# What the button carries.
SUBSCRIBE: Final = "sub:on"


class Offering:
    def __init__(self, subscriptions: Subscriptions) -> None:
        self._subscriptions = subscriptions

    async def make(self, change: ChatMemberUpdated) -> None:
        """Offers announcements in a chat that the bot may write to from now on, unless they go there already.

        In a channel, the offer would be a post that all its readers get.
        """
        chat = change.chat
        if chat.type == Chat.CHANNEL:
            return
        known = await self._subscriptions.known(chat.id)
        if known is not None and known.subscribed:
            return
        reader = reader_of(change.from_user)
        if chat.type != Chat.PRIVATE:
            await _send(chat, texts(reader)("subscribe-introduction"), reader)
        elif known is not None and known.ended not in (None, UNSUBSCRIBED):
            await _send(chat, texts(reader)("subscribe-back"), reader)


async def _send(chat: Chat, text: str, reader: Locale) -> None:
    reply = Reply(text, InlineKeyboardMarkup.from_button(_button(reader)))
    await chat.send_message(reply.html, parse_mode=ParseMode.HTML, reply_markup=reply.keyboard)


def _button(reader: Locale) -> InlineKeyboardButton:
    return InlineKeyboardButton(texts(reader)("subscribe-button"), callback_data=SUBSCRIBE)
