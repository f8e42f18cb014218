"""The moments of a cron expression by the clocks of a zone, as Debian's cron has them where clocks are changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final

from cronsim import CronSim, CronSimError

from .moments import MomentError, Wrong, zone_named

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_FIELDS: Final = 5
_LONGEST: Final = 100


def cron_of(text: str, zone: ZoneInfo) -> tuple[str, ZoneInfo]:
    """The expression that `text` has (0 9 * * 1, or 0 9 * * 1 Europe/Berlin), and its zone; `zone` where it names none.

    Raises MomentError.
    """
    words = unicodedata.normalize("NFKC", text).split()
    cron = " ".join(words[:_FIELDS]).upper()
    if len(words) not in (_FIELDS, _FIELDS + 1) or len(cron) > _LONGEST:
        raise MomentError(Wrong.CRON)
    return cron, zone_named(words[_FIELDS]) if words[_FIELDS:] else zone


def daily(at: time) -> str:
    """The expression for every day at this time."""
    return f"{at.minute} {at.hour} * * *"


def upcoming(cron: str, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """The moments after `after`, in UTC, each later than the one before it.

    A time of day that the clocks leave out comes when they have moved on, and one that comes twice counts once, unless
    the minute or the hour is a `*`: then it is every such minute or hour that there is.
    Raises MomentError for what is no expression, and for one without any moment in 50 years.
    """
    try:
        moments = CronSim(cron, after.astimezone(zone))
    except CronSimError:
        raise MomentError(Wrong.CRON) from None
    last = after
    for local in moments:
        at = local.astimezone(UTC)
        # In the hour that comes twice, the library begins with its first time.
        if at > last:
            yield at
            last = at
    raise MomentError(Wrong.NEVER)


def next_moment(cron: str, zone: ZoneInfo, after: datetime) -> datetime:
    """The first of `upcoming`."""
    return next(upcoming(cron, zone, after))
