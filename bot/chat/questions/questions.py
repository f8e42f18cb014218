"""Questions in, answers out: a new question is answered below, an edited one in the answer that it has already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated

from bot.answering.language.normalize import normalize
from bot.chat.recent_items import Recent
from bot.chat.replies import Reply
from bot.chat.sending import reader_of, send_below
from bot.chat.texts import locale_for, texts
from bot.storage import question_hash

if TYPE_CHECKING:
    from telegram import Message

    from bot.chat.library import Library
    from bot.chat.subscriptions.membership_changes import Standing
    from bot.chat.texts import Locale
    from bot.storage.memory import Memory

    from .answer_buttons import Below
    from .asking import Asking

# The message that was to be edited is deleted, or too old.
_UNEDITABLE: Final = ("not found", "can't be edited")


@dataclass(frozen=True, slots=True)
class Answered:
    """The hash of what was asked, as a question may be as long as a message, and the message that answers it."""

    question: int
    answer_id: int


class Questions:
    """Answers the questions of private chats and of groups, and knows which message answers which."""

    def __init__(self, library: Library, asking: Asking, below: Below, standing: Standing, memory: Memory) -> None:
        self._library = library
        self._asking = asking
        self._below = below
        self._standing = standing
        self._memory = memory
        self._answered: Recent[tuple[int, int], Answered] = Recent()

    async def take(self, message: Message, question: str, *, edited: bool) -> None:
        """Answers what a message asks; where it asks nothing, tells how to ask. An edit that changes nothing is none.

        An edit of a message that has no answer is left alone: it was not meant for the bot, or is long past.
        """
        earlier = self._answered.get((message.chat.id, message.message_id))
        if edited and (earlier is None or earlier.question == hash(question)):
            return
        reply = await self._reply(message, question)
        if edited and earlier is not None and await _edited(message, earlier.answer_id, reply):
            answer_id = earlier.answer_id
        else:
            answer_id = await self._sent(message, reply)
        self._answered.put((message.chat.id, message.message_id), Answered(hash(question), answer_id))

    async def _reply(self, message: Message, question: str) -> Reply:
        reader = reader_of(message.from_user)
        if not question:
            await self._seen(message, reader)
            return Reply(texts(reader)("how-to-ask"))
        private = message.chat.type == ChatType.PRIVATE
        edition = self._library.now
        answer = await self._asking.ask(question, edition)
        locale = locale_for(answer.language, reader)
        await self._seen(message, locale)
        reply = edition.replies.to_answer(answer, locale, brief=not private)
        return self._below.added(reply, locale, question_hash(normalize(question)), votes=private)

    async def _sent(self, message: Message, reply: Reply) -> int:
        try:
            return await send_below(message, reply)
        except ChatMigrated as error:
            # The question has another number in the supergroup, so that nothing can be a reply to it there.
            await self._standing.moved(message.chat.id, error.new_chat_id)
            bot, chat = message.get_bot(), error.new_chat_id
            sent = await bot.send_message(chat, reply.html, ParseMode.HTML, reply_markup=reply.keyboard)
            return sent.message_id

    async def _seen(self, message: Message, locale: Locale) -> None:
        """Remembers a group that asks; private chats are remembered whatever is written in them."""
        chat = message.chat
        if chat.type == ChatType.PRIVATE:
            return
        topic = message.message_thread_id if message.is_topic_message else None
        await self._memory.chats.seen(chat.id, chat.type, chat.title or "", locale, topic)


async def _edited(message: Message, answer_id: int, reply: Reply) -> bool:
    """Whether the answer now is `reply`; not where it cannot be edited any more."""
    bot = message.get_bot()
    try:
        await bot.edit_message_text(
            reply.html, message.chat.id, answer_id, parse_mode=ParseMode.HTML, reply_markup=reply.keyboard
        )
    except BadRequest as error:
        reason = error.message.lower()
        if any(words in reason for words in _UNEDITABLE):
            return False
        if "not modified" not in reason:
            raise
    return True
