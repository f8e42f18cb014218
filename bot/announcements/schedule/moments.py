"""Moments as people write them, in the time of a place: a day and a time, a time of each day, or a cron expression.

The moments of an expression are those of Debian's cron where clocks are changed.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError

from bot.chat.texts import RequestError

_MOMENT = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})[ Tt]([0-9]{1,2}):([0-9]{2})(?: (\S+))?")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?: (\S+))?")
_CRON_FIELDS = 5


def moment(text: str, zone: ZoneInfo, now: datetime) -> tuple[datetime, ZoneInfo]:
    """The moment, in UTC, that `text` names (2026-12-01 09:00, or 2026-12-01 09:00 Europe/Berlin), and its zone.

    A time that the clocks leave out is the first one after the gap; of one that comes twice, it is the first still to
    come. Raises RequestError, also for a moment that is not after `now`.
    """
    found = _MOMENT.fullmatch(_folded(text))
    if found is None:
        raise RequestError("schedule-wrong-moment")
    year, month, day, hour, minute = map(int, found.groups()[:5])
    zone = zone_named(found[6]) if found[6] else zone
    try:
        local = datetime(year, month, day, hour, minute)  # noqa: DTZ001 (the zone comes with each of the two)
        times = [_instant(local, zone, fold) for fold in (0, 1)]
    except (ValueError, OverflowError):
        raise RequestError("schedule-wrong-moment") from None
    to_come = [at for at in times if at > now]
    if not to_come:
        raise RequestError("schedule-wrong-past", now=shown(now, zone))
    return to_come[0], zone


def time_of_day(text: str, zone: ZoneInfo) -> tuple[time, ZoneInfo]:
    """The time of day that `text` names (09:00, or 9:00 Europe/Berlin), and its zone; `zone` where it names none."""
    found = _TIME.fullmatch(_folded(text))
    if found is None:
        raise RequestError("schedule-wrong-time")
    hour, minute, name = found.groups()
    try:
        at = time(int(hour), int(minute))
    except ValueError:
        raise RequestError("schedule-wrong-time") from None
    return at, zone_named(name) if name else zone


def cron_of(text: str, zone: ZoneInfo) -> tuple[str, ZoneInfo]:
    """The expression that `text` has (0 9 * * 1, or 0 9 * * 1 Europe/Berlin), and its zone. Raises RequestError."""
    words = _folded(text).split()
    cron = " ".join(words[:_CRON_FIELDS]).upper()
    if len(words) not in (_CRON_FIELDS, _CRON_FIELDS + 1) or len(cron) > 100:
        raise RequestError("schedule-wrong-cron")
    return cron, zone_named(words[_CRON_FIELDS]) if words[_CRON_FIELDS:] else zone


def upcoming(cron: str, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """The moments after `after`, in UTC, each later than the one before it.

    A time of day that the clocks leave out comes when they have moved on, and one that comes twice counts once, unless
    the minute or the hour is a `*`: then it is every such minute or hour that there is.
    Raises RequestError for what is no expression, and for one without any moment in 50 years.
    """
    try:
        moments = CronSim(cron, after.astimezone(zone))
    except CronSimError:
        raise RequestError("schedule-wrong-cron") from None
    last = after
    for local in moments:
        at = local.astimezone(UTC)
        # In the hour that comes twice, the library begins with its first time.
        if at > last:
            yield at
            last = at
    raise RequestError("schedule-wrong-never")


def next_moment(cron: str, zone: ZoneInfo, after: datetime) -> datetime:
    return next(upcoming(cron, zone, after))


def zone_named(name: str) -> ZoneInfo:
    """The zone with an IANA name, however its letters are written. Raises RequestError."""
    known = _zones().get(name.lower())
    if known is None:
        raise RequestError("schedule-wrong-zone")
    return ZoneInfo(known)


def shown(at: datetime, zone: ZoneInfo) -> str:
    """The moment by the clocks of `zone`, which is named: 2026-12-01 09:00 Asia/Shanghai."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M} {zone.key}"


def _folded(text: str) -> str:
    """The text with full-width digits and colons made plain, and with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _instant(local: datetime, zone: ZoneInfo, fold: int) -> datetime:
    """When clocks in `zone` show `local`, the first time (`fold` 0) or the second; the end of a gap that it is in."""
    while (at := local.replace(tzinfo=zone, fold=fold).astimezone(UTC)).astimezone(zone).replace(tzinfo=None) != local:
        local += timedelta(minutes=1)
    return at


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}
