"""Chat membership: where chats begin, move and end, and groups that are offered announcements when the bot joins."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Final

import structlog
from cachetools import LRUCache
from telegram import (
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    InlineKeyboardMarkup,
    Message,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, ChatMemberHandler, filters

from bot.chat.buttons import button
from bot.chat.callback_data import SubscribeButton, Subscription
from bot.chat.refusals import Failed, Moved, outcome_of
from bot.chat.sending import reader_of
from bot.chat.texts import Locale, texts
from bot.chat.updates import Context, Handler, on_message
from bot.storage import UNSUBSCRIBED, Memory

_ABSENT: Final = (ChatMember.LEFT, ChatMember.BANNED)
# Why a subscription has ended, where a chat goes on in which the bot cannot speak.
NO_RIGHT: Final = "no right to write"
_REMEMBERED: Final = 10_000  # chats

log = structlog.get_logger(__name__)


def is_present(member: ChatMember) -> bool:
    """Whether whoever has this membership is in the chat."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _ABSENT


def may_write(chat: Chat, member: ChatMember) -> bool:
    """Whether whoever has this membership of `chat` may send texts there, as far as that depends on the membership."""
    if chat.type == Chat.CHANNEL:
        return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return is_present(member)


class MembershipHandler:
    """Has `memory` note when a chat begins, moves and ends."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        # What the log has on a chat already: people go on asking where the bot may not answer.
        self._logged: MutableMapping[int, str] = LRUCache(_REMEMBERED)

    def handlers(self) -> list[Handler]:
        return [
            ChatMemberHandler(self._changed, ChatMemberHandler.MY_CHAT_MEMBER),
            on_message(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, self._migrated),
        ]

    async def on_error(self, update: object, context: Context) -> None:
        """Ends the error of a handler with a line in the log where it says that the bot may not write to the chat.

        Raises ApplicationHandlerStop then, so that no other error handler sees it.
        """
        chat = update.effective_chat if isinstance(update, Update) else None
        error = context.error
        if chat is not None and isinstance(error, TelegramError) and await self.explains(error, chat.id):
            raise ApplicationHandlerStop

    async def explains(self, error: TelegramError, chat_id: int) -> bool:
        """Notes that the bot may not write to the chat, or is another now; returns whether the error says so."""
        match outcome_of(error):
            case Moved(new_id):
                await self.moved(chat_id, new_id)
            case Failed(because, ends="chat"):
                await self._ended(chat_id, because)
            case Failed(ends="subscription"):
                self._log("the bot may not write to a chat", chat_id, error.message)
            case _:
                return False
        return True

    async def moved(self, old: int, new: int) -> None:
        """A group has become a supergroup."""
        self._log("a group has become a supergroup", old, f"it is {new} now")
        await self._memory.chats.moved(old, new)

    async def _changed(self, update: Update, _: Context) -> None:
        change = update.my_chat_member
        if change is None:
            raise TypeError("a handler of memberships was given another update")
        chat, before, now = change.chat, change.old_chat_member, change.new_chat_member
        if not is_present(now):
            left = "left" if now.status == ChatMember.LEFT else "kicked"
            await self._ended(chat.id, "blocked" if chat.type == Chat.PRIVATE else left)
            return
        if not is_present(before):
            self._log("a chat has begun", chat.id, chat.type)
        reader = reader_of(change.from_user)
        await self._memory.chats.seen(chat.id, chat.type, chat.title or "", reader)
        if not may_write(chat, now):
            await self._memory.subscriptions.ended(chat.id, NO_RIGHT)
        elif not may_write(chat, before):
            await self._offer_subscription(chat, reader)

    async def _offer_subscription(self, chat: Chat, reader: Locale) -> None:
        """Offers announcements to a group, and to whoever lost them by blocking the bot, unless they have them."""
        known = await self._memory.subscriptions.known(chat.id)
        lost = known is not None and known.ended not in (None, UNSUBSCRIBED)
        # In a channel, the offer would be a post that all its readers get.
        if chat.type == Chat.CHANNEL or (known and known.subscribed) or (chat.type == Chat.PRIVATE and not lost):
            return
        say = texts(reader)
        text = say("subscribe-back" if chat.type == Chat.PRIVATE else "subscribe-introduction")
        subscribe = button(say("subscribe-button"), SubscribeButton(Subscription.ON))
        await chat.send_message(text, ParseMode.HTML, reply_markup=InlineKeyboardMarkup.from_button(subscribe))

    async def _ended(self, chat_id: int, because: str) -> None:
        self._log("a chat has ended", chat_id, because)
        await self._memory.chats.ended(chat_id, because)

    async def _migrated(self, message: Message, _: Context) -> None:
        # The old group and the supergroup both get a message of the move; each names the other.
        if message.migrate_from_chat_id is not None:
            await self.moved(message.migrate_from_chat_id, message.chat.id)
        elif message.migrate_to_chat_id is not None:
            await self.moved(message.chat.id, message.migrate_to_chat_id)

    def _log(self, event: str, chat_id: int, reason: str) -> None:
        if self._logged.get(chat_id) != event:
            log.info(event, chat=chat_id, reason=reason)
        self._logged[chat_id] = event
