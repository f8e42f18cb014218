"""Whether Telegram answers."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.chat.refusals import seconds_of
from bot.pauses import growing_pauses
from bot.serving.clock import Clock

_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 10.0
_LONGEST_REASON: Final = 200  # a proxy's error page can be long
# Two programs that poll end each other's polls, and what comes in between is no sign that one of them has left.
_UNDISTURBED_SECONDS: Final = 20.0
# Telegram refuses a good token too now and then, for a moment.
_REFUSED_SECONDS: Final = 300.0
_REFUSED: Final = (
    "Telegram refuses the bot's token; retrying for five minutes: where it was revoked, write the new one that "
    "@BotFather gives you, and start again"
)
_CONFLICT: Final = "another program fetches this bot's updates: stop it, or revoke a token that leaked; retrying"

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
        return bool(self._trouble) and self._trouble != _CONFLICT

    @property
    def since_delivery(self) -> float:
        """Seconds since Telegram has sent updates, or said that there are none; infinite where it never has."""
        return math.inf if self._delivered_at is None else self._clock.now() - self._delivered_at

    def delivered(self) -> None:
        """Telegram has sent updates, or said that there are none."""
        self._delivered_at = self._clock.now()

    async def until_answered(self, call: Callable[[], Awaitable[T]]) -> T:
        """The result of `call`, tried again until Telegram answers.

        Raises InvalidToken where Telegram refuses the token, from the start or for minutes.
        """
        pauses = growing_pauses(_FIRST_PAUSE, _LONGEST_PAUSE)
        while True:
            try:
                result = await call()
            except TelegramError as error:
                if self._is_ended_by(error):
                    raise
                self._lost(error)
                await self._clock.sleep(seconds_of(error) if isinstance(error, RetryAfter) else next(pauses))
            else:
                self._back()
                return result

    def _is_ended_by(self, error: Exception) -> bool:
        """Whether it is no use to try again: the token was never taken, or nothing else has come back for minutes."""
        if not isinstance(error, InvalidToken):
            return False
        lasting = self._refused_at is not None and self._clock.now() - self._refused_at >= _REFUSED_SECONDS
        return lasting or not self._token_taken

    def _lost(self, error: Exception) -> None:
        if not isinstance(error, InvalidToken):
            self._refused_at = None
        elif self._refused_at is None:
            self._refused_at = self._clock.now()
        self._over_at = self._clock.now() + (_UNDISTURBED_SECONDS if isinstance(error, Conflict) else 0.0)
        trouble = _trouble(error)
        if trouble != self._trouble:
            log.warning(trouble, reason=(str(error) or type(error).__name__)[:_LONGEST_REASON])
        self._trouble = trouble

    def _back(self) -> None:
        self._token_taken, self._refused_at = True, None
        if self._trouble and self._clock.now() >= self._over_at:
            log.warning("Telegram answers again")
            self._trouble = ""


def _trouble(error: Exception) -> str:
    match error:
        case Conflict():
            return _CONFLICT
        case InvalidToken():
            return _REFUSED
        case RetryAfter():
            return "Telegram asks to slow down; waiting"
        case _:
            return "Telegram cannot be reached; retrying"
