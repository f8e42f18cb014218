"""What goes out: at the speed that Telegram allows, and again where the network lost it."""

from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Any

import structlog
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.chat.sending import seconds_of
from bot.clock import Clock, growing_pauses
from bot.metrics import Metrics

from .limits import Allowance

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
