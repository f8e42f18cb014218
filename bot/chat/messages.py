"""Messages in and out: which handlers are given an update, what a message asks of the bot, and replies on their way.

In a group, /ask, a message that mentions the bot, and a reply to a message of the bot speak to it; nothing else.
"""

import json
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple, Self, TypeVar

import structlog
from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message, MessageEntity, Update, User
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import Application, BaseHandler, CallbackContext, CallbackQueryHandler, CommandHandler, MessageHandler
from telegram.ext.filters import BaseFilter, MessageFilter

from bot.answering.answer import Answer
from bot.answering.knowledge.model import Fact
from bot.storage.deliveries import Ends, Failed, Moved, Sent, Unclear

from .buttons import Data, buttons_of
from .rendering import LIMIT, cut, one_line, to_html
from .texts import Locale, locale_of, texts

Handler = BaseHandler[Any, Any, Any]
App = Application[Any, Any, Any, Any, Any, Any]
_ASK = "/ask"
# Offsets count UTF-16 units; a lone surrogate, which no text should have, must not end in an exception.
_UNITS = ("utf-16-le", "surrogatepass")
_NO_PREVIEW = json.dumps({"is_disabled": True})
# What is in Telegram's words of a permanent error, in the order in which it is looked for; our word for it, and what it
# ends.
PERMANENT: dict[str, tuple[str, Ends]] = {
    "blocked": ("blocked", "chat"),
    "deactivated": ("deactivated", "chat"),
    "chat was deleted": ("deleted", "chat"),
    "kicked": ("kicked", "chat"),
    "not a member": ("left", "chat"),
    "chat not found": ("not found", "chat"),
    "peer_id_invalid": ("not found", "chat"),
    "topic_closed": ("topic closed", "subscription"),
    "topic_deleted": ("topic deleted", "subscription"),
    "thread not found": ("topic deleted", "subscription"),
    "rights": ("no right to write", "subscription"),
    "write_forbidden": ("no right to write", "subscription"),
    "chat_restricted": ("no right to write", "subscription"),
    "administrator": ("no right to write", "subscription"),
    "can't be edited": ("too old to edit", ""),
    "not found": ("message gone", ""),
    "message_id_invalid": ("message gone", ""),
}
_LONGEST = 100

log = structlog.get_logger(__name__)


class StatelessApplication(App):
    """The application; it keeps no note of every chat and person, as it has no persistence to hand them to."""

    def _mark_for_persistence_update(self, **_: object) -> None:
        pass


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


# ---- what a message asks


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


# ---- replies out


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to send: HTML of up to 4096 units of text, its buttons, the facts that it states, the list it pages."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    stated: tuple[Fact, ...] = ()
    pages: Answer | None = None

    @classmethod
    def plain(cls, text: str, keyboard: InlineKeyboardMarkup | None = None) -> Self:
        """A reply of plain text, escaped and cut."""
        return cls(to_html(cut(text, LIMIT)), keyboard)


def reader_of(person: User | None) -> Locale:
    """The locale of whoever reads a reply: that of the person's Telegram."""
    return locale_of(person.language_code if person else None)


async def send_below(message: Message, reply: Reply) -> int:
    """Sends `reply` into the chat and the topic of `message`, in a group as a reply to it; returns its number."""
    private = message.chat.type == ChatType.PRIVATE
    below = {"message_id": message.message_id, "allow_sending_without_reply": True}
    # 0.05 ms of CPU; `send_message`, which makes objects of all this and of the result, takes 0.31 ms.
    sent = await message.get_bot()._post(  # noqa: SLF001
        "sendMessage",
        {
            "chat_id": message.chat.id,
            "message_thread_id": message.message_thread_id if message.is_topic_message else None,
            "direct_messages_topic_id": message.direct_messages_topic and message.direct_messages_topic.topic_id,
            "text": reply.html,
            "parse_mode": ParseMode.HTML,
            "link_preview_options": _NO_PREVIEW,
            "reply_parameters": None if private else json.dumps(below),
            "reply_markup": reply.keyboard and _keyboard_json(reply.keyboard),
        },
    )
    return int(sent["message_id"])


def _keyboard_json(keyboard: InlineKeyboardMarkup) -> str:
    """The keyboard in JSON, in a fifth of the time that its `to_json` takes."""
    rows = [
        [{name: value for name in button.__slots__ if (value := getattr(button, name)) is not None} for button in row]
        for row in keyboard.inline_keyboard
    ]
    return json.dumps({"inline_keyboard": rows})


async def edit(bot: Bot, chat_id: int, message_id: int, reply: Reply) -> bool:
    """Makes a message of the bot `reply`; returns False where that is deleted, or too old to be edited."""
    try:
        await bot.edit_message_text(
            reply.html, chat_id, message_id, parse_mode=ParseMode.HTML, reply_markup=reply.keyboard
        )
    except BadRequest as error:
        # A second press of the same button finds its answer there already.
        return "not modified" in error.message.lower()
    return True


async def tell_admin(bot: Bot, admin: int, html: str, what: str) -> bool:
    """Sends HTML to an admin; returns whether Telegram took it. `what`: it is about, for the log where it did not."""
    try:
        await bot.send_message(admin, html, parse_mode=ParseMode.HTML)
    except TelegramError as error:
        log.warning("an admin could not be told", who=admin, what=what, reason=error.message)
        return False
    return True


async def answer_press(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Ends the waiting sign on the button, and shows `text`, if any; with `alert`, until that is closed."""
    # "Query is too old": the bot was away when the button was pressed. The message can still be answered.
    with suppress(TelegramError):
        await query.answer(text, show_alert=alert)


async def answer_with(query: CallbackQuery, reply: Reply) -> None:
    """Ends the waiting sign on the button, and makes the message with it `reply`."""
    await answer_press(query)
    await show(query, reply)


async def show(query: CallbackQuery, reply: Reply) -> None:
    """Makes the message with the pressed button `reply`; sends it anew where that message cannot be edited any more."""
    message = query.message
    if message is None or not await edit(query.get_bot(), message.chat.id, message.message_id, reply):
        await send_after(query, reply)


async def send_after(query: CallbackQuery, reply: Reply) -> None:
    """Sends `reply` into the chat and the topic of the message with the pressed button."""
    message = query.message
    if isinstance(message, Message):
        await message.reply_html(reply.html, reply_markup=reply.keyboard, do_quote=False)
    else:
        chat = message.chat if message else query.from_user
        await chat.send_message(reply.html, parse_mode=ParseMode.HTML, reply_markup=reply.keyboard)


# ---- what Telegram's errors mean for one attempt to send


class Wait(NamedTuple):
    """Telegram asks to send nothing for so many seconds."""

    seconds: float


SendOutcome = Sent | Failed | Moved | Wait | Unclear


def outcome_of(error: TelegramError) -> SendOutcome:
    match error:
        case RetryAfter():
            return Wait(seconds_of(error))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden() | BadRequest():
            reason = error.message.lower()
            for words, (word, ends) in PERMANENT.items():
                if words in reason:
                    return Failed(word, ends)
            return Failed(one_line(error.message)[:_LONGEST], "subscription" if isinstance(error, Forbidden) else "")
        case _:
            return Unclear(one_line(error.message)[:_LONGEST])


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
