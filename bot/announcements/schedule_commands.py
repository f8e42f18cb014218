"""/schedule, /daily and /schedules: announcements at set times, with buttons to pause, resume and delete them."""

from contextlib import suppress
from enum import StrEnum
from zoneinfo import ZoneInfo

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import TelegramError

from bot.chat.admin.admins import Admins
from bot.chat.buttons import CallbackData, button
from bot.chat.messages import Context, Handler, Reply, answer_press, reader_of, send_below, show
from bot.chat.texts import Locale, RequestError, texts
from bot.storage.announcements import Action, Announcement, AnnouncementDraft, Schedule, State
from bot.storage.memory import Memory

from .content import FigureOfTheDay
from .reports import draft_below, once_line, regular_lines, request_key, schedule_line
from .schedule import cron_of, moment, next_moment, shown, time_of_day, zone_named

# Each has buttons, of which Telegram takes a hundred below a message.
_MOST = 20


class ScheduleAction(StrEnum):
    """What a button does; `CANCEL` with an announcement that waits for its moment, all others with a schedule."""

    PAUSE = "pause"
    RESUME = "resume"
    DELETE = "delete"
    CANCEL = "cancel"


class ScheduleButton(CallbackData, prefix="sch"):
    """The data of a button. `id`: of the schedule or of the announcement."""

    action: ScheduleAction
    id: int


