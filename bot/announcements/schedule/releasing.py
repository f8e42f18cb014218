"""What becomes due: schedules are made announcements, and what the program was down for too long for is missed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import islice, takewhile

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.payload import FactCard, FigureOfTheDay, card, payload_of
from bot.answering.knowledge.model import Fact
from bot.storage import Schedule, State
from bot.storage.announcements import schedules

from .moments import next_moment, upcoming, zone_named

# Of so many moments missed, the rest need no counting.
MOST_MISSED = 1000
_INSTANT = timedelta(microseconds=1)

log = structlog.get_logger(__name__)


class Releasing:
    """Makes announcements of the schedules that are due, or were at most `grace` ago. `facts`: those in force."""

    def __init__(self, facts: Callable[[], Iterable[Fact]], grace: timedelta) -> None:
        self._facts = facts
        self._grace = grace

    async def release(self, connection: AsyncConnection, now: datetime) -> None:
        """To be called about every second, in a transaction of the one process that sends."""
        await schedules.miss(connection, now - self._grace, now)
        for schedule in await schedules.due(connection, now):
            try:
                await self._take(connection, schedule, now)
            except SQLAlchemyError:
                raise
            except Exception as error:  # noqa: BLE001 (all other announcements go on)
                log.error("a schedule cannot be used, and rests now", schedule=schedule.id, reason=str(error))  # noqa: TRY400
                await schedules.change(connection, schedule.id, paused=now)

    async def _take(self, connection: AsyncConnection, schedule: Schedule, now: datetime) -> None:
        """Announces the last moment that is due, where it is not too late; all the others are missed."""
        zone = zone_named(schedule.time_zone)

        def moments(since: datetime) -> Iterator[datetime]:
            """The moments of the schedule that are due, from `since` on."""
            return takewhile(lambda at: at <= now, upcoming(schedule.cron, zone, since - _INSTANT))

        last = max(moments(max(schedule.next_at, now - self._grace + _INSTANT)), default=None)
        missed = [at for at in islice(moments(schedule.next_at), MOST_MISSED) if at != last]
        if missed:
            noted = {"state": State.MISSED, "finished": now, "skipped": len(missed)}
            await schedules.announce(connection, schedule, missed[0], now, **noted)
        payload = await self._payload(connection, schedule) if last else None
        if last and payload:
            await schedules.announce(connection, schedule, last, now, payload=payload)
        await schedules.change(connection, schedule.id, next_at=next_moment(schedule.cron, zone, now))

    async def _payload(self, connection: AsyncConnection, schedule: Schedule) -> str | None:
        payload = payload_of(schedule.payload)
        if not isinstance(payload, FigureOfTheDay):
            return schedule.payload
        past = [payload_of(text) for text in await schedules.announced(connection, schedule.id)]
        facts = {fact.id: fact for fact in self._facts()}
        chosen = choose(schedule.id, [one.id for one in past if isinstance(one, FactCard)], list(facts))
        return card(facts[chosen]).to_json() if chosen is not None else None


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
