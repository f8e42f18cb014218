"""A draft as chats will see it, and the message below: whom it goes to, how long that takes, buttons to decide."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

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


class _Keys(NamedTuple):
    """The keys of the texts that ask whether something is to be done afterwards: to whom, and the button."""

    to: str
    do: str


_AFTERWARDS: Final[Mapping[Action, _Keys]] = {
    Action.CORRECT: _Keys("announce-correct-to", "announce-do-correct"),
    Action.WITHDRAW: _Keys("announce-withdraw-to", "announce-do-withdraw"),
    Action.RESEND: _Keys("announce-resend-to", "announce-do-resend"),
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
        if row.target is None:
            audience = await self._memory.subscriptions.audience()
            return self._of_sending(row, audience, locale)
        return self._of_afterwards(row, await self._memory.announcements.reach(row.target, row.action), locale)

    def _of_sending(self, row: Announcement, audience: Mapping[str, int] | None, locale: Locale) -> Reply:
        say = texts(locale)
        lines = [say("no-database")]
        if audience is not None:
            takes = takes_line(sum(audience.values()), self._rate, locale)
            lines = [audience_line(audience, locale), takes, *_notes(row, locale)]
        pin = "announce-pinned" if row.pin else "announce-pin"
        decide = {"announce-send": ButtonAction.SEND, "announce-silently": ButtonAction.SEND_SILENTLY}
        change = {
            pin: ButtonAction.PIN,
            "announce-schedule": ButtonAction.SCHEDULE,
            "announce-cancel": ButtonAction.CANCEL,
        }
        rows = [[button(say(key), action, row.id) for key, action in keys.items()] for keys in (decide, change)]
        return Reply.plain("\n".join(lines), keyboard(rows))

    def _of_afterwards(self, row: Announcement, chats: int | None, locale: Locale) -> Reply:
        say, keys = texts(locale), _AFTERWARDS[row.action]
        lines = [say("no-database")]
        if chats is not None:
            whom = say(keys.to, target=str(row.target), chats=chats)
            lines = [whom, takes_line(chats, self._rate, locale)]
        do = button(say(keys.do), ButtonAction.SEND, row.id)
        cancel = button(say("announce-cancel"), ButtonAction.CANCEL, row.id)
        return Reply.plain("\n".join(lines), keyboard([[do, cancel]]))


def refused(reason: str, locale: Locale) -> Reply:
    """That Telegram does not let something be sent on."""
    return Reply.plain(texts(locale)("announce-refused", reason=cut(one_line(reason), _LONGEST)))


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
