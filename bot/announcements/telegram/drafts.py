"""A draft as chats will see it, and the message below: whom it goes to, how long that takes, buttons to decide."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeAlias

from telegram import ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.announcements.payload import Copy, Fact, PayloadError, payload_of
from bot.chat.plain_text import cut, one_line
from bot.chat.replies import Reply
from bot.chat.sending import send_below
from bot.chat.texts import Locale, texts
from bot.storage import Action, State

from .attempts import send_payload
from .buttons import ButtonAction, button, keyboard
from .wording import audience_line, state, takes_line

if TYPE_CHECKING:
    from telegram import Bot, Message

    from bot.announcements.payload import Payload, Text
    from bot.storage import Announcement, Draft, Memory

Show: TypeAlias = Callable[[], Awaitable[int]]
_LONGEST: Final = 100


# What is asked of something that is done afterwards, and the button that does it.
_AFTERWARDS: Final[Mapping[Action, tuple[str, str]]] = {
    Action.CORRECT: ("announce-correct-to", "announce-do-correct"),
    Action.WITHDRAW: ("announce-withdraw-to", "announce-do-withdraw"),
    Action.RESEND: ("announce-resend-to", "announce-do-resend"),
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
            await send_below(message, Reply.plain(texts(reader)("no-database")))
            return
        # The same command, delivered once more: it may have been decided on.
        shown = await self.shown(row, reader) if row.state is State.DRAFT else Reply.plain(over(row, reader))
        below = ReplyParameters(preview, allow_sending_without_reply=True)
        await message.get_bot().send_message(
            message.chat.id, shown.html, ParseMode.HTML, reply_markup=shown.keyboard, reply_parameters=below
        )

    async def shown(self, row: Announcement, locale: Locale) -> Reply:
        """The message with the buttons, as the draft is now."""
        say = texts(locale)
        if row.target is None:
            lines = await self._of_sending(row, locale)
            keys = [
                {"announce-send": ButtonAction.SEND, "announce-silently": ButtonAction.SEND_SILENTLY},
                {
                    "announce-pinned" if row.pin else "announce-pin": ButtonAction.PIN,
                    "announce-schedule": ButtonAction.SCHEDULE,
                    "announce-cancel": ButtonAction.CANCEL,
                },
            ]
        else:
            lines = await self._of_afterwards(row, row.target, locale)
            keys = [{_AFTERWARDS[row.action][1]: ButtonAction.SEND, "announce-cancel": ButtonAction.CANCEL}]
        rows = [[button(say(key), action, row.id) for key, action in of_row.items()] for of_row in keys]
        return Reply.plain("\n".join(lines or [say("no-database")]), keyboard(rows))

    async def _of_sending(self, row: Announcement, locale: Locale) -> list[str]:
        """Whom it goes to, how long that takes, and what is to be known of it; empty where the database is away."""
        audience = await self._memory.subscriptions.audience()
        if audience is None:
            return []
        lines = [audience_line(audience, locale), takes_line(sum(audience.values()), self._rate, locale)]
        with suppress(PayloadError):
            payload = payload_of(row.payload)
            if isinstance(payload, Fact | Copy):
                note = "announce-each-language" if isinstance(payload, Fact) else "announce-keep"
                lines.append(texts(locale)(note))
        return lines

    async def _of_afterwards(self, row: Announcement, target: int, locale: Locale) -> list[str]:
        chats = await self._memory.announcements.reach(target, row.action)
        if chats is None:
            return []
        whom = texts(locale)(_AFTERWARDS[row.action][0], target=str(target), chats=chats)
        return [whom, takes_line(chats, self._rate, locale)]


def refused(reason: str, locale: Locale) -> Reply:
    """That Telegram does not let something be sent on."""
    return Reply.plain(texts(locale)("announce-refused", reason=cut(one_line(reason), _LONGEST)))


def over(row: Announcement, locale: Locale) -> str:
    """That nothing is to be decided any more."""
    return texts(locale)("announce-over", state=state(row, locale))


async def preview(bot: Bot, chat_id: int, payload: Payload, reader: Locale) -> int:
    """Sends it into a chat, and returns the id of its last message. Raises what Telegram says where that cannot be."""
    sent = await send_payload(bot, chat_id, payload, reader)
    if isinstance(payload, Copy) and len(sent) < len(payload.messages):
        raise BadRequest("not all messages were found")
    return sent[-1]


async def preview_correction(bot: Bot, chat_id: int, original: Payload, corrected: Text) -> int:
    """Sends what `original` becomes where it is corrected. Returns and raises as `preview`."""
    if isinstance(original, Copy) and original.editable == "caption":
        first, caption = original.messages[0], corrected.html
        return (await bot.copy_message(chat_id, original.chat_id, first, caption, ParseMode.HTML)).message_id
    return await preview(bot, chat_id, corrected, Locale.ENGLISH)
