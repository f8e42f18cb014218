"""A run with everything going wrong: no secret in its log, metrics, messages or files."""

import asyncio

import aiohttp
import pytest

from tests.support.bots.running_bot import listening
from tests.support.processes.bot_process import VARIABLE, serving, settings
from tests.support.reports.small_report import write_report
from tests.support.telegram.webhooks import HEADER
from tests.support.telegram_server import Person, TelegramServer

pytestmark = pytest.mark.asyncio

# In both cases, because python-telegram-bot puts what Telegram says into small letters.
SECRET = "For-The-Tests-Own-Server-Only-X"
TOKEN = f"123456:{SECRET}"
WEBHOOK_SECRET = "For-The-Tests-Own-Webhook"
QUESTION = "工业产值是多少"
# As aiohttp, Telegram or a proxy may word it, with the address that was called.
TELLING = f"Bad Request: Odd http://127.0.0.1/bot{TOKEN}/sendMessage {WEBHOOK_SECRET}"


async def test_nothing_secret_is_written(tmp_path) -> None:
    """Both ways of receiving and of logging, at the same time."""
    await asyncio.gather(
        written_by_a_run(tmp_path / "polling", LOG_FORMAT="text"),
        written_by_a_run(tmp_path / "webhook", LOG_FORMAT="json", WEBHOOK_SECRET=WEBHOOK_SECRET),
    )


async def written_by_a_run(folder, **more: str) -> None:
    write_report(folder / "knowledge")
    place = listening("/telegram")
    given = {"HTTP_LISTEN": place["http_listen"], "ADMIN_IDS": "77,78", "LOG_LEVEL": "DEBUG", **more}
    if "WEBHOOK_SECRET" in more:
        given["WEBHOOK_URL"] = place["webhook_url"]
    async with TelegramServer(token=TOKEN) as server, aiohttp.ClientSession(f"http://{place['http_listen']}") as web:
        person, *admins = server.user(), server.user(id=77), server.user(id=78)
        for admin in admins:
            admin.chat.started = True
        async with serving(folder, settings(server, **given) | {VARIABLE: TOKEN}) as bot:
            reading = asyncio.create_task(bot.drain())
            await make_trouble(server, person, admins)
            # Somebody else posts to the webhook.
            async with web.post("/telegram", headers={HEADER: "wrong"}, json={"update_id": 1}) as response:
                assert response.status in {403, 404}
            pages = []
            for path in ("/metrics", "/readyz", "/healthz", "/telegram"):
                async with web.get(path) as response:
                    pages.append(await response.text())
            bot.process.terminate()
            await reading
            assert await bot.process.wait() == 0
        sent = [str(request.parameters) for request in server.requests if request.method != "setWebhook"]
    written = ["".join(bot.lines), *pages, *sent, *contents(folder)]
    assert "odd http://127.0.0.1/bot[secret]/sendmessage" in written[0].lower()
    assert "shushuo_errors_total 1.0" in pages[0]
    for secret in (SECRET, *filter(None, [more.get("WEBHOOK_SECRET")])):
        assert [text for text in written if secret.lower() in text.lower()] == []


def contents(folder) -> list[str]:
    """Of all files, whatever they hold."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"shushuo.db", "hewan.yaml"} <= {path.name for path in files}
    return [path.read_bytes().decode("latin-1") for path in files]


async def make_trouble(server: TelegramServer, person: Person, admins: list[Person]) -> None:
    # A reply is refused in words that tell the token: the person and the admin are told, the log has the trace.
    server.fail_next("sendMessage", 400, TELLING)
    await person.send(QUESTION)
    await person.next_message()
    for admin in admins:
        assert "[secret]" in (await admin.next_message()).text
    # The connection is lost.
    server.drop_next("sendMessage")
    await person.send(QUESTION)
    await person.next_message()
    # Admins look at everything, and send a document that Telegram does not give, and one that is no good.
    looking, sending = admins
    server.fail_next("getFile", 400, TELLING)
    for words in ("could not be fetched", "Not good yet"):
        await sending.send_document(b"report: [")
        await sending.hears(words)
    await looking.send("/status")
    await looking.send("/reload")
    await looking.hears("In force")
