"""Updates: the handlers that are given what one holds, and which messages speak to the bot, and what these ask.

In a group these are /ask, a message that mentions the bot, and a reply to a message of the bot; nothing else.
"""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Self, TypeVar

from telegram import CallbackQuery, Message, MessageEntity, Update, User
from telegram.constants import ChatType
from telegram.ext import Application, BaseHandler, CallbackContext, CallbackQueryHandler, CommandHandler, MessageHandler
from telegram.ext.filters import BaseFilter, MessageFilter

from .buttons import Data, buttons_of
from .sending import answer_press, reader_of
from .texts import texts

App = Application[Any, Any, Any, Any, Any, Any]
Handler = BaseHandler[Any, Any, Any]
_ASK = "/ask"
# Offsets count UTF-16 units; a lone surrogate, which no text should have, must not end in an exception.
_UNITS = ("utf-16-le", "surrogatepass")


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

    async def pressed(update: Update, context: Context) -> None:
        query = part_of(update.callback_query)
        data = kind.unpack(query.data)
        if data is None or _is_forged(query):
            await refuse_press(update, context)
        else:
            await work(query, data)

    return CallbackQueryHandler(pressed, matches)


async def refuse_press(update: Update, _: Context) -> None:
    """Says that a button is no longer there."""
    query = part_of(update.callback_query)
    await answer_press(query, texts(reader_of(query.from_user))("gone"))


def _is_forged(query: CallbackQuery) -> bool:
    """Whether the message has no such button, as far as Telegram tells: people may write clients of their own."""
    message = query.message
    if isinstance(message, Message) and message.is_accessible:
        return all(one.callback_data != query.data for one in buttons_of(message.reply_markup))
    # Telegram does not tell the buttons of an old message. In a private chat the answer concerns nobody but whoever has
    # pressed. Messages without a chat are those sent through inline mode, which have links alone.
    return message is None or message.chat.type != ChatType.PRIVATE


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


def question_in(message: Message, bot: User) -> str | None:
    """What a message asks the bot; empty where it turns to the bot without a question, None where it does not."""
    text, entities = _written(message)
    name, _, other = _command(message).partition("@")
    if not text or not _by_a_person(message) or (other and other != (bot.username or "").casefold()):
        return None
    if name == _ASK:
        return _without_bot(message, bot) or asked_above(message, bot)
    if message.chat.type == ChatType.PRIVATE:
        return None if name else text
    # A group's menu and the link that adds the bot to a group name the bot in these.
    if other and name in ("/start", "/help"):
        return ""
    if any(_names(text, entity, bot) for entity in entities):
        return _without_bot(message, bot) or asked_above(message, bot)
    return text if _is_from(message.reply_to_message, bot) and not name else None


def asked_above(message: Message, bot: User) -> str:
    """What the message says that this one replies to, or the part of it that is quoted; empty where it is the bot's."""
    above = message.reply_to_message
    if _is_from(above, bot):
        return ""
    if message.quote:
        return message.quote.text.strip()
    return _without_bot(above, bot) if above else ""


def names_command(message: Message, bot: User) -> bool:
    """Whether the message begins with a command that is not for another bot."""
    name, _, other = _command(message).partition("@")
    return bool(name) and other in {"", (bot.username or "").casefold()}


def _written(message: Message) -> tuple[str, Sequence[MessageEntity]]:
    """What is written, and where in it Telegram has found mentions and commands."""
    return message.text or message.caption or "", message.entities or message.caption_entities


def _by_a_person(message: Message) -> bool:
    """Whether a person wrote it: not through an inline bot, and in a group no forward, channel's post or other bot."""
    if message.via_bot:
        return False
    if message.chat.type == ChatType.PRIVATE:
        return True
    if message.forward_origin or message.is_automatic_forward:
        return False
    # Anonymous administrators and channels write as bots of Telegram's own, with the true sender beside it.
    return message.sender_chat is not None or message.from_user is None or not message.from_user.is_bot


def _command(message: Message) -> str:
    """The command that a message begins with, such as /ask@shushuo_bot, in small letters; empty where there is none."""
    text, entities = _written(message)
    first = next((entity for entity in entities if entity.offset == 0), None)
    return _part(text, first).casefold() if first and first.type == MessageEntity.BOT_COMMAND else ""


def _names(text: str, entity: MessageEntity, bot: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    return entity.type == MessageEntity.MENTION and _part(text, entity).casefold() == bot.name.casefold()


def _is_from(message: Message | None, bot: User) -> bool:
    """Whether the bot itself sent it, and not to create a topic: to that, every message of the topic replies."""
    if message is None or message.from_user is None or message.forum_topic_created:
        return False
    return message.from_user.id == bot.id


def _without_bot(message: Message, bot: User) -> str:
    """What is written, without /ask at its beginning, and without the bot's name wherever it stands."""
    text, entities = _written(message)
    is_ask = _command(message).partition("@")[0] == _ASK
    cut = [entity for entity in entities if (is_ask and entity.offset == 0) or _names(text, entity, bot)]
    encoded = text.encode(*_UNITS)
    for entity in sorted(cut, key=lambda entity: entity.offset, reverse=True):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        encoded = encoded[:start] + " ".encode(*_UNITS) + encoded[end:]
    return encoded.decode(*_UNITS).strip()


def _part(text: str, entity: MessageEntity) -> str:
    return text.encode(*_UNITS)[2 * entity.offset : 2 * (entity.offset + entity.length)].decode(*_UNITS)
