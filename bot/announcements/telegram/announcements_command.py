"""/announcements: the last ones, and what can be done with each: corrected, withdrawn, sent to those it failed for."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from telegram import CallbackQuery, InlineKeyboardButton, Message
from telegram.constants import MessageLimit
from telegram.error import BadRequest
from telegram.ext import filters

from bot.announcements.payload import Copy, PayloadError, Text, payload_of
from bot.chat.admin.admins import Admins
from bot.chat.buttons import keyboard
from bot.chat.markup import units
from bot.chat.sending import Reply, answer_press, reader_of, send_after, send_below, show
from bot.chat.texts import Locale, RequestError, Texts, texts
from bot.chat.updates import Context, Handler, Matches, OnPress
from bot.storage import Action, Announcement, AnnouncementDraft, Memory, State

from .announce_command import AnnounceCommand, announcement_behind, preview, refused_by_telegram
from .buttons import AnnouncementButton, ButtonAction, button, correction_asked_in
from .wording import name, report, state, summary

_PAGE = 10
_ROW = 5


class AnnouncementsCommand:
    """The handlers. `zone`: the time zone that times are shown in."""

    def __init__(self, memory: Memory, announce: AnnounceCommand, zone: ZoneInfo) -> None:
        self._rows = memory.announcements
        self._announce = announce
        self._zone = zone

    def handlers(self, admins: Admins) -> list[Handler]:
        works: dict[ButtonAction, OnPress[AnnouncementButton]] = {
            ButtonAction.SEND: partial(self._announce.send, silent=False),
            ButtonAction.SEND_SILENTLY: partial(self._announce.send, silent=True),
            ButtonAction.PIN: self._announce.pin,
            ButtonAction.SCHEDULE: self._announce.schedule,
            ButtonAction.CANCEL: self._announce.cancel,
            ButtonAction.STOP: self._announce.stop,
            ButtonAction.LIST: self.list,
            ButtonAction.OPEN: self.open,
            ButtonAction.SEE: self.see,
            ButtonAction.CORRECT: self.correct,
            ButtonAction.NEVER_MIND: self.never_mind,
            ButtonAction.WITHDRAW: partial(self.again, action=Action.WITHDRAW),
            ButtonAction.RESEND: partial(self.again, action=Action.RESEND),
        }
        answers_prompt = Matches(lambda message: correction_asked_in(message.reply_to_message) is not None)

        async def pressed(query: CallbackQuery, press: AnnouncementButton) -> None:
            await works[press.action](query, press)

        return [
            admins.command("announce", self._announce.announce),
            admins.command("announcements", self.announcements),
            admins.message(~filters.COMMAND & answers_prompt, self.corrected),
            admins.press(AnnouncementButton, pressed),
        ]

    async def announcements(self, message: Message, _: Context) -> None:
        await send_below(message, await self._page(0, reader_of(message.from_user)))

    async def list(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        page = await self._page(press.id, reader_of(query.from_user))
        await answer_press(query)
        await show(query, page)

    async def open(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        details = await self._details(await announcement_behind(self._rows, press), reader_of(query.from_user))
        await answer_press(query)
        await show(query, details)

    async def see(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        row = await announcement_behind(self._rows, press)
        await answer_press(query)
        reader = reader_of(query.from_user)
        try:
            await preview(query.get_bot(), query.from_user.id, payload_of(row.payload), reader)
        except (BadRequest, PayloadError) as error:
            await send_after(query, Reply.plain(refused_by_telegram(str(error)).said(reader)))

    async def _page(self, before: int, locale: Locale) -> Reply:
        """The newest with ids below `before`, or the newest of all where that is 0; a button for each."""
        say = texts(locale)
        latest = await self._rows.latest(_PAGE + 1, before or None)
        if not latest:
            return Reply.plain(say("announce-list-none"))
        shown = latest[:_PAGE]
        lines = [say("announce-list", zone=self._zone.key), *(self._line(row, locale) for row in shown)]
        numbers = [button(str(row.id), ButtonAction.OPEN, row.id) for row in shown]
        rows = [numbers[at : at + _ROW] for at in range(0, len(numbers), _ROW)]
        leaf = [button(say("announce-newest"), ButtonAction.LIST)] if before else []
        if len(latest) > len(shown):
            leaf.append(button(say("announce-older"), ButtonAction.LIST, shown[-1].id))
        return Reply.plain("\n".join(lines), keyboard([*rows, leaf]))

    async def _details(self, row: Announcement, locale: Locale) -> Reply:
        """All that is known of an announcement, and what can be done with it."""
        say = texts(locale)
        reasons, afterwards = await self._rows.reasons(row.id), await self._rows.after(row.id)
        past = self._rows.is_past(row)
        due = {"due": self._time(row.due_at), "zone": self._zone.key}
        silent, pin = (say("announce-yes" if value else "announce-no") for value in (row.silent, row.pin))
        lines = [
            report(row, reasons, locale),
            say("announce-begun", at=self._time(row.released), **due) if row.released else say("announce-due", **due),
            say("announce-silent", silent=silent, pin=pin),
            *([say("announce-past")] if past else []),
            *(self._line(other, locale) for other in afterwards),
        ]
        changes = [] if past else _changes(row, afterwards, say)
        leaf = [button(say("announce-see"), ButtonAction.SEE, row.id), button(say("announce-back"), ButtonAction.LIST)]
        return Reply.plain("\n".join(lines), keyboard([*changes, leaf]))

    def _line(self, row: Announcement, locale: Locale) -> str:
        return texts(locale)(
            "announce-list-entry",
            id=str(row.id),
            at=self._time(row.released or row.due_at),
            state=state(row, locale),
            sent=row.sent,
            failed=row.failed,
            what=summary(row.payload, locale) if row.action is Action.SEND else name(row, locale),
        )

    def _time(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%Y-%m-%d %H:%M}"

    async def correct(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        say = texts(reader_of(query.from_user))
        row = await announcement_behind(self._rows, press)
        await answer_press(query)
        if obstacle := self._uncorrectable(row):
            await send_after(query, Reply.plain(say(obstacle)))
            return
        words = say("announce-part-caption" if _part(row) == "caption" else "announce-part-text")
        cancel = button(say("announce-cancel"), ButtonAction.NEVER_MIND, row.id)
        asked = Reply.plain(say("announce-correct-how", what=words, id=str(row.id)), keyboard([[cancel]]))
        await send_after(query, asked)

    async def never_mind(self, query: CallbackQuery, _: AnnouncementButton) -> None:
        await answer_press(query)
        await show(query, Reply.plain(texts(reader_of(query.from_user))("announce-cancelled")))

    async def corrected(self, message: Message, _: Context) -> None:
        """Shows what the announcement becomes, and asks whether it is to be so everywhere."""
        target = correction_asked_in(message.reply_to_message)
        row = await self._rows.get(target) if target is not None else None
        if row is None:
            raise RequestError("announce-gone")
        if not message.text:
            raise RequestError("announce-correct-words")
        if obstacle := self._uncorrectable(row):
            raise RequestError(obstacle)
        length = units(message.text)
        if _part(row) == "caption" and length > MessageLimit.CAPTION_LENGTH:
            raise RequestError("announce-correct-long", units=length)
        await self._announce.offer(message, Text(message.text_html), corrects=row)

    def _uncorrectable(self, row: Announcement) -> str:
        if not _part(row):
            return "announce-uncorrectable"
        return "announce-past" if self._rows.is_past(row) else ""

    async def again(self, query: CallbackQuery, press: AnnouncementButton, *, action: Action) -> None:
        """Asks whether the announcement is to be withdrawn, or sent to the chats that it failed for."""
        reader = reader_of(query.from_user)
        target = await announcement_behind(self._rows, press)
        is_past = self._rows.is_past(target)
        if is_past or not await self._rows.reach(target.id, action):
            asked = Reply.plain(texts(reader)("announce-past" if is_past else "announce-nothing-to-do"))
        else:
            how = (target.payload, action, target.id, target.silent, target.pin)
            row = await self._rows.draft(AnnouncementDraft(f"press:{query.id}", query.from_user.id, str(reader), *how))
            asked = await self._announce.question(row, reader)
        await answer_press(query)
        await send_after(query, asked)


def _changes(row: Announcement, afterwards: Sequence[Announcement], say: Texts) -> Iterator[list[InlineKeyboardButton]]:
    withdrawn = any(other.action is Action.WITHDRAW and other.state is not State.STOPPED for other in afterwards)
    # What is still under way would reach the rest uncorrected.
    if row.state in {State.QUEUED, State.SENDING}:
        yield [button(say("announce-stop"), ButtonAction.STOP, row.id)]
    elif row.action is Action.SEND and row.sent and not withdrawn:
        yield [
            button(say("announce-correct"), ButtonAction.CORRECT, row.id),
            button(say("announce-withdraw"), ButtonAction.WITHDRAW, row.id),
        ]
    if row.state in {State.DONE, State.STOPPED} and row.action is Action.SEND and row.failed:
        yield [button(say("announce-resend"), ButtonAction.RESEND, row.id)]


def _part(row: Announcement) -> str:
    """Which part of an announcement can be corrected: text, caption, or empty for none."""
    try:
        payload = payload_of(row.payload)
    except PayloadError:
        return ""
    return payload.editable if isinstance(payload, Copy) else "text"
