"""The server: HTTP in front, and the controls that tests use."""

import asyncio
import socket
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from math import ceil
from types import TracebackType
from typing import Any, Self, TypeAlias

from aiohttp import web

from .backend import Backend
from .errors import ApiError, MisuseError, Refusal
from .methods import FOLDER, METHODS
from .model import Chat
from .people import Person
from .requests import NOT_FOUND, place_of, read_parameters, reset_connection

HOST = "127.0.0.1"
TOKEN = "123456:TEST-token"  # noqa: S105 (known to nobody but this server)
_BOT = {"is_bot": True, "first_name": "Test bot", "username": "shushuo_test_bot"}
# Of the event loop, from the connection to what serves it.
_STEPS_OF_ACCEPTING = 3
_GARBAGE = b"<html><body>\xff\xfe not what you asked for"
# As far as they have been read when a request is refused.
_PARAMETERS = web.RequestKey("parameters", dict[str, Any])
_WRITING = ("send", "copy", "forward")
_SUPERGROUPS = -1_000_000_000_000  # and channels: their ids lie below

CarryOut: TypeAlias = Callable[[], Awaitable[web.StreamResponse]]
# What befalls one request: given that, and what carries it out, it replies.
Fault: TypeAlias = Callable[[web.BaseRequest, CarryOut], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Request:
    """A request of the bot: `parameters` in their types unless they are wrong, `time` in seconds (monotonic)."""

    method: str
    parameters: Mapping[str, Any]
    time: float


class TelegramServer:
    """Telegram as a bot sees it, on loopback.

    `async with` starts and stops it, and raises AssertionError at the end where the bot did what a bot must never do
    (`violations`; a test that provokes one empties the list). `requests` logs every request with the right token.
    `files`: what people have sent, by file id; what is taken out of it cannot be fetched any more. `fetched`: the paths
    of the files that the bot has fetched. `bot`: the bot as a user. `backend`: the state of it all.
    `inline`, `privacy`, `joins`: as `Backend` has them. `ahead`: the seconds by which the server's clock is ahead.
    `latency`: seconds by which each reply comes late, as over a network; what is asked for is done at once.
    """

    def __init__(
        self, token: str = TOKEN, port: int = 0, *, inline: bool = True, privacy: bool = False, joins: bool = True
    ) -> None:
        self.token, self.port = token, port
        self.ahead = self.latency = 0.0
        self.requests: list[Request] = []
        self.bot = {"id": int(token.partition(":")[0]), **_BOT}
        self.backend = Backend(self.bot, inline=inline, privacy=privacy, joins=joins)
        self.push_update = self.backend.updates.push_raw
        self.violations, self.files, self.fetched = self.backend.violations, self.backend.files, self.backend.fetched
        self._signal = self.backend.signal
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._flooded_until = 0.0
        self._first_id = 0
        self._server: web.Server | None = None
        self._runner: web.ServerRunner | None = None
        self._listening: socket.socket | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    async def __aenter__(self) -> Self:
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
        """Listens; after `stop`, on the same port and with everything as it was."""
        self._server = web.Server(self._handle, handler_cancellation=True)
        self._runner = web.ServerRunner(self._server, shutdown_timeout=0.1)
        await self._runner.setup()
        self._listening = socket.create_server((HOST, self.port))
        self.port = self._listening.getsockname()[1]
        await web.SockSite(self._runner, self._listening).start()
        self.backend.webhook.start()

    async def stop(self) -> None:
        """Cuts every connection and stops listening, as when the network goes away."""
        await self.backend.webhook.stop()
        if self._server is None or self._runner is None or self._listening is None:
            return
        # Accepts no more, and waits for what is being accepted: asyncio would neither serve it nor close it.
        asyncio.get_running_loop().remove_reader(self._listening)
        for _ in range(_STEPS_OF_ACCEPTING):
            await asyncio.sleep(0)
        for connection in self._server.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await self._runner.cleanup()
        self._server = self._runner = self._listening = None

    def user(self, id: int | None = None, first_name: str = "Tester", language_code: str | None = None) -> Person:
        """Somebody new, who has not written to the bot yet. Raises ValueError for an id that is taken."""
        user_id = id if id is not None else 1001 + len(self.backend.people)
        if user_id in self.backend.people:
            raise ValueError(f"there is a user {user_id} already")
        person = self.backend.people[user_id] = Person(self.backend, user_id, first_name, language_code)
        person.chat.last_id = self._first_id
        return person

    def group(self, id: int | None = None, title: str = "Test group") -> Chat:
        """A basic group that the bot is a member of."""
        return self._chat("group", id or -self._number(), title)

    def supergroup(
        self, id: int | None = None, title: str = "Test supergroup", topics: dict[int, str] | None = None
    ) -> Chat:
        """A supergroup that the bot is a member of; with `topics` (id: name, without General) a forum."""
        return self._chat("supergroup", id or _SUPERGROUPS - self._number(), title, topics=topics)

    def channel(self, title: str = "Test channel") -> Chat:
        """A channel that the bot is an administrator of."""
        return self._chat("channel", _SUPERGROUPS - self._number(), title, bot_status="administrator")

    def _number(self) -> int:
        return 5001 + len(self.backend.groups)

    def _chat(self, kind: str, chat_id: int, title: str, **more: Any) -> Chat:
        chat = Chat(chat_id, kind, {"title": title}, self._signal, last_id=self._first_id, **more)
        self.backend.groups[chat_id] = chat
        return chat

    def upgrade(self, group: Chat) -> Chat:
        """Makes a basic group a supergroup, which is another chat; both say so to the bot."""
        chat = self.supergroup(title=group.names["title"])
        chat.statuses = dict(group.statuses)
        group.became = chat.id
        for place, field, other in ((group, "migrate_to_chat_id", chat), (chat, "migrate_from_chat_id", group)):
            message = {"message_id": 1, "date": int(time.time()), "chat": place.to_json(), field: other.id}
            anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
            self.backend.updates.push("message", {**message, "from": anonymous, "sender_chat": place.to_json()})
        return chat

    def count_from(self, number: int) -> None:
        """The ids of updates, and of messages in chats that are yet to come, begin after `number`."""
        self._first_id = self.backend.updates.last_id = number

    def fail_next(
        self,
        method: str,
        status: int,
        description: str,
        parameters: Mapping[str, Any] | None = None,
        times: int = 1,
    ) -> None:
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

        async def drop(request: web.BaseRequest, carry_out: CarryOut) -> web.StreamResponse:
            if after_effect:
                await carry_out()
            return reset_connection(request)

        self._befall(method, drop)

    def delay_next(self, method: str, seconds: float) -> None:
        """The next request of `method` is carried out at once and gets its reply late."""

        async def delay(_: web.BaseRequest, carry_out: CarryOut) -> web.StreamResponse:
            response = await carry_out()
            self._signal.notify()
            await asyncio.sleep(seconds)
            return response

        self._befall(method, delay)

    def _befall(self, method: str, fault: Fault, times: int = 1) -> None:
        self._faults[METHODS[method.lower()].name].extend([fault] * times)

    def flood(self, seconds: float) -> None:
        """For so long, no method that writes a message is carried out: Telegram asks to wait for what is left of it."""
        self._flooded_until = time.monotonic() + seconds

    def calls(self, method: str) -> list[Request]:
        """The logged requests of one method."""
        return [request for request in self.requests if request.method == method]

    async def wait_for_call(self, method: str, count: int = 1, timeout: float = 5.0) -> Request:  # noqa: ASYNC109
        """The `count`th request of `method`, once it has come. Raises AssertionError when it does not come."""
        if not await self._signal.wait(lambda: len(self.calls(method)) >= count, timeout):
            raise AssertionError(f"{len(self.calls(method))} of {count} requests of {method} within {timeout} s")
        return self.calls(method)[count - 1]

    async def all_delivered(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Returns once the bot has taken every update. Raises AssertionError when it does not."""
        if not await self._signal.wait(lambda: not self.backend.updates.pending, timeout):
            raise AssertionError(f"{len(self.backend.updates.pending)} updates are left after {timeout} s")

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            response = await self._reply(request)
        except ApiError as error:
            method = request.path.rpartition("/")[2]
            if isinstance(error, MisuseError):
                self.violations.append(f"{request.method} …/{method}: {error.description}")
            self._signal.notify(Refusal(method, request.get(_PARAMETERS, {}), error.description))
            parameters = {"parameters": dict(error.parameters)} if error.parameters else {}
            reply = {"ok": False, "error_code": error.code, "description": error.description, **parameters}
            response = web.json_response(reply, status=error.code)
        except Exception as error:
            self.violations.append(f"the server itself failed: {error!r}")
            raise
        finally:
            self._signal.notify()
            if self.latency:
                await asyncio.sleep(self.latency)
        response.headers["Date"] = format_datetime(datetime.now(UTC) + timedelta(seconds=self.ahead), usegmt=True)
        return response

    async def _reply(self, request: web.BaseRequest) -> web.StreamResponse:
        is_file, name = place_of(request, self.token)
        if is_file:
            return self._download(name)
        method = METHODS.get(name.lower())
        if method is None:
            self.violations.append(f"there is no method {name}")
            raise NOT_FOUND
        given = await read_parameters(request)
        try:
            given = method.decode(given)
        finally:
            request[_PARAMETERS] = given
            self.requests.append(Request(method.name, given, time.monotonic()))
            self._signal.notify(self.requests[-1])

        async def carry_out() -> web.StreamResponse:
            return web.json_response({"ok": True, "result": await method.call(self.backend, given)})

        left = self._flooded_until - time.monotonic()
        if left > 0 and method.name.startswith(_WRITING):
            seconds = ceil(left)
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        faults = self._faults[method.name]
        return await (faults.popleft()(request, carry_out) if faults else carry_out())

    def _download(self, path: str) -> web.Response:
        """The content of a file. Raises the 404 for one that is not there any more."""
        content = self.files.get(path.removeprefix(FOLDER))
        if content is None:
            raise NOT_FOUND
        self.fetched.append(path)
        return web.Response(body=content, content_type="application/octet-stream")
