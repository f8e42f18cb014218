"""/announce: a preview of what is to be announced, and the buttons that send, change, schedule or drop it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import structlog
from telegram import CallbackQuery, Message

from bot.chat.replies import Reply
from bot.chat.sending import answer_press, reader_of, send_after, send_below, show
from bot.chat.texts import Locale, texts
from bot.storage import Action, Announcement, Draft, State

from .buttons import AnnouncementButton, ButtonAction, on_buttons
from .content import Unfit, wanted
from .drafts import Drafts, over, preview

if TYPE_CHECKING:
    from bot.chat.admin.admins import Admins
    from bot.chat.library import Library
    from bot.chat.updates import Context, Handler, OnPress
    from bot.storage import Memory

COMMAND: Final = "announce"

log = structlog.get_logger(__name__)


class AnnounceCommand:
    """The handlers. The draft that a button is for is in the database: it works after a restart, and everywhere."""

    def __init__(self, memory: Memory, library: Library, drafts: Drafts) -> None:
        self._memory = memory
        self._library = library
        self._drafts = drafts

    def handlers(self, admins: Admins) -> list[Handler]:
        works: dict[ButtonAction, OnPress[AnnouncementButton]] = {
            ButtonAction.SEND: partial(self.send, silent=False),
            ButtonAction.SEND_SILENTLY: partial(self.send, silent=True),
            ButtonAction.PIN: self.pin,
            ButtonAction.SCHEDULE: self.schedule,
            ButtonAction.CANCEL: self.cancel,
            ButtonAction.STOP: self.stop,
        }
        return [admins.command(COMMAND, self.announce), *on_buttons(admins, works)]

    async def announce(self, message: Message, _: Context) -> None:
        """Shows what the message wants announced as chats would see it, and asks what is to become of it."""
        reader = reader_of(message.from_user)
        content = await wanted(message, self._library.now, self._memory.albums)
        if content is None or isinstance(content, Unfit):
            unfit = content or Unfit("announce-how", {})
            await send_below(message, Reply.plain(texts(reader)(unfit.key, **unfit.values)))
            return
        audience = await self._memory.subscriptions.audience()
        if not audience or not sum(audience.values()):
            trouble = "no-database" if audience is None else "announce-nobody"
            await send_below(message, Reply.plain(texts(reader)(trouble)))
            return
        # The same command, delivered twice, has the same number.
        key = f"message:{message.chat.id}:{message.message_id}"
        draft = Draft(key, message.chat.id, str(reader), content.to_json())
        show_it = partial(preview, message.get_bot(), message.chat.id, content, reader)
        await self._drafts.offer(message, draft, show_it, reader)

    async def send(self, query: CallbackQuery, press: AnnouncementButton, *, silent: bool) -> None:
        """Queues the draft; its progress report takes the place of the buttons, which stay until then."""
        rows, message, reader = self._memory.announcements, query.message, reader_of(query.from_user)
        row = await rows.get(press.id)
        if row is None or message is None or row.state is not State.DRAFT:
            await answer_press(query, await self._undecidable(row, press, reader))
            return
        changed = not silent or await rows.change(row.id, silent=True)
        queued = await rows.queue(row.id, report_message=message.message_id) if changed else None
        await answer_press(query, texts(reader)("no-database" if queued is None else "announce-handing-over"))
        if queued:
            done = "announce" if row.action is Action.SEND else f"{row.action}"
            await self._note(query, row, done, "queued, silently" if silent else "queued")

    async def pin(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        """Has the message pinned where that is allowed, or not."""
        row = await self._decided(query, press)
        changed = await self._memory.announcements.change(row.id, pin=not row.pin) if row else None
        if changed is not None:
            await show(query, await self._drafts.shown(changed, reader_of(query.from_user)))

    async def schedule(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        """Tells how to send it later."""
        if await self._decided(query, press):
            await send_after(query, Reply.plain(texts(reader_of(query.from_user))("announce-schedule-how")))

    async def cancel(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        """Drops the draft."""
        row = await self._decided(query, press)
        if row is not None and await self._memory.announcements.drop(row.id):
            await show(query, Reply.plain(texts(reader_of(query.from_user))("announce-cancelled")))

    async def stop(self, query: CallbackQuery, press: AnnouncementButton) -> None:
        """Has nothing more sent; what has become of it by then stands in its progress report."""
        say = texts(reader_of(query.from_user))
        row = await self._memory.announcements.get(press.id)
        stopped = await self._memory.announcements.stop(row.id) if row else None
        if row is None or stopped is None:
            await answer_press(query, say("no-database"))
        elif stopped:
            await answer_press(query, say("announce-stopping"))
            await self._note(query, row, "stop", "stopped")
        else:
            await answer_press(query, over(row, reader_of(query.from_user)))

    async def _decided(self, query: CallbackQuery, press: AnnouncementButton) -> Announcement | None:
        """The draft that a press decides on, once the press is answered; None where there is nothing to decide."""
        row = await self._memory.announcements.get(press.id)
        is_draft = row is not None and row.state is State.DRAFT
        await answer_press(query, None if is_draft else await self._undecidable(row, press, reader_of(query.from_user)))
        return row if is_draft else None

    async def _undecidable(self, row: Announcement | None, press: AnnouncementButton, reader: Locale) -> str:
        """Why there is nothing to decide on."""
        if row is not None:
            return over(row, reader)
        gone = await self._memory.announcements.is_gone(press.id)
        return texts(reader)("announce-gone" if gone else "no-database")

    async def _note(self, query: CallbackQuery, row: Announcement, done: str, result: str) -> None:
        target = f" of {row.target}" if row.target is not None else ""
        log.info("an admin decided on an announcement", who=query.from_user.id, what=f"{done} {row.id}", result=result)
        await self._memory.audit.note(query.from_user.id, f"{done} {row.id}{target}", result)
