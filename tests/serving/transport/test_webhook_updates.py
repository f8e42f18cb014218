"""Updates by webhook, over real HTTP."""

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.chat.updates import UPDATES
from bot.serving import service
from bot.storage import Memory
from tests.support.bots.running_bot import TOKEN, listening, running_bot
from tests.support.clocks import FastClock
from tests.support.telegram.webhooks import HEADER, SECRET, set_up, update
from tests.support.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio


@pytest.fixture
def settings() -> dict[str, str]:
    return listening("/telegram")


async def test_questions_are_answered(server: TelegramServer, settings: dict[str, str]) -> None:
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


async def test_a_webhook_at_the_root(server: TelegramServer) -> None:
    person = server.user()
    async with running_bot(server, **listening("")):
        assert (await person.ask("产值")).text.startswith("35.2亿元")


async def test_a_secret_is_made_where_none_is_set(server: TelegramServer, settings: dict[str, str]) -> None:
    async with running_bot(server, **settings):
        made = await set_up(server)
    assert len(made) >= 32
    assert TOKEN.partition(":")[2] not in made
    async with TelegramServer(token="123456:another-token-of-the-bot") as other, running_bot(other, **settings):
        assert await set_up(other) != made
    # Several processes behind one address have to agree.
    async with TelegramServer(token=TOKEN) as other, running_bot(other, **settings):
        assert await set_up(other) == made


async def test_an_update_is_handled_before_it_is_acknowledged(
    server: TelegramServer, session: aiohttp.ClientSession, settings: dict[str, str]
) -> None:
    async with running_bot(server, **settings, webhook_secret=SECRET):
        await set_up(server)
        person = server.user()
        server.delay_next("sendMessage", 0.3)
        body = json.dumps(update(person, "产值"))
        posting = asyncio.create_task(session.post(settings["webhook_url"], data=body, headers={HEADER: SECRET}))
        await server.wait_for_call("sendMessage")
        again = asyncio.create_task(session.post(settings["webhook_url"], data=body, headers={HEADER: SECRET}))
        await asyncio.sleep(0.1)
        # Nor is a second delivery acknowledged while the first is being handled.
        assert not posting.done()
        assert not again.done()
        for response in await asyncio.gather(posting, again):
            assert response.status == 200
            response.release()
    assert len(person.chat.bot_messages) == 1


async def test_an_update_that_comes_again_is_acknowledged_and_not_answered_again(
    server: TelegramServer, settings: dict[str, str]
) -> None:
    async with running_bot(server, **settings):
        person = server.user()
        for text, update_id in (("产值", 7), ("产值", 7), ("房价", 8), ("产值", 7)):
            server.push_update(update(person, text, update_id))
        await person.next_message()
        assert (await person.next_message()).text.startswith("报告没有")
        await person.ask("产值")
    assert len(person.chat.bot_messages) == 3


async def test_nothing_is_taken_before_telegram_is_reached(
    server: TelegramServer, session: aiohttp.ClientSession, settings: dict[str, str]
) -> None:
    server.delay_next("getMe", 0.3)
    async with running_bot(server, **settings, webhook_secret=SECRET):
        await server.wait_for_call("getMe")
        person = server.user()
        body = json.dumps(update(person, "产值"))
        async with session.post(settings["webhook_url"], data=body, headers={HEADER: SECRET}) as response:
            assert response.status == 503
        server.push_update(update(person, "产值"))
        assert (await person.next_message()).text.startswith("35.2亿元")


async def test_an_update_that_a_stop_breaks_off_is_delivered_to_the_next_start(
    server: TelegramServer, settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
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


async def test_what_fails_is_not_delivered_for_ever(server: TelegramServer, settings: dict[str, str]) -> None:
    async with running_bot(server, **settings):
        person = server.user()
        await person.send("boom")
        assert (await person.ask("产值")).text.startswith("Sorry")
        assert (await person.next_message()).text.startswith("35.2亿元")


async def test_trouble_with_delivery_is_one_line(server: TelegramServer, settings: dict[str, str]) -> None:
    settings["webhook_url"] = listening("/telegram")["webhook_url"]  # where nobody listens
    with capture_logs() as logs:
        async with running_bot(server, clock=FastClock(), **settings):
            await set_up(server)
            await server.user().send("产值")
            await server.wait_for_call("getWebhookInfo", 3)
    reasons = [record["reason"] for record in logs if record["event"] == "Telegram could not deliver to the webhook"]
    assert reasons
    assert all(reason.startswith("Connection failed") for reason in reasons)
