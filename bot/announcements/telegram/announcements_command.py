"""/announcements: the last ones, and what can be done with each: corrected, withdrawn, sent to those it failed for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from telegram import CallbackQuery, Message
from telegram.error import BadRequest
from telegram.ext import filters

from bot.announcements.payload import Copy, PayloadError, Text, payload_of
from bot.chat.plain_text import units
from bot.chat.sending import answer_press, reader_of, send_after, send_below, show
from bot.chat.texts import Locale, texts
from bot.storage import Action, Announcement, Draft

from .buttons import AnnouncementButton, ButtonAction, button, correction_asked_in, does, keyboard
from .content import html_of
from .drafts import Drafts, preview, preview_correction, refused, reply
from .pages import AnnouncementPages

if TYPE_CHECKING:
    from bot.chat.admin.admins import Admins
    from bot.chat.updates import Context, Handler
    from bot.storage import Memory

COMMAND: Final = "announcements"
_LONGEST_CAPTION: Final = 1024


class _AnswersPrompt(filters.MessageFilter):
    """Replies to a message that asks for the new text of an announcement."""

    def filter(self, message: Message) -> bool:
        return correction_asked_in(message.reply_to_message) is not None


class AnnouncementsCommand:
    """The handlers."""

    def __init__(self, memory: Memory, drafts: Drafts, pages: AnnouncementPages) -> None:
        self._memory = memory
        self._drafts = drafts
        self._pages = pages

    def handlers(self, admins: Admins) -> list[Handler]:
        return [
            admins.command(COMMAND, self.announcements),
            admins.message(~filters.COMMAND & _AnswersPrompt(), self.corrected),
            admins.press(AnnouncementButton, self.list, does(ButtonAction.LIST)),
            admins.press(AnnouncementButton, self.open, does(ButtonAction.OPEN)),
            admins.press(AnnouncementButton, self.see, does(ButtonAction.SEE)),
            admins.press(AnnouncementButton, self.correct, does(ButtonAction.CORRECT)),
            admins.press(AnnouncementButton, self.never_mind, does(ButtonAction.NEVER_MIND)),
            admins.press(AnnouncementButton, partial(self.again, action=Action.WITHDRAW), does(ButtonAction.WITHDRAW)),
            admins.press(AnnouncementButton, partial(self.again, action=Action.RESEND), does(ButtonAction.RESEND)),
        ]

    async def announcements(self, message: Message, _: Context) -> None:
        """Lists the last ones."""
        await send_below(message, await self._pages.list(0, reader_of(message.from_user)))

    async def list(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        """Makes the message the list that the button leads to."""
        await answer_press(query)
        await show(query, await self._pages.list(press.id, reader_of(query.from_user)))

    async def open(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        """Makes the message one announcement with all that is known of it."""
        if row := await self._row(query, press):
            await show(query, await self._pages.one(row, reader_of(query.from_user)))

    async def see(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        """Shows what was announced as chats have got it."""
        reader = reader_of(query.from_user)
        row = await self._row(query, press)
        if row is None:
            return
        try:
            await preview(query.get_bot(), query.from_user.id, payload_of(row.payload), reader)
        except (BadRequest, PayloadError) as error:
            await send_after(query, refused(str(error), reader))

    async def correct(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        """Asks for the new text."""
        reader = reader_of(query.from_user)
        say = texts(reader)
        row = await self._row(query, press)
        if row is None:
            return
        part = _part(row)
        if not part or self._memory.announcements.is_past(row):
            await send_after(query, reply([say("announce-past" if part else "announce-uncorrectable")]))
            return
        words = say("announce-part-caption" if part == "caption" else "announce-part-text")
        cancel = button(say("announce-cancel"), ButtonAction.NEVER_MIND, row.id)
        await send_after(query, reply([say("announce-correct-how", what=words, id=str(row.id))], keyboard([[cancel]])))

    async def never_mind(self, query: CallbackQuery, _: AnnouncementButton) -> None:
        """Asks no more."""
        await answer_press(query)
        await show(query, reply([texts(reader_of(query.from_user))("announce-cancelled")]))

    async def corrected(self, message: Message, _: Context) -> None:
        """Shows what the announcement becomes, and asks whether it is to be so everywhere."""
        reader = reader_of(message.from_user)
        target = correction_asked_in(message.reply_to_message)
        row = await self._memory.announcements.get(target) if target is not None else None
        trouble = self._trouble(message, row, reader)
        if trouble or row is None:
            await send_below(message, reply([trouble]))
            return
        text = Text(html_of(message.text or "", list(message.entities), message))
        key = f"message:{message.chat.id}:{message.message_id}"
        draft = Draft(key, message.chat.id, str(reader), text.to_json(), Action.CORRECT, row.id)
        original = payload_of(row.payload)
        shown = partial(preview_correction, message.get_bot(), message.chat.id, original, text)
        await self._drafts.offer(message, draft, shown, reader)

    async def again(self, query: CallbackQuery, press: AnnouncementButton, *, action: Action) -> None:
        """Asks whether the announcement is to be withdrawn, or sent to the chats that it failed for."""
        reader = reader_of(query.from_user)
        say, rows = texts(reader), self._memory.announcements
        target = await self._row(query, press)
        if target is None:
            return
        if obstacle := await self._obstacle(target, action):
            await send_after(query, reply([say(obstacle)]))
            return
        key = f"press:{query.id}"
        draft = Draft(
            key, query.from_user.id, str(reader), target.payload, action, target.id, target.silent, target.pin
        )
        row = await rows.draft(draft)
        await send_after(query, await self._drafts.shown(row, reader) if row else reply([say("no-database")]))

    async def _obstacle(self, target: Announcement, action: Action) -> str:
        """The key of the text that says why it cannot be done with `target`; empty where it can."""
        rows = self._memory.announcements
        if rows.is_past(target):
            return "announce-past"
        chats = await rows.reach(target.id, action)
        if chats is None:
            return "no-database"
        return "" if chats else "announce-nothing-to-do"

    def _trouble(self, message: Message, row: Announcement | None, reader: Locale) -> str:
        """Why a message cannot be the new text, in one line; empty where it can."""
        say = texts(reader)
        if row is None:
            return say("no-database")
        if not message.text:
            return say("announce-correct-words")
        if not _part(row):
            return say("announce-uncorrectable")
        if self._memory.announcements.is_past(row):
            return say("announce-past")
        length = units(message.text)
        too_long = _part(row) == "caption" and length > _LONGEST_CAPTION
        return say("announce-correct-long", units=length) if too_long else ""

    async def _row(self, query: CallbackQuery, press: AnnouncementButton) -> Announcement | None:
        """The announcement that a button is for, once the press is answered; None where the database does not say."""
        row = await self._memory.announcements.get(press.id)
        await answer_press(query, None if row else texts(reader_of(query.from_user))("no-database"))
        return row


def _part(row: Announcement) -> str:
    """What of it can be corrected: text, caption, or nothing."""
    try:
        payload = payload_of(row.payload)
    except PayloadError:
        return ""
    return payload.editable if isinstance(payload, Copy) else "text"
