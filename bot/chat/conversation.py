"""The conversation put together, and its part in private chats: /start, /help, questions, and presses of buttons."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from telegram import CallbackQuery, Chat, Message, Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.chat.browsing.sharing import Sharing
from bot.chat.questions.answer_buttons import Below
from bot.chat.questions.asking import Asking, Metrics
from bot.chat.questions.questions import Questions
from bot.chat.questions.votes import Feedback
from bot.chat.subscriptions.membership_changes import Standing
from bot.chat.subscriptions.subscribing import Subscribing
from bot.storage import Memory

from .addressing import question_in
from .browsing import browsing
from .buttons import Effect, Press
from .commands import introduce
from .replies import Reply
from .sending import answer_press, reader_of, send_after, send_below, show
from .texts import Locale, locale_for, texts
from .unknown_buttons import ForgedPresses

if TYPE_CHECKING:
    from .library import Library

App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Context: TypeAlias = CallbackContext[Any, Any, Any, Any]

# The kinds of update that are handled here; Telegram is asked for no others. Of a channel's posts, only commands are.
UPDATES: Final = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CHANNEL_POST,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)

_WRITTEN: Final = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
_PRIVATE: Final = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.VIA_BOT
# A payment asks nothing; python-telegram-bot takes it for an attachment, with a warning.
_WITHOUT_TEXT: Final = (~filters.SUCCESSFUL_PAYMENT & filters.ATTACHMENT) | filters.CHECKLIST | filters.STORY
# Before the conversation, which answers what this only notes.
_NOTING: Final = -10


def install(  # noqa: PLR0913 (all but the first two are the parts of the house that a conversation can do without)
    application: App,
    library: Library,
    *,
    memory: Memory | None = None,
    metrics: Metrics | None = None,
    admins: Collection[int] = (),
    source_url: str | None = None,
    noting: Collection[BaseHandler[Any, Any, Any]] = (),
    desk: Collection[BaseHandler[Any, Any, Any]] = (),
) -> None:
    """Adds the conversation's handlers to `application`, and as its `post_init` what shows the bot in Telegram.

    `library`: what answers questions, which must never block for long. `admins`: the ids of those whose chats have a
    menu of their own. `source_url`: the address of the source code, for /about. `desk`: the handlers of what only
    admins may do; before them goes only that of forged presses. `noting`: handlers that keep nothing from the others.
    """
    # Reading the texts takes a moment, for which the first reader would hold up all the others.
    for locale in Locale:
        texts(locale)
    memory = memory or Memory.none()
    sharing = Sharing(application.bot)
    standing = Standing(memory)
    below = Below(sharing)
    questions = Questions(library, Asking(memory, metrics), below, standing, memory)
    conversation = Conversation(library, questions, below, memory)
    application.add_handlers([ForgedPresses(), *desk, *standing.handlers(), *Feedback(library, memory).handlers()])
    application.add_handlers(Subscribing(memory.subscriptions).handlers())
    browsing.install(application, library, sharing, source_url)
    application.add_handlers(conversation.handlers())
    for handlers in application.handlers.values():
        for handler in handlers:
            standing.guard(handler)
    application.add_handler(TypeHandler(Update, conversation.note), group=_NOTING)
    application.add_handlers(list(noting), group=_NOTING + 1)

    async def show_in_telegram(application: App) -> None:
        await introduce(application.bot, admins)

    application.post_init = show_in_telegram


class Conversation:
    """The handlers; each answers one update."""

    def __init__(self, library: Library, questions: Questions, below: Below, memory: Memory) -> None:
        self._library = library
        self._questions = questions
        self._below = below
        self._memory = memory

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        return [
            CommandHandler("start", self.start, filters=_PRIVATE),
            CommandHandler("help", self.help, filters=_PRIVATE),
            MessageHandler(_WRITTEN & (filters.TEXT | filters.CAPTION), self.written),
            MessageHandler(_PRIVATE & _WITHOUT_TEXT, self.without_text),
            CallbackQueryHandler(self.press),
        ]

    async def note(self, update: Update, _: Context) -> None:
        """Remembers a private chat, whatever is written in it; of groups, those that ask are remembered."""
        message = update.message
        if message is not None and message.chat.type == Chat.PRIVATE:
            await self._memory.chats.seen(message.chat.id, message.chat.type, "", reader_of(message.from_user))

    async def start(self, update: Update, _: Context) -> None:
        message = _message(update)
        await send_below(message, self._library.now.replies.welcome(reader_of(message.from_user)))

    async def help(self, update: Update, _: Context) -> None:
        await self._say("help", _message(update))

    async def without_text(self, update: Update, _: Context) -> None:
        await self._say("text-only", _message(update))

    async def written(self, update: Update, context: Context) -> None:
        message = update.message or update.edited_message
        if message is None:
            raise TypeError("a handler of messages was given another update")
        question = question_in(message, context.bot.bot)
        if question is not None:
            await self._questions.take(message, question, edited=update.message is None)
        elif update.message is not None and message.chat.type == Chat.PRIVATE and not message.via_bot:
            await self._say("unknown-command", message)

    async def press(self, update: Update, _: Context) -> None:
        query = _query(update)
        reader = reader_of(query.from_user)
        press = Press.read(query.data or "")
        locale = locale_for(press.language, reader) if press else reader
        reply = self._library.now.replies.to_press(press, locale) if press else None
        if press is None or reply is None:
            await answer_press(query, texts(locale)("gone"))
            return
        # Telegram takes an answer to a press for some seconds only, so it comes before the work.
        await answer_press(query)
        private = query.message is not None and query.message.chat.type == Chat.PRIVATE
        reply = self._below.added(reply, locale, votes=private)
        await (send_after if press.effect is Effect.NEW else show)(query, reply)

    @staticmethod
    async def _say(key: str, message: Message) -> None:
        await send_below(message, Reply(texts(reader_of(message.from_user))(key)))


def _message(update: Update) -> Message:
    if update.message is None:
        raise TypeError("a handler of messages was given another update")
    return update.message


def _query(update: Update) -> CallbackQuery:
    if update.callback_query is None:
        raise TypeError("a handler of presses was given another update")
    return update.callback_query
