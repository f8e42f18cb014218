"""The server: HTTP in front, and the controls that tests use."""

from __future__ import annotations

import asyncio
import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from . import bot_methods, copying_methods, files, message_methods  # noqa: F401 (importing them registers their methods)
from .backend import Backend
from .errors import ApiError, MisuseError
from .faults import Delay, Drop, Fail, Faults, Garbage, reset_connection
from .model import Chat
from .people import Person
from .registry import METHODS, Method
from .requests import NOT_FOUND, method_name, read_parameters
from .shapes import decode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from .signals import Signal

HOST = "127.0.0.1"
TOKEN = "123456:TEST-token"
# Of the event loop, from the connection to what serves it.
_STEPS_OF_ACCEPTING = 3
_GARBAGE = b"<html><body>\xff\xfe not what you asked for"


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
    `inline`, `privacy`, `joins`: whether the bot's inline mode and its privacy mode are on, and whether it can be added
    to groups, as its owner sets it at @BotFather. `ahead`: the seconds by which the server's clock is ahead.
    `latency`: seconds by which each reply comes late, as over a network; what is asked for is done at once.
    """

    def __init__(  # noqa: PLR0913 (each test changes one or two of these)
        self,
        token: str = TOKEN,
        port: int = 0,
        username: str = "shushuo_test_bot",
        *,
        inline: bool = True,
        privacy: bool = False,
        joins: bool = True,
    ) -> None:
        self.token = token
        self.port = port
        self.ahead = 0.0
        self.latency = 0.0
        self.requests: list[Request] = []
        bot_id = int(token.partition(":")[0])
        bot = {"id": bot_id, "is_bot": True, "first_name": "Test bot", "username": username}
        self._backend = Backend(bot, inline=inline, privacy=privacy, joins=joins)
        self._faults = Faults()
        self._server: web.Server | None = None
        self._runner: web.ServerRunner | None = None
        self._listening: socket.socket | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def violations(self) -> list[str]:
        return self._backend.violations

    @property
    def webhook_error(self) -> str:
        """What went wrong with the last post that failed; empty where none has."""
        return self._backend.webhook.last_error[1] if self._backend.webhook.last_error else ""

    @property
    def files(self) -> dict[str, bytes]:
        """What people have sent, by file id; what is taken out of it cannot be fetched any more."""
        return self._backend.files

    @property
    def fetched(self) -> list[str]:
        """The paths of the files that the bot has fetched."""
        return self._backend.fetched

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
        self._backend.webhook.start()

    async def stop(self) -> None:
        """Cuts every connection and stops listening, as when the network goes away."""
        await self._backend.webhook.stop()
        if self._server is None or self._runner is None or self._listening is None:
            return
        await _accepted(self._listening)
        for connection in self._server.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await self._runner.cleanup()
        self._server = self._runner = self._listening = None

    def user(
        self,
        id: int | None = None,  # noqa: A002 (Telegram's name for it)
        first_name: str = "Tester",
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
    ) -> Person:
        """Somebody new, who has not written to the bot yet. Raises ValueError for an id that is taken."""
        user_id = id if id is not None else 1001 + len(self._backend.people)
        if user_id in self._backend.people:
            raise ValueError(f"there is a user {user_id} already")
        names = {"first_name": first_name, "last_name": last_name, "username": username}
        person = Person(self._backend, user_id, {key: name for key, name in names.items() if name}, language_code)
        self._backend.people[user_id] = person
        return person

    def group(self, id: int | None = None, title: str = "Test group") -> Chat:  # noqa: A002 (Telegram's name for it)
        """A basic group that the bot is a member of."""
        return self._add_group(Chat(id or -(5001 + len(self._backend.groups)), "group", {"title": title}, self._signal))

    def supergroup(
        self,
        id: int | None = None,  # noqa: A002 (Telegram's name for it)
        title: str = "Test supergroup",
        username: str | None = None,
        topics: dict[int, str] | None = None,
    ) -> Chat:
        """A supergroup that the bot is a member of; with `topics` (id: name, without General) a forum."""
        names = {"title": title, **({"username": username} if username else {})}
        chat_id = id or -(1_000_000_005_001 + len(self._backend.groups))
        return self._add_group(Chat(chat_id, "supergroup", names, self._signal, topics))

    def channel(self, id: int | None = None, title: str = "Test channel") -> Chat:  # noqa: A002 (Telegram's name for it)
        """A channel that the bot is an administrator of."""
        chat_id = id or -(1_000_000_005_001 + len(self._backend.groups))
        chat = Chat(chat_id, "channel", {"title": title}, self._signal, bot_status="administrator")
        return self._add_group(chat)

    def upgrade(self, group: Chat) -> Chat:
        """Makes a basic group a supergroup, which is another chat; both say so to the bot."""
        chat = self.supergroup(title=group.names["title"])
        group.became = chat.id
        for place, field, other in ((group, "migrate_to_chat_id", chat), (chat, "migrate_from_chat_id", group)):
            message = {"message_id": 1, "date": int(time.time()), "chat": place.to_json(), field: other.id}
            anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
            self._backend.push("message", {**message, "from": anonymous, "sender_chat": place.to_json()})
        return chat

    def _add_group(self, chat: Chat) -> Chat:
        if chat.id >= 0 or chat.id in self._backend.groups:
            raise ValueError(f"{chat.id} cannot be the id of a new group")
        self._backend.groups[chat.id] = chat
        return chat

    @property
    def _signal(self) -> Signal:
        return self._backend.signal

    def push_update(self, update: dict[str, Any]) -> int:
        """Queues any update, unchecked and whatever the bot allows; returns its id, given here where it has none."""
        return self._backend.updates.push_raw(update)

    def fail_next(
        self,
        method: str,
        status: int,
        description: str,
        parameters: Mapping[str, Any] | None = None,
        times: int = 1,
    ) -> None:
        """The next requests of `method` have no effect and get this error."""
        self._faults.add(_known(method), Fail(status, description, parameters), times)

    def garbage_next(self, method: str, status: int = 200) -> None:
        """The next request of `method` has no effect and gets a reply that is no JSON."""
        self._faults.add(_known(method), Garbage(status))

    def drop_next(self, method: str, *, after_effect: bool = False) -> None:
        """The next request of `method` meets a connection reset; with `after_effect` it is carried out before."""
        self._faults.add(_known(method), Drop(after_effect))

    def delay_next(self, method: str, seconds: float) -> None:
        """The next request of `method` is carried out at once and gets its reply late."""
        self._faults.add(_known(method), Delay(seconds))

    def flood(self, seconds: float) -> None:
        """For so long, no method that writes a message is carried out: Telegram asks to wait for what is left of it."""
        self._faults.flood(time.monotonic() + seconds)

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
        if not await self._signal.wait(lambda: not self._backend.updates.pending, timeout):
            raise AssertionError(f"{len(self._backend.updates.pending)} updates are left after {timeout} s")

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        response = await self._answer(request)
        response.headers["Date"] = format_datetime(datetime.now(UTC) + timedelta(seconds=self.ahead), usegmt=True)
        return response

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            return await self._reply(request)
        except MisuseError as error:
            self.violations.append(f"{request.method} …/{request.path.rpartition('/')[2]}: {error.description}")
            return _error(error)
        except ApiError as error:
            return _error(error)
        except Exception as error:
            self.violations.append(f"the server itself failed: {error!r}")
            raise
        finally:
            self._signal.notify()
            if self.latency:
                await asyncio.sleep(self.latency)

    async def _reply(self, request: web.BaseRequest) -> web.StreamResponse:
        if files.is_file_path(request):
            return files.download(self._backend, request, self.token)
        name = method_name(request, self.token)
        if name not in METHODS:
            self.violations.append(f"there is no method {name}")
            raise NOT_FOUND
        return await self._carry_out(METHODS[name], request)

    async def _carry_out(self, method: Method, request: web.BaseRequest) -> web.StreamResponse:
        given = await self._logged(method, request)
        fault = self._faults.take(method.name)
        if isinstance(fault, Fail):
            raise ApiError(fault.status, fault.description, fault.parameters)
        if isinstance(fault, Garbage):
            return web.Response(body=_GARBAGE, status=fault.status, content_type="text/html")
        if fault == Drop():
            return reset_connection(request)
        result = await method.call(self._backend, given)
        if fault == Drop(after_effect=True):
            return reset_connection(request)
        if isinstance(fault, Delay):
            self._signal.notify()
            await asyncio.sleep(fault.seconds)
        return web.json_response({"ok": True, "result": result})

    async def _logged(self, method: Method, request: web.BaseRequest) -> dict[str, Any]:
        given = await read_parameters(request)
        try:
            given = decode(method.parameters, given)
        finally:
            self.requests.append(Request(method.name, given, time.monotonic()))
            self._signal.notify()
        return given


def _known(method: str) -> str:
    if method.lower() not in METHODS:
        raise ValueError(f"there is no method {method}")
    return METHODS[method.lower()].name


def _error(error: ApiError) -> web.Response:
    parameters = {"parameters": dict(error.parameters)} if error.parameters else {}
    reply = {"ok": False, "error_code": error.code, "description": error.description, **parameters}
    return web.json_response(reply, status=error.code)


async def _accepted(listening: socket.socket) -> None:
    """Accepts no more, and waits for what is being accepted: asyncio would neither serve it nor close it."""
    asyncio.get_running_loop().remove_reader(listening)
    for _ in range(_STEPS_OF_ACCEPTING):
        await asyncio.sleep(0)
