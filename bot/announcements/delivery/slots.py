"""The slots: each sends one message at a time, and waits until its result is committed before it takes the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, TypeAlias

import structlog

from bot.chat.send_outcome import Failed, Moved, Outcome, Sent, Unclear, Wait
from bot.storage.announcements.recording import Recorded

from .job import Job

if TYPE_CHECKING:
    from .agenda import Agenda
    from .feeder import Feeder
    from .lanes import Delivery, Lanes
    from .ledger import Ledger
    from .observer import Observer
    from .pacer import Clock, Pacer

# Seconds until the next attempt, doubled each time; all of them take about three hours.
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 600.0
_MOST_ATTEMPTS: Final = 27
# With so many chats out of reach one after the other, it is Telegram that is out of reach.
_OUT_OF_REACH: Final = 4
_LONGEST_WAIT: Final = 30.0

Attempt: TypeAlias = Callable[[Job], Awaitable[Outcome]]

log = structlog.get_logger(__name__)


class Slots:
    """Each `run` is a slot."""

    def __init__(  # noqa: PLR0913, PLR0917 (the broadcaster's parts)
        self,
        attempt: Attempt,
        pacer: Pacer,
        agenda: Agenda,
        lanes: Lanes,
        ledger: Ledger,
        feeder: Feeder,
        observer: Observer,
        clock: Clock,
    ) -> None:
        self._attempt = attempt
        self._pacer = pacer
        self._agenda = agenda
        self._lanes = lanes
        self._ledger = ledger
        self._feeder = feeder
        self._observer = observer
        self._clock = clock
        self._ending = False
        self._idle: set[asyncio.Task[None]] = set()
        self._under_way: dict[asyncio.Task[None], int] = {}
        # The chats that could not be reached since one was.
        self._unreached: set[int] = set()
        # Groups that have become these supergroups were tried there once more.
        self._moved: set[tuple[int, int]] = set()

    async def run(self) -> None:
        """Until it is cancelled, or `finished`."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a slot is a task")
        self._idle.add(task)
        while not self._ending:
            delivery = await self._lanes.take()
            if not await self._may_go(delivery):
                self._lanes.done(delivery)
                continue
            self._idle.discard(task)
            self._under_way[task] = delivery.job.announcement
            try:
                await self._send(delivery)
            finally:
                del self._under_way[task]
            self._idle.add(task)

    def is_sending(self, announcement: int) -> bool:
        """Whether a message of it is on its way, or its result is not committed yet."""
        return announcement in self._under_way.values()

    async def finished(self, seconds: float) -> None:
        """Begins nothing any more, and returns when what has begun is sent and committed, or after so long."""
        self._ending = True
        for task in self._idle:
            task.cancel()
        if self._under_way:
            await asyncio.wait([*self._under_way], timeout=seconds)

    async def _may_go(self, delivery: Delivery) -> bool:
        """Waits for its turn; False where the announcement was stopped, or the subscription has ended."""
        job = delivery.job
        if job.announcement not in self._agenda:
            return False
        # Looked up before the turn, so that it goes out when that comes; a pause may make it old again.
        if await self._feeder.ended(delivery) is None:
            await self._pacer.turn()
        while (why := await self._feeder.ended(delivery)) is None:
            if self._ledger.holds:
                return job.announcement in self._agenda
            await self._ledger.held()
        await self._feeder.pass_over(job.announcement, job.chat_id, why)
        return False

    async def _send(self, delivery: Delivery) -> None:
        outcome = await self._outcome(delivery.job)
        if isinstance(outcome, Unclear):
            outcome = self._unclear(delivery, outcome)
        else:
            self._unreached.clear()
        self._observer.attempted(type(outcome).__name__.lower())
        match outcome:
            case Wait():
                self._pacer.pause(outcome.seconds)
                self._lanes.again(delivery, outcome.seconds)
            case Unclear():
                await self._ledger.record(_recorded(delivery.job, outcome))
                self._lanes.again(delivery, _pause(delivery.attempts))
            case _:
                outcome = self._once(delivery.job, outcome)
                await self._ledger.record(_recorded(delivery.job, outcome))
                if isinstance(outcome, Moved):
                    await self._feeder.follow(delivery, outcome.new_id)
                self._lanes.done(delivery)

    async def _outcome(self, job: Job) -> Outcome:
        try:
            return await self._attempt(job)
        except Exception as error:
            log.exception("an announcement could not be sent to a chat; it is tried again", chat=job.chat_id)
            return Unclear(type(error).__name__)

    def _unclear(self, delivery: Delivery, outcome: Unclear) -> Outcome:
        delivery.attempts += 1
        self._unreached.add(delivery.job.chat_id)
        if (rounds := len(self._unreached) // _OUT_OF_REACH) > 0:
            self._pacer.pause(min(2.0 ** (rounds - 1), _LONGEST_WAIT))
        return Failed(outcome.error) if delivery.attempts >= _MOST_ATTEMPTS else outcome

    def _once(self, job: Job, outcome: Outcome) -> Outcome:
        """The outcome, but for a supergroup that is to become yet another chat."""
        if not isinstance(outcome, Moved):
            return outcome
        if (job.announcement, job.chat_id) in self._moved:
            return Failed("not found", "chat")
        self._moved = {moved for moved in self._moved if moved[0] in self._agenda}
        self._moved.add((job.announcement, outcome.new_id))
        return outcome


def _pause(attempts: int) -> float:
    return min(_FIRST_PAUSE * 2.0 ** (attempts - 1), _LONGEST_PAUSE)


def _recorded(job: Job, outcome: Outcome) -> Recorded:
    match outcome:
        case Sent():
            return Recorded(job.announcement, job.chat_id, "sent", outcome.messages)
        case Failed():
            return Recorded(job.announcement, job.chat_id, "failed", error=outcome.error, ends=outcome.ends)
        case Moved():
            return Recorded(job.announcement, job.chat_id, "pending", moved_to=outcome.new_id)
        case Unclear():
            return Recorded(job.announcement, job.chat_id, "pending", error=outcome.error)
        case Wait():
            raise ValueError("a delay is no result")
