"""A draft as chats will see it, and the message below: whom it goes to, how long that takes, buttons to decide."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from telegram import ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.announcements.payload import Copy, Fact, FigureOfTheDay, PayloadError, Text, payload_of
from bot.chat.markup import Piece, to_html
from bot.chat.plain_text import cut, one_line
from bot.chat.replies import Reply
from bot.chat.sending import send_below
from bot.chat.texts import Locale, texts
from bot.storage import Action, State

from .buttons import ButtonAction, button, keyboard
from .wording import audience_line, state, takes_line

if TYPE_CHECKING:
    from telegram import Bot, InlineKeyboardMarkup, Message

    from bot.announcements.payload import Payload
    from bot.storage import Announcement, Draft, Memory

Show: TypeAlias = Callable[[], Awaitable[int]]
_LONGEST: Final = 100

_TO: Final[Mapping[Action, str]] = {
    Action.CORRECT: "announce-correct-to",
    Action.WITHDRAW: "announce-withdraw-to",
    Action.RESEND: "announce-resend-to",
}
_DO: Final[Mapping[Action, str]] = {
    Action.CORRECT: "announce-do-correct",
    Action.WITHDRAW: "announce-do-withdraw",
    Action.RESEND: "announce-do-resend",
}


class Drafts:
    """Makes these messages. `rate`: messages a second."""

    def __init__(self, memory: Memory, rate: int) -> None:
        self._memory = memory
        self._rate = rate

    async def offer(self, message: Message, draft: Draft, show: Show, reader: Locale) -> None:
        """Has `show` send the preview of a draft below `message`, and below that asks what is to become of it."""
        try:
            preview = await show()
        except BadRequest as error:
            await send_below(message, refused(error.message, reader))
            return
        row = await self._memory.announcements.draft(draft)
        if row is None:
            await send_below(message, reply([texts(reader)("no-database")]))
            return
        # The same command, delivered once more: it may have been decided on.
        shown = await self.shown(row, reader) if row.state is State.DRAFT else reply([over(row, reader)])
        below = ReplyParameters(preview, allow_sending_without_reply=True)
        await message.get_bot().send_message(
            message.chat.id, shown.html, ParseMode.HTML, reply_markup=shown.keyboard, reply_parameters=below
        )

    async def shown(self, row: Announcement, locale: Locale) -> Reply:
        """The message with the buttons, as the draft is now."""
        if row.target is None:
            audience = await self._memory.subscriptions.audience()
            return self._of_sending(row, audience, locale)
        return self._of_afterwards(row, await self._memory.announcements.reach(row.target, row.action), locale)

    def _of_sending(self, row: Announcement, audience: Mapping[str, int] | None, locale: Locale) -> Reply:
        say = texts(locale)
        if audience is None:
            lines = [say("no-database")]
        else:
            takes = takes_line(sum(audience.values()), self._rate, locale)
            lines = [audience_line(audience, locale), takes, *_notes(row, locale)]
        return reply(lines, _sending_buttons(row, locale))

    def _of_afterwards(self, row: Announcement, chats: int | None, locale: Locale) -> Reply:
        say = texts(locale)
        if chats is None:
            lines = [say("no-database")]
        else:
            whom = say(_TO[row.action], target=str(row.target), chats=chats)
            lines = [whom, takes_line(chats, self._rate, locale)]
        do = button(say(_DO[row.action]), ButtonAction.SEND, row.id)
        return reply(lines, keyboard([[do, button(say("announce-cancel"), ButtonAction.CANCEL, row.id)]]))


def refused(reason: str, locale: Locale) -> Reply:
    """That Telegram does not let something be sent on."""
    return reply([texts(locale)("announce-refused", reason=cut(one_line(reason), _LONGEST))])


def over(row: Announcement, locale: Locale) -> str:
    """That nothing is to be decided any more."""
    return texts(locale)("announce-over", state=state(row, locale))


def _notes(row: Announcement, locale: Locale) -> list[str]:
    try:
        payload = payload_of(row.payload)
    except PayloadError:
        return []
    say = texts(locale)
    if isinstance(payload, Fact):
        return [say("announce-each-language")]
    return [say("announce-keep")] if isinstance(payload, Copy) else []


def _sending_buttons(row: Announcement, locale: Locale) -> InlineKeyboardMarkup:
    say = texts(locale)
    return keyboard(
        [
            [
                button(say("announce-send"), ButtonAction.SEND, row.id),
                button(say("announce-silently"), ButtonAction.SEND_SILENTLY, row.id),
            ],
            [
                button(say("announce-pinned" if row.pin else "announce-pin"), ButtonAction.PIN, row.id),
                button(say("announce-schedule"), ButtonAction.SCHEDULE, row.id),
                button(say("announce-cancel"), ButtonAction.CANCEL, row.id),
            ],
        ]
    )


def reply(lines: list[str], buttons: InlineKeyboardMarkup | None = None) -> Reply:
    return Reply(to_html([Piece("\n".join(lines))]), buttons)


async def preview(bot: Bot, chat_id: int, payload: Payload, reader: Locale) -> int:
    """Sends it into a chat, and returns the id of its last message. Raises what Telegram says where that cannot be."""
    match payload:
        case Text():
            return await _text(bot, chat_id, payload.html)
        case Fact():
            return await _text(bot, chat_id, payload.html[str(reader)])
        case Copy(messages=(only,)):
            return (await bot.copy_message(chat_id, payload.chat_id, only)).message_id
        case Copy():
            copied = await bot.copy_messages(chat_id, payload.chat_id, payload.messages)
            # Telegram leaves out what it does not find.
            if len(copied) < len(payload.messages):
                raise BadRequest("not all messages were found")
            return copied[-1].message_id
        case FigureOfTheDay():
            raise BadRequest("it is chosen when it is sent")


async def preview_correction(bot: Bot, chat_id: int, original: Payload, corrected: Text) -> int:
    """Sends what `original` becomes where it is corrected. Returns and raises as `preview`."""
    if isinstance(original, Copy) and original.editable == "caption":
        first, caption = original.messages[0], corrected.html
        return (await bot.copy_message(chat_id, original.chat_id, first, caption, ParseMode.HTML)).message_id
    return await _text(bot, chat_id, corrected.html)


async def _text(bot: Bot, chat_id: int, html: str) -> int:
    return (await bot.send_message(chat_id, html, ParseMode.HTML)).message_id
