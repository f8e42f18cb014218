"""Announcements at set times: moments as people write them, cron expressions, and what becomes due.

A moment is a day and a time, or a time of each day, in the time of a place. The moments of an expression are those of
Debian's cron where clocks are changed.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from hashlib import blake2b
from itertools import islice, takewhile
from zoneinfo import ZoneInfo, available_timezones

import structlog
from cronsim import CronSim, CronSimError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering.knowledge.model import Fact
from bot.chat.texts import RequestError
from bot.storage.announcements import (
    Schedule,
    State,
    announce_schedule,
    announced_by,
    change_schedule,
    due_schedules,
    miss_late,
)

from .content import FactCard, FigureOfTheDay, card, payload_of

_MOMENT = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})[ Tt]([0-9]{1,2}):([0-9]{2})(?: (\S+))?")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?: (\S+))?")
_CRON_FIELDS = 5
# Of so many moments missed, the rest need no counting.
MOST_MISSED = 1000
_INSTANT = timedelta(microseconds=1)

Facts = Callable[[], Iterable[Fact]]

log = structlog.get_logger(__name__)


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


async def release_schedules(connection: AsyncConnection, now: datetime, facts: Facts, grace: timedelta) -> None:
    """Makes announcements of the schedules that are due, or were at most `grace` ago. `facts`: tells those in force.

    To be called about every second, in a transaction of the one process that sends.
    """
    await miss_late(connection, now - grace, now)
    for schedule in await due_schedules(connection, now):
        try:
            await _release(connection, schedule, now, facts, grace)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 (all other announcements go on)
            log.error("a schedule cannot be used, and rests now", schedule=schedule.id, reason=str(error))  # noqa: TRY400
            await change_schedule(connection, schedule.id, paused=now)


async def _release(
    connection: AsyncConnection, schedule: Schedule, now: datetime, facts: Facts, grace: timedelta
) -> None:
    """Announces the last moment that is due, where it is not too late; all the others are missed."""
    zone = zone_named(schedule.time_zone)

    def moments(since: datetime) -> Iterator[datetime]:
        """The moments of the schedule that are due, from `since` on."""
        return takewhile(lambda at: at <= now, upcoming(schedule.cron, zone, since - _INSTANT))

    last = max(moments(max(schedule.next_at, now - grace + _INSTANT)), default=None)
    missed = [at for at in islice(moments(schedule.next_at), MOST_MISSED) if at != last]
    if missed:
        noted = {"state": State.MISSED, "finished": now, "skipped": len(missed)}
        await announce_schedule(connection, schedule, missed[0], now, **noted)
    payload = await _payload(connection, schedule, facts) if last else None
    if last and payload:
        await announce_schedule(connection, schedule, last, now, payload=payload)
    await change_schedule(connection, schedule.id, next_at=next_moment(schedule.cron, zone, now))


async def _payload(connection: AsyncConnection, schedule: Schedule, facts: Facts) -> str | None:
    payload = payload_of(schedule.payload)
    if not isinstance(payload, FigureOfTheDay):
        return schedule.payload
    past = [payload_of(text) for text in await announced_by(connection, schedule.id)]
    in_force = {fact.id: fact for fact in facts()}
    chosen = choose(schedule.id, [one.id for one in past if isinstance(one, FactCard)], list(in_force))
    return card(in_force[chosen]).to_json() if chosen is not None else None


def choose(schedule: int, announced: Iterable[str], facts: Sequence[str]) -> str | None:
    """The id of the fact that is announced next: each once before any comes again, in every process the same."""
    rounds, last = 0, None
    # What was announced in the round that goes on.
    seen: set[str] = set()
    for last in announced:
        if last in seen:
            rounds += 1
            seen.clear()
        seen.add(last)
    left = [fact for fact in facts if fact not in seen]
    if not left:
        rounds += 1
        # The first of a round is not the last of the one before it, unless there is no other.
        left = [fact for fact in facts if fact != last] or list(facts)
    return min(
        left, key=lambda fact: blake2b(f"{schedule}:{rounds}:{fact}".encode(), digest_size=8).digest(), default=None
    )
