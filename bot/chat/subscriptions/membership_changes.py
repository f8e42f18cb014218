"""Where the bot stands with its chats: which it may write to, and what became of those that it no longer may."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final

import structlog
from telegram import Chat, ChatMember, ChatMemberUpdated, Message, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import BaseHandler, ChatMemberHandler, MessageHandler, filters

from bot.chat.recent_items import Recent
from bot.chat.sending import reader_of

from .memberships import is_present, may_write
from .offering import Offering

if TYPE_CHECKING:
    from bot.chat.conversation import Context
    from bot.storage.memory import Memory

# What Telegram's words say of a chat, in the order in which they are looked for.
_ENDED: Final = {
    "blocked": "blocked",
    "deactivated": "deactivated",
    "chat was deleted": "deleted",
    "kicked": "kicked",
    "not a member": "left",
    "chat not found": "not found",
    "peer_id_invalid": "not found",
}
# Rights that a group withholds, and topics that are closed or gone.
_NOT_ALLOWED: Final = ("rights", "forbidden", "restricted", "topic", "thread not found", "administrator")
# Why a subscription has ended, where a chat goes on in which the bot cannot speak.
NO_RIGHT: Final = "no right to write"

log = structlog.get_logger(__name__)


def ended_because(error: TelegramError) -> str | None:
    """The word for why the bot can no longer write to a chat at all, if that is what Telegram says."""
    reason = error.message.lower()
    return next((because for words, because in _ENDED.items() if words in reason), None)


class Standing:
    """Tells `memory` when a chat begins, moves and ends."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._offering = Offering(memory.subscriptions)
        # What the log has on a chat already: people go on asking where the bot may not answer.
        self._logged: Recent[int, str] = Recent()

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        return [
            ChatMemberHandler(self._changed, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, self._migrated),
        ]

    def guard(self, handler: BaseHandler[Any, Any, Any]) -> None:
        """Has `handler` end with a line in the log where the bot may not write to the chat of an update."""
        work: Callable[[Update, Context], Coroutine[Any, Any, object]] = handler.callback

        async def guarded(update: Update, context: Context) -> None:
            try:
                await work(update, context)
            except TelegramError as error:
                chat = update.effective_chat
                if chat is None or not await self.explains(error, chat.id):
                    raise

        handler.callback = guarded

    async def explains(self, error: TelegramError, chat_id: int) -> bool:
        """Whether the bot may not write to the chat, or the chat is another now; that is noted."""
        if isinstance(error, ChatMigrated):
            await self.moved(chat_id, error.new_chat_id)
            return True
        if not isinstance(error, Forbidden | BadRequest):
            return False
        if because := ended_because(error):
            await self._ended(chat_id, because)
            return True
        if isinstance(error, Forbidden) or any(words in error.message.lower() for words in _NOT_ALLOWED):
            self._log("the bot may not write to a chat", chat_id, error.message)
            return True
        return False

    async def moved(self, old: int, new: int) -> None:
        """A group has become a supergroup."""
        self._log("a group has become a supergroup", old, f"it is {new} now")
        await self._memory.chats.moved(old, new)

    async def _changed(self, update: Update, _: Context) -> None:
        change = update.my_chat_member
        if change is None:
            raise TypeError("a handler of memberships was given another update")
        if is_present(change.new_chat_member):
            await self._begun(change)
        else:
            blocked = change.chat.type == Chat.PRIVATE
            left = change.new_chat_member.status == ChatMember.LEFT
            await self._ended(change.chat.id, "blocked" if blocked else "left" if left else "kicked")

    async def _begun(self, change: ChatMemberUpdated) -> None:
        chat = change.chat
        if not is_present(change.old_chat_member):
            self._log("a chat has begun", chat.id, chat.type)
        language = reader_of(change.from_user)
        await self._memory.chats.seen(chat.id, chat.type, chat.title or "", language)
        if not may_write(chat, change.new_chat_member):
            await self._memory.subscriptions.ended(chat.id, NO_RIGHT)
        elif not may_write(chat, change.old_chat_member):
            await self._offering.make(change)

    async def _ended(self, chat_id: int, because: str) -> None:
        self._log("a chat has ended", chat_id, because)
        await self._memory.chats.ended(chat_id, because)

    def _log(self, event: str, chat_id: int, reason: str) -> None:
        if self._logged.get(chat_id) != event:
            log.info(event, chat=chat_id, reason=reason)
        self._logged.put(chat_id, event)

    async def _migrated(self, update: Update, _: Context) -> None:
        message = update.message
        if message is None:
            raise TypeError("a handler of messages was given another update")
        old, new = _migration(message)
        await self.moved(old, new)


def _migration(message: Message) -> tuple[int, int]:
    # The old group and the supergroup both get a message of the move; each names the other.
    if message.migrate_from_chat_id is not None:
        return message.migrate_from_chat_id, message.chat.id
    return message.chat.id, message.migrate_to_chat_id or message.chat.id
