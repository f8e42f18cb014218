"""What strangers may take of the web server, over real sockets."""

import asyncio
import resource
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot, Update

from bot.metrics import Metrics
from bot.serving.transport import web, webhook
from bot.serving.transport.reachability import Reachability
from bot.serving.transport.update_queue import UpdateQueue
from bot.serving.transport.web import WebServer
from bot.serving.transport.webhook import Webhook
from bot.settings import Settings
from tests.support.bots.running_bot import listening
from tests.support.clocks import JumpingClock
from tests.support.storage.no_memory import NoMemory
from tests.support.telegram.webhooks import HEADER, SECRET

pytestmark = pytest.mark.asyncio

SOON = 0.05
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
POST = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\n".encode()


class Server:
    """A web server with a webhook; `taken` are the updates that it has handed on."""

    def __init__(self) -> None:
        self._listen = listening()["http_listen"]
        self.taken: list[Update] = []
        clock = JumpingClock()
        settings = Settings(webhook_url="http://localhost/telegram", webhook_secret=SECRET)
        bot = Bot("1:token")
        queue = UpdateQueue(bot, self._take, NoMemory(), is_only_receiver=False)
        endpoint = Webhook(bot, settings, Reachability(clock), queue, clock)
        endpoint.is_open = True
        self.web = WebServer(self._listen, self._ready, Metrics(), endpoint)

    async def connect(self) -> tuple[StreamReader, StreamWriter]:
        host, _, port = self._listen.partition(":")
        return await asyncio.open_connection(host, int(port))

    async def _ready(self) -> dict[str, bool]:
        return {}

    async def _take(self, update: Update) -> None:
        self.taken.append(update)


@asynccontextmanager
async def web_server() -> AsyncIterator[Server]:
    server = Server()
    await server.web.start()
    try:
        yield server
    finally:
        await server.web.stop()


async def response(reader: StreamReader) -> str:
    """The next one with a length, whole."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = next(line for line in head.splitlines() if line.startswith("Content-Length: "))
    return head + (await reader.readexactly(int(length.rpartition(" ")[2]))).decode()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        # Headers that are not whole, of a first request and of the next one.
        *((sent, "") for sent in (b"", b"G", GET[:-2], POST[:-9])),
        (GET, "200 OK"),
        (GET + GET[:-2], "200 OK"),
        # A body that does not end, and the rest of one that was refused.
        (POST + b"Content-Length: 100\r\n\r\n1\r\n{", "408 Request Timeout"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{", "408 Request Timeout"),
        (POST.replace(SECRET.encode(), b"x") + b"Content-Length: 100\r\n\r\n{", "403 Forbidden"),
    ],
)
async def test_a_connection_that_is_waited_for_is_closed(
    sent: bytes, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "_HEADERS_SECONDS", SOON)
    monkeypatch.setattr(web, "_REFUSED_BODY_SECONDS", SOON)
    monkeypatch.setattr(webhook, "_BODY_SECONDS", SOON)
    async with web_server() as server:
        reader, writer = await server.connect()
        writer.write(sent)
        assert not status or status in await response(reader)
        assert await reader.read() == b""
        writer.close()
        assert server.taken == []


async def test_connections_above_the_limit_are_closed_and_others_are_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web, "_MOST_CONNECTIONS", 2)
    async with web_server() as server:
        (reader, writer), (other, other_writer) = [await server.connect() for _ in range(2)]
        refused, refused_writer = await server.connect()
        assert await refused.read() == b""
        writer.write(GET.replace(b"Host", b"Connection: close\r\nHost"))
        assert b"200 OK" in await reader.read()
        # Now there is room again.
        late, late_writer = await server.connect()
        for asked, asking in ((other, other_writer), (late, late_writer)):
            asking.write(GET)
            assert "200 OK" in await response(asked)
        for open_writer in (writer, other_writer, refused_writer, late_writer):
            open_writer.close()


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [(GET, "200"), (b"GET /no HTTP/1.1\r\nHost: x\r\n\r\n", "404"), (b"GET / HTTP/9.9\r\n\r\n", "400")],
)
async def test_no_response_tells_a_version(request_bytes: bytes, status: str) -> None:
    async with web_server() as server:
        reader, writer = await server.connect()
        writer.write(request_bytes)
        given = await response(reader)
        assert given.split()[1] == status
        assert "\r\nServer: Shushuo\r\n" in given
        assert not any(name in given for name in ("aiohttp", "Python"))
        writer.close()


async def test_as_many_files_may_be_open_as_there_may_be_connections_and_more() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, before[1]))
    try:
        async with web_server():
            allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
            assert allowed > 1_100 or allowed == most
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
