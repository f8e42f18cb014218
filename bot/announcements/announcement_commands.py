"""/announce, a preview and the decision on it; /announcements, the last ones and what can be done with each."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import structlog
from telegram import Bot, CallbackQuery, InlineKeyboardButton, Message, ReplyParameters
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest
from telegram.ext import filters

from bot.chat.admin.admins import Admins
from bot.chat.buttons import keyboard
from bot.chat.library import Library
from bot.chat.messages import (
    Context,
    Handler,
    Matches,
    Reply,
    answer_press,
    answer_with,
    reader_of,
    send_after,
    send_below,
)
from bot.chat.rendering import one_line, units
from bot.chat.texts import Locale, RequestError, Texts, texts
from bot.storage.announcements import Action, Announcement, AnnouncementDraft, State
from bot.storage.memory import Memory

from .content import Copy, FactCard, Payload, PayloadError, Text, payload_of, send_payload, wanted
from .reports import (
    AnnouncementButton,
    ButtonAction,
    audience_line,
    button,
    correction_asked_in,
    name,
    report,
    request_key,
    state,
    summary,
    takes_line,
)

_Work = Callable[[CallbackQuery, Announcement, Locale], Awaitable[None]]

_PAGE = 10
_ROW = 5

log = structlog.get_logger(__name__)


class AnnouncementCommands:
    """The handlers. The draft that a button is for is in the database: it works after a restart, and everywhere.

    `rate`: messages a second. `zone`: the time zone that times are shown in.
    """

    def __init__(self, memory: Memory, library: Library, rate: int, zone: ZoneInfo) -> None:
        self._memory = memory
        self._rows = memory.announcements
        self._library = library
        self._rate = rate
        self._zone = zone

    def handlers(self, admins: Admins) -> list[Handler]:
        answers_prompt = Matches(lambda message: correction_asked_in(message.reply_to_message) is not None)
        return [
            admins.command("announce", self._announce),
            admins.command("announcements", self._announcements),
            admins.message(~filters.COMMAND & answers_prompt, self._corrected),
            admins.press(AnnouncementButton, self._pressed),
        ]

    async def _pressed(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        """Does what a button says. Raises RequestError where there is nothing any more that it could be done with."""
        reader, action = reader_of(query.from_user), press.action
        if action is ButtonAction.LIST:
            await answer_with(query, await self._page(press.id, reader))
            return
        if action is ButtonAction.NEVER_MIND:
            await answer_with(query, Reply.plain(texts(reader)("announce-cancelled")))
            return
        of_drafts: dict[ButtonAction, _Work] = {
            ButtonAction.SEND: self._send,
            ButtonAction.SEND_SILENTLY: partial(self._send, silent=True),
            ButtonAction.PIN: self._pin,
            ButtonAction.SCHEDULE: self._schedule,
            ButtonAction.CANCEL: self._cancel,
        }
        others: dict[ButtonAction, _Work] = {
            ButtonAction.STOP: self._stop,
            ButtonAction.OPEN: self._open,
            ButtonAction.SEE: self._see,
            ButtonAction.CORRECT: self._correct,
            ButtonAction.WITHDRAW: partial(self._again, Action.WITHDRAW),
            ButtonAction.RESEND: partial(self._again, Action.RESEND),
        }
        row = await self._rows.get(press.id)
        if row is None:
            raise RequestError("announce-gone")
        if action in of_drafts and row.state is not State.DRAFT:
            raise _already_decided(row, reader)
        await {**of_drafts, **others}[action](query, row, reader)

    # ---- a draft, and what becomes of it

    async def _announce(self, message: Message, _: Context) -> None:
        """Shows what the message wants announced as chats would see it, and asks what is to become of it."""
        content = await wanted(message, self._library.now, self._memory.albums)
        if not await self._memory.chats.audience():
            raise RequestError("announce-nobody")
        await self._offer(message, content)

    async def _offer(self, message: Message, content: Payload, corrects: Announcement | None = None) -> None:
        """Sends a preview below `message`, and asks what is to become of it. `corrects`: whose text it is to be."""
        bot, chat_id, reader = message.get_bot(), message.chat.id, reader_of(message.from_user)
        action, target = (Action.CORRECT, corrects.id) if corrects else (Action.SEND, None)
        draft = AnnouncementDraft(request_key(message), chat_id, str(reader), content.to_json(), action, target)
        original = payload_of(corrects.payload) if corrects else None
        try:
            last = await _preview(bot, chat_id, content, reader, original)
        except BadRequest as error:
            raise _refused_by_telegram(error.message) from None
        row = await self._rows.draft(draft)
        if row.state is not State.DRAFT:  # the same command, delivered once more
            raise _already_decided(row, reader)
        shown = await self._question(row, reader)
        below = ReplyParameters(last, allow_sending_without_reply=True)
        await bot.send_message(chat_id, shown.html, ParseMode.HTML, reply_markup=shown.keyboard, reply_parameters=below)

    async def _question(self, row: Announcement, locale: Locale) -> Reply:
        """The message with the buttons, as the draft is now."""
        say = texts(locale)
        if row.target is None:
            audience = await self._memory.chats.audience()
            chats, whom = sum(audience.values()), audience_line(audience, locale)
            keys = [
                {"announce-send": ButtonAction.SEND, "announce-silently": ButtonAction.SEND_SILENTLY},
                {
                    "announce-pinned" if row.pin else "announce-pin": ButtonAction.PIN,
                    "announce-schedule": ButtonAction.SCHEDULE,
                    "announce-cancel": ButtonAction.CANCEL,
                },
            ]
        else:
            chats = await self._rows.reach(row.target, row.action)
            whom = say(f"announce-to-{row.action}", target=str(row.target), chats=chats)
            keys = [{f"announce-do-{row.action}": ButtonAction.SEND, "announce-cancel": ButtonAction.CANCEL}]
        lines = [whom, takes_line(chats, self._rate, locale)]
        with suppress(PayloadError):
            match payload_of(row.payload) if row.action is Action.SEND else None:
                case FactCard():
                    lines.append(say("announce-each-language"))
                case Copy():
                    lines.append(say("announce-keep"))
        rows = [[button(say(key), action, row.id) for key, action in of_row.items()] for of_row in keys]
        return Reply.plain("\n".join(lines), keyboard(rows))

    async def _send(self, query: CallbackQuery, row: Announcement, reader: Locale, *, silent: bool = False) -> None:
        """Queues the draft; its progress report takes the place of the buttons, which stay until then."""
        if silent:
            await self._rows.change(row.id, silent=True)
        message = query.message
        queued = await self._rows.queue(row.id, report_message=message.message_id if message else None)
        await answer_press(query, texts(reader)("announce-handing-over"))
        if queued:
            done = "announce" if row.action is Action.SEND else f"{row.action}"
            await self._note(query, row, done, "queued, silently" if silent else "queued")

    async def _pin(self, query: CallbackQuery, row: Announcement, reader: Locale) -> None:
        """Has the message pinned where that is allowed, or not."""
        changed = await self._rows.change(row.id, pin=not row.pin)
        await answer_with(query, await self._question(changed, reader))

    async def _schedule(self, query: CallbackQuery, _: Announcement, reader: Locale) -> None:
        await answer_press(query)
        await send_after(query, Reply.plain(texts(reader)("announce-schedule-how")))

    async def _cancel(self, query: CallbackQuery, row: Announcement, reader: Locale) -> None:
        if await self._rows.stop(row.id, State.DRAFT):
            await answer_with(query, Reply.plain(texts(reader)("announce-cancelled")))
        else:
            await answer_press(query)

    async def _stop(self, query: CallbackQuery, row: Announcement, reader: Locale) -> None:
        """Has nothing more sent; what has become of it by then stands in its progress report."""
        if not await self._rows.stop(row.id):
            raise _already_decided(row, reader)
        await answer_press(query, texts(reader)("announce-stopping"))
        await self._note(query, row, "stop", "stopped")

    async def _note(self, query: CallbackQuery, row: Announcement, done: str, result: str) -> None:
        target = f" of {row.target}" if row.target is not None else ""
        log.info("an admin decided on an announcement", who=query.from_user.id, what=f"{done} {row.id}", result=result)
        await self._memory.audit.note(query.from_user.id, f"{done} {row.id}{target}", result)

    # ---- the list, and what can be done with what is in it

    async def _announcements(self, message: Message, _: Context) -> None:
        await send_below(message, await self._page(0, reader_of(message.from_user)))

    async def _open(self, query: CallbackQuery, row: Announcement, reader: Locale) -> None:
        await answer_with(query, await self._details(row, reader))

    async def _see(self, query: CallbackQuery, row: Announcement, reader: Locale) -> None:
        await answer_press(query)
        try:
            await _preview(query.get_bot(), query.from_user.id, payload_of(row.payload), reader)
        except (BadRequest, PayloadError) as error:
            await send_after(query, Reply.plain(_refused_by_telegram(str(error)).said(reader)))

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

    async def _correct(self, query: CallbackQuery, row: Announcement, reader: Locale) -> None:
        """Asks for the new text."""
        say = texts(reader)
        await answer_press(query)
        if obstacle := self._uncorrectable(row):
            await send_after(query, Reply.plain(say(obstacle)))
            return
        words = say("announce-part-caption" if _part(row) == "caption" else "announce-part-text")
        cancel = button(say("announce-cancel"), ButtonAction.NEVER_MIND, row.id)
        asked = Reply.plain(say("announce-correct-how", what=words, id=str(row.id)), keyboard([[cancel]]))
        await send_after(query, asked)

    async def _corrected(self, message: Message, _: Context) -> None:
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
        await self._offer(message, Text(message.text_html), corrects=row)

    def _uncorrectable(self, row: Announcement) -> str:
        if not _part(row):
            return "announce-uncorrectable"
        return "announce-past" if self._rows.is_past(row) else ""

    async def _again(self, action: Action, query: CallbackQuery, target: Announcement, reader: Locale) -> None:
        """Asks whether the announcement is to be withdrawn, or sent to the chats that it failed for."""
        is_past = self._rows.is_past(target)
        if is_past or not await self._rows.reach(target.id, action):
            asked = Reply.plain(texts(reader)("announce-past" if is_past else "announce-nothing-to-do"))
        else:
            how = (target.payload, action, target.id, target.silent, target.pin)
            row = await self._rows.draft(AnnouncementDraft(f"press:{query.id}", query.from_user.id, str(reader), *how))
            asked = await self._question(row, reader)
        await answer_press(query)
        await send_after(query, asked)


def _refused_by_telegram(reason: str) -> RequestError:
    """The error that Telegram does not let something be sent on."""
    return RequestError("announce-refused", reason=one_line(reason, 100))


def _already_decided(row: Announcement, reader: Locale) -> RequestError:
    """The error that there is nothing to decide on any more."""
    return RequestError("announce-over", state=state(row, reader))


async def _preview(bot: Bot, chat_id: int, payload: Payload, reader: Locale, original: Payload | None = None) -> int:
    """Sends a payload, as `original` becomes by it; the id of its last message. Raises what Telegram says."""
    if isinstance(payload, Text) and isinstance(original, Copy) and original.editable == "caption":
        first, caption = original.messages[0], payload.html
        return (await bot.copy_message(chat_id, original.chat_id, first, caption, ParseMode.HTML)).message_id
    sent = await send_payload(bot, chat_id, payload, reader)
    if isinstance(payload, Copy) and len(sent) < len(payload.messages):
        raise BadRequest("not all messages were found")
    return sent[-1]


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
