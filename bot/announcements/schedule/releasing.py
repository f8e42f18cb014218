"""What becomes due: schedules are made announcements, and what the program was down for too long for is missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final, Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.payload import Fact, FigureOfTheDay, payload_of
from bot.storage.announcements import releases

from .cron import next_moment, upcoming
from .figure_of_the_day import choose
from .moments import zone_named

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.storage import Schedule

# Of so many moments missed, the rest need no counting.
MOST_MISSED: Final = 1000
_INSTANT: Final = timedelta(microseconds=1)

log = structlog.get_logger(__name__)


class Figures(Protocol):
    """The facts in force."""

    def ids(self) -> Sequence[str]: ...

    def card(self, id_: str) -> Fact:
        """One of them, as it is announced."""


class Releasing:
    """`grace`: how late it may be sent what was due while the program was down."""

    def __init__(self, figures: Figures, grace: timedelta) -> None:
        self._figures = figures
        self._grace = grace

    async def release(self, connection: AsyncConnection, now: datetime) -> None:
        """To be called, while sending is allowed, about every second; in a transaction of the one process that sends.

        Raises what the database does.
        """
        await releases.miss(connection, now - self._grace, now)
        for schedule in await releases.due(connection, now):
            try:
                await self._take(connection, schedule, now)
            except SQLAlchemyError:
                raise
            except Exception as error:  # noqa: BLE001 (all other announcements go on)
                log.error("a schedule cannot be used, and rests now", schedule=schedule.id, reason=str(error))  # noqa: TRY400
                await releases.rest(connection, schedule.id, now)

    async def _take(self, connection: AsyncConnection, schedule: Schedule, now: datetime) -> None:
        """Announces the last moment that is due, where it is not too late; all the others are missed."""
        zone = zone_named(schedule.time_zone)
        last = self._last(schedule, zone, now)
        missed = [at for at in _moments(schedule, zone, schedule.next_at, now, MOST_MISSED) if at != last]
        if missed:
            await releases.note_missed(connection, schedule, missed[0], len(missed), now)
        payload = await self._payload(connection, schedule) if last else None
        if last and payload:
            await releases.announce(connection, schedule, last, payload, now)
        await releases.advance(connection, schedule.id, next_moment(schedule.cron, zone, now))

    def _last(self, schedule: Schedule, zone: ZoneInfo, now: datetime) -> datetime | None:
        """The last moment that is due and less than the grace ago."""
        since = max(schedule.next_at, now - self._grace + _INSTANT)
        return max(_moments(schedule, zone, since, now, None), default=None)

    async def _payload(self, connection: AsyncConnection, schedule: Schedule) -> str | None:
        payload = payload_of(schedule.payload)
        if not isinstance(payload, FigureOfTheDay):
            return schedule.payload
        told = [payload_of(text) for text in await releases.told(connection, schedule.id)]
        ids = [past.id for past in told if isinstance(past, Fact)]
        chosen = choose(schedule.id, ids, self._figures.ids())
        return self._figures.card(chosen).to_json() if chosen is not None else None


def _moments(schedule: Schedule, zone: ZoneInfo, since: datetime, until: datetime, most: int | None) -> list[datetime]:
    """Those from `since` to `until`, both included, the first `most` of them."""
    moments = upcoming(schedule.cron, zone, since - _INSTANT)
    return list(islice(takewhile(lambda at: at <= until, moments), most))
