"""Private chats: /start, /help, questions, and presses of buttons."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import structlog
from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, CallbackContext, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.answering.answer import Answer, Language

from .buttons import Effect, Press
from .replies import Replies, Reply
from .texts import TEXTS, Texts

if TYPE_CHECKING:
    from bot.answering.knowledge import Knowledge

App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Context: TypeAlias = CallbackContext[Any, Any, Any, Any]

# The kinds of update that are handled here; Telegram is asked for no others.
UPDATES: Final = (Update.MESSAGE, Update.CALLBACK_QUERY)

_PRIVATE: Final = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
_WITHOUT_TEXT: Final = (filters.ATTACHMENT | filters.STORY) & ~filters.VIA_BOT

log = structlog.get_logger(__name__)


def install(application: App, knowledge: Knowledge, answer: Callable[[str], Answer]) -> None:
    """Adds the conversation's handlers to `application`. `answer` answers a question, and must never block for long."""
    conversation = Conversation(Replies(knowledge, answer))
    application.add_handlers(
        [
            CommandHandler("start", conversation.start, filters=_PRIVATE),
            CommandHandler("help", conversation.help, filters=_PRIVATE),
            MessageHandler(_PRIVATE & filters.COMMAND, conversation.unknown_command),
            MessageHandler(_PRIVATE & filters.TEXT, conversation.question),
            MessageHandler(_PRIVATE & _WITHOUT_TEXT, conversation.without_text),
            CallbackQueryHandler(conversation.press),
        ]
    )
    application.add_error_handler(conversation.error)


class Conversation:
    """The handlers; each answers one update."""

    def __init__(self, replies: Replies) -> None:
        self._replies = replies

    async def start(self, update: Update, _: Context) -> None:
        await _reply(_message(update), self._replies.welcome(_language(update.effective_user)))

    async def help(self, update: Update, _: Context) -> None:
        await _reply(_message(update), Reply(_texts(update).help))

    async def unknown_command(self, update: Update, _: Context) -> None:
        await _reply(_message(update), Reply(_texts(update).unknown_command))

    async def without_text(self, update: Update, _: Context) -> None:
        await _reply(_message(update), Reply(_texts(update).text_only))

    async def question(self, update: Update, _: Context) -> None:
        message = _message(update)
        await _reply(message, self._replies.to_question(message.text or ""))

    async def press(self, update: Update, _: Context) -> None:
        query = _query(update)
        press = Press.read(query.data or "")
        reply = self._replies.to_press(press) if press else None
        if press is None or reply is None:
            await _answer(query, TEXTS[press.language if press else _language(query.from_user)].gone)
            return
        # Telegram takes an answer to a press for some seconds only, so it comes before the work.
        await _answer(query)
        if press.effect is Effect.NEW or not await _replaced(query, reply):
            await _send(query.from_user, reply)

    async def error(self, update: object, context: Context) -> None:
        error = context.error
        match error:
            case Forbidden():
                log.info("a person has blocked the bot")
            case RetryAfter() | NetworkError() if not isinstance(error, BadRequest):
                log.warning("a reply could not be sent", reason=str(error))
            case _:
                log.error("an update could not be answered", exc_info=error)
                await _apologise(update)


async def _apologise(update: object) -> None:
    if not isinstance(update, Update) or update.effective_chat is None:
        return
    if update.effective_chat.type == Chat.PRIVATE:
        with suppress(TelegramError):
            await update.effective_chat.send_message(_texts(update).trouble)


async def _answer(query: CallbackQuery, text: str | None = None) -> None:
    # "Query is too old": the bot was away when the button was pressed. The message can still be answered.
    with suppress(BadRequest):
        await query.answer(text)


async def _replaced(query: CallbackQuery, reply: Reply) -> bool:
    try:
        await query.edit_message_text(reply.html, parse_mode=ParseMode.HTML, reply_markup=reply.keyboard)
    except BadRequest as error:
        # A second press of the same button finds its answer there already.
        return "not modified" in error.message.lower()
    return True


async def _reply(message: Message, reply: Reply) -> None:
    await message.reply_html(reply.html, reply_markup=reply.keyboard)


async def _send(person: User, reply: Reply) -> None:
    await person.send_message(reply.html, parse_mode=ParseMode.HTML, reply_markup=reply.keyboard)


def _message(update: Update) -> Message:
    if update.message is None:
        raise TypeError("a handler of messages was given another update")
    return update.message


def _query(update: Update) -> CallbackQuery:
    if update.callback_query is None:
        raise TypeError("a handler of presses was given another update")
    return update.callback_query


def _texts(update: Update) -> Texts:
    return TEXTS[_language(update.effective_user)]


def _language(person: User | None) -> Language:
    """The language of menus, from the language that the person's Telegram is set to."""
    code = (person.language_code if person else None) or ""
    return Language.CHINESE if code.lower().startswith("zh") else Language.ENGLISH
