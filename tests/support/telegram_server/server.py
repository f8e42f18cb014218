"""The server with the controls that tests use."""

import asyncio
import socket
import struct
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from types import TracebackType

from aiohttp import web

from bot.rehearsal.telegram_server import server
from bot.rehearsal.telegram_server.requests import ApiError, Method, MisuseError, Refusal
from bot.rehearsal.telegram_server.server import Request

from .chats import PATIENCE, Chat, Person
from .webhook import METHODS, Webhook

TOKEN = "123456:TEST-token"
_BOT = {"first_name": "Test bot", "username": "shushuo_test_bot"}
_GARBAGE = b"<html><body>\xff\xfe not what you asked for"

CarryOut = Callable[[], Awaitable[web.StreamResponse]]
# What befalls one request: given that, and what carries it out, it replies.
Fault = Callable[[web.Request, CarryOut], Awaitable[web.StreamResponse]]


class TelegramServer(server.TelegramServer):
    """Telegram as the bot of a test sees it; `async with` starts and stops it.

    At the end that raises AssertionError where there are `violations`, which are what a bot must never do; a test that
    provokes one empties the list.

    `fetched`: the paths of the files that the bot has fetched. `ahead`: the seconds by which the server's clock is
    ahead. `latency`: seconds by which each reply comes late, as over a network; what is asked for is done at once.
    """

    methods, chat_type, person_type = METHODS, Chat, Person

    def __init__(self, token: str = TOKEN, *, inline: bool = True, privacy: bool = False, joins: bool = True) -> None:
        super().__init__(token, _BOT, privacy=privacy)
        self.bot.update(supports_inline_queries=inline, can_join_groups=joins)
        self.webhook = self.backend.webhook = Webhook(self.backend.updates, self._signal)
        self.push_update = self.backend.updates.push_raw
        self.ahead = self.latency = 0.0
        self.violations: list[str] = []
        self.fetched: list[str] = []
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._signal.listeners.append(self._hear)

    async def __aenter__(self):
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        report = "the bot did what a bot must never do:\n" + "\n".join(self.violations)
        if self.violations and error is None:
            raise AssertionError(report)
        if self.violations and error is not None:
            error.add_note(report)

    async def start(self) -> None:
        await super().start()
        self.webhook.start()

    async def stop(self) -> None:
        await self.webhook.stop()
        await super().stop()

    def _hear(self, what: object) -> None:
        if isinstance(what, Refusal) and isinstance(what.error, MisuseError):
            self.violations.append(f"{what.method}: {what.error}")

    # ---- what befalls requests

    def fail_next(self, method: str, status: int, description: str, parameters=None, times: int = 1) -> None:
        """The next requests of `method` have no effect and get this error."""

        async def fail(*_: object) -> web.StreamResponse:
            raise ApiError(status, description, parameters)

        self._befall(method, fail, times)

    def garbage_next(self, method: str, status: int = 200) -> None:
        """The next request of `method` has no effect and gets a reply that is no JSON."""

        async def reply(*_: object) -> web.StreamResponse:
            return web.Response(body=_GARBAGE, status=status, content_type="text/html")

        self._befall(method, reply)

    def drop_next(self, method: str, *, after_effect: bool = False) -> None:
        """The next request of `method` meets a connection reset; with `after_effect` it is carried out before."""

        async def drop(request: web.Request, carry_out: CarryOut) -> web.StreamResponse:
            if after_effect:
                await carry_out()
            return reset_connection(request)

        self._befall(method, drop)

    def delay_next(self, method: str, seconds: float) -> None:
        """The next request of `method` is carried out at once and gets its reply late."""

        async def delay(_: web.Request, carry_out: CarryOut) -> web.StreamResponse:
            response = await carry_out()
            self._signal.notify()
            await asyncio.sleep(seconds)
            return response

        self._befall(method, delay)

    def _befall(self, method: str, fault: Fault, times: int = 1) -> None:
        self._faults[METHODS[method.lower()].name].extend([fault] * times)

    async def _carry_out(self, request: web.Request, method: Method) -> web.StreamResponse:
        carry_out = partial(super()._carry_out, request, method)
        faults = self._faults[method.name]
        return await (faults.popleft()(request, carry_out) if faults else carry_out())

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        try:
            response = await super()._handle(request)
        except Exception as error:
            self.violations.append(f"the server itself failed: {error!r}")
            raise
        if self.latency:
            await asyncio.sleep(self.latency)
        response.headers["Date"] = format_datetime(datetime.now(UTC) + timedelta(seconds=self.ahead), usegmt=True)
        return response

    def _download(self, path: str) -> web.Response:
        content = super()._download(path)
        self.fetched.append(path)
        return content

    # ---- waiting

    async def wait_for_call(self, method: str, count: int = 1) -> Request:
        """The `count`th request of `method`, once it has come. Raises AssertionError when it does not come."""
        if not await self._signal.wait(lambda: len(self.calls(method)) >= count, PATIENCE):
            raise AssertionError(f"{len(self.calls(method))} of {count} requests of {method} within {PATIENCE} s")
        return self.calls(method)[count - 1]

    async def all_delivered(self) -> None:
        """Returns once the bot has taken every update. Raises AssertionError when it does not."""
        if not await self._signal.wait(lambda: not self.backend.updates.pending, PATIENCE):
            raise AssertionError(f"{len(self.backend.updates.pending)} updates are left after {PATIENCE} s")


def reset_connection(request: web.Request) -> web.Response:
    """Closes the connection with a reset instead of an orderly end; returns what a handler has to return."""
    if request.transport is not None:
        linger = struct.pack("ii", 1, 0)
        request.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        request.transport.abort()
    return web.Response()
