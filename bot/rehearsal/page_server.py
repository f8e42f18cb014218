"""The page over HTTP: its files, what people upload and download, and a WebSocket for all that happens."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web

from bot.rehearsal.telegram_server.requests import ApiError

from .actions import Actions
from .feed import Event, Feed

_PAGE = Path(__file__).parent / "page"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


class PageServer:
    """Serves the page below `/KEY/`, or at `/` without a key, and there to this machine's own browsers alone."""

    def __init__(self, feed: Feed, actions: Actions, stored: dict[str, bytes], key: str = "") -> None:
        self._feed = feed
        self._actions = actions
        self._stored = stored
        self._key = key
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> str:
        """The address of the page. Raises OSError where nothing can listen there."""
        application = web.Application(middlewares=[self._guard], client_max_size=64 * 1024 * 1024)
        path = f"/{self._key}/" if self._key else "/"
        application.add_routes(
            [
                web.get(path, self._index),
                web.get(f"{path}socket", self._tell),
                web.post(f"{path}do/{{name}}", self._do),
                web.get(f"{path}stored/{{id}}/{{name}}", self._download),
                web.static(path, _PAGE),
            ]
        )
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, host.strip("[]"), port).start()
        return f"http://{host}:{self._runner.addresses[0][1]}{path}"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Keeps other sites from acting in the name of whoever has this page open."""
        local = bool(self._key) or is_loopback(request.host.rsplit(":", 1)[0])
        if not local or request.headers.get("Origin", f"http://{request.host}") != f"http://{request.host}":
            raise web.HTTPForbidden
        response = await handler(request)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    async def _index(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(_PAGE / "index.html")

    async def _download(self, request: web.Request) -> web.Response:
        content = self._stored.get(request.match_info["id"])
        if content is None:
            raise web.HTTPNotFound
        # Pictures are shown all the same; nothing that somebody has sent is opened as a page.
        return web.Response(body=content, headers={"Content-Disposition": "attachment"})

    async def _do(self, request: web.Request) -> web.Response:
        form = await request.post()
        files = [one for one in form.getall("file", []) if isinstance(one, web.FileField)]
        parameters = json.loads(str(form["given"]))
        parameters["files"] = [(one.filename, one.content_type, one.file.read()) for one in files]
        try:
            done = {"result": await self._actions.do(request.match_info["name"], parameters)}
        # An AssertionError: the bot has not answered a press or an inline query.
        except (LookupError, ValueError, ApiError, AssertionError) as error:
            done = {"problem": str(error)}
        return web.json_response(done)

    async def _tell(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        events = self._feed.open()
        passing_on = asyncio.create_task(_pass_on(events, socket))
        try:
            await socket.receive()  # which is its end: the page says nothing here
        finally:
            self._feed.close(events)
            passing_on.cancel()
        return socket


async def _pass_on(events: asyncio.Queue[Event], socket: web.WebSocketResponse) -> None:
    with suppress(ConnectionError):
        while True:
            await socket.send_json(await events.get())
