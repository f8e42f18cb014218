"""The page over HTTP: its files, what people upload and download, and a WebSocket for all that happens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib.resources import files
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final

from aiohttp import BodyPartReader, WSMsgType, web

from .telegram_server.errors import ApiError

if TYPE_CHECKING:
    from .actions import Actions, Given
    from .feed import Event, Feed

_PAGE: Final = files(__package__) / "page"
_TYPES: Final = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_LARGEST_UPLOAD: Final = 64 * 1024 * 1024
_HEADERS: Final = {
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
        application = web.Application(middlewares=[self._guard], client_max_size=_LARGEST_UPLOAD)
        path = f"/{self._key}/" if self._key else "/"
        application.add_routes(
            [
                web.get(path, self._file),
                web.get(f"{path}{{name:[a-z]+[.](?:css|js|svg)}}", self._file),
                web.get(f"{path}socket", self._converse),
                web.post(f"{path}send", self._upload),
                web.get(f"{path}stored/{{id}}/{{name}}", self._download),
            ]
        )
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host.strip("[]"), port)
        await site.start()
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

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        file = _PAGE / name
        if not file.is_file():
            raise web.HTTPNotFound
        return web.Response(body=file.read_bytes(), content_type=_TYPES[name.rpartition(".")[2]], charset="utf-8")

    async def _download(self, request: web.Request) -> web.Response:
        content = self._stored.get(request.match_info["id"])
        if content is None:
            raise web.HTTPNotFound
        # Pictures are shown all the same; nothing that somebody has sent is opened as a page.
        return web.Response(body=content, headers={"Content-Disposition": "attachment"})

    async def _upload(self, request: web.Request) -> web.Response:
        given: Given = {}
        sent = []
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.filename:
                kind = part.headers.get("Content-Type", "")
                sent.append((part.filename, kind, bytes(await part.read())))
            elif isinstance(part, BodyPartReader):
                given = json.loads(await part.text())
        return web.json_response(await self._done("send", {**given, "files": sent}))

    async def _done(self, name: str, given: Given) -> Event:
        try:
            return {"result": await self._actions.do(name, given)}
        except (LookupError, ValueError, ApiError) as error:
            return {"problem": str(error)}

    async def _converse(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        events = self._feed.open()
        tasks: set[asyncio.Task[Any]] = {asyncio.create_task(_pass_on(events, socket))}
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    task = asyncio.create_task(self._answer(json.loads(message.data), events))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
        finally:
            self._feed.close(events)
            for task in tuple(tasks):
                task.cancel()
        return socket

    async def _answer(self, asked: Event, events: asyncio.Queue[Event]) -> None:
        events.put_nowait({"event": "reply", "id": asked["id"], **await self._done(asked["do"], asked["given"])})


async def _pass_on(events: asyncio.Queue[Event], socket: web.WebSocketResponse) -> None:
    with suppress(ConnectionError):
        while True:
            await socket.send_json(await events.get(), dumps=_dumps)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
