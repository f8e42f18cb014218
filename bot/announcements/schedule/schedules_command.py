"""/schedules: what is to be announced, and when, with buttons to pause, resume and delete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.chat.markup import Piece, to_html
from bot.chat.replies import Reply
from bot.chat.sending import answer_press, reader_of, send_below, show
from bot.chat.texts import Locale, texts

from . import buttons as schedule_buttons
from . import wording as schedule_wording
from .buttons import ScheduleAction, ScheduleButton
from .cron import next_moment
from .moments import MomentError, zone_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from bot.chat.admin.admins import Admins
    from bot.chat.updates import Context, Handler
    from bot.storage import Announcement, Memory, Repeated

# A line of the list, and its buttons once its place in the list is known.
Entry: TypeAlias = tuple[str, Callable[[str], list[InlineKeyboardButton]]]

# Each has buttons, of which Telegram takes a hundred below a message.
_MOST: Final = 20
_DONE: Final = {
    ScheduleAction.PAUSE: "schedule-is-paused",
    ScheduleAction.RESUME: "schedule-goes-on",
    ScheduleAction.DELETE: "schedule-is-deleted",
    ScheduleAction.CANCEL: "schedule-is-deleted",
}


class SchedulesCommand:
    """`zone`: to show the moments in that go by no other."""

    def __init__(self, memory: Memory, zone: ZoneInfo) -> None:
        self._memory = memory
        self._zone = zone

    def handlers(self, admins: Admins) -> list[Handler]:
        return [
            admins.command("schedules", self.schedules),
            admins.press(ScheduleButton, self.press),
        ]

    async def schedules(self, message: Message, _: Context) -> None:
        await send_below(message, await self._list(reader_of(message.from_user)))

    async def press(self, query: CallbackQuery, press: ScheduleButton) -> None:
        """Does what the button says, and makes its message the list as it is then."""
        reader = reader_of(query.from_user)
        done = await self._do(press)
        if done is None:
            await answer_press(query, texts(reader)("no-database"))
            return
        await answer_press(query, texts(reader)(_DONE[press.action] if done else "schedule-changed"))
        if done:
            await self._memory.audit.note(query.from_user.id, f"schedules {press.action}", str(press.id))
        await show(query, await self._list(reader))

    async def _do(self, press: ScheduleButton) -> bool | None:
        """Whether that changed anything; None where the database did not take it."""
        schedules = self._memory.schedules
        match press.action:
            case ScheduleAction.PAUSE:
                return await schedules.pause(press.id)
            case ScheduleAction.RESUME:
                return await self._resume(press.id)
            case ScheduleAction.DELETE:
                return await schedules.delete(press.id)
            case ScheduleAction.CANCEL:
                return await schedules.cancel(press.id)

    async def _resume(self, id_: int) -> bool | None:
        schedule = await self._memory.schedules.get(id_)
        if schedule is None:
            return False
        try:
            next_at = next_moment(schedule.cron, zone_named(schedule.time_zone), self._memory.utcnow())
        except MomentError:
            # Such as it is in the database, it would rest again at once.
            return False
        return await self._memory.schedules.resume(id_, next_at)

    async def _list(self, reader: Locale) -> Reply:
        say = texts(reader)
        waiting, regular = await self._memory.schedules.waiting(), await self._memory.schedules.all()
        if waiting is None or regular is None:
            return Reply(to_html([Piece(say("no-database"))]))
        if not waiting and not regular:
            return Reply(to_html([Piece(say("schedule-none"))]))
        entries = [*self._waiting(waiting, reader), *_regular(regular, reader)]
        lines = [say("schedule-list"), *(f"{place}. {line}" for place, (line, _) in enumerate(entries[:_MOST], 1))]
        if len(entries) > _MOST:
            lines.append(say("more", count=len(entries) - _MOST))
        rows = [row(str(place)) for place, (_, row) in enumerate(entries[:_MOST], 1)]
        return Reply(to_html([Piece("\n".join(lines))]), InlineKeyboardMarkup(rows))

    def _waiting(self, waiting: Iterable[Announcement], reader: Locale) -> Iterator[Entry]:
        for one in waiting:
            row = partial(schedule_buttons.of_announcement, one.id, texts(reader))
            yield schedule_wording.once(one.payload, one.due_at, self._zone, reader), row


def _regular(regular: Iterable[Repeated], reader: Locale) -> Iterator[Entry]:
    for one in regular:
        row = partial(schedule_buttons.of_schedule, one.schedule, texts(reader))
        yield schedule_wording.listed(one, reader), row
