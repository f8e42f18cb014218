"""Which requests the webhook takes, and what becomes of the updates in them, over real HTTP."""

import asyncio
import json
from dataclasses import dataclass
from io import BytesIO

import aiohttp
import pytest
import pytest_asyncio

from bot.chat.messages import UPDATES
from bot.serving import service
from bot.serving.web import LARGEST_BODY
from bot.storage.memory import Memory
from tests.support.bots.running_bot import TOKEN, listening, running_bot
from tests.support.clocks import FastClock
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

    async def post(self, data, secret: str | None = SECRET) -> tuple[int, bytes]:
        headers = {} if secret is None else {HEADER: secret}
        async with self.session.post(self.url, data=data, headers=headers) as response:
            return response.status, await response.read()


@pytest_asyncio.fixture
async def hook(server, session):
    settings = listening("/telegram")
    async with running_bot(server, **settings, webhook_secret=SECRET):
        await set_up(server)
        yield Hook(server, session, settings["webhook_url"])


async def test_who_does_not_know_the_secret_gets_nothing(hook, monkeypatch) -> None:
    for given in (None, "", "wrong", SECRET[:-1], f"{SECRET}x", "\u00e9"):
        assert await hook.post(json.dumps(update(hook.server.user(), "产值")), given) == (403, b"")
        # Not even that the body is too large.
        assert (await hook.post(BytesIO(b"x" * 4 * LARGEST_BODY), given))[0] == 403
    assert hook.server.calls("sendMessage") == []
    compared: list[tuple[bytes, bytes]] = []
    # In constant time.
    monkeypatch.setattr("bot.serving.web.hmac.compare_digest", lambda *both: bool(compared.append(both)))
    assert (await hook.post(b"", "guess"))[0] == 403
    assert compared == [(b"guess", SECRET.encode())]


async def test_a_body_that_is_too_large(hook) -> None:
    async def chunks(size: int):
        for start in range(0, size, 65536):
            yield b" " * min(65536, size - start)

    for size in (LARGEST_BODY + 1, 3 * LARGEST_BODY):
        for body in (chunks(size), BytesIO(b" " * size)):
            assert (await hook.post(body))[0] == 413
    person = hook.server.user()
    assert (await hook.post(BytesIO(json.dumps(update(person, "产值")).encode().ljust(LARGEST_BODY))))[0] == 200
    assert (await person.next_message()).text.startswith("35.2亿元")


async def test_what_is_no_update(hook) -> None:
    assert [await hook.post(body) for body in NO_UPDATES] == [(400, b"")] * len(NO_UPDATES)


async def test_what_is_no_http_is_no_error_of_ours(hook, caplog) -> None:
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


async def test_only_posts_and_only_to_its_path(hook) -> None:
    async def asked(method: str, path: str) -> tuple[int, str | None]:
        async with hook.session.request(method, f"{hook.url}{path}", headers={HEADER: SECRET}) as response:
            return response.status, response.headers.get("Allow")

    for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert await asked(method, "") == (405, "POST")
    assert await asked("POST", "/x") == (404, None)


@pytest.fixture
def settings() -> dict[str, str]:
    return listening("/telegram")


async def test_questions_are_answered(server, settings) -> None:
    person = server.user()
    async with running_bot(server, **settings):
        for text in ("产值", "房价"):
            await person.send(text)
        assert (await person.next_message()).text.startswith("35.2亿元")
        assert (await person.next_message()).text.startswith("报告没有")
    assert server.calls("getUpdates") == []
    assert server.calls("deleteWebhook") == []
    given = server.calls("setWebhook")[0].parameters
    assert given["url"] == settings["webhook_url"]
    assert given["allowed_updates"] == list(UPDATES)
    assert not given.get("drop_pending_updates")


async def test_a_webhook_at_the_root(server) -> None:
    person = server.user()
    async with running_bot(server, **listening("")):
        assert (await person.ask("产值")).text.startswith("35.2亿元")


async def test_a_secret_is_made_where_none_is_set(server, settings) -> None:
    async with running_bot(server, **settings):
        made = await set_up(server)
    assert len(made) >= 32
    assert TOKEN.partition(":")[2] not in made
    async with TelegramServer(token="123456:another-token-of-the-bot") as other, running_bot(other, **settings):
        assert await set_up(other) != made
    # Several processes behind one address have to agree.
    async with TelegramServer(token=TOKEN) as other, running_bot(other, **settings):
        assert await set_up(other) == made


async def test_an_update_is_handled_before_it_is_acknowledged(hook) -> None:
    person = hook.server.user()
    hook.server.delay_next("sendMessage", 0.3)
    body = json.dumps(update(person, "产值"))
    posting = asyncio.create_task(hook.post(body))
    await hook.server.wait_for_call("sendMessage")
    again = asyncio.create_task(hook.post(body))
    await asyncio.sleep(0.1)
    # Nor is a second delivery acknowledged while the first is being handled.
    assert not posting.done()
    assert not again.done()
    assert [status for status, _ in await asyncio.gather(posting, again)] == [200, 200]
    assert len(person.chat.bot_messages) == 1


async def test_an_update_that_comes_again_is_acknowledged_and_not_answered_again(server, settings) -> None:
    async with running_bot(server, **settings):
        person = server.user()
        for text, update_id in (("产值", 7), ("产值", 7), ("房价", 8), ("产值", 7)):
            server.push_update(update(person, text, update_id))
        await person.next_message()
        assert (await person.next_message()).text.startswith("报告没有")
        await person.ask("产值")
    assert len(person.chat.bot_messages) == 3


async def test_nothing_is_taken_before_telegram_is_reached(server, session, settings) -> None:
    server.delay_next("getMe", 0.3)
    async with running_bot(server, **settings, webhook_secret=SECRET):
        await server.wait_for_call("getMe")
        person = server.user()
        body = json.dumps(update(person, "产值"))
        async with session.post(settings["webhook_url"], data=body, headers={HEADER: SECRET}) as response:
            assert response.status == 503
        server.push_update(update(person, "产值"))
        assert (await person.next_message()).text.startswith("35.2亿元")


async def test_an_update_that_a_stop_breaks_off_comes_to_the_next_start(
    server, settings, monkeypatch, tmp_path
) -> None:
    monkeypatch.setattr(service, "_FINISH_SECONDS", 0.1)
    person = server.user()
    server.drop_next("sendMessage")
    for _ in range(2):
        memory = await Memory.open(f"sqlite:///{tmp_path}/shared.db")
        async with running_bot(server, memory=memory, **settings):
            await set_up(server)
            if not server.calls("sendMessage"):
                await person.send("产值")
                await server.wait_for_call("sendMessage")
            else:
                assert (await person.next_message()).text.startswith("35.2亿元")
        await memory.close()
    assert len(person.chat.bot_messages) == 1


async def test_what_fails_is_not_delivered_for_ever(server, settings) -> None:
    async with running_bot(server, **settings):
        person = server.user()
        await person.send("boom")
        assert (await person.ask("产值")).text.startswith("Sorry")
        assert (await person.next_message()).text.startswith("35.2亿元")


async def test_trouble_with_delivery_is_one_line(server, settings, logs) -> None:
    settings["webhook_url"] = listening("/telegram")["webhook_url"]  # where nobody listens
    async with running_bot(server, clock=FastClock(), **settings):
        await set_up(server)
        await server.user().send("产值")
        await server.wait_for_call("getWebhookInfo", 3)
    reasons = [record["reason"] for record in logs if record["event"] == "Telegram could not deliver to the webhook"]
    assert reasons
    assert all(reason.startswith("Connection failed") for reason in reasons)
