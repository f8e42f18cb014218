"""Replies and their way out, below a message or in place of it; and what Telegram's errors mean for one attempt."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple, Self

import structlog
from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message, User
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.answering.answer import Answer
from bot.answering.knowledge.model import Fact
from bot.storage.deliveries import Ends, Failed, Moved, Sent, Unclear

from .rendering import LIMIT, cut, one_line, to_html
from .texts import Locale, locale_of

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
