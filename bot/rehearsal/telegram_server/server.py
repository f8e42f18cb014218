"""The server: HTTP in front of the state, and what is set up and made to happen in it."""

import asyncio
import socket
import time
from collections.abc import Mapping
from math import ceil
from typing import Any, ClassVar, NamedTuple

from aiohttp import web

from .backend import Backend
from .bot_methods import FOLDER
from .model import Chat
from .people import Person
from .requests import METHODS, NOT_FOUND, ApiError, Method, MisuseError, Refusal, place_of, read_parameters

HOST = "127.0.0.1"
# As far as they have been read when a request is refused.
_PARAMETERS = web.RequestKey("parameters", dict[str, Any])
_SUPERGROUPS = -1_000_000_000_000  # and channels: their ids lie below


class Request(NamedTuple):
    """A request of the bot: `parameters` in their types unless they are wrong, `time` in seconds (monotonic)."""

    method: str
    parameters: Mapping[str, Any]
    time: float


class TelegramServer:
    """Telegram as a bot sees it, on loopback.

    `requests` logs every request with the right token. `bot`: the bot as a user. `backend`: the state of it all, and
    `files` of it what people have sent.
    """

    # The tests' server has webhooks too, and chats and people that can be waited for.
    methods: ClassVar[Mapping[str, Method]] = METHODS
    chat_type: ClassVar[type[Chat]] = Chat
    person_type: ClassVar[type[Person]] = Person

    def __init__(self, token: str, bot: Mapping[str, Any], port: int = 0, *, privacy: bool = False) -> None:
        """`bot`: its first_name and username. `privacy`: as `Backend` has it."""
        self.token, self.port = token, port
        self.requests: list[Request] = []
        self.bot = {"id": int(token.partition(":")[0]), "is_bot": True, **bot}
        self.backend = Backend(self.bot, privacy=privacy)
        self.files = self.backend.files
        self._signal = self.backend.signal
        self._flooded_until = 0.0
        self._first_id = 0
        self._runner: web.AppRunner | None = None
        self._listening: socket.socket | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    async def start(self) -> None:
        """Listens; after `stop`, on the same port and with everything as it was."""
        application = web.Application(client_max_size=0)
        application.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(application, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        self._listening = socket.create_server((HOST, self.port))
        self.port = self._listening.getsockname()[1]
        await web.SockSite(self._runner, self._listening).start()

    async def stop(self) -> None:
        """Cuts every connection and stops listening, as when the network goes away."""
        if self._runner is None or self._runner.server is None or self._listening is None:
            return
        # Accepts no more, and waits for what is being accepted: asyncio would neither serve it nor close it.
        asyncio.get_running_loop().remove_reader(self._listening)
        for _ in range(3):
            await asyncio.sleep(0)
        for connection in self._runner.server.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await self._runner.cleanup()
        self._runner = self._listening = None

    def user(self, id: int | None = None, first_name: str = "Tester", language_code: str | None = None) -> Person:
        """Somebody new, who has not written to the bot yet. Raises ValueError for an id that is taken."""
        user_id = id if id is not None else 1001 + len(self.backend.people)
        if user_id in self.backend.people:
            raise ValueError(f"there is a user {user_id} already")
        chat = self._chat(user_id, "private", {"first_name": first_name}, started=False)
        person = self.backend.people[user_id] = self.person_type(self.backend, chat, language_code)
        return person

    def group(self, id: int | None = None, title: str = "Test group") -> Chat:
        """A basic group that the bot is a member of."""
        return self._listed("group", id or -self._number(), title)

    def supergroup(
        self, id: int | None = None, title: str = "Test supergroup", topics: dict[int, str] | None = None
    ) -> Chat:
        """A supergroup that the bot is a member of; with `topics` (id: name, without General) a forum."""
        return self._listed("supergroup", id or _SUPERGROUPS - self._number(), title, topics=topics)

    def channel(self, title: str = "Test channel") -> Chat:
        """A channel that the bot is an administrator of."""
        return self._listed("channel", _SUPERGROUPS - self._number(), title, bot_status="administrator")

    def _number(self) -> int:
        return 5001 + len(self.backend.groups)

    def _listed(self, kind: str, chat_id: int, title: str, **more: Any) -> Chat:
        chat = self.backend.groups[chat_id] = self._chat(chat_id, kind, {"title": title}, **more)
        return chat

    def _chat(self, chat_id: int, kind: str, names: dict[str, str], **more: Any) -> Chat:
        return self.chat_type(chat_id, kind, names, self._signal, last_id=self._first_id, **more)

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

    def flood(self, seconds: float) -> None:
        """Has methods that write messages refused for so long: Telegram asks to wait for what is left of it."""
        self._flooded_until = time.monotonic() + seconds

    def calls(self, method: str) -> list[Request]:
        """The logged requests of one method."""
        return [request for request in self.requests if request.method == method]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._reply(request)
        except ApiError as error:
            method = request.path.rpartition("/")[2]
            self._signal.notify(Refusal(method, request.get(_PARAMETERS, {}), error))
            parameters = {"parameters": dict(error.parameters)} if error.parameters else {}
            reply = {"ok": False, "error_code": error.code, "description": error.description, **parameters}
            return web.json_response(reply, status=error.code)
        finally:
            self._signal.notify()

    async def _reply(self, request: web.Request) -> web.StreamResponse:
        is_file, name = place_of(request, self.token)
        if is_file:
            return self._download(name)
        method = self.methods.get(name.lower())
        if method is None:
            raise MisuseError(404, "Not Found")
        values: Mapping[str, Any] = await read_parameters(request)
        try:
            values = method.decode(values)
        finally:
            request[_PARAMETERS] = dict(values)
            self.requests.append(Request(method.name, values, time.monotonic()))
            self._signal.notify(self.requests[-1])
        return await self._carry_out(request, method)

    async def _carry_out(self, request: web.Request, method: Method) -> web.StreamResponse:
        """The reply to a request whose parameters have been read."""
        left = self._flooded_until - time.monotonic()
        if left > 0 and method.name.startswith(("send", "copy", "forward")):
            seconds = ceil(left)
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        return web.json_response({"ok": True, "result": await method.call(self.backend, request[_PARAMETERS])})

    def _download(self, path: str) -> web.Response:
        """The content of a file. Raises the 404 for one that is not there any more."""
        content = self.files.get(path.removeprefix(FOLDER))
        if content is None:
            raise NOT_FOUND
        return web.Response(body=content, content_type="application/octet-stream")
