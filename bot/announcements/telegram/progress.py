"""Progress reports to the admin who announced something: one message, edited as it goes."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.chat.markup import Piece, to_html
from bot.chat.replies import Reply
from bot.chat.texts import locale_named, texts
from bot.storage import State

from .buttons import ButtonAction, button, keyboard
from .wording import progress, report

if TYPE_CHECKING:
    from telegram import Bot

    from bot.announcements.delivery.sender import Sender
    from bot.clock import Clock
    from bot.storage import Announcement, Announcements

# Seconds: a message is edited at most as often, and looked for more often, so that a stop is reported soon.
_BETWEEN_EDITS: Final = 3.0
_BETWEEN_LOOKS: Final = 0.5
# What was on its way when an announcement was stopped counts too: it is reported so long after the last of it.
_SETTLING: Final = 1.0

# Telegram takes about one message a second in a chat, however many announcements there are.
_BETWEEN_CALLS: Final = 1.0
_ENDED: Final = frozenset({State.DONE, State.STOPPED})

log = structlog.get_logger(__name__)


class Progress:
    """`run` is for every process; the one that sends reports. `rate`: messages a second."""

    def __init__(self, bot: Bot, announcements: Announcements, rate: int, sender: Sender, clock: Clock) -> None:
        self._bot = bot
        self._rows = announcements
        self._rate = rate
        self._sender = sender
        self._clock = clock
        # By announcement: when it was reported last, and what; when messages of a stopped one were last on their way.
        self._shown: dict[int, tuple[float, str]] = {}
        self._stopped: dict[int, float] = {}
        # By admin: when something was reported last.
        self._called: dict[int, float] = {}
        self._reporting: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until it is cancelled."""
        try:
            while True:
                if self._sender.leading:
                    await self._look()
                await self._clock.sleep(_BETWEEN_LOOKS)
        finally:
            for task in self._reporting.values():
                task.cancel()

    async def _look(self) -> None:
        # What has ended comes first, then what was reported longest ago.
        rows = await self._rows.unreported()
        if rows is None:
            return
        self._forget_all_but({row.id for row in rows})
        for row in sorted(rows, key=lambda row: (row.state not in _ENDED, self._shown.get(row.id, (0.0, ""))[0])):
            # Telegram may keep one message waiting for long; the others do not wait for it.
            if row.id not in self._reporting and self._is_time(row) and self._may_write_to(row):
                self._reporting[row.id] = asyncio.create_task(self._report(row))
                self._reporting[row.id].add_done_callback(partial(self._ended_reporting, row.id))

    def _forget_all_but(self, unreported: set[int]) -> None:
        """What has been reported, by this process or by another that has sent since."""
        for kept in (self._shown, self._stopped):
            for id_ in kept.keys() - unreported:
                del kept[id_]

    def _ended_reporting(self, id_: int, task: asyncio.Task[None]) -> None:
        del self._reporting[id_]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("an announcement could not be told of", id=id_, exc_info=error)

    def _is_time(self, row: Announcement) -> bool:
        now = self._clock.now()
        if row.state is State.STOPPED and not self._is_settled(row, now):
            return False
        at, shown = self._shown.get(row.id, (now - _BETWEEN_EDITS, ""))
        return now - at >= _BETWEEN_EDITS and (row.state in _ENDED or shown != self._under_way(row).html)

    def _is_settled(self, row: Announcement, now: float) -> bool:
        """Whether what was on its way when it was stopped has been counted, for as long as it takes to see that."""
        if self._sender.is_sending(row.id):
            self._stopped[row.id] = now
        return now - self._stopped.setdefault(row.id, now) >= _SETTLING

    def _may_write_to(self, row: Announcement) -> bool:
        """Whether the chat with the admin takes another message, and if so, not again for a while."""
        if not row.who:  # from a shell: there is nobody to tell, and the log tells the end
            return row.state in _ENDED
        now, who = self._clock.now(), row.who
        free = now - self._called.get(who, now - _BETWEEN_CALLS) >= _BETWEEN_CALLS
        if free:
            self._called[who] = now
        return free

    async def _report(self, row: Announcement) -> None:
        ended = row.state in _ENDED
        reply = await self._over(row) if ended else self._under_way(row)
        if reply is None:
            return
        self._shown[row.id] = (self._clock.now(), reply.html)
        try:
            message = await self._show(row, reply) if row.who else None
        except (Forbidden, BadRequest) as error:
            log.warning("an admin cannot be told of an announcement", who=row.who, id=row.id, reason=error.message)
            message = row.report_message
        except TelegramError as error:
            log.warning("telling of an announcement is tried again", who=row.who, id=row.id, reason=error.message)
            return
        noted = (
            await self._rows.reported(row.id, message, last=ended) if ended or message != row.report_message else None
        )
        if ended and noted:
            counts = {"sent": row.sent, "failed": row.failed, "skipped": row.skipped}
            log.info("an announcement has ended", id=row.id, state=str(row.state), **counts)

    async def _show(self, row: Announcement, reply: Reply) -> int:
        """Makes the message that tells of it `reply`, or sends one where there is none; returns its id."""
        if row.report_message is not None:
            try:
                await self._bot.edit_message_text(
                    reply.html, row.who, row.report_message, parse_mode=ParseMode.HTML, reply_markup=reply.keyboard
                )
            except BadRequest as error:
                if "not modified" in error.message.lower():
                    return row.report_message
                if not any(words in error.message.lower() for words in ("not found", "can't be edited")):
                    raise
            else:
                return row.report_message
        sent = await self._bot.send_message(row.who, reply.html, ParseMode.HTML, reply_markup=reply.keyboard)
        return sent.message_id

    def _under_way(self, row: Announcement) -> Reply:
        locale = locale_named(row.language)
        stop = button(texts(locale)("announce-stop"), ButtonAction.STOP, row.id)
        return Reply(to_html([Piece(progress(row, self._rate, locale))]), keyboard([[stop]]))

    async def _over(self, row: Announcement) -> Reply | None:
        reasons = await self._rows.reasons(row.id)
        if reasons is None:
            return None
        locale = locale_named(row.language)
        more = button(texts(locale)("announce-more"), ButtonAction.OPEN, row.id)
        return Reply(to_html([Piece(report(row, reasons, locale))]), keyboard([[more]]))
