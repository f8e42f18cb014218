"""Long polling.

python-telegram-bot's Updater is silent about timeouts, ends for good when the token is refused, and waits for up to 30
seconds before it notices that it is to stop; a poll is one call, so it is made here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.chat.refusals import seconds_of
from bot.serving.clock import Clock

from .clients import POLL_SECONDS, poll_timeout

if TYPE_CHECKING:
    from telegram import Bot

    from .intake import Intake, RawUpdate

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


class Link:
    """Whether Telegram answers; one line in the log when that changes, however many calls fail in between."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._trouble = ""
        self._over_at = 0.0
        self._token_taken = False
        self._refused_at: float | None = None

    @property
    def is_silent(self) -> bool:
        """Whether Telegram does not answer at all."""
        return bool(self._trouble) and self._trouble != _CONFLICT

    def is_ended_by(self, error: Exception) -> bool:
        """Whether it is no use to try again: the token was never taken, or nothing else has come back for minutes."""
        if not isinstance(error, InvalidToken):
            return False
        lasting = self._refused_at is not None and self._clock.now() - self._refused_at >= _REFUSED_SECONDS
        return lasting or not self._token_taken

    def lost(self, error: Exception) -> None:
        if not isinstance(error, InvalidToken):
            self._refused_at = None
        elif self._refused_at is None:
            self._refused_at = self._clock.now()
        self._over_at = self._clock.now() + (_UNDISTURBED_SECONDS if isinstance(error, Conflict) else 0.0)
        trouble = _trouble(error)
        if trouble != self._trouble:
            log.warning(trouble, reason=(str(error) or type(error).__name__)[:_LONGEST_REASON])
        self._trouble = trouble

    def back(self) -> None:
        self._token_taken, self._refused_at = True, None
        if self._trouble and self._clock.now() >= self._over_at:
            log.warning("Telegram answers again")
            self._trouble = ""


async def until_answered(call: Callable[[], Awaitable[T]], link: Link, clock: Clock) -> T:
    """The result of `call`, tried again until Telegram answers.

    Raises InvalidToken where Telegram refuses the token, from the start or for minutes.
    """
    pause = _FIRST_PAUSE
    while True:
        try:
            result = await call()
        except TelegramError as error:
            if link.is_ended_by(error):
                raise
            link.lost(error)
            if isinstance(error, RetryAfter):
                await clock.sleep(seconds_of(error))
            else:
                await clock.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            link.back()
            return result


class Poller:
    """Fetches updates for `intake`, and no more of them until `room` returns; tells `heard` that Telegram answered."""

    def __init__(  # noqa: PLR0913, PLR0917 (each is another part of the house)
        self,
        bot: Bot,
        kinds: Sequence[str],
        intake: Intake,
        link: Link,
        heard: Callable[[], None],
        room: Callable[[], Awaitable[None]],
        clock: Clock,
    ) -> None:
        self._bot = bot
        self._kinds = kinds
        self._intake = intake
        self._link = link
        self._heard = heard
        self._room = room
        self._clock = clock
        self._offset = 0

    async def run(self) -> None:
        """Polls until it is cancelled. Raises InvalidToken as `until_answered` does."""
        while True:
            await self._room()
            await self._intake.resume()
            if updates := await until_answered(self._poll, self._link, self._clock):
                self._offset = await self._intake.take(updates)

    async def confirm(self) -> None:
        """Tells Telegram which updates it need not send to the next start."""
        if offset := await self._intake.offset():
            await self._get_updates(offset, 0, limit=1)

    async def _poll(self) -> list[RawUpdate]:
        # After silence, a poll that returns at once tells whether it is over.
        seconds = 0 if self._link.is_silent else POLL_SECONDS
        updates = await self._get_updates(self._offset, seconds, allowed_updates=self._kinds)
        self._heard()
        return updates

    async def _get_updates(self, offset: int, seconds: int, **parameters: object) -> list[RawUpdate]:
        # The bot's own `get_updates` would fail for ever at a batch with one update that cannot be read.
        data = {"offset": offset, "timeout": seconds, **parameters}
        updates: list[RawUpdate] = await self._bot._post(  # noqa: SLF001
            "getUpdates", data, read_timeout=poll_timeout(seconds)
        )
        return updates


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
