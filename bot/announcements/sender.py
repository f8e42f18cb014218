"""Sends announcements, in one process at a time: paced, in order, and each result committed before the next begins."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from bot.chat.messages import SendOutcome, Wait
from bot.clock import Clock
from bot.metrics import Metrics
from bot.storage.chats import UNSUBSCRIBED
from bot.storage.deliveries import Delivery, Failed, Moved, Skipped, Unclear

from .queue import LONGEST_PAUSE, DeliveryQueue, SenderLockLostError

# Seconds until the next attempt, doubled each time; all of them take about three hours.
_FIRST_PAUSE = 1.0
MOST_ATTEMPTS = 27
# With so many chats out of reach one after the other, it is Telegram that is out of reach.
_OUT_OF_REACH, _LONGEST_WAIT = 4, 30.0
_FINISHING = 1.8
# A message takes a tenth of a second or so, until its result is committed.
_SECONDS_A_MESSAGE = 0.12
_FEWEST_WORKERS, _MOST_WORKERS = 4, 96

# Seconds that a sleep may end late and the next messages still go at their times, which keeps the rate; after a later
# one, they keep their distance from it. Where messages are closer than that, they are planned a little further apart,
# so that no second has too many.
_SLACK = 0.005

Attempt = Callable[[Delivery], Awaitable[SendOutcome]]

log = structlog.get_logger(__name__)


def workers_for(rate: int) -> int:
    """How many messages are sent at the same time, so that `rate` a second can be."""
    return min(max(math.ceil(rate * _SECONDS_A_MESSAGE), _FEWEST_WORKERS), _MOST_WORKERS)


def pause_after(attempts: int) -> float:
    """Seconds between the last of so many attempts in a chat and the next one."""
    return min(_FIRST_PAUSE * 2.0 ** (attempts - 1), LONGEST_PAUSE)


class Pacer:
    """Lets all who wait go in the order they came, never more than `rate` + 1 in any second."""

    def __init__(self, rate: int, clock: Clock) -> None:
        self._clock = clock
        self._slack = max(1 / rate, _SLACK)
        self._interval = 1 / rate if 1 / rate >= _SLACK else (1 + self._slack) / rate
        self._next = clock.now()
        self._paused_until = self._next
        self._asking = asyncio.Lock()

    async def wait(self) -> None:
        """Return when it is time to send one message."""
        async with self._asking:
            # A pause may begin during the sleep.
            while (seconds := max(self._next, self._paused_until) - self._clock.now()) > 0:
                await self._clock.sleep(seconds)
            now = self._clock.now()
            planned = self._next if now - self._next < self._slack else now
            self._next = planned + self._interval

    def pause(self, seconds: float) -> None:
        """Let nobody go for so many seconds, and make no burst after that."""
        self._paused_until = max(self._paused_until, self._clock.now() + seconds)


class Sender:
    """`run` sends what is in the queue, whenever this process is the one that may, until it is cancelled.

    Each worker sends one message at a time: it waits for the pacer, sends, and waits until the result is committed.
    """

    def __init__(self, queue: DeliveryQueue, attempt: Attempt, rate: int, clock: Clock, metrics: Metrics) -> None:
        """`attempt`: carries out a delivery, and says what came of it. `rate`: messages a second."""
        self._queue = queue
        self._attempt = attempt
        self._workers = workers_for(rate)
        # It outlives the lock: what was sent a moment ago counts after the lock was lost and won again.
        self._pacer = Pacer(rate, clock)
        self._metrics = metrics
        self.leading = False
        self._ending = False
        # By worker: the announcement whose message is on its way.
        self._under_way: dict[asyncio.Task[None] | None, int] = {}
        # The chats that could not be reached since one was.
        self._unreached: set[int] = set()
        # By announcement and chat, the supergroups that groups have become: each is tried once more.
        self._moved: set[tuple[int, int]] = set()

    def is_sending(self, announcement: int) -> bool:
        """Whether a message of it may still go out from here, or is on its way and its result not committed yet."""
        # That it was stopped is seen twice a second; until then, a worker that waits for its turn may send one more.
        is_open = self.leading and self._queue.is_open(announcement)
        return is_open or announcement in self._under_way.values()

    async def run(self) -> None:
        """Returns never; what ends it lets the messages that are under way come to their end, for up to 2 seconds."""
        while True:
            await self._queue.open()
            try:
                await self._send_all()
            except SenderLockLostError:
                log.warning("another process sends the announcements now")

    async def _send_all(self) -> None:
        """Send until it is cancelled. Raises SenderLockLostError, and whatever a part of it has failed with."""
        self._ending = False
        workers = [asyncio.create_task(self._work()) for _ in range(self._workers)]
        tasks = [asyncio.create_task(self._queue.run()), *workers]
        self._tell(leading=True)
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        except SenderLockLostError:
            raise
        except (asyncio.CancelledError, Exception):
            # Nothing is begun any more; what has begun is sent and committed, or given up after a while.
            self._ending = True
            for worker in workers:
                if worker not in self._under_way:
                    worker.cancel()
            if under_way := [worker for worker in workers if worker in self._under_way]:
                await asyncio.wait(under_way, timeout=_FINISHING)
            raise
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._queue.close()
            self._tell(leading=False)

    def _tell(self, *, leading: bool) -> None:
        self.leading = leading
        self._metrics.leading.set(leading)
        if not leading:
            self._metrics.to_announce.set(0)

    async def _work(self) -> None:
        while not self._ending:
            await self._queue.reserve()
            await self._pacer.wait()
            # Taken last, as a pause may be long: the announcement may be stopped by then, or a subscription ended.
            if (delivery := self._queue.take()) is not None:
                await self._deliver(delivery)

    async def _deliver(self, delivery: Delivery) -> None:
        """Send one message, and record what came of it, unless Telegram asks to wait with it."""
        worker = asyncio.current_task()
        self._under_way[worker] = delivery.announcement.id
        try:
            outcome: SendOutcome | Skipped
            if (because := delivery.ended) is not None:
                outcome = Skipped() if because == UNSUBSCRIBED else Failed(because)
            else:
                outcome = await self._outcome(delivery)
            self._metrics.announced.labels(type(outcome).__name__.lower()).inc()
            if isinstance(outcome, Wait):
                self._pacer.pause(outcome.seconds)
                self._queue.drop(delivery)
            else:
                await self._queue.record(delivery, outcome)
        finally:
            del self._under_way[worker]

    async def _outcome(self, delivery: Delivery) -> SendOutcome:
        """What comes of an attempt, with when the next one is due; failed where no further attempt makes sense."""
        try:
            outcome = await self._attempt(delivery)
        except Exception as error:
            log.exception("an announcement could not be sent to a chat; it is tried again", chat=delivery.chat_id)
            outcome = Unclear(type(error).__name__)
        if isinstance(outcome, Unclear):
            self._unreached.add(delivery.chat_id)
            if (rounds := len(self._unreached) // _OUT_OF_REACH) > 0:
                self._pacer.pause(min(2.0 ** (rounds - 1), _LONGEST_WAIT))
            attempts = delivery.attempts + 1
            is_last = attempts >= MOST_ATTEMPTS
            return Failed(outcome.error) if is_last else replace(outcome, again_in=pause_after(attempts))
        self._unreached.clear()
        if isinstance(outcome, Moved):
            # A supergroup does not become yet another chat.
            if delivery.key in self._moved:
                return Failed("not found", "chat")
            self._moved = {key for key in self._moved if self._queue.is_open(key[0])}
            self._moved.add((delivery.announcement.id, outcome.new_id))
        return outcome
