"""Updates on their way in: long polling, whether Telegram answers, and the queue that handles each in its turn."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, TypeGuard, TypeVar
from weakref import WeakValueDictionary

import structlog
from cachetools import FIFOCache
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from yarl import URL

from bot.chat.messages import UPDATES, seconds_of
from bot.clock import Clock, growing_pauses
from bot.http_client import NOT_TELEGRAMS, Connection
from bot.metrics import Metrics
from bot.storage.memory import Memory
from bot.storage.updates import REPEATED
from bot.storage.writer import NoDatabaseError

POLL_SECONDS = 25
# A poll that got no reply this many seconds after its end has lost its connection.
_PATIENCE = 10.0
# A poll takes up to 25 seconds, and one that got lost is noticed 10 seconds after that.
_FRESH_SECONDS = 75.0
# Telegram refuses a good token too now and then, for a moment.
_REFUSED_SECONDS = 300.0
# Two programs that poll end each other's polls, and what comes in between is no sign that one of them has left.
_UNDISTURBED_SECONDS = 20.0
_TROUBLES: dict[type[TelegramError], str] = {
    Conflict: "another program fetches this bot's updates: stop it, or revoke a token that leaked; retrying",
    InvalidToken: "Telegram refuses the bot's token; retrying for five minutes: where it was revoked, write the new "
    "one that @BotFather gives you, and start again",
    RetryAfter: "Telegram asks to slow down; waiting",
}

T = TypeVar("T")
RawUpdate = dict[str, Any]
Handle = Callable[[Update], Awaitable[None]]

# As many replies as `Outgoing` lets go within the few seconds that it holds them back: while more updates than that
# come in, they wait here for their turn, and none of their answers is dropped.
_UPDATES_AT_ONCE = 100
# Of one chat or person, who would otherwise fill the room of all.
MOST_OF_ONE = 25
# Telegram keeps what is not fetched yet; what waits here takes memory.
MOST_WAITING = 500

# What is handled so soon need not be written down, as most of what people write.
_SOON = 0.25

log = structlog.get_logger(__name__)


class Reachability:
    """Whether Telegram answers; one line in the log when that changes, however many calls fail in between."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._trouble = ""
        self._over_at = 0.0
        self._token_taken = False
        self._refused_at: float | None = None
        self._delivered_at: float | None = None

    @property
    def is_silent(self) -> bool:
        """Whether Telegram does not answer at all."""
        return bool(self._trouble) and self._trouble != _TROUBLES[Conflict]

    @property
    def is_fresh(self) -> bool:
        """Whether Telegram has lately sent updates, or said that there are none."""
        return self._delivered_at is not None and self._clock.now() - self._delivered_at <= _FRESH_SECONDS

    def delivered(self) -> None:
        self._delivered_at = self._clock.now()

    async def until_answered(self, call: Callable[[], Awaitable[T]]) -> T:
        """The result of `call`, tried again until Telegram answers. Raises InvalidToken."""
        pauses = growing_pauses(0.5, 10.0)
        while True:
            try:
                result = await call()
            except TelegramError as error:
                self._lost(error)
                await self._clock.sleep(seconds_of(error) if isinstance(error, RetryAfter) else next(pauses))
            else:
                self._token_taken, self._refused_at = True, None
                if self._trouble and self._clock.now() >= self._over_at:
                    log.warning("Telegram answers again")
                    self._trouble = ""
                return result

    def _lost(self, error: TelegramError) -> None:
        """Logs new trouble; raises the refusal of a token that was never taken, or not for minutes."""
        now = self._clock.now()
        if not isinstance(error, InvalidToken):
            self._refused_at = None
        elif self._refused_at is None:
            self._refused_at = now
        if self._refused_at is not None and (not self._token_taken or now - self._refused_at >= _REFUSED_SECONDS):
            raise error
        self._over_at = now + (_UNDISTURBED_SECONDS if isinstance(error, Conflict) else 0.0)
        trouble = _TROUBLES.get(type(error), "Telegram cannot be reached; retrying")
        if trouble != self._trouble:
            # A proxy's error page can be long.
            log.warning(trouble, reason=(str(error) or type(error).__name__)[:200])
        self._trouble = trouble