class ScheduleCommands:
    """The handlers. `zone`: of the moments that name none."""

    def __init__(self, memory: Memory, zone: ZoneInfo) -> None:
        self._memory = memory
        self._zone = zone

    def handlers(self, admins: Admins) -> list[Handler]:
        return [
            admins.command("schedule", self.schedule),
            admins.command("daily", self.daily),
            admins.command("schedules", self.schedules),
            admins.press(ScheduleButton, self.press),
        ]

    async def schedule(self, message: Message, context: Context) -> None:
        """Sets a moment, or a cron expression, for a draft."""
        reader, words = reader_of(message.from_user), context.args or []
        if not words:
            now = shown(self._memory.utcnow(), self._zone)
            reply = Reply.plain(texts(reader)("schedule-how", now=now))
        elif words[0].lower() == "cron":
            reply = await self._regularly(message, " ".join(words[1:]), reader)
        else:
            reply = await self._once(message, " ".join(words), reader)
        await send_below(message, reply)

    async def daily(self, message: Message, context: Context) -> None:
        """Schedules the figure of the day for a time of each day."""
        reader = reader_of(message.from_user)
        at, zone = time_of_day(" ".join(context.args or ()), self._zone)
        draft = AnnouncementDraft(request_key(message), message.chat.id, str(reader), FigureOfTheDay().to_json())
        cron = f"{at.minute} {at.hour} * * *"
        next_at = next_moment(cron, zone, self._memory.utcnow())
        made = await self._memory.schedules.add(draft, cron, zone.key, next_at)
        await send_below(message, await self._made(message, made, reader))

    async def _once(self, message: Message, text: str, reader: Locale) -> Reply:
        at, zone = moment(text, self._zone, self._memory.utcnow())
        row = await self._draft(message)
        if not await self._memory.announcements.queue(row.id, at):
            raise RequestError("schedule-decided")
        await self._note(message, f"schedule {row.id}", shown(at, zone))
        cancel = _buttons([ScheduleAction.CANCEL], row.id, reader)
        return Reply.plain(once_line(row.payload, at, zone, reader), InlineKeyboardMarkup([cancel]))

    async def _regularly(self, message: Message, text: str, reader: Locale) -> Reply:
        cron, zone = cron_of(text, self._zone)
        next_at = next_moment(cron, zone, self._memory.utcnow())
        row = await self._draft(message)
        if row.action is not Action.SEND:
            raise RequestError("schedule-only-once")
        what = AnnouncementDraft(
            request_key(message), row.who, row.language, row.payload, silent=row.silent, pin=row.pin
        )
        # In this order, so that a kill in between leaves the draft, and the command does the rest when it comes again.
        made = await self._memory.schedules.add(what, cron, zone.key, next_at)
        if not await self._memory.announcements.stop(row.id, State.DRAFT):
            await self._memory.schedules.delete(made.id)
            raise RequestError("schedule-decided")
        return await self._made(message, made, reader)

    async def _made(self, message: Message, schedule: Schedule, reader: Locale) -> Reply:
        await self._note(message, f"schedule regularly {schedule.id}", f"{schedule.cron} {schedule.time_zone}")
        line = regular_lines(schedule, self._memory.utcnow(), reader)
        return Reply.plain(line, InlineKeyboardMarkup([_buttons(_actions(schedule), schedule.id, reader)]))

    async def _draft(self, message: Message) -> Announcement:
        schedules, replied = self._memory.schedules, message.reply_to_message
        if replied is None:
            id_ = await schedules.newest_draft(message.chat.id)
        elif (id_ := draft_below(replied)) is None:
            id_ = await schedules.asked_before(message.chat.id, replied.message_id)
        row = await self._memory.announcements.get(id_) if id_ is not None else None
        if row is None:
            raise RequestError("schedule-no-draft")
        if row.state is not State.DRAFT:
            raise RequestError("schedule-decided")
        return row

    async def _note(self, message: Message, done: str, result: str) -> None:
        await self._memory.audit.note(message.chat.id, done, result)
        if draft_below(message.reply_to_message) is not None and message.reply_to_message is not None:
            # There is nothing left to decide on.
            with suppress(TelegramError):
                await message.reply_to_message.edit_reply_markup(None)

    async def schedules(self, message: Message, _: Context) -> None:
        await send_below(message, await self._list(reader_of(message.from_user)))

    async def press(self, query: CallbackQuery, press: ScheduleButton) -> None:
        """Does what the button says, and makes its message the list as it is then."""
        reader, schedules = reader_of(query.from_user), self._memory.schedules
        works = {
            ScheduleAction.PAUSE: schedules.pause,
            ScheduleAction.RESUME: self._resume,
            ScheduleAction.DELETE: schedules.delete,
            ScheduleAction.CANCEL: schedules.cancel,
        }
        done = await works[press.action](press.id)
        await answer_press(query, texts(reader)(f"schedule-done-{press.action}" if done else "schedule-changed"))
        if done:
            await self._memory.audit.note(query.from_user.id, f"schedules {press.action}", str(press.id))
        await show(query, await self._list(reader))

    async def _resume(self, id_: int) -> bool:
        schedule = await self._memory.schedules.get(id_)
        if schedule is None:
            return False
        try:
            next_at = next_moment(schedule.cron, zone_named(schedule.time_zone), self._memory.utcnow())
        except RequestError:
            # Such as it is in the database, it would rest again at once.
            return False
        return await self._memory.schedules.resume(id_, next_at)

    async def _list(self, reader: Locale) -> Reply:
        say = texts(reader)
        waiting, regular = await self._memory.schedules.waiting(), await self._memory.schedules.all()
        once, zone = [ScheduleAction.CANCEL], self._zone
        entries = [(once_line(one.payload, one.due_at, zone, reader), once, one.id) for one in waiting]
        entries += [(schedule_line(one, last, reader), _actions(one), one.id) for one, last in regular]
        if not entries:
            return Reply.plain(say("schedule-none"))
        lines, rows = [say("schedule-list")], []
        for place, (line, actions, id_) in enumerate(entries[:_MOST], 1):
            lines.append(f"{place}. {line}")
            rows.append(_buttons(actions, id_, reader, f" {place}"))
        if len(entries) > _MOST:
            lines.append(say("more", count=len(entries) - _MOST))
        return Reply.plain("\n".join(lines), InlineKeyboardMarkup(rows))


def _buttons(actions: list[ScheduleAction], id_: int, reader: Locale, place: str = "") -> list[InlineKeyboardButton]:
    """A row of buttons. `place`: what stands behind each label, the number in a list."""
    say = texts(reader)
    return [button(say(f"schedule-do-{action}") + place, ScheduleButton(action, id_)) for action in actions]


def _actions(schedule: Schedule) -> list[ScheduleAction]:
    return [ScheduleAction.PAUSE if schedule.paused is None else ScheduleAction.RESUME, ScheduleAction.DELETE]
