"""Whether Telegram answers."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.chat.refusals import seconds_of
from bot.clock import Clock, growing_pauses

_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 10.0
# A poll takes up to 25 seconds, and one that got lost is noticed 10 seconds after that.
_FRESH_SECONDS: Final = 75.0
_LONGEST_REASON: Final = 200  # a proxy's error page can be long
# Two programs that poll end each other's polls, and what comes in between is no sign that one of them has left.
_UNDISTURBED_SECONDS: Final = 20.0
# Telegram refuses a good token too now and then, for a moment.
_REFUSED_SECONDS: Final = 300.0
_TROUBLES: Final[dict[type[TelegramError], str]] = {
    Conflict: "another program fetches this bot's updates: stop it, or revoke a token that leaked; retrying",
    InvalidToken: "Telegram refuses the bot's token; retrying for five minutes: where it was revoked, write the new "
    "one that @BotFather gives you, and start again",
    RetryAfter: "Telegram asks to slow down; waiting",
}

T = TypeVar("T")

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
        pauses = growing_pauses(_FIRST_PAUSE, _LONGEST_PAUSE)
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
        """Raises the error where the token was never taken, or nothing else has come back for minutes."""
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
            log.warning(trouble, reason=(str(error) or type(error).__name__)[:_LONGEST_REASON])
        self._trouble = trouble