class UpdateQueue:
    """Begins to handle updates, and tells from which one on Telegram is to keep them.

    What is not handled soon is written down, for the next start. While the database takes nothing, Telegram keeps it.
    """

    def __init__(self, bot: Bot, handle: Handle, memory: Memory, *, is_only_receiver: bool) -> None:
        """`is_only_receiver`: whether Telegram gives updates to this process alone, as it does while polling."""
        self._bot = bot
        self._handle = handle
        self._updates = memory.updates
        self._is_only_receiver = is_only_receiver
        self._begun: FIFOCache[int, None] = FIFOCache(REPEATED)
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        # The numbers of those in hand that are to be forgotten by the database once they are handled.
        self._written: set[int] = set()
        self._latest: Sequence[RawUpdate] = ()
        self._resumed = False

    @property
    def waiting(self) -> int:
        """How many updates have come that are not handled yet."""
        return len(self._in_hand)

    async def room(self) -> None:
        """Returns once fewer than `MOST_WAITING` updates wait."""
        while self.waiting >= MOST_WAITING:
            await asyncio.wait(self._in_hand.values(), return_when=asyncio.FIRST_COMPLETED)

    async def resume(self) -> None:
        """Begins with what an earlier process has left, once the database tells of that."""
        if self._resumed:
            return
        try:
            left = await self._updates.pending()
        except NoDatabaseError:
            return
        self._resumed = True
        self._begin(left)
        for update in left:
            if update["update_id"] in self._in_hand:
                self._written.add(update["update_id"])
            else:
                self._updates.remove(update["update_id"])

    async def take(self, updates: Sequence[RawUpdate]) -> int:
        """Begins with those that are new, and returns the number from which on Telegram is to keep updates.

        `updates`: all that Telegram has from the number on that was returned last, 100 at most.
        """
        self._latest = updates
        any_new = self._begin(updates)
        await self._wait(_SOON)
        offset = await self.offset()
        if offset == _next(updates) or (len(updates) >= 100 and not any_new):
            return _next(updates)
        # While Telegram has to keep what is being handled, it sends the same again at each poll.
        await self._wait(0.5)
        return self._oldest()

    async def handled(self, update: RawUpdate) -> None:
        """Returns once an update is handled. Raises CancelledError where its handling was given up."""
        self._begin([update])
        if task := self._in_hand.get(update["update_id"]):
            # Telegram may hang up at any time; what is begun goes on.
            await asyncio.shield(task)

    async def offset(self) -> int:
        """The number from which on Telegram is to keep updates; 0 where none has come."""
        # Before what was left is read, it cannot be told from what is written now.
        # To its end, also where polling ends meanwhile: what is written has to be forgotten once it is handled.
        if self._resumed and self._unhandled() and await asyncio.shield(self._write()):
            return _next(self._latest)
        return self._oldest()

    async def finish(self) -> None:
        """Returns once all that was begun is handled; where it is cancelled, gives up the rest."""
        try:
            while tasks := [task for task in self._in_hand.values() if not task.done()]:
                await asyncio.wait(tasks)
        finally:
            for task in self._in_hand.values():
                task.cancel()

    def _begin(self, updates: Iterable[RawUpdate]) -> bool:
        """Begins to handle those that are new; whether any is."""
        new = {update["update_id"]: update for update in updates if update["update_id"] not in self._begun}
        for number, update in new.items():
            self._begun[number] = None
            self._in_hand[number] = asyncio.create_task(self._handled(update))
        return bool(new)

    async def _handled(self, update: RawUpdate) -> None:
        number = update["update_id"]
        try:
            if self._is_only_receiver or not await self._updates.contains(number):
                await self._handle(read_update(update, self._bot))
                if not self._is_only_receiver:
                    await self._updates.handled(number)
        except Exception:  # one that fails would fail again
            log.exception("an update could not be handled")
        del self._in_hand[number]
        if number in self._written:
            self._written.discard(number)
            self._updates.remove(number)

    def _unhandled(self) -> list[RawUpdate]:
        """The last updates, without those that are handled."""
        return [update for update in self._latest if update["update_id"] in self._in_hand]

    async def _wait(self, seconds: float) -> None:
        """Waits until the last updates are handled, but no longer than so many seconds."""
        tasks = [self._in_hand[update["update_id"]] for update in self._unhandled()]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)

    def _oldest(self) -> int:
        """The number of the first that is not handled, or the one behind them all."""
        return next((update["update_id"] for update in self._unhandled()), _next(self._latest))

    async def _write(self) -> bool:
        # One that is handled meanwhile is removed behind this, as the database keeps the order of changes.
        updates = self._unhandled()
        self._written.update(update["update_id"] for update in updates)
        return await self._updates.add(updates)


def is_update(found: object) -> TypeGuard[RawUpdate]:
    """Whether it is JSON that has the number of an update, whatever else it has."""
    number = found.get("update_id") if isinstance(found, dict) else None
    return type(number) is int and 0 <= number < 2**63


def _next(updates: Sequence[RawUpdate]) -> int:
    return int(updates[-1]["update_id"]) + 1 if updates else 0


