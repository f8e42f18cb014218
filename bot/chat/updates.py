"""The types of updates and their handlers, and handlers that are given what an update holds: a message or a press."""

from collections.abc import Callable, Coroutine
from typing import Any, Self, TypeVar

from telegram import CallbackQuery, Message, Update
from telegram.ext import Application, BaseHandler, CallbackContext, CallbackQueryHandler, CommandHandler, MessageHandler
from telegram.ext.filters import BaseFilter, MessageFilter

from .addressing import question_in
from .callback_data import CallbackData

App = Application[Any, Any, Any, Any, Any, Any]
Handler = BaseHandler[Any, Any, Any]


class Context(CallbackContext[Any, Any, Any, Any]):
    """The context of an update: what python-telegram-bot gives, and what the update's message asks."""

    # Empty where a message turns to the bot without one, None where it does not.
    question: str | None = None

    @classmethod
    def from_update(cls, update: object, application: App) -> Self:
        context: Self = super().from_update(update, application)
        if isinstance(update, Update) and (message := update.message or update.edited_message):
            context.question = question_in(message, context.bot.bot)
        return context


T = TypeVar("T")
Data = TypeVar("Data", bound=CallbackData)
OnMessage = Callable[[Message, Context], Coroutine[Any, Any, None]]
OnPress = Callable[[CallbackQuery, Data], Coroutine[Any, Any, None]]

# The kinds of update that are handled; Telegram is asked for no others. Of a channel's posts, only commands are.
UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CHANNEL_POST,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)


class Matches(MessageFilter):
    """Passes the messages of which `matches` says yes."""

    def __init__(self, matches: Callable[[Message], bool]) -> None:
        super().__init__()
        self._matches = matches

    def filter(self, message: Message) -> bool:
        return self._matches(message)


def on_command(name: str, work: OnMessage, wanted: BaseFilter, *, has_args: int | None = None) -> Handler:
    """The handler of /`name` in messages that `wanted` matches; `context.args` holds the words behind it."""
    return CommandHandler(name, _with_message(work), wanted, has_args=has_args)


def on_message(wanted: BaseFilter, work: OnMessage) -> Handler:
    """The handler of messages that `wanted` matches: new ones, edited ones and a channel's posts alike."""
    return MessageHandler(wanted, _with_message(work))


def on_press(kind: type[Data], work: OnPress[Data], wanted: Callable[[Data], bool] | None = None) -> Handler:
    """The handler of buttons that carry a `kind`, of all or of those that are `wanted`; `work` answers the query."""

    def matches(data: object) -> bool:
        found = kind.unpack(data)
        return found is not None and (wanted is None or wanted(found))

    async def pressed(update: Update, _: Context) -> None:
        query = part_of(update.callback_query)
        data = kind.unpack(query.data)
        if data is not None:
            await work(query, data)

    return CallbackQueryHandler(pressed, matches)


def part_of(content: T | None) -> T:
    """What a handler takes of an update. Raises TypeError for an update of another kind, which has none."""
    if content is None:
        raise TypeError("a handler was given an update of another kind")
    return content


def topic_of(message: Message) -> int | None:
    """The forum topic of a message; None in the General topic, and in a chain of replies, which has an id too."""
    return message.message_thread_id if message.is_topic_message else None


def _with_message(work: OnMessage) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    async def handle(update: Update, context: Context) -> None:
        await work(part_of(update.message or update.edited_message or update.channel_post), context)

    return handle
