"""The speed of both directions: how often people and groups may ask, and how fast, and how often, replies go out.

The time of a message is that at which it was sent, not that at which it is handled: who floods waits in a queue of his
own making, and what people asked while the bot was away comes all at once. Presses and inline queries tell no time.
"""

import math
from collections.abc import Callable, Coroutine, Hashable, Iterator, MutableMapping, Sequence
from enum import Enum, StrEnum, auto
from typing import Any

import structlog
from cachetools import LRUCache
from telegram import Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ApplicationHandlerStop, BaseRateLimiter

from bot.chat.messages import Context, Reply, answer_press, names_command, reader_of, seconds_of, send_below
from bot.chat.texts import texts
from bot.clock import Clock, growing_pauses
from bot.metrics import Metrics

# That many people, groups or chats are known; those that did nothing for the longest time have their whole burst again.
REMEMBERED = 10_000
# Many people may write at the same time in a group, so that one of them who floods must not use up what others have.
_PERSONS_IN_A_GROUP = 4
# Telegram's own limits: a message a second in a chat with small bursts, and 20 a minute in a group (5 + 60 / 4).
_CHAT_INTERVAL = 1.0
_GROUP_INTERVAL = 4.0
# A message that is to wait longer than this is dropped; that Telegram asks to hold a chat back may take longer.
_LONGEST_QUEUE = 5.0
_LONGEST_HOLD = 60.0
# These are tried again by those who call them, for as long as it takes, and with a word in the log.
_BY_THE_SERVICE = frozenset({"getMe", "setWebhook", "deleteWebhook", "getWebhookInfo"})

Result = bool | dict[str, Any] | list[dict[str, Any]]

log = structlog.get_logger(__name__)


class Allowance:
    """`burst` at once for each key, and then one every `interval` seconds: the generic cell rate algorithm."""

    def __init__(self, interval: float, burst: int) -> None:
        self._interval = interval
        self._tolerance = interval * (burst - 1)
        # By key, the moment at which the whole burst is free again; a key that is not here has it now.
        self._full_at: MutableMapping[Hashable, float] = LRUCache(REMEMBERED)

    def wait(self, key: Hashable, now: float) -> float:
        """Seconds from `now` until `key` may do the next."""
        return max(0.0, self._full_at.get(key, now) - self._tolerance - now)

    def take(self, key: Hashable, when: float) -> None:
        """`key` does one at `when`, which may be in the future."""
        self._full_at[key] = max(self._full_at.get(key, when), when) + self._interval

    def passes(self, key: Hashable, now: float) -> bool:
        """Whether `key` may do one now; it counts as done then."""
        if self.wait(key, now):
            return False
        self.take(key, now)
        return True


class Verdict(Enum):
    ANSWER = auto()
    NOTICE = auto()
    IGNORE = auto()


class FloodLimit:
    """How often each of many may ask: `burst` at once, and then one every `interval` seconds.

    Who asks faster is ignored until the whole `burst` is free again.
    """

    def __init__(self, burst: int, interval: float) -> None:
        self.calm_seconds = math.ceil(burst * interval)
        self._interval = interval
        self._all = burst * interval
        # By who: when they asked last, when the whole burst is free again, and whether they are ignored until then.
        self._asked: MutableMapping[int, tuple[float, float, bool]] = LRUCache(REMEMBERED)

    def asked(self, who: int, sent: float) -> Verdict:
        """`sent`: in seconds from any moment on."""
        latest, free_at, is_ignored = self._asked.get(who, (sent, sent, False))
        # What was sent first may be handled last, where it was sent to another chat.
        now = max(sent, latest)
        is_ignored = is_ignored and free_at > now
        free_at, most = max(free_at, now) + self._interval, now + self._all
        self._asked[who] = now, min(free_at, most), is_ignored or free_at > most
        if is_ignored:
            return Verdict.IGNORE
        return Verdict.NOTICE if free_at > most else Verdict.ANSWER


class Kind(StrEnum):
    """What is counted apart, as people do it at different speeds."""

    QUESTION = auto()
    PRESS = auto()
    INLINE = auto()  # one at almost each letter that is typed
    OTHER = auto()  # commands in groups and channels, and what becomes of the bot in a chat


# How many of a kind a person may do at once, and then one every so many seconds.
_LIMITS = {Kind.QUESTION: (5, 3.0), Kind.PRESS: (20, 2.0), Kind.INLINE: (30, 0.5), Kind.OTHER: (10, 3.0)}


class FloodLimits:
    """Stops updates of people and groups over their limits, before any other handler sees them."""

    def __init__(self, metrics: Metrics, clock: Clock) -> None:
        self._metrics = metrics
        self._clock = clock
        self._of_persons = {kind: FloodLimit(*limit) for kind, limit in _LIMITS.items()}
        self._of_groups = {
            kind: FloodLimit(_PERSONS_IN_A_GROUP * burst, interval) for kind, (burst, interval) in _LIMITS.items()
        }

    async def handle(self, update: Update, context: Context) -> None:
        """Stops an update that is not to be answered; raises ApplicationHandlerStop for that."""
        kind = _kind_of(update, context)
        if kind is None:
            return
        sender, chat, moment = update.effective_sender, update.effective_chat, self._moment_of(update)
        limit = self._of_persons[kind]
        verdict = limit.asked(sender.id, moment) if sender else Verdict.ANSWER
        # What a person is refused counts for no group.
        if verdict is Verdict.ANSWER and chat is not None and chat.type != ChatType.PRIVATE:
            limit = self._of_groups[kind]
            verdict = limit.asked(chat.id, moment)
        if verdict is Verdict.ANSWER:
            return
        self._metrics.flood_drops.inc()
        if verdict is Verdict.NOTICE:
            log.info("somebody asks too fast and is ignored for a while", what=kind.value)
            await _tell(kind, update, limit.calm_seconds)
        raise ApplicationHandlerStop

    def _moment_of(self, update: Update) -> float:
        """When an update was sent, in seconds; all of one kind are by the same clock."""
        if update.callback_query or update.inline_query:
            return self._clock.now()
        message = update.effective_message
        sent = (message.edit_date or message.date) if message else update.my_chat_member and update.my_chat_member.date
        return sent.timestamp() if sent else 0.0


