"""Which requests the webhook takes, over real HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO

import aiohttp
import pytest

from bot.rehearsal.telegram_server import TelegramServer
from bot.serving.transport.webhook import LARGEST_BODY
from tests.support.bots.running_bot import listening, running_bot
from tests.support.telegram.webhooks import HEADER, SECRET, set_up, update

pytestmark = pytest.mark.asyncio


@pytest.fixture
def settings() -> dict[str, str]:
    return listening("/telegram")


@pytest.mark.parametrize("given", [None, "", "wrong", SECRET[:-1], f"{SECRET}x", "\u00e9"])
async def test_who_does_not_know_the_secret_gets_nothing(
    server: TelegramServer, session: aiohttp.ClientSession, settings: dict[str, str], given: str | None
) -> None:
    headers = {} if given is None else {HEADER: given}
    async with running_bot(server, **settings, webhook_secret=SECRET):
        await set_up(server)
        body = json.dumps(update(server.user(), "产值"))
        async with session.post(settings["webhook_url"], data=body, headers=headers) as response:
            assert (response.status, await response.read()) == (403, b"")
        # Not even that the body is too large.
        async with session.post(
            settings["webhook_url"], data=BytesIO(b"x" * 4 * LARGEST_BODY), headers=headers
        ) as response:
            assert response.status == 403
    assert server.calls("sendMessage") == []


async def test_the_secret_is_compared_in_constant_time(
    server: TelegramServer, session: aiohttp.ClientSession, settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def compare(given: bytes, expected: bytes) -> bool:
        compared.append((given, expected))
        return False

    monkeypatch.setattr("bot.serving.transport.webhook.hmac.compare_digest", compare)
    async with running_bot(server, **settings, webhook_secret=SECRET):
        await set_up(server)
        async with session.post(settings["webhook_url"], headers={HEADER: "guess"}) as response:
            assert response.status == 403
    assert compared == [(b"guess", SECRET.encode())]


@pytest.mark.parametrize("size", [LARGEST_BODY + 1, 3 * LARGEST_BODY])
@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_that_is_too_large(
    server: TelegramServer, session: aiohttp.ClientSession, settings: dict[str, str], size: int, chunked: bool
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, size, 65536):
            yield b" " * min(65536, size - start)

    async with running_bot(server, **settings, webhook_secret=SECRET):
        await set_up(server)
        body = chunks() if chunked else BytesIO(b" " * size)
        async with session.post(settings["webhook_url"], data=body, headers={HEADER: SECRET}) as response:
            assert response.status == 413


async def test_a_body_of_just_the_size_allowed(
    server: TelegramServer, session: aiohttp.ClientSession, settings: dict[str, str]
) -> None:
    async with running_bot(server, **settings, webhook_secret=SECRET):
        await set_up(server)
        person = server.user()
        body = BytesIO(json.dumps(update(person, "产值")).encode().ljust(LARGEST_BODY))
        async with session.post(settings["webhook_url"], data=body, headers={HEADER: SECRET}) as response:
            assert response.status == 200
        assert (await person.next_message()).text.startswith("35.2亿元")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"1",
        b"null",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b'{"update_id": 1.5}',
        b'{"update_id": -1}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": %s}' % (b"9" * 5000),
        b"[" * 200_000,
    ],
)
async def test_what_is_no_update(
    server: TelegramServer, session: aiohttp.ClientSession, settings: dict[str, str], body: bytes
) -> None:
    async with running_bot(server, **settings, webhook_secret=SECRET):
        await set_up(server)
        async with session.post(settings["webhook_url"], data=body, headers={HEADER: SECRET}) as response:
            assert (response.status, await response.read()) == (400, b"")


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x16\x03\x01garbage\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /telegram HTTP/1.1\r\nHost: x\r\n%b: %b\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /telegram HTTP/1.1\r\nHost: x\r\n%b: %b\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        b"POST /telegram HTTP/1.1\r\nHost: x\r\n%b: %b\r\nContent-Length: 30\r\n\r\nabc",
    ],
)
async def test_what_is_no_http_is_no_error_of_ours(
    server: TelegramServer, settings: dict[str, str], request_bytes: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    host, _, port = settings["http_listen"].partition(":")
    async with running_bot(server, **settings, webhook_secret=SECRET):
        await set_up(server)
        reader, writer = await asyncio.open_connection(host, int(port))
        known = b"%b" in request_bytes
        writer.write(request_bytes % (HEADER.encode(), SECRET.encode()) if known else request_bytes)
        writer.write_eof()
        reply = await asyncio.wait_for(reader.read(), 5)
        writer.close()
        assert reply == b"" or b" 400 " in reply
        person = server.user()
        await person.send("产值")
        assert (await person.next_message()).text.startswith("35.2亿元")
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [*((method, "", 405) for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS")), ("POST", "/x", 404)],
)
async def test_only_posts_and_only_to_its_path(  # noqa: PLR0913, PLR0917 (the table above)
    server: TelegramServer,
    session: aiohttp.ClientSession,
    settings: dict[str, str],
    method: str,
    path: str,
    status: int,
) -> None:
    async with running_bot(server, **settings, webhook_secret=SECRET):
        await set_up(server)
        address = f"{settings['webhook_url']}{path}"
        async with session.request(method, address, headers={HEADER: SECRET}) as response:
            assert (response.status, response.headers.get("Allow")) == (status, "POST" if status == 405 else None)
