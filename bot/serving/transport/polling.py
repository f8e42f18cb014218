"""Long polling.

python-telegram-bot's Updater is silent about timeouts, ends for good when the token is refused, and waits for up to 30
seconds before it notices that it is to stop; a poll is one call, so it is made here.
"""

import json
from typing import Final

from telegram import Bot
from telegram.error import NetworkError
from yarl import URL

from bot.chat.updates import UPDATES
from bot.http_client import NOT_TELEGRAMS, Connection

from .reachability import Reachability
from .update_queue import RawUpdate, UpdateQueue, is_update

POLL_SECONDS: Final = 25
# A poll that got no reply this many seconds after its end has lost its connection.
_PATIENCE: Final = 10.0


class Polling:
    """Fetches updates for `queue`, as long as that has room for more."""

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
