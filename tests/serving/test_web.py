"""Health, metrics and limits of the web server, over real HTTP."""

import asyncio
import re
import resource
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from telegram import Bot, Update

from bot.answering.knowledge.model import Knowledge
from bot.answering.knowledge.snapshot import version_of
from bot.metrics import Metrics
from bot.serving import web
from bot.serving.receiving import Reachability, UpdateQueue
from bot.serving.web import Webhook, WebServer
from bot.settings import Settings
from bot.storage.memory import Memory
from bot.storage.writer import Health
from tests.support.bots.running_bot import TOKEN, listening, running_bot
from tests.support.clocks import FastClock, JumpingClock
from tests.support.reports.small_report import KNOWLEDGE, REPORT
from tests.support.repository import text_of
from tests.support.storage.no_memory import NoMemory
from tests.support.telegram.webhooks import HEADER, SECRET
from tests.support.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio


class Page:
    """The web server of a bot, as a probe sees it."""

    def __init__(self, session: aiohttp.ClientSession, path: str | None = None) -> None:
        """`path`: of the webhook, where there is one."""
        self.settings = listening(path)
        self._session = session
        self._address = f"http://{self.settings['http_listen']}"

    async def get(self, path: str):
        async with self._session.get(f"{self._address}{path}") as response:
            return response.status, await response.json()

    async def samples(self) -> dict[tuple[str, tuple[str, ...]], float]:
        """The metrics by name and values of labels, in the order of the labels' names."""
        async with self._session.get(f"{self._address}/metrics") as response:
            assert response.status == 200
            assert response.content_type == "text/plain"
            text = await response.text()
        families = text_string_to_metric_families(text)
        samples = (sample for family in families for sample in family.samples)
        return {
            (sample.name, tuple(value for _, value in sorted(sample.labels.items()))): sample.value
            for sample in samples
        }


@pytest.fixture
def page(session) -> Page:
    return Page(session)


@pytest.mark.parametrize("lacks", ["nothing", "knowledge", "database"])
async def test_a_bot_that_serves_is_alive_and_ready_where_it_lacks_nothing(server, page, monkeypatch, lacks) -> None:
    async def away(_: Memory) -> Health:
        return Health(healthy=False, since=datetime.now(UTC), reason="the password is wrong")

    if lacks == "database":
        monkeypatch.setattr(Memory, "check", away)
    knowledge = Knowledge((REPORT,), (), KNOWLEDGE.lexicon) if lacks == "knowledge" else KNOWLEDGE
    async with running_bot(server, knowledge, **page.settings):
        await server.user().send("产值")
        await server.wait_for_call("sendMessage")
        assert await page.get("/healthz") == (200, {"alive": True})
        ready = {"telegram": True, "database": lacks != "database", "knowledge": lacks != "knowledge"}
        assert await page.get("/readyz") == (200 if lacks == "nothing" else 503, ready)


async def test_a_bot_that_telegram_does_not_answer_is_alive_and_not_ready(server, page) -> None:
    server.delay_next("getMe", 0.2)
    async with running_bot(server, **page.settings):
        await server.wait_for_call("getMe")
        assert (await page.get("/healthz"))[0] == 200
        assert await page.get("/readyz") == (503, {"telegram": False, "database": True, "knowledge": True})
        await server.wait_for_call("getUpdates", 1)


async def test_readiness_ends_when_telegram_is_silent() -> None:
    clock = JumpingClock()
    reachability = Reachability(clock)
    assert not reachability.is_fresh
    for _ in range(2):
        reachability.delivered()
        clock.time += 75
        assert reachability.is_fresh
        clock.time += 1
        assert not reachability.is_fresh


async def test_a_webhook_that_nobody_writes_to_stays_ready(server, session) -> None:
    page = Page(session, "/telegram")
    async with running_bot(server, clock=FastClock(1000), **page.settings):
        await server.wait_for_call("getWebhookInfo", 4)
        assert (await page.get("/readyz"))[0] == 200


