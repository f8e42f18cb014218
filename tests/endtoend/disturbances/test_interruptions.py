"""Polling that is interrupted, by the network and by another program."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.serving import receiving
from bot.serving.receiving import POLL_SECONDS
from tests.support.bots.running_bot import echo, events, figures, running_bot
from tests.support.clocks import FastClock
from tests.support.network.networks import Network
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio

GONE = "Telegram cannot be reached; retrying"
MENUS = "menus and descriptions set"
BACK = "Telegram answers again"
CONFLICT = "another program fetches this bot's updates: stop it, or revoke a token that leaked; retrying"


@pytest.fixture
def _short_polls(monkeypatch) -> None:
    monkeypatch.setattr(receiving, "POLL_SECONDS", 1)
    monkeypatch.setattr(receiving, "_PATIENCE", 0.3)


@pytest.mark.usefixtures("_short_polls")
async def test_a_connection_that_falls_silent_for_longer_than_a_poll_takes(server, logs) -> None:
    """Nothing tells the bot: its poll is neither answered nor refused. What was asked meanwhile is not lost."""
    person, other = server.user(), server.user()
    async with (
        Network(server.url) as network,
        running_bot(server, answer=echo, clock=FastClock(), telegram_api_url=network.url),
    ):
        await person.send("q1")
        await until(lambda: network.replied["sendMessage"] == 1 and MENUS in events(logs, "info"))
        await person.next_message()
        network.is_cut = True
        polls = network.seen.total()
        await person.send("q2")
        await other.send("q3")
        await until(lambda: GONE in events(logs))
        # And it stays away for some polls more, which say nothing new.
        await until(lambda: network.seen.total() >= polls + 3)
        network.is_cut = False
        await person.next_message()
        await other.next_message()
        await person.ask("q4")
    assert figures(person.chat) == ["q1", "q2", "q4"]
    assert figures(other.chat) == ["q3"]
    assert events(logs) == [GONE, BACK]


async def test_telegram_that_is_down_for_longer_than_a_poll_takes(server, logs) -> None:
    person = server.user()
    clock = FastClock()
    async with running_bot(server, answer=echo, clock=clock):
        await person.ask("q1")
        await server.stop()
        await until(lambda: GONE in events(logs))
        since = clock.now()
        await until(lambda: clock.now() > since + POLL_SECONDS + 60)
        await person.send("q2")
        await server.start()
        await person.next_message()
    assert figures(person.chat) == ["q1", "q2"]
    assert events(logs) == [GONE, BACK]


@asynccontextmanager
async def other_poller(server):
    """Another program with the same token, which polls all the time; yields the statuses that it got."""
    statuses: list[int] = []
    url = f"{server.url}/bot{server.token}/getUpdates"

    async def poll_for_ever(session: aiohttp.ClientSession) -> None:
        while True:
            async with session.post(url, data={"timeout": "25"}) as response:
                statuses.append(response.status)

    async with aiohttp.ClientSession() as session:
        polling_too = asyncio.create_task(poll_for_ever(session))
        try:
            yield statuses
        finally:
            polling_too.cancel()
            await asyncio.wait([polling_too])


@pytest.mark.usefixtures("_short_polls")
async def test_another_program_costs_one_line_and_is_outlived(server, logs) -> None:
    """One that polls: each ends the other's poll, again and again, until one leaves; and one that sets a webhook."""
    person = server.user()
    async with running_bot(server, answer=echo, clock=FastClock()):
        await person.ask("q1")
        async with other_poller(server) as statuses:
            await until(lambda: CONFLICT in events(logs))
            await until(lambda: statuses.count(409) >= 5)
            # An update is theirs who come first; this other program confirms none.
            await person.ask("q2")
            assert events(logs) == [CONFLICT]
        await person.ask("q3")
        await until(lambda: BACK in events(logs))
        polls = len(server.calls("getUpdates"))
        async with aiohttp.ClientSession(f"{server.url}/bot{server.token}/") as session:
            await session.post("setWebhook", data={"url": "https://127.0.0.1:8443/x"})
            await until(lambda: len(server.calls("getUpdates")) >= polls + 4)
            await session.post("deleteWebhook")
        await person.ask("q4")
        await until(lambda: events(logs) == [CONFLICT, BACK] * 2)
    assert figures(person.chat) == ["q1", "q2", "q3", "q4"]
    assert events(logs) == [CONFLICT, BACK] * 2
