"""/announce: a preview of what is to be announced, and the buttons that send, change, schedule or drop it."""

from contextlib import suppress

import structlog
from telegram import Bot, CallbackQuery, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.announcements.payload import Copy, FactCard, Payload, PayloadError, Text, payload_of
from bot.chat.buttons import keyboard
from bot.chat.library import Library
from bot.chat.markup import one_line
from bot.chat.sending import Reply, answer_press, reader_of, send_after, show
from bot.chat.texts import Locale, RequestError, texts
from bot.chat.updates import Context
from bot.storage import Action, Announcement, AnnouncementDraft, Memory, State
from bot.storage.announcements.announcements import Announcements

from .attempts import send_payload
from .buttons import AnnouncementButton, ButtonAction, button, request_key
from .content import wanted
from .wording import audience_line, state, takes_line

log = structlog.get_logger(__name__)


class AnnounceCommand:
    """The handlers. The draft that a button is for is in the database: it works after a restart, and everywhere."""

    def __init__(self, memory: Memory, library: Library, rate: int) -> None:
        self._memory = memory
        self._library = library
        self._rate = rate

    async def announce(self, message: Message, _: Context) -> None:
        """Shows what the message wants announced as chats would see it, and asks what is to become of it."""
        content = await wanted(message, self._library.now, self._memory.albums)
        if not await self._memory.subscriptions.audience():
            raise RequestError("announce-nobody")
        await self.offer(message, content)

    async def offer(self, message: Message, content: Payload, corrects: Announcement | None = None) -> None:
        """Sends a preview below `message`, and asks what is to become of it. `corrects`: whose text it is to be."""
        bot, chat_id, reader = message.get_bot(), message.chat.id, reader_of(message.from_user)
        action, target = (Action.CORRECT, corrects.id) if corrects else (Action.SEND, None)
        draft = AnnouncementDraft(request_key(message), chat_id, str(reader), content.to_json(), action, target)
        original = payload_of(corrects.payload) if corrects else None
        try:
            last = await preview(bot, chat_id, content, reader, original)
        except BadRequest as error:
            raise refused_by_telegram(error.message) from None
        row = await self._memory.announcements.draft(draft)
        if row.state is not State.DRAFT:  # the same command, delivered once more
            raise already_decided(row, reader)
        shown = await self.question(row, reader)
        below = ReplyParameters(last, allow_sending_without_reply=True)
        await bot.send_message(chat_id, shown.html, ParseMode.HTML, reply_markup=shown.keyboard, reply_parameters=below)

    async def question(self, row: Announcement, locale: Locale) -> Reply:
        """The message with the buttons, as the draft is now."""
        say = texts(locale)
        if row.target is None:
            audience = await self._memory.subscriptions.audience()
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
            chats = await self._memory.announcements.reach(row.target, row.action)
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

    async def send(self, query: CallbackQuery, press: AnnouncementButton, *, silent: bool) -> None:
        """Queues the draft; its progress report takes the place of the buttons, which stay until then."""
        rows, message = self._memory.announcements, query.message
        row = await self._draft(query, press)
        if silent:
            await rows.change(row.id, silent=True)
        queued = await rows.queue(row.id, report_message=message.message_id if message else None)
        await answer_press(query, texts(reader_of(query.from_user))("announce-handing-over"))
        if queued:
            done = "announce" if row.action is Action.SEND else f"{row.action}"
            await self._note(query, row, done, "queued, silently" if silent else "queued")

    async def pin(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        """Has the message pinned where that is allowed, or not."""
        row = await self._draft(query, press)
        changed = await self._memory.announcements.change(row.id, pin=not row.pin)
        question = await self.question(changed, reader_of(query.from_user))
        await answer_press(query)
        await show(query, question)

    async def schedule(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        await self._draft(query, press)
        await answer_press(query)
        await send_after(query, Reply.plain(texts(reader_of(query.from_user))("announce-schedule-how")))

    async def cancel(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        row = await self._draft(query, press)
        dropped = await self._memory.announcements.stop(row.id, State.DRAFT)
        await answer_press(query)
        if dropped:
            await show(query, Reply.plain(texts(reader_of(query.from_user))("announce-cancelled")))

    async def stop(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        """Has nothing more sent; what has become of it by then stands in its progress report."""
        row = await announcement_behind(self._memory.announcements, press)
        if not await self._memory.announcements.stop(row.id):
            raise already_decided(row, reader_of(query.from_user))
        await answer_press(query, texts(reader_of(query.from_user))("announce-stopping"))
        await self._note(query, row, "stop", "stopped")

    async def _draft(self, query: CallbackQuery, press: AnnouncementButton) -> Announcement:
        """The draft that a press decides on. Raises RequestError where there is nothing to decide any more."""
        row = await announcement_behind(self._memory.announcements, press)
        if row.state is not State.DRAFT:
            raise already_decided(row, reader_of(query.from_user))
        return row

    async def _note(self, query: CallbackQuery, row: Announcement, done: str, result: str) -> None:
        target = f" of {row.target}" if row.target is not None else ""
        log.info("an admin decided on an announcement", who=query.from_user.id, what=f"{done} {row.id}", result=result)
        await self._memory.audit.note(query.from_user.id, f"{done} {row.id}{target}", result)


async def announcement_behind(rows: Announcements, press: AnnouncementButton) -> Announcement:
    """The announcement that a button is for. Raises RequestError where there is none any more."""
    row = await rows.get(press.id)
    if row is None:
        raise RequestError("announce-gone")
    return row


def refused_by_telegram(reason: str) -> RequestError:
    """The error that Telegram does not let something be sent on."""
    return RequestError("announce-refused", reason=one_line(reason, 100))


def already_decided(row: Announcement, reader: Locale) -> RequestError:
    """The error that there is nothing to decide on any more."""
    return RequestError("announce-over", state=state(row, reader))


async def preview(bot: Bot, chat_id: int, payload: Payload, reader: Locale, original: Payload | None = None) -> int:
    """Sends a payload, as `original` becomes by it; the id of its last message. Raises what Telegram says."""
    if isinstance(payload, Text) and isinstance(original, Copy) and original.editable == "caption":
        first, caption = original.messages[0], payload.html
        return (await bot.copy_message(chat_id, original.chat_id, first, caption, ParseMode.HTML)).message_id
    sent = await send_payload(bot, chat_id, payload, reader)
    if isinstance(payload, Copy) and len(sent) < len(payload.messages):
        raise BadRequest("not all messages were found")
    return sent[-1]
