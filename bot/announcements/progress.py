"""Reports to the admin who announced something: one message, edited as it goes, and one on what was missed."""

import asyncio
from contextlib import suppress

import structlog
from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.chat.buttons import keyboard
from bot.chat.messages import Reply, edit
from bot.chat.texts import locale_named, texts
from bot.clock import Clock
from bot.settings import Settings
from bot.storage.announcements import Announcement, State
from bot.storage.memory import Memory
from bot.storage.writer import NoDatabaseError

from .sender import Sender
from .wording import ButtonAction, button, missed, progress, report

# Seconds: a message is edited at most as often, and looked for more often, so that a stop is reported soon.
_BETWEEN_EDITS = 3.0
_BETWEEN_LOOKS = 0.5
_ENDED = frozenset({State.DONE, State.STOPPED, State.MISSED})

log = structlog.get_logger(__name__)


class Progress:
    """`run` is for every process; the one that sends reports."""

    def __init__(self, bot: Bot, memory: Memory, settings: Settings, sender: Sender, clock: Clock) -> None:
        self._bot = bot
        self._memory = memory
        self._settings = settings
        self._sender = sender
        self._clock = clock
        # By announcement: when it was reported last, and what; the message that was sent, as the database may not know.
        self._shown: dict[int, tuple[float, str]] = {}
        self._messages: dict[int, int | None] = {}
        # By admin: Telegram takes about one message a second in a chat, so that no second one waits behind the first.
        self._reporting: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        try:
            while True:
                with suppress(NoDatabaseError):
                    if self._sender.leading:
                        await self._look()
                await self._clock.sleep(_BETWEEN_LOOKS)
        finally:
            for task in self._reporting.values():
                task.cancel()

    async def _look(self) -> None:
        rows = await self._memory.announcements.unreported()
        # What has been reported by now, by this process or by another that has sent since, is forgotten.
        ids = {row.id for row in rows}
        self._shown = {id_: shown for id_, shown in self._shown.items() if id_ in ids}
        self._messages = {id_: message for id_, message in self._messages.items() if id_ in ids}
        # What has ended comes first, then what was reported longest ago.
        for row in sorted(rows, key=lambda row: (row.state not in _ENDED, self._shown.get(row.id, (0.0, ""))[0])):
            if row.who not in self._reporting and self._is_time(row):
                self._reporting[row.who] = asyncio.create_task(self._report(row))

    def _is_time(self, row: Announcement) -> bool:
        if row.state not in _ENDED and not row.who:  # from a shell: there is nobody to tell, and the log tells the end
            return False
        if row.state is State.STOPPED and self._sender.is_sending(row.id):
            return False  # what was on its way then counts too
        now = self._clock.now()
        at, shown = self._shown.get(row.id, (now - _BETWEEN_EDITS, ""))
        return now - at >= _BETWEEN_EDITS and (row.state in _ENDED or shown != self._under_way(row).html)

    async def _report(self, row: Announcement) -> None:
        try:
            if row.state is State.STOPPED:  # the last of it may have been noted since it was read
                row = await self._memory.announcements.get(row.id) or row
            reply = await self._over(row) if row.state in _ENDED else self._under_way(row)
            self._shown[row.id] = (self._clock.now(), reply.html)
            await self._tell(row, reply)
        except NoDatabaseError:
            pass  # looked at again soon
        except Exception:
            log.exception("an announcement could not be told of", id=row.id)
        finally:
            del self._reporting[row.who]

    async def _tell(self, row: Announcement, reply: Reply) -> None:
        message = self._messages.get(row.id, row.report_message)
        try:
            if row.who and (message is None or not await edit(self._bot, row.who, message, reply)):
                sent = await self._bot.send_message(row.who, reply.html, ParseMode.HTML, reply_markup=reply.keyboard)
                message = sent.message_id
        except (Forbidden, BadRequest) as error:
            log.warning("an admin could not be told", who=row.who, what=f"announcement {row.id}", reason=error.message)
        except TelegramError as error:
            log.warning("telling of an announcement is tried again", who=row.who, id=row.id, reason=error.message)
            return
        self._messages[row.id] = message
        ended = row.state in _ENDED
        is_news = ended or message != row.report_message
        if is_news and await self._memory.announcements.reported(row.id, message, last=ended):
            if row.state is State.MISSED:
                log.warning("an announcement was missed", id=row.id, due=row.due_at.isoformat())
            elif ended:
                counts = {"sent": row.sent, "failed": row.failed, "skipped": row.skipped}
                log.info("an announcement has ended", id=row.id, state=str(row.state), **counts)

    def _under_way(self, row: Announcement) -> Reply:
        locale = locale_named(row.language)
        stop = button(texts(locale)("announce-stop"), ButtonAction.STOP, row.id)
        return Reply.plain(progress(row, self._settings.broadcast_rate, locale), keyboard([[stop]]))

    async def _over(self, row: Announcement) -> Reply:
        locale = locale_named(row.language)
        if row.state is State.MISSED:
            schedule = await self._memory.schedules.get(row.schedule) if row.schedule is not None else None
            return Reply.plain(missed(row, schedule, self._settings.timezone, locale))
        reasons = await self._memory.announcements.reasons(row.id)
        more = button(texts(locale)("announce-more"), ButtonAction.OPEN, row.id)
        return Reply.plain(report(row, reasons, locale), keyboard([[more]]))
