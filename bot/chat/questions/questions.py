"""Questions in, answers out: a new question is answered below, an edited one in the answer that it has already."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from time import perf_counter
from typing import Final, Protocol

from cachetools import LRUCache
from telegram import CallbackQuery, Message
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated
from telegram.ext import filters

from bot.answering.answer import Answer
from bot.answering.language.normalize import normalize
from bot.chat.browsing.sharing import Sharing
from bot.chat.callback_data import FactButton, Placement
from bot.chat.library import Edition, Library
from bot.chat.replies import Reply
from bot.chat.sending import answer_press, reader_of, send_after, send_below, show
from bot.chat.subscriptions.membership_changes import MembershipHandler
from bot.chat.texts import Locale, locale_for, texts
from bot.chat.updates import Context, Handler, is_private, on_message, on_press
from bot.storage import question_hash
from bot.storage.memory import Memory

from .votes import with_answer_buttons

_TEXT: Final = filters.TEXT | filters.CAPTION
# The message that was to be edited is deleted, or too old.
_UNEDITABLE: Final = ("not found", "can't be edited")
_REMEMBERED: Final = 10_000  # answers that an edited question still finds


class Metrics(Protocol):
    """Counts and times answers; a Protocol, as what does so belongs to serving, which chat may not import."""

    def answered(self, outcome: str, language: str, seconds: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Answered:
    """The hash of what was asked, as a question may be as long as a message, and the message that answers it."""

    question: int
    answer_id: int


class QuestionHandler:
    """Answers the questions of private chats and of groups, and knows which message answers which."""

    def __init__(
        self,
        library: Library,
        sharing: Sharing,
        memberships: MembershipHandler,
        memory: Memory,
        metrics: Metrics | None,
    ) -> None:
        self._library = library
        self._sharing = sharing
        self._memberships = memberships
        self._memory = memory
        self._metrics = metrics
        self._answered: MutableMapping[tuple[int, int], Answered] = LRUCache(_REMEMBERED)

    def handlers(self) -> list[Handler]:
        return [
            on_message(filters.UpdateType.MESSAGE & _TEXT, self._asked),
            on_message(filters.UpdateType.EDITED_MESSAGE & _TEXT, self._edited),
            on_press(FactButton, self._picked),
        ]

    async def _asked(self, message: Message, context: Context) -> None:
        """Answers what a message asks; where it asks nothing, tells how to ask."""
        if context.question is not None:
            reply = await self._reply(message, context.question)
            self._remember(message, context.question, await self._sent(message, reply))
        elif message.chat.type == ChatType.PRIVATE and not message.via_bot:
            say = texts(reader_of(message.from_user))
            await send_below(message, Reply(say("unknown-command")))

    async def _edited(self, message: Message, context: Context) -> None:
        """Answers an edited question in the answer that it has; an edit that changes nothing is none.

        A message without an answer is left as it is: it was not meant for the bot, or is long past.
        """
        question = context.question
        earlier = self._answered.get((message.chat.id, message.message_id))
        if question is None or earlier is None or earlier.question == hash(question):
            return
        reply = await self._reply(message, question)
        edited = await _edit(message, earlier.answer_id, reply)
        self._remember(message, question, earlier.answer_id if edited else await self._sent(message, reply))

    async def _picked(self, query: CallbackQuery, button: FactButton) -> None:
        """Shows the fact that a button stands for."""
        locale = locale_for(button.language, reader_of(query.from_user))
        reply = self._library.now.replies.to_pick(button.key, locale)
        if reply is None:
            await answer_press(query, texts(locale)("gone"))
            return
        # Telegram takes an answer to a press for some seconds only, so it comes before the work.
        await answer_press(query)
        reply = with_answer_buttons(reply, self._sharing, locale, votes=is_private(query))
        await (send_after if button.placement is Placement.BELOW else show)(query, reply)

    async def _reply(self, message: Message, question: str) -> Reply:
        reader = reader_of(message.from_user)
        if not question:
            await self._seen(message, reader)
            return Reply(texts(reader)("how-to-ask"))
        private = message.chat.type == ChatType.PRIVATE
        edition = self._library.now
        answer = await self._answer(question, edition)
        locale = locale_for(answer.language, reader)
        await self._seen(message, locale)
        reply = edition.replies.to_answer(answer, locale, brief=not private)
        return with_answer_buttons(reply, self._sharing, locale, question_hash(normalize(question)), votes=private)

    async def _answer(self, question: str, edition: Edition) -> Answer:
        """The answer, timed and counted."""
        begun = perf_counter()
        answer = edition.answerer.answer(question)
        if self._metrics is not None:
            self._metrics.answered(answer.outcome, answer.language, perf_counter() - begun)
        facts = [match.fact.id for match in answer.matches]
        day = self._memory.utcnow().date()
        await self._memory.questions.asked(normalize(question), answer.outcome, facts, day)
        return answer

    async def _sent(self, message: Message, reply: Reply) -> int:
        """The id of the message that was sent."""
        try:
            return await send_below(message, reply)
        except ChatMigrated as error:
            # The question has another number in the supergroup, so that nothing can be a reply to it there.
            await self._memberships.moved(message.chat.id, error.new_chat_id)
            bot, chat = message.get_bot(), error.new_chat_id
            sent = await bot.send_message(chat, reply.html, ParseMode.HTML, reply_markup=reply.keyboard)
            return sent.message_id

    def _remember(self, message: Message, question: str, answer_id: int) -> None:
        self._answered[message.chat.id, message.message_id] = Answered(hash(question), answer_id)

    async def _seen(self, message: Message, locale: Locale) -> None:
        """Remembers a group that asks; private chats are remembered whatever is written in them."""
        chat = message.chat
        if chat.type == ChatType.PRIVATE:
            return
        topic = message.message_thread_id if message.is_topic_message else None
        await self._memory.chats.seen(chat.id, chat.type, chat.title or "", locale, topic)


async def _edit(message: Message, answer_id: int, reply: Reply) -> bool:
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
