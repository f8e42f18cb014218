"""Which requests the webhook takes, over real HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.serving.transport.webhook import LARGEST_BODY
from tests.support.bots.running_bot import listening, running_bot
from tests.support.telegram.webhooks import HEADER, SECRET, set_up, update
from tests.support.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio

NO_UPDATES = (
    *(b"", b"{", b"\xff\xfe", b"[]", b"1", b"null", b"{}", b"[" * 200_000),
    *(
        b'{"update_id": %b}' % number
        for number in (b'"1"', b"true", b"1.5", b"-1", b"9223372036854775808", b"9" * 5000)
    ),
)
KNOWN = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\n".encode()
NO_HTTP = (
    b"\x16\x03\x01garbage\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    KNOWN + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    KNOWN + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    KNOWN + b"Content-Length: 30\r\n\r\nabc",
)


@dataclass
class Hook:
    """The webhook of a running bot, as whoever finds it sees it."""

    server: TelegramServer
    session: aiohttp.ClientSession
    url: str

    async def post(self, data: Any, secret: str | None = SECRET) -> tuple[int, bytes]:
        headers = {} if secret is None else {HEADER: secret}
        async with self.session.post(self.url, data=data, headers=headers) as response:
            return response.status, await response.read()


@pytest_asyncio.fixture
async def hook(server: TelegramServer, session: aiohttp.ClientSession) -> AsyncIterator[Hook]:
    settings = listening("/telegram")
    async with running_bot(server, **settings, webhook_secret=SECRET):
        await set_up(server)
        yield Hook(server, session, settings["webhook_url"])


async def test_who_does_not_know_the_secret_gets_nothing(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    for given in (None, "", "wrong", SECRET[:-1], f"{SECRET}x", "\u00e9"):
        assert await hook.post(json.dumps(update(hook.server.user(), "产值")), given) == (403, b"")
        # Not even that the body is too large.
        assert (await hook.post(BytesIO(b"x" * 4 * LARGEST_BODY), given))[0] == 403
    assert hook.server.calls("sendMessage") == []
    compared: list[tuple[bytes, bytes]] = []
    # In constant time.
    monkeypatch.setattr("bot.serving.transport.webhook.hmac.compare_digest", lambda *both: bool(compared.append(both)))
    assert (await hook.post(b"", "guess"))[0] == 403
    assert compared == [(b"guess", SECRET.encode())]


async def test_a_body_that_is_too_large(hook: Hook) -> None:
    async def chunks(size: int) -> AsyncIterator[bytes]:
        for start in range(0, size, 65536):
            yield b" " * min(65536, size - start)

    for size in (LARGEST_BODY + 1, 3 * LARGEST_BODY):
        for body in (chunks(size), BytesIO(b" " * size)):
            assert (await hook.post(body))[0] == 413
    person = hook.server.user()
    assert (await hook.post(BytesIO(json.dumps(update(person, "产值")).encode().ljust(LARGEST_BODY))))[0] == 200
    assert (await person.next_message()).text.startswith("35.2亿元")


async def test_what_is_no_update(hook: Hook) -> None:
    assert [await hook.post(body) for body in NO_UPDATES] == [(400, b"")] * len(NO_UPDATES)


async def test_what_is_no_http_is_no_error_of_ours(hook: Hook, caplog: pytest.LogCaptureFixture) -> None:
    host, _, port = hook.url.removeprefix("http://").partition("/")[0].partition(":")
    for request in NO_HTTP:
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(request)
        writer.write_eof()
        reply = await asyncio.wait_for(reader.read(), 5)
        writer.close()
        assert reply == b"" or b" 400 " in reply
        assert (await hook.server.user().ask("产值")).text.startswith("35.2亿元")
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_only_posts_and_only_to_its_path(hook: Hook) -> None:
    async def asked(method: str, path: str) -> tuple[int, str | None]:
        async with hook.session.request(method, f"{hook.url}{path}", headers={HEADER: SECRET}) as response:
            return response.status, response.headers.get("Allow")

    for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert await asked(method, "") == (405, "POST")
    assert await asked("POST", "/x") == (404, None)