async def test_the_metrics_count_what_happens(server, page) -> None:
    person = server.user()
    async with running_bot(server, clock=FastClock(), **page.settings):
        server.drop_next("sendMessage")
        for text in ("产值", "output", "增速", "房价", "boom"):
            await person.ask(text)
        samples = await page.samples()
    assert samples["shushuo_updates_total", ("message",)] == 5
    assert samples["shushuo_answers_total", ("zh", "answer")] == 1
    assert samples["shushuo_answers_total", ("en", "answer")] == 1
    assert samples["shushuo_answers_total", ("zh", "choices")] == 1
    assert samples["shushuo_answers_total", ("zh", "none")] == 1
    assert samples["shushuo_answer_seconds_count", ()] == 4
    assert samples["shushuo_api_calls_total", ("sendMessage", "ok")] == 5
    assert samples["shushuo_api_calls_total", ("sendMessage", "network")] == 1
    assert samples["shushuo_api_calls_total", ("getUpdates", "ok")] >= 5
    assert samples["shushuo_api_retries_total", ("sendMessage",)] == 1
    assert samples["shushuo_errors_total", ()] == 1
    assert samples["shushuo_knowledge_info", (version_of(KNOWLEDGE),)] == 1
    assert samples["shushuo_knowledge_facts", ()] == 3
    assert samples["shushuo_knowledge_last_reload_successful", ()] == 1
    assert samples["shushuo_knowledge_last_reload_success_timestamp_seconds", ()] > 1_700_000_000
    assert any(name == "shushuo_build_info" for name, _ in samples)
    assert not any(TOKEN in label for _, labels in samples for label in labels)


async def test_polling_goes_on_where_the_usual_address_is_taken(server, page, monkeypatch, logs) -> None:
    async with running_bot(server, **page.settings):
        await server.wait_for_call("getUpdates")
        other = TelegramServer(token=TOKEN)
        # As if it were the default, which nobody has asked for.
        monkeypatch.setattr(Settings, "model_fields_set", frozenset())
        async with other, running_bot(other, **page.settings):
            person = other.user()
            await person.ask("产值")
    events = [record["event"] for record in logs if record["log_level"] == "warning"]
    assert events == ["no health page and no metrics: set HTTP_LISTEN to an address that is free"]


@pytest.mark.parametrize("page", ["deploy/monitoring/README.md", "deploy/monitoring/README.zh-CN.md"])
async def test_every_metric_is_told_and_no_other(page) -> None:
    ending = {"counter": "_total", "info": "_info"}
    names = {re.sub(r"_created$", "", one.name) + ending.get(one.type, "") for one in Metrics().registry.collect()}
    assert set(re.findall(r"`(shushuo_[a-z_]+)", text_of(page))) == names


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

    async def connect(self):
        host, _, port = self._listen.partition(":")
        return await asyncio.open_connection(host, int(port))

    async def _ready(self) -> dict[str, bool]:
        return {}

    async def _take(self, update: Update) -> None:
        self.taken.append(update)


@asynccontextmanager
async def web_server():
    server = Server()
    await server.web.start()
    try:
        yield server
    finally:
        await server.web.stop()


async def response(reader) -> str:
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
async def test_a_connection_that_is_waited_for_is_closed(sent, status, monkeypatch) -> None:
    monkeypatch.setattr(web, "_HEADERS_SECONDS", SOON)
    monkeypatch.setattr(web, "_REFUSED_BODY_SECONDS", SOON)
    monkeypatch.setattr(web, "_BODY_SECONDS", SOON)
    async with web_server() as server:
        reader, writer = await server.connect()
        writer.write(sent)
        assert not status or status in await response(reader)
        assert await reader.read() == b""
        writer.close()
        assert server.taken == []


async def test_connections_above_the_limit_are_closed_and_others_served(monkeypatch) -> None:
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
async def test_no_response_tells_a_version(request_bytes, status) -> None:
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
