"""How updates come, by long polling or to the webhook, and whether Telegram answers."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from telegram import Bot
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from yarl import URL

from bot.chat.sending import seconds_of
from bot.chat.updates import UPDATES
from bot.clock import Clock, growing_pauses
from bot.http_client import NOT_TELEGRAMS, Connection
from bot.secrets import webhook_secret
from bot.settings import Settings

from .update_queue import RawUpdate, UpdateQueue, is_update

POLL_SECONDS = 25
# A poll that got no reply this many seconds after its end has lost its connection.
_PATIENCE = 10.0
LARGEST_BODY = 1024 * 1024
_BODY_SECONDS = 30.0
# A poll takes up to 25 seconds, and one that got lost is noticed 10 seconds after that.
_FRESH_SECONDS = 75.0
# Telegram refuses a good token too now and then, for a moment.
_REFUSED_SECONDS = 300.0
# Two programs that poll end each other's polls, and what comes in between is no sign that one of them has left.
_UNDISTURBED_SECONDS = 20.0
# Nobody may write for hours, and then only a question to Telegram tells that it is there.
_CHECK_SECONDS = 30.0
_TROUBLES: dict[type[TelegramError], str] = {
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


class WebhookRefusedError(Exception):
    """Telegram does not take the address of the webhook; the text is its reason."""


class Webhook:
    """Has updates posted to its address, watches that they are, and takes them; `queue` is given each."""

    def __init__(
        self, bot: Bot, settings: Settings, reachability: Reachability, queue: UpdateQueue, clock: Clock
    ) -> None:
        """`settings` have the address."""
        self._url = settings.webhook_url or ""
        self.path = urlsplit(self._url).path or "/"
        self.is_open = False
        self._bot = bot
        self._secret = webhook_secret(settings)
        self._reachability = reachability
        self._clock = clock
        # Has what a process that polled has left, too.
        self._queue = queue
        self._trouble: object = None

    async def prepare(self) -> None:
        """Has Telegram post updates, as soon as it can be reached."""
        self.is_open = True
        await self._reachability.until_answered(self._set)

    async def run(self) -> None:
        """Watches until it is cancelled. Raises InvalidToken as `Reachability.until_answered` does."""
        while True:
            await self._queue.resume()
            await self._clock.sleep(_CHECK_SECONDS)
            info = await self._reachability.until_answered(self._bot.get_webhook_info)
            if info.last_error_date and info.last_error_date != self._trouble:
                log.warning("Telegram could not deliver to the webhook", reason=info.last_error_message)
                self._trouble = info.last_error_date
            if info.url != self._url:
                log.warning("the webhook was changed by another program; setting it again")
                await self._reachability.until_answered(self._set)
            self._reachability.delivered()

    async def receive(self, request: web.Request) -> web.Response:
        """200 once the update is handled, so that after a crash Telegram sends it again.

        Raises the 413 for a body that turns out to be too large, and the 408 for a slow one.
        """
        # What is not worth that its body is read.
        sent = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(sent, self._secret.encode()):
            return web.Response(status=403)
        if not self.is_open:
            return web.Response(status=503)
        if (request.content_length or 0) > LARGEST_BODY:
            return web.Response(status=413)
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                update: object = json.loads(await request.read())
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
        except (ValueError, RecursionError, ConnectionError, HttpProcessingError, web.RequestPayloadError):
            update = None
        if not is_update(update):
            return web.Response(status=400)
        self._reachability.delivered()
        await self._queue.handled(update)
        return web.Response()

    async def finish(self) -> None:
        """Takes no more, and returns once all updates that have come are handled."""
        # Those that come from now on are sent again later, to the next start or to another process.
        self.is_open = False
        await self._queue.finish()

    async def confirm(self) -> None:
        """Telegram was told with each."""

    async def _set(self) -> None:
        try:
            await self._bot.set_webhook(self._url, secret_token=self._secret, allowed_updates=UPDATES)
        except BadRequest as error:
            raise WebhookRefusedError(error.message) from error
        self._reachability.delivered()