def read_update(update: RawUpdate, bot: Bot) -> Update:
    """The update for `bot`; with its number alone, and a line in the log, where it cannot be read."""
    number = update["update_id"]
    try:
        read = Update.de_json(dict(update), bot)
        # python-telegram-bot takes anything for the id of a chat or a person.
        places = [place for place in (read.effective_chat, read.effective_user) if place is not None]
        if all(isinstance(place.id, int) for place in places) and (read.effective_chat or not read.effective_message):
            return read
        reason = "no chat or person has an id that is a number"
    except Exception as error:  # noqa: BLE001 (python-telegram-bot raises whatever a missing or odd field leads to)
        reason = type(error).__name__
    kind = next((kind for kind in Update.ALL_TYPES if kind in update), "other")
    log.warning("an update cannot be read and is left out", update=number, kind=kind, reason=reason)
    return Update(number)


class UpdateWorkers:
    """Handles the updates of a chat in their order, and those of different chats side by side."""

    def __init__(self, handle: Handle, metrics: Metrics) -> None:
        self._handle = handle
        self._turns = asyncio.Semaphore(_UPDATES_AT_ONCE)
        self._metrics = metrics
        # A lock lives as long as somebody holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        # By the id of the chat or person.
        self._waiting: Counter[int] = Counter()
        self._dropping: set[int] = set()

    async def handle(self, update: Update) -> None:
        """Returns once the update was handled in its turn, or dropped."""
        kind = next((kind for kind in Update.ALL_TYPES if getattr(update, kind) is not None), "other")
        self._metrics.updates.labels(kind).inc()
        # Of somebody who writes as a chat, the id of this.
        of = {place.id for place in (update.effective_chat, update.effective_sender) if place is not None}
        full = {one for one in of if self._waiting[one] >= MOST_OF_ONE}
        if full:
            self._metrics.flood_drops.inc()
            if not full <= self._dropping:  # one line in the log until all those are handled
                ids = sorted(full)
                log.warning("too many updates of one chat or person are waiting, and more are dropped", ids=ids)
                self._dropping |= full
            return
        place = update.effective_chat or update.effective_user
        lock = self._locks.setdefault(place.id if place else 0, asyncio.Lock())
        self._waiting.update(of)
        try:
            async with lock, self._turns:
                await self._handle(update)
        finally:
            self._waiting.subtract(of)
            for one in of:
                if not self._waiting[one]:
                    del self._waiting[one]
                    self._dropping.discard(one)


class Polling:
    """Fetches updates for `queue`, as long as that has room for more.

    python-telegram-bot's Updater is silent about timeouts, ends for good when the token is refused, and waits for up to
    30 seconds before it notices that it is to stop; a poll is one call, so it is made here.
    """

    def __init__(self, bot: Bot, connection: Connection, reachability: Reachability, queue: UpdateQueue) -> None:
        self._bot = bot
        self._connection = connection
        self._reachability = reachability
        self._queue = queue
        self._offset = 0

    async def prepare(self) -> None:
        """Takes away a webhook left from an earlier deployment, which would refuse every poll."""
        await self._reachability.until_answered(self._bot.delete_webhook)

    async def run(self) -> None:
        """Receives until it is cancelled. Raises InvalidToken as `Reachability.until_answered` does."""
        while True:
            await self._queue.room()
            await self._queue.resume()
            if updates := await self._reachability.until_answered(self._poll):
                self._offset = await self._queue.take(updates)

    async def finish(self) -> None:
        """Returns once all updates that have come are handled."""
        await self._queue.finish()

    async def confirm(self) -> None:
        """Tells Telegram which updates are handled."""
        if offset := await self._queue.offset():
            await self._get_updates(offset, 0, limit=1)

    async def _poll(self) -> list[RawUpdate]:
        # After silence, a poll that returns at once tells whether it is over.
        seconds = 0 if self._reachability.is_silent else POLL_SECONDS
        updates = await self._get_updates(self._offset, seconds, allowed_updates=json.dumps(UPDATES))
        self._reachability.delivered()
        return updates

    async def _get_updates(self, offset: int, seconds: int, **parameters: str | int) -> list[RawUpdate]:
        # The bot's own `get_updates` would fail for ever at a batch with one update that cannot be read.
        url = URL(f"{self._bot.base_url}/getUpdates").with_query(offset=offset, timeout=seconds, **parameters)
        updates = await self._connection.post(str(url), read_timeout=seconds + _PATIENCE)
        if not isinstance(updates, list) or not all(map(is_update, updates)):
            raise NetworkError(NOT_TELEGRAMS)
        return updates
