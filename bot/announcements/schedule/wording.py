"""What is scheduled, in words: what, when, and what is wrong with a moment."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.announcements.payload import FigureOfTheDay, PayloadError, payload_of
from bot.announcements.telegram.wording import summary
from bot.chat.texts import Locale, RequestError, texts

from .moments import shown, upcoming, zone_named
from .releasing import MOST_MISSED

if TYPE_CHECKING:
    from bot.storage import Announcement, Schedule

_SHOWN_MOMENTS: Final = 3


def what(payload: str, locale: Locale) -> str:
    try:
        daily = isinstance(payload_of(payload), FigureOfTheDay)
    except PayloadError:
        daily = False
    return texts(locale)("schedule-figure") if daily else summary(payload, locale)


def once(payload: str, at: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """An announcement that waits for its moment, as a line of a list."""
    return texts(locale)("schedule-once", at=shown(at, zone), what=what(payload, locale))


def regular(schedule: Schedule, now: datetime, locale: Locale) -> str:
    """A schedule with its next moments. Raises RequestError where it has none."""
    zone = zone_named(schedule.time_zone)
    moments = islice(upcoming(schedule.cron, zone, now), _SHOWN_MOMENTS)
    listed = texts(locale)("comma").join(f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in moments)
    return texts(locale)(
        "schedule-regular",
        cron=schedule.cron,
        what=what(schedule.payload, locale),
        moments=f"{listed} {schedule.time_zone}",
    )


def listed(schedule: Schedule, announced: datetime | None, locale: Locale) -> str:
    """A schedule as a line of a list. `announced`: when it was announced last."""
    say = texts(locale)
    last = say("schedule-told", at=_shown(announced, schedule)) if announced else say("schedule-not-told")
    paused = schedule.paused
    next_ = say("schedule-next", at=_shown(schedule.next_at, schedule))
    when = next_ if paused is None else say("schedule-paused", at=_shown(paused, schedule))
    return say("schedule-entry", cron=schedule.cron, what=what(schedule.payload, locale), when=when, told=last)


def missed(entry: Announcement, schedule: Schedule | None, zone: ZoneInfo, locale: Locale) -> str:
    """That something was not sent. `schedule`: of the entry, while there is one. `zone`: where it has none."""
    say = texts(locale)
    said = what(entry.payload, locale)
    if not entry.skipped:
        return say("schedule-missed-once", what=said, at=shown(entry.due_at, zone))
    times = say("schedule-times", count=entry.skipped) if entry.skipped < MOST_MISSED else say("schedule-many-times")
    at = _shown(entry.due_at, schedule) if schedule else shown(entry.due_at, zone)
    line = say("schedule-missed", what=said, times=times, at=at)
    if schedule is None or schedule.paused is not None:
        return line
    return f"{line} {say('schedule-missed-next', at=_shown(schedule.next_at, schedule))}"


def _shown(at: datetime, schedule: Schedule) -> str:
    """By the clocks that the schedule goes by; by UTC where this machine does not know them."""
    try:
        return shown(at, zone_named(schedule.time_zone))
    except RequestError:
        return shown(at, ZoneInfo("UTC"))
