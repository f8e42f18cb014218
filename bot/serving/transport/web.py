"""The web server: health, metrics and, where there is one, the webhook."""

import asyncio
import logging
import resource
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import cast
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from prometheus_client import CONTENT_TYPE_LATEST

from bot.metrics import Metrics

from .receivers import LARGEST_BODY, Webhook

_MOST_CONNECTIONS = 1_000
# From the connection, or from the last response, until the headers of a request are whole.
_HEADERS_SECONDS = 10.0
# While the rest of a body that was refused is thrown away, so that the reply is read.
_REFUSED_BODY_SECONDS = 2.0
# What else the process opens: databases, calls to Telegram, files.
_OTHER_FILES = 500


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
        return web.Response(body=self._metrics.exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST})
