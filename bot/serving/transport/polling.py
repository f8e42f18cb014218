"""Long polling.

python-telegram-bot's Updater is silent about timeouts, ends for good when the token is refused, and waits for up to 30
seconds before it notices that it is to stop; a poll is one call, so it is made here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat import UPDATES

from .clients import POLL_SECONDS, poll_timeout

if TYPE_CHECKING:
    from telegram import Bot

    from .reachability import Reachability
    from .update_queue import RawUpdate, UpdateQueue
    from .update_workers import UpdateWorkers


class Polling:
    """Fetches updates for `queue`, as long as `workers` have room for more."""

    def __init__(self, bot: Bot, reachability: Reachability, queue: UpdateQueue, workers: UpdateWorkers) -> None:
        self._bot = bot
        self._reachability = reachability
        self._queue = queue
        self._workers = workers
        self._offset = 0

    async def prepare(self) -> None:
        """As `Receiver` says."""
        # A webhook left from an earlier deployment would refuse every poll.
        await self._reachability.until_answered(self._bot.delete_webhook)

    async def run(self) -> None:
        """As `Receiver` says."""
        while True:
            await self._workers.room()
            await self._queue.resume()
            if updates := await self._reachability.until_answered(self._poll):
                self._offset = await self._queue.take(updates)

    async def finish(self) -> None:
        """As `Receiver` says."""
        await self._queue.finish()

    async def confirm(self) -> None:
        """As `Receiver` says."""
        if offset := await self._queue.offset():
            await self._get_updates(offset, 0, limit=1)

    async def _poll(self) -> list[RawUpdate]:
        # After silence, a poll that returns at once tells whether it is over.
        seconds = 0 if self._reachability.is_silent else POLL_SECONDS
        updates = await self._get_updates(self._offset, seconds, allowed_updates=UPDATES)
        self._reachability.delivered()
        return updates

    async def _get_updates(self, offset: int, seconds: int, **parameters: object) -> list[RawUpdate]:
        # The bot's own `get_updates` would fail for ever at a batch with one update that cannot be read, and
        # `do_api_request` warns of each method that the bot has.
        data = {"offset": offset, "timeout": seconds, **parameters}
        updates: list[RawUpdate] = await self._bot._post(  # noqa: SLF001
            "getUpdates", data, read_timeout=poll_timeout(seconds)
        )
        return updates
