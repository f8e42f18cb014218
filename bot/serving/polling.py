"""Long polling.

python-telegram-bot's Updater is silent about timeouts, ends for good when the token is refused, and waits for up to 30
seconds before it notices that it is to stop; a poll is one call, so it is made here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from .flow import seconds_of
from .transport import POLL_SECONDS

if TYPE_CHECKING:
    from telegram import Bot, Update

_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 10.0
_LONGEST_REASON: Final = 200  # a proxy's error page can be long

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Link:
    """Whether Telegram answers; one line in the log when that changes, however many calls fail in between."""

    def __init__(self) -> None:
        self._trouble = ""

    @property
    def is_lost(self) -> bool:
        return bool(self._trouble)

    def lost(self, error: Exception) -> None:
        trouble = _trouble(error)
        if trouble != self._trouble:
            log.warning(trouble, reason=(str(error) or type(error).__name__)[:_LONGEST_REASON])
        self._trouble = trouble

    def back(self) -> None:
        if self._trouble:
            log.warning("Telegram answers again")
        self._trouble = ""


async def until_answered(call: Callable[[], Awaitable[T]], link: Link) -> T:
    """The result of `call`, tried again until Telegram answers. Raises InvalidToken when it refuses the token."""
    pause = _FIRST_PAUSE
    while True:
        try:
            result = await call()
        except InvalidToken:
            raise
        except RetryAfter as error:
            link.lost(error)
            await asyncio.sleep(seconds_of(error))
        except TelegramError as error:
            link.lost(error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            link.back()
            return result


class Poller:
    """Fetches updates and hands them to `deliver`, which must not wait."""

    def __init__(self, bot: Bot, kinds: Sequence[str], deliver: Callable[[Update], None], link: Link) -> None:
        self._bot = bot
        self._kinds = kinds
        self._deliver = deliver
        self._link = link
        self._next = 0

    async def run(self) -> None:
        """Polls until it is cancelled. Raises InvalidToken when Telegram refuses the token."""
        while True:
            for update in await until_answered(self._poll, self._link):
                self._deliver(update)
                self._next = update.update_id + 1

    async def confirm(self) -> None:
        """Tells Telegram which updates have come, or it would send the last ones again to the next start."""
        if self._next:
            await self._bot.get_updates(offset=self._next, limit=1, timeout=0)

    async def _poll(self) -> Sequence[Update]:
        # After trouble, a poll that returns at once tells whether it is over.
        seconds = 0 if self._link.is_lost else POLL_SECONDS
        return await self._bot.get_updates(offset=self._next, timeout=seconds, allowed_updates=self._kinds)


def _trouble(error: Exception) -> str:
    match error:
        case Conflict():
            return "another program fetches this bot's updates: stop it, or revoke a token that leaked; retrying"
        case RetryAfter():
            return "Telegram asks to slow down; waiting"
        case _:
            return "Telegram cannot be reached; retrying"
