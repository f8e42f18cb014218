"""A network between two HTTP programs, in which each request meets its own fate."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from enum import Enum, auto

import aiohttp
from aiohttp import web

from tests.support.telegram_server.server import reset_connection

_HOST = "127.0.0.1"
_HEADERS = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")


class Fate(Enum):
    """All but the last have no effect at the other end."""

    ARRIVES = auto()
    TOO_MANY = auto()
    INTERNAL_ERROR = auto()
    BAD_GATEWAY = auto()
    NO_REPLY = auto()
    RESET = auto()
    GARBAGE = auto()
    CUT_SHORT = auto()
    # The request arrives and has its effect, and the connection breaks before the reply.
    REPLY_LOST = auto()


class Network:
    """Carries requests to `target`; `fate` decides about each, given the last part of its path.

    `seen` counts the requests by that part and their fates, `replied` by the part the replies that went back.
    `is_cut`: nothing arrives and no reply comes back, and neither end is told.
    """

    def __init__(self, target: str, fate: Callable[[str], Fate] = lambda _: Fate.ARRIVES) -> None:
        self.seen: Counter[tuple[str, Fate]] = Counter()
        self.replied: Counter[str] = Counter()
        self.is_cut = False
        self._target = target
        self.fate = fate
        self._runner = web.ServerRunner(web.Server(self._handle, handler_cancellation=True), shutdown_timeout=0.1)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self):
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()

    @property
    def url(self) -> str:
        return f"http://{_HOST}:{self._runner.addresses[0][1]}"

    def share_of_faults(self) -> float:
        return 1 - sum(count for (_, fate), count in self.seen.items() if fate is Fate.ARRIVES) / self.seen.total()

    def fates(self) -> set[Fate]:
        return {fate for _, fate in self.seen}

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        name = request.path.rpartition("/")[2]
        fate = self.fate(name)
        self.seen[name, fate] += 1
        if self.is_cut or fate is Fate.NO_REPLY:
            await _silence()
        body = await request.read()
        if fate in _REPLIES:
            return _REPLIES[fate]()
        if fate is Fate.RESET:
            return reset_connection(request)
        response = await self._carried(request, body)
        if self.is_cut:
            await _silence()
        if fate is Fate.REPLY_LOST:
            return reset_connection(request)
        self.replied[name] += 1
        return response

    async def _carried(self, request: web.BaseRequest, body: bytes) -> web.Response:
        if self._session is None:
            raise RuntimeError("the network is not there yet")
        headers = {name: request.headers[name] for name in _HEADERS if name in request.headers}
        try:
            async with self._session.request(
                request.method, self._target + request.path_qs, data=body, headers=headers
            ) as response:
                content = await response.read()
                return web.Response(status=response.status, body=content, content_type=response.content_type)
        except aiohttp.ClientError:
            return reset_connection(request)


async def _silence() -> None:
    """Until whoever waits for a reply gives up, which cancels this."""
    await asyncio.Event().wait()


def _error(status: int, description: str, **parameters: int) -> web.Response:
    reply = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    return web.Response(status=status, text=json.dumps(reply), content_type="application/json")


def _page(status: int, body: bytes) -> web.Response:
    return web.Response(status=status, body=body, content_type="text/html")


_REPLIES = {
    Fate.TOO_MANY: lambda: _error(429, "Too Many Requests: retry after 2", retry_after=2),
    Fate.INTERNAL_ERROR: lambda: _error(500, "Internal Server Error"),
    Fate.BAD_GATEWAY: lambda: _page(502, b"<html><h1>502 Bad Gateway</h1></html>"),
    Fate.GARBAGE: lambda: _page(200, b"\xff\xfe<html>sign in to use this network"),
    Fate.CUT_SHORT: lambda: _page(200, b'{"ok":true,"result":'),
}
