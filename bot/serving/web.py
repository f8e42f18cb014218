"""The web server: health, metrics and, where there is one, the webhook."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from prometheus_client import CONTENT_TYPE_LATEST

from .webhook import LARGEST_BODY

if TYPE_CHECKING:
    from .health import Health
    from .metrics import Metrics
    from .webhook import Webhook

_CLOSE_SECONDS: Final = 0.2


def _is_ours(record: logging.LogRecord) -> bool:
    """What strangers send to a port, and that they hang up, is no error of the bot."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError | ConnectionError)


_log: Final = logging.getLogger(f"{__name__}.server")
_log.addFilter(_is_ours)


class ListenError(Exception):
    """The address cannot be listened on; the text is one line for people."""


class WebServer:
    """Listens on `listen` (host:port) from `start` to `stop`; `path` is where `webhook` is."""

    def __init__(
        self, listen: str, health: Health, metrics: Metrics, webhook: Webhook | None = None, path: str = "/"
    ) -> None:
        self._listen = listen
        self._health = health
        self._metrics = metrics
        # Some versions of aiohttp refuse a body of just this size.
        application = web.Application(client_max_size=LARGEST_BODY + 1)
        application.add_routes(
            [
                web.get("/healthz", self._healthz),
                web.get("/readyz", self._readyz),
                web.get("/metrics", self._exposition),
                *([web.post(path, webhook.receive)] if webhook else []),
            ]
        )
        self._runner = web.AppRunner(application, access_log=None, logger=_log, shutdown_timeout=_CLOSE_SECONDS)

    async def start(self) -> None:
        """Raises ListenError."""
        place = urlsplit(f"//{self._listen}")
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, place.hostname, place.port, reuse_address=True).start()
        except OSError as error:
            await self._runner.cleanup()
            raise ListenError(f"{self._listen} cannot be listened on ({error.strerror})") from error

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _readyz(self, _: web.Request) -> web.Response:
        state = await self._health.check()
        return web.json_response(state, status=200 if all(state.values()) else 503)

    async def _exposition(self, _: web.Request) -> web.Response:
        return web.Response(body=self._metrics.exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST})
