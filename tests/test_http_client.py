"""The transport over real HTTP: errors, timeouts, limits, proxies, files; and the token in none of it."""

import asyncio
import base64
import io
import json
import socket
import traceback
from contextlib import asynccontextmanager, contextmanager
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # one as the bot makes it

from bot import http_client
from bot.http_client import Connection

pytestmark = pytest.mark.asyncio

HOST = "127.0.0.1"
REPLY = b'{"ok":true,"result":true}'
SECRET = "for-the-tests-own-server-only-x"
TOKEN = f"123456:{SECRET}"
SHORT = 0.05
LARGE = 32 * 1024 * 1024  # more than the buffers of a connection take


def address(port: int, method: str = "getMe") -> str:
    return f"http://{HOST}:{port}/bot{TOKEN}/{method}"


@asynccontextmanager
async def bot_at(server):
    connection = Connection(4)
    async with Bot(server.token, f"{server.url}/bot", f"{server.url}/file/bot", connection, connection) as bot:
        yield bot


@asynccontextmanager
async def replying(handler):
    """An HTTP server, of which this is the port."""
    runner = web.ServerRunner(web.Server(handler, handler_cancellation=True), shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


class Socks:
    """A SOCKS5 proxy that asks for a name and a password, and is at the same time whatever is behind it.

    `asked`: the hosts that it was asked to connect to. `logins`: names and passwords. `requests`: the first lines.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.logins: list[tuple[str, str]] = []
        self.requests: list[str] = []

    @asynccontextmanager
    async def running(self):
        """Yields the port."""
        server = await asyncio.start_server(self._serve, HOST, 0)
        async with server:
            yield server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x02")
        await reader.readexactly(1)
        self.logins.append((await _text(reader), await _text(reader)))
        writer.write(b"\x01\x00")
        await reader.readexactly(4)
        self.asked.append((await _text(reader), int.from_bytes(await reader.readexactly(2))))
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        head = await reader.readuntil(b"\r\n\r\n")
        self.requests.append(head.partition(b"\r\n")[0].decode())
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(REPLY) + REPLY)
        await writer.drain()
        writer.close()
        await writer.wait_closed()


async def _text(reader: asyncio.StreamReader) -> str:
    (length,) = await reader.readexactly(1)
    return (await reader.readexactly(length)).decode()


async def well(_: web.BaseRequest) -> web.StreamResponse:
    return web.Response(body=REPLY, content_type="application/json")


async def silent(_: web.BaseRequest) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError("nobody sets this event")


@contextmanager
def failing(kind: type[NetworkError], says: str | None = None):
    """Expects just such an error, in which nothing is secret."""
    with pytest.raises(kind, match=says) as caught:
        yield
    assert type(caught.value) is kind
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "text", ["茶 & cake; 5+5=10% #1", "a\tb\r\n\x00", "%E8%8C%B6", "🍵/?:@", "", "x" * 4096, "茶" * 4096]
)
async def test_a_form_arrives_as_it_was_sent(text) -> None:
    async def parsed(request: web.BaseRequest) -> web.StreamResponse:
        # The standard library's parser: aiohttp's own is of the same makers as what encodes.
        form = parse_qs((await request.read()).decode(), keep_blank_values=True, strict_parsing=True)
        return web.json_response({"type": request.content_type, "form": form})

    data = RequestData([RequestParameter("text", text, None), RequestParameter("chat_id", 5, None)])
    async with replying(parsed) as port, Connection(1) as connection:
        _, body = await connection.do_request(address(port, "sendMessage"), "POST", data)
    form = {"text": [text], "chat_id": ["5"]}
    assert json.loads(body) == {"type": "application/x-www-form-urlencoded", "form": form}


@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_reset_is_a_network_error(server, after_effect) -> None:
    async with bot_at(server) as bot:
        server.drop_next("getMe", after_effect=after_effect)
        with failing(NetworkError):
            await bot.get_me()
        await bot.get_me()


async def test_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind((HOST, 0))
        port = unused.getsockname()[1]
        async with Connection(1) as connection:
            with failing(NetworkError, f"ClientConnectorError: .*{port}"):
                await connection.post(address(port))


@pytest.mark.parametrize("url", [f"http://[/bot{TOKEN}/getMe", f"ftp://{HOST}/bot{TOKEN}/getMe", f"/bot{TOKEN}/getMe"])
async def test_an_address_that_is_none_appears_in_no_error(url) -> None:
    async with Connection(1) as connection:
        with failing(NetworkError):
            await connection.post(url)


async def test_a_reply_that_is_no_http_appears_in_no_error() -> None:
    async def reflect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readuntil(b"\r\n"))
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(reflect, HOST, 0) as server, Connection(1) as connection:
        with failing(NetworkError):
            await connection.post(address(server.sockets[0].getsockname()[1]))


async def test_only_between_initialize_and_shutdown(server) -> None:
    connection = Connection(1)
    url = f"{server.url}/bot{server.token}/getMe"
    with pytest.raises(NetworkError, match="not initialized"):
        await connection.post(url)
    for _ in range(2):
        await connection.initialize()
        await connection.initialize()
        assert await connection.post(url)
        await connection.shutdown()
        await connection.shutdown()
    with pytest.raises(NetworkError, match="not initialized"):
        await connection.post(url)


async def test_a_redirect_is_not_followed() -> None:
    seen: list[str] = []

    async def elsewhere(request: web.BaseRequest) -> web.StreamResponse:
        seen.append(request.path)
        return web.Response(status=302, headers={"Location": "/elsewhere"})

    async with replying(elsewhere) as port, Connection(1) as connection:
        assert (await connection.do_request(address(port), "POST"))[0] == 302
    assert seen == [f"/bot{TOKEN}/getMe"]


async def test_the_timeouts_of_a_call_are_in_place_of_the_connections_own(server, monkeypatch) -> None:
    monkeypatch.setattr(http_client, "_READING", SHORT)
    async with bot_at(server) as bot:
        server.delay_next("getMe", 10 * SHORT)
        assert await bot.get_me(read_timeout=None)
        server.delay_next("getMe", 10 * SHORT)
        with pytest.raises(TimedOut):
            await bot.get_me()


async def test_a_connection_that_does_not_come_about_is_timed_out() -> None:
    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(mute, HOST, 0) as server:
        proxy = f"socks5://{HOST}:{server.sockets[0].getsockname()[1]}"
        async with Connection(1, proxy) as connection:
            with failing(TimedOut):
                await connection.post(f"http://telegram.test/bot{TOKEN}/getMe", connect_timeout=SHORT)


async def test_a_call_without_a_turn_is_timed_out_and_not_sent() -> None:
    arrived = asyncio.Event()
    seen: list[str] = []

    async def hold(request: web.BaseRequest) -> web.StreamResponse:
        seen.append(request.path.rpartition("/")[2])
        arrived.set()
        return await silent(request)

    async with replying(hold) as port, Connection(1) as connection:
        first = asyncio.create_task(connection.post(address(port, "first")))
        await arrived.wait()
        with pytest.raises(TimedOut):
            await connection.post(address(port, "second"), pool_timeout=SHORT)
        first.cancel()
        await asyncio.wait([first])
        # Its turn is free again.
        with pytest.raises(TimedOut, match=r"^Timed out$"):
            await connection.post(address(port, "third"), read_timeout=SHORT)
    assert seen == ["first", "third"]


@pytest.mark.parametrize("given", [{}, {"write_timeout": SHORT}])
async def test_an_upload_that_nobody_takes_is_timed_out(server, given, monkeypatch) -> None:
    if not given:
        monkeypatch.setattr(http_client, "_UPLOADING", SHORT)
    async with (
        replying(silent) as port,
        Connection(1) as connection,
        Bot(server.token, f"{server.url}/bot", request=connection) as bot,
    ):
        bot._base_url = f"http://{HOST}:{port}/bot{TOKEN}"  # noqa: SLF001 (the server that a bot starts at knows getMe)
        with pytest.raises(TimedOut):
            await bot.send_document(1, bytes(LARGE), **given)


async def test_no_more_requests_at_a_time_than_allowed_and_connections_are_kept() -> None:
    now, most, connections = 0, 0, set()

    async def count(request: web.BaseRequest) -> web.StreamResponse:
        nonlocal now, most
        connections.add(request.transport)
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1
        return await well(request)

    async with replying(count) as port, Connection(3) as connection:
        await asyncio.gather(*(connection.post(address(port)) for _ in range(40)))
    assert most == len(connections) == 3


@pytest.mark.parametrize(
    ("login", "sent"), [("", None), ("me:pass%40word@", "me:pass@word"), ("名:密@", "名:密"), ("me@", "me:")]
)
async def test_an_http_proxy_serves_calls(login, sent) -> None:
    seen: list[tuple[str, str | None]] = []

    async def note(request: web.BaseRequest) -> web.StreamResponse:
        seen.append((request.raw_path, request.headers.get("Proxy-Authorization")))
        return await well(request)

    url = f"http://telegram.test/bot{TOKEN}/getMe"
    async with replying(note) as port, Connection(1, f"http://{login}{HOST}:{port}") as connection:
        await connection.do_request(url, "POST")
    expected = None if sent is None else "Basic " + base64.b64encode(sent.encode()).decode()
    assert seen == [(url, expected)]


async def test_a_proxy_that_refuses_is_a_network_error_that_says_so() -> None:
    async def refuse(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=407, reason="Who are you")

    async with replying(refuse) as port, Connection(1, f"http://me:{SECRET}@{HOST}:{port}") as connection:
        with failing(NetworkError, "407 Who are you"):
            await connection.post(f"https://telegram.test/bot{TOKEN}/getMe")


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_a_socks_proxy_resolves_the_name_and_gets_the_login(scheme) -> None:
    socks = Socks()
    async with socks.running() as port, Connection(1, f"{scheme}://me:pass%40word@{HOST}:{port}") as connection:
        await connection.do_request(f"http://telegram.test/bot{TOKEN}/getMe", "POST")
    assert socks.asked == [("telegram.test", 80)]
    assert socks.logins == [("me", "pass@word")]
    assert socks.requests == [f"POST /bot{TOKEN}/getMe HTTP/1.1"]


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_is_not_there_is_a_network_error(scheme) -> None:
    with socket.socket() as unused:
        unused.bind((HOST, 0))
        proxy = f"{scheme}://me:{SECRET}@{HOST}:{unused.getsockname()[1]}"
        async with Connection(1, proxy) as connection:
            with failing(NetworkError, "Connection"):
                await connection.post(f"http://telegram.test/bot{TOKEN}/getMe")


async def test_without_a_proxy_the_environments_is_used(monkeypatch) -> None:
    async with replying(well) as port:
        monkeypatch.setenv("http_proxy", f"http://{HOST}:{port}")
        async with Connection(1) as connection:
            assert await connection.post(f"http://telegram.test/bot{TOKEN}/getMe")


@pytest.mark.parametrize("as_file", [False, True])
async def test_a_file_arrives_whole_and_under_its_name(server, as_file) -> None:
    content = bytes(range(256)) * 3072  # some pieces
    person = server.user()
    await person.send("/start")
    async with bot_at(server) as bot:
        given = InputFile(io.BytesIO(content), "数据 100%.csv", read_file_handle=False) if as_file else content
        await bot.send_document(person.id, given, filename=None if as_file else "数据 100%.csv")
    message = await person.next_message()
    document = message.fields["document"]
    assert document["file_name"] == "数据 100%.csv"
    assert server.files[document["file_id"]] == content


async def test_parameters_beside_a_file_arrive_as_they_were() -> None:
    arrived: dict[str, str] = {}

    async def note(request: web.BaseRequest) -> web.StreamResponse:
        async for part in await request.multipart():
            arrived[part.name or ""] = part.filename or await part.text()
        return await well(request)

    given = {"caption": '"图" a+b&c=d %41\n🙂', "chat_id": 5, "media": [{"type": "photo"}]}
    parameters = [RequestParameter(name, value, None) for name, value in given.items()]
    parameters.append(RequestParameter.from_input("document", InputFile(b"a", "a.csv")))
    async with replying(note) as port, Connection(1) as connection:
        await connection.post(address(port), RequestData(parameters))
    assert arrived == {**given, "chat_id": "5", "media": '[{"type": "photo"}]', "document": "a.csv"}
