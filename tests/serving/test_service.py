"""Serving while the network, Telegram or another program is in the way, over real HTTP."""

import asyncio
import socket
from unittest.mock import AsyncMock

import pytest
from telegram import Update
from telegram.error import InvalidToken

from bot.chat.library import Library
from bot.chat.messages import UPDATES
from bot.clock import Clock
from bot.serving import service
from bot.serving.service import Service
from bot.serving.web import ListenError, WebhookRefusedError
from bot.settings import Settings
from tests.support.bots.running_bot import edition, listening, running_bot
from tests.support.clocks import FastClock
from tests.support.storage.no_memory import NoMemory
from tests.support.telegram.webhooks import update
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio

REFUSED = "Telegram refuses the bot's token"
BACK = "Telegram answers again"


def events(logs, level: str = "warning") -> list[str]:
    return [record["event"] for record in logs if record["log_level"] == level]


async def is_answered(server) -> bool:
    person = server.user()
    return (await person.ask("产值")).text.startswith("35.2亿元")


async def test_what_could_not_be_forgotten_is_tried_again_soon(server, monkeypatch) -> None:
    memory, prune = NoMemory(), AsyncMock(side_effect=[False, True])
    monkeypatch.setattr(memory, "prune", prune)
    monkeypatch.setattr(service, "_UPKEEP_AGAIN_SECONDS", 0)
    async with running_bot(server, memory=memory):
        await until(lambda: prune.await_count == 2)


async def test_it_asks_for_what_it_handles_and_nothing_is_thrown_away(server) -> None:
    person = server.user()
    await person.send("产值")
    async with running_bot(server):
        assert (await person.next_message()).text.startswith("35.2亿元")
        request = await server.wait_for_call("getUpdates")
    assert request.parameters["allowed_updates"] == list(UPDATES)
    assert not server.calls("deleteWebhook")[0].parameters.get("drop_pending_updates")


@pytest.mark.parametrize("status", [200, 500, 502])
async def test_garbage_for_updates_is_no_traceback(server, logs, caplog, status) -> None:
    for _ in range(2):
        server.garbage_next("getUpdates", status)
    async with running_bot(server, clock=FastClock()):
        assert await is_answered(server)
    assert events(logs) == ["Telegram cannot be reached; retrying", BACK]
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


async def test_telegram_may_ask_to_wait(server, logs) -> None:
    server.fail_next("getUpdates", 429, "Too Many Requests: retry after 1", {"retry_after": 1})
    server.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", {"retry_after": 1})
    async with running_bot(server, clock=FastClock()):
        assert await is_answered(server)
    assert events(logs) == ["Telegram asks to slow down; waiting", BACK]


@pytest.mark.parametrize("status", [401, 404])
async def test_a_refused_token_ends_it(server, status) -> None:
    server.fail_next("getMe", status, "Unauthorized")
    with pytest.raises(InvalidToken):
        async with running_bot(server) as serving:
            await asyncio.wait([serving], timeout=5)


async def test_a_token_that_is_revoked_later_ends_it_after_a_while(server, logs) -> None:
    server.fail_next("getUpdates", 401, "Unauthorized", times=1000)
    with pytest.raises(InvalidToken):
        async with running_bot(server, clock=FastClock(1000)) as serving:
            await asyncio.wait([serving], timeout=10)
    assert [event.partition(";")[0] for event in events(logs)] == [REFUSED]


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_that_is_refused_for_a_moment_is_none_that_is_revoked(server, logs, status) -> None:
    for method in ("deleteWebhook", "getUpdates"):
        server.fail_next(method, status, "Unauthorized", times=2)
    async with running_bot(server, clock=FastClock(10)):
        assert await is_answered(server)
    assert [event.partition(";")[0] for event in events(logs)] == [REFUSED, BACK] * 2


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"http_listen": "{taken}"}, ListenError, "HTTP_LISTEN: {taken} cannot be listened on ("),
        (
            {"webhook_url": "http://bot.example.org/x", "http_listen": "{free}"},
            WebhookRefusedError,
            "WEBHOOK_URL: Telegram refuses it (",
        ),
    ],
)
async def test_an_address_that_is_no_good_ends_it(server, wrong, error, said) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        places = {"taken": f"127.0.0.1:{busy.getsockname()[1]}", "free": listening()["http_listen"]}
        given = {name: value.format(**places) for name, value in wrong.items()}
        with pytest.raises(error) as raised:
            async with running_bot(server, **given) as serving:
                await asyncio.wait([serving], timeout=5)
    server.violations.clear()
    assert service._ADVICE[error].format(raised.value).startswith(said.format(**places))  # noqa: SLF001


async def test_without_a_token_or_knowledge_there_is_no_start(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(service, "configure_logging", lambda _: None)
    (tmp_path / "hewan.yaml").write_text("report: [", encoding="utf-8")
    wrong = {"TELEGRAM_BOT_TOKEN is not set; write ": "", f"{tmp_path}/hewan.yaml:2:1: ": "1:token"}
    for said, token in wrong.items():
        assert service.run(Settings(telegram_bot_token=token or None, knowledge_dir=tmp_path)) == 2
        assert capsys.readouterr().err.startswith(f"shushuo: {said}")


async def test_nobody_is_noted_for_a_persistence_that_there_is_not(server) -> None:
    settings = Settings(telegram_bot_token=server.token, telegram_api_url=server.url, http_listen="")
    service = Service(settings, Library(edition()), NoMemory(), Clock())
    people = [server.user() for _ in range(3)]
    async with service.application as application:
        for number, person in enumerate(people, start=1):
            await application.process_update(Update.de_json(update(person, "产值", number), application.bot))
    for person in people:
        assert (await person.next_message()).text.startswith("35.2亿元")
    # What it costs is not seen from outside.
    assert application._chat_ids_to_be_updated_in_persistence == set()  # noqa: SLF001
    assert application._user_ids_to_be_updated_in_persistence == set()  # noqa: SLF001
