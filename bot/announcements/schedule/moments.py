"""Moments as people write them, in the time of a place: 2026-12-01 09:00, with or without its zone behind it."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

_MOMENT: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})[ Tt]([0-9]{1,2}):([0-9]{2})(?: (\S+))?")
_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})(?: (\S+))?")
_MINUTE: Final = timedelta(minutes=1)


class Wrong(StrEnum):
    """What is the matter with a moment."""

    MOMENT = "moment"
    TIME = "time"
    CRON = "cron"
    ZONE = "zone"
    PAST = "past"
    NEVER = "never"


_LINES: Final = {
    Wrong.MOMENT: "is no day and time; write them as 2026-12-01 09:00",
    Wrong.TIME: "is no time of day; write it as 09:00",
    Wrong.CRON: "is no cron expression; write its five fields, such as 0 9 * * 1 for Mondays at 09:00",
    Wrong.ZONE: "names no time zone; write one such as Asia/Shanghai or Europe/Berlin",
    Wrong.PAST: "has passed; write a moment to come, such as 2026-12-01 09:00",
    Wrong.NEVER: "never comes; write a cron expression such as 0 9 * * 1 for Mondays at 09:00",
}


class MomentError(ValueError):
    """A moment that cannot be used: `wrong` says why, and so does the text, in one line of English."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(_LINES[wrong])
        self.wrong = wrong


def moment(text: str, zone: ZoneInfo, now: datetime) -> tuple[datetime, ZoneInfo]:
    """The moment, in UTC, that `text` names (2026-12-01 09:00, or 2026-12-01 09:00 Europe/Berlin), and its zone.

    `zone`: where `text` names none. Raises MomentError, also for a moment that is not after `now`.
    A time that the clocks leave out is the first one after the gap; of one that comes twice, it is the first still to
    come.
    """
    found = _MOMENT.fullmatch(_folded(text))
    if found is None:
        raise MomentError(Wrong.MOMENT)
    year, month, day, hour, minute = map(int, found.groups()[:5])
    zone = zone_named(found[6]) if found[6] else zone
    try:
        local = datetime(year, month, day, hour, minute)  # noqa: DTZ001 (the zone comes with each of the two)
        times = [_instant(local, zone, fold) for fold in (0, 1)]
    except (ValueError, OverflowError):
        raise MomentError(Wrong.MOMENT) from None
    to_come = [at for at in times if at > now]
    if not to_come:
        raise MomentError(Wrong.PAST)
    return to_come[0], zone


def time_of_day(text: str, zone: ZoneInfo) -> tuple[time, ZoneInfo]:
    """The time of day that `text` names (09:00, or 9:00 Europe/Berlin), and its zone; `zone` where it names none.

    Raises MomentError.
    """
    found = _TIME.fullmatch(_folded(text))
    if found is None:
        raise MomentError(Wrong.TIME)
    hour, minute, name = found.groups()
    try:
        at = time(int(hour), int(minute))
    except ValueError:
        raise MomentError(Wrong.TIME) from None
    return at, zone_named(name) if name else zone


def zone_named(name: str) -> ZoneInfo:
    """The zone with an IANA name, however its letters are written. Raises MomentError."""
    known = _zones().get(name.lower())
    if known is None:
        raise MomentError(Wrong.ZONE)
    return ZoneInfo(known)


def shown(at: datetime, zone: ZoneInfo) -> str:
    """The moment by the clocks of `zone`, which is named: 2026-12-01 09:00 Asia/Shanghai."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M} {zone.key}"


def _folded(text: str) -> str:
    """With full-width digits and colons made plain, and single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _instant(local: datetime, zone: ZoneInfo, fold: int) -> datetime:
    """When clocks in `zone` show `local`, the first time (`fold` 0) or the second; the end of a gap that it is in."""
    while (at := local.replace(tzinfo=zone, fold=fold).astimezone(UTC)).astimezone(zone).replace(tzinfo=None) != local:
        local += _MINUTE
    return at


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}
