"""The web server: health, metrics and, where there is one, the webhook."""

import asyncio
import hmac
import json
import logging
import resource
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import cast
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from telegram import Bot
from telegram.error import BadRequest

from bot.chat.messages import UPDATES
from bot.clock import Clock
from bot.metrics import Metrics
from bot.settings import Settings, webhook_secret

from .receiving import Reachability, UpdateQueue, is_update

LARGEST_BODY = 1024 * 1024
_BODY_SECONDS = 30.0
# Nobody may write for hours, and then only a question to Telegram tells that it is there.
_CHECK_SECONDS = 30.0
_MOST_CONNECTIONS = 1_000
# From the connection, or from the last response, until the headers of a request are whole.
_HEADERS_SECONDS = 10.0
# While the rest of a body that was refused is thrown away, so that the reply is read.
_REFUSED_BODY_SECONDS = 2.0
# What else the process opens: databases, calls to Telegram, files.
_OTHER_FILES = 500

log = structlog.get_logger(__name__)


def _is_ours(record: logging.LogRecord) -> bool:
    """What strangers send to a port, and that they hang up, is no error of the bot."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError | ConnectionError)


_log = logging.getLogger(f"{__name__}.server")
_log.addFilter(_is_ours)


class _Connection(web.RequestHandler):
    """A connection that closes at once where there are too many, and does not tell whose code serves it."""

    def __init__(self, server: web.Server) -> None:
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=_HEADERS_SECONDS,
            lingering_time=_REFUSED_BODY_SECONDS,
            access_log=None,  # type: ignore[arg-type]  # aiohttp's own default server passes it so
            logger=_log,
        )
        self._server = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if len(self._server.connections) > _MOST_CONNECTIONS:
            self.force_close()

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Sends the response; the base class would name itself and Python in it, each with its version."""
        resp.headers["Server"] = "Shushuo"
        return await super().finish_response(request, resp, start_time)


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


class ListenError(Exception):
    """The address cannot be listened on; the text is one line for people."""


class WebServer:
    """Listens on `listen` from `start` to `stop`. `readiness`: tells what is needed and whether it is there."""

    def __init__(
        self,
        listen: str,
        readiness: Callable[[], Awaitable[dict[str, bool]]],
        metrics: Metrics,
        webhook: Webhook | None = None,
    ) -> None:
        self._listen = listen
        self._readiness = readiness
        self._metrics = metrics
        application = web.Application(client_max_size=LARGEST_BODY)
        application.add_routes(
            [
                web.get("/healthz", self._healthz),
                web.get("/readyz", self._readyz),
                web.get("/metrics", self._exposition),
                *([web.post(webhook.path, webhook.receive)] if webhook else []),
            ]
        )
        self._runner = web.AppRunner(application, shutdown_timeout=0.2)
        self._listener: asyncio.Server | None = None

    async def start(self) -> None:
        """Begins to listen. Raises ListenError."""
        place = urlsplit(f"//{self._listen}")
        # The limit of open files is often 1,024, and is raised as far as the system lets it.
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < _MOST_CONNECTIONS + _OTHER_FILES:
            with suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (min(_MOST_CONNECTIONS + _OTHER_FILES, hard), hard))
        await self._runner.setup()
        server = cast("web.Server", self._runner.server)  # not None once it is set up
        try:
            self._listener = await asyncio.get_running_loop().create_server(
                lambda: _Connection(server), place.hostname, place.port or 0, reuse_address=True
            )
        except OSError as error:
            await self._runner.cleanup()
            raise ListenError(f"{self._listen} cannot be listened on ({error.strerror})") from error

    async def stop(self) -> None:
        if self._listener:
            self._listener.close()
        await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _readyz(self, _: web.Request) -> web.Response:
        state = await self._readiness()
        return web.json_response(state, status=200 if all(state.values()) else 503)

    async def _exposition(self, _: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self._metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