def _kind_of(update: Update, context: Context) -> Kind | None:
    """The kind of an update; None for what costs nothing: in a group, most messages are not for the bot."""
    if update.callback_query:
        return Kind.PRESS
    if update.inline_query:
        return Kind.INLINE
    if update.my_chat_member:
        return Kind.OTHER
    message = update.effective_message
    if message is None:
        return None
    if message.chat.type == ChatType.PRIVATE or context.question is not None:
        return Kind.QUESTION
    return Kind.OTHER if names_command(message, context.bot.bot) else None


async def _tell(kind: Kind, update: Update, seconds: int) -> None:
    """Tells a person of the limit, where he waits for something that he would see."""
    said = texts(reader_of(update.effective_user))("too-fast", seconds=seconds)
    message = update.message or update.edited_message
    if update.callback_query:
        await answer_press(update.callback_query, said)
    elif kind is Kind.QUESTION and message is not None:
        try:
            await send_below(message, Reply(said))
        except TelegramError as error:
            log.info("nor could this be said", reason=error.message)


class DroppedError(TelegramError):
    """A message was not sent, because too many wait; the log has it already."""


class Outgoing(BaseRateLimiter[None]):
    """Holds every call back until its turn, and repeats one that Telegram asked to repeat or that the network lost.

    A message that did arrive before its connection broke is repeated too: an answer twice is better than none.
    """

    def __init__(self, rate: int, metrics: Metrics, clock: Clock) -> None:
        """`rate`: messages a second over all chats, 0 for no limit; each chat has its limits too."""
        self._clock = clock
        self._metrics = metrics
        self._all = Allowance(1 / rate if rate else 0.0, 1)
        self._chats = Allowance(_CHAT_INTERVAL, 3)
        self._groups = Allowance(_GROUP_INTERVAL, 5)
        # The chats that Telegram has asked to be slower with, and until when.
        self._held: dict[object, float] = {}
        self.waiting = 0

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""

    async def process_request(  # noqa: PLR0913, PLR0917 (the signature is python-telegram-bot's)
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,  # noqa: ANN401 (the same)
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Result:
        """The result of the call. Raises its last error, or DroppedError."""
        chat = data.get("chat_id")
        # For how long it is tried again, in seconds. An answer to a press or to an inline query is soon too late.
        patience = 8.0 if endpoint.startswith("answer") else 120.0
        give_up_at = self._clock.now() + (-1.0 if endpoint in _BY_THE_SERVICE else patience)
        pauses = growing_pauses(0.5, 8.0)
        while True:
            await self._turn(chat, endpoint)
            try:
                return await callback(*args, **kwargs)
            except (RetryAfter, NetworkError) as error:
                delay = self._delay(error, chat, pauses)
                if delay is None or self._clock.now() + delay > give_up_at:
                    raise
            self._metrics.retries.labels(endpoint).inc()
            await self._clock.sleep(delay)

    def _delay(self, error: RetryAfter | NetworkError, chat: object, pauses: Iterator[float]) -> float | None:
        """How long to wait before another try; None where that would be in vain."""
        if isinstance(error, RetryAfter):
            asked, now = seconds_of(error), self._clock.now()
            if chat is not None:
                # Those that nobody has written to since then are forgotten here.
                self._held = {other: until for other, until in self._held.items() if until > now}
                self._held[chat] = max(self._held.get(chat, 0.0), now + asked)
            return asked if asked <= _LONGEST_HOLD else None
        return None if isinstance(error, BadRequest | InvalidToken | Conflict) else next(pauses)

    async def _turn(self, chat: object, endpoint: str) -> None:
        """Waits until the call may be made. Raises DroppedError for one that would have to wait too long."""
        self.waiting += 1
        try:
            while (seconds := self._held.get(chat, 0.0) - self._clock.now()) > 0:
                if seconds > _LONGEST_HOLD:
                    self._drop(endpoint)
                await self._clock.sleep(seconds)
            self._held.pop(chat, None)
            if endpoint.startswith(("send", "edit", "copy", "forward")) and endpoint != "sendChatAction":
                if chat is not None:
                    # Groups and channels have negative ids, and those with a name are known by it.
                    is_group = isinstance(chat, str) or (isinstance(chat, int) and chat < 0)
                    await self._wait((self._chats, self._groups) if is_group else (self._chats,), chat, endpoint)
                await self._wait((self._all,), None, endpoint)
        finally:
            self.waiting -= 1

    async def _wait(self, limits: Sequence[Allowance], key: object, endpoint: str) -> None:
        now = self._clock.now()
        seconds = max(limit.wait(key, now) for limit in limits)
        if seconds > _LONGEST_QUEUE:
            self._drop(endpoint)
        for limit in limits:
            limit.take(key, now + seconds)
        if seconds > 0:
            await self._clock.sleep(seconds)

    def _drop(self, endpoint: str) -> None:
        self._metrics.dropped.labels(endpoint).inc()
        log.warning("a message was dropped: too many are waiting to be sent", method=endpoint)
        raise DroppedError("too many messages are waiting to be sent")
