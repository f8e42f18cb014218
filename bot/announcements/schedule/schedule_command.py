"""/schedule and /daily: announcements at set times."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from telegram import Message
from telegram.error import TelegramError

from bot.announcements.payload import FigureOfTheDay
from bot.announcements.telegram.buttons import draft_below, keyboard
from bot.chat.replies import Reply
from bot.chat.sending import reader_of, send_below
from bot.chat.texts import Locale, texts
from bot.storage import Action, Announcement, Draft, State, Timing

from . import buttons as schedule_buttons
from . import cron
from . import wording as schedule_wording
from .moments import MomentError, moment, shown, time_of_day

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.chat.admin.admins import Admins
    from bot.chat.updates import Context, Handler
    from bot.storage import Memory, Schedule

_CRON: Final = "cron"


class ScheduleCommand:
    """`zone`: of the moments that name none."""

    def __init__(self, memory: Memory, zone: ZoneInfo) -> None:
        self._memory = memory
        self._zone = zone

    def handlers(self, admins: Admins) -> list[Handler]:
        return [admins.command("schedule", self.schedule), admins.command("daily", self.daily)]

    async def schedule(self, message: Message, context: Context) -> None:
        """Sets a moment, or a cron expression, for a draft."""
        reader = reader_of(message.from_user)
        first, *rest = context.args or ("",)
        now = self._memory.utcnow()
        try:
            if first.lower() == _CRON:
                answer = await self._regularly(message, self._timing(*cron.cron_of(" ".join(rest), self._zone)), reader)
            elif first:
                at, zone = moment(" ".join((first, *rest)), self._zone, now)
                answer = await self._once(message, at, zone, reader)
            else:
                answer = Reply.plain(texts(reader)("schedule-how", now=shown(now, self._zone)))
        except MomentError as error:
            answer = Reply.plain(schedule_wording.wrong(error, self._zone, now, reader))
        await send_below(message, answer)

    async def daily(self, message: Message, context: Context) -> None:
        """Has the figure of the day announced."""
        reader = reader_of(message.from_user)
        now = self._memory.utcnow()
        try:
            at, zone = time_of_day(" ".join(context.args or ()), self._zone)
            answer = await self._figure(message, self._timing(cron.daily(at), zone), reader)
        except MomentError as error:
            answer = Reply.plain(schedule_wording.wrong(error, self._zone, now, reader))
        await send_below(message, answer)

    def _timing(self, expression: str, zone: ZoneInfo) -> Timing:
        now = self._memory.utcnow()
        return Timing(expression, zone.key, cron.next_moment(expression, zone, now))

    async def _once(self, message: Message, at: datetime, zone: ZoneInfo, reader: Locale) -> Reply:
        say = texts(reader)
        row = await self._draft(message)
        if not isinstance(row, Announcement):
            return Reply.plain(say(row))
        queued = await self._memory.announcements.queue(row.id, at, scheduled=True)
        if queued is None:
            return Reply.plain(say("no-database"))
        if not queued:
            return Reply.plain(say("schedule-decided"))
        await self._done(message, f"schedule {row.id}", shown(at, zone))
        line = schedule_wording.once(row.payload, at, zone, reader)
        return Reply.plain(line, keyboard([schedule_buttons.of_announcement(row.id, say)]))

    async def _regularly(self, message: Message, timing: Timing, reader: Locale) -> Reply:
        say = texts(reader)
        row = await self._draft(message)
        if not isinstance(row, Announcement):
            return Reply.plain(say(row))
        if row.action is not Action.SEND:
            return Reply.plain(say("schedule-only-once"))
        made = await self._memory.schedules.repeat(row.id, _request(message), timing)
        if made is None:
            return Reply.plain(say("no-database"))
        return await self._made(message, made[0], reader) if made else Reply.plain(say("schedule-decided"))

    async def _figure(self, message: Message, timing: Timing, reader: Locale) -> Reply:
        payload = FigureOfTheDay().to_json()
        draft = Draft(_request(message), _who(message), str(reader), payload)
        made = await self._memory.schedules.add(draft, timing)
        if made is None:
            return Reply.plain(texts(reader)("no-database"))
        return await self._made(message, made, reader)

    async def _made(self, message: Message, schedule: Schedule, reader: Locale) -> Reply:
        await self._done(message, f"schedule regularly {schedule.id}", f"{schedule.cron} {schedule.time_zone}")
        line = schedule_wording.regular(schedule, self._memory.utcnow(), reader)
        return Reply.plain(line, keyboard([schedule_buttons.of_schedule(schedule, texts(reader))]))

    async def _draft(self, message: Message) -> Announcement | str:
        """The draft that the command is for, or the key of the text that says why there is none."""
        schedules, replied = self._memory.schedules, message.reply_to_message
        named = draft_below(replied)
        if named is not None:
            found: list[int] | None = [named]
        elif replied is not None:
            found = await schedules.asked_before(_who(message), message.chat.id, replied.message_id)
        else:
            found = await schedules.newest_draft(_who(message))
        if found is None:
            return "no-database"
        row = await self._memory.announcements.get(found[0]) if found else None
        if row is None:
            return "schedule-no-draft"
        return row if row.state is State.DRAFT else "schedule-decided"

    async def _done(self, message: Message, done: str, result: str) -> None:
        await self._memory.audit.note(_who(message), done, result)
        if draft_below(message.reply_to_message) is not None and message.reply_to_message is not None:
            # There is nothing left to decide on.
            with suppress(TelegramError):
                await message.reply_to_message.edit_reply_markup(None)


def _who(message: Message) -> int:
    return message.from_user.id if message.from_user else 0


def _request(message: Message) -> str:
    return f"message:{message.chat.id}:{message.message_id}"
