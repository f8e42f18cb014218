"""Every kind of update thrown at the bot: nothing is raised, and nothing is said where nothing is due."""

from contextlib import asynccontextmanager
from copy import deepcopy

import pytest
from telegram import Update

from tests.support.bots.running_bot import events, listening, running_bot
from tests.support.clocks import FastClock
from tests.support.telegram.update_payloads import DUE_TO_SMALLEST, GROUP, ODD, PAYMENT, PRIVATE, SMALLEST, written
from tests.support.telegram.webhooks import SECRET, posting

pytestmark = pytest.mark.asyncio

# What the bot calls of its own accord.
OWN = ("getMe", "getUpdates", "deleteWebhook", "setWebhook", "getWebhookInfo", "setMy", "getMy")
FIRST_ID = 1000


@asynccontextmanager
async def by_webhook(server):
    """Yields what posts one update, and tells which calls the bot made before it said 200."""
    web = listening("/telegram")
    async with (
        running_bot(server, clock=FastClock(), **web, webhook_secret=SECRET),
        posting(web["webhook_url"]) as post,
    ):
        await server.wait_for_call("setWebhook")
        # With this ends what it tells Telegram of itself.
        await server.wait_for_call("getMyShortDescription", 2)

        async def caused(update) -> list[str]:
            before = len(server.requests)
            await post(update)
            return _due(server, before)

        yield caused


def _due(server, before: int = 0) -> list[str]:
    """The calls since then, but for those that the bot makes of its own accord."""
    return [call.method for call in server.requests[before:] if not call.method.startswith(OWN)]


@pytest.fixture(autouse=True)
def _known(server) -> None:
    """The chats of the payloads; the channel is one that the bot cannot write to."""
    server.user(id=PRIVATE["id"]).chat.started = True
    server.supergroup(id=GROUP["id"])


def numbered(contents):
    for number, (kind, content) in enumerate(contents, FIRST_ID):
        yield {"update_id": number, kind: deepcopy(content)}


async def test_there_is_a_payload_of_each_kind() -> None:
    assert set(SMALLEST) == set(Update.ALL_TYPES)
    assert {odd.kind for odd in ODD} <= {*SMALLEST, "telepathy"}


async def test_each_kind_by_webhook(server, logs) -> None:
    calls = {}
    async with by_webhook(server) as post:
        for update, kind in zip(numbered(list(SMALLEST.items())), SMALLEST, strict=True):
            calls[kind] = await post(update)
    assert calls == {kind: DUE_TO_SMALLEST.get(kind, []) for kind in SMALLEST}
    assert events(logs) == []


async def test_odd_ones_by_webhook(server, logs) -> None:
    calls, troubles = {}, {}
    async with by_webhook(server) as post:
        for update, odd in zip(numbered([(odd.kind, odd.content) for odd in ODD]), ODD, strict=True):
            calls[odd.kind, odd.name] = tuple(await post(update))
            troubles[odd.kind, odd.name] = events(logs)
            logs.clear()
    assert {name: trouble for name, trouble in troubles.items() if trouble} == {}
    expected = {(odd.kind, odd.name): odd.due for odd in ODD}
    assert {name: made for name, made in calls.items() if made != expected[name]} == {}


@pytest.mark.parametrize("chat", [PRIVATE, GROUP], ids=["private", "group"])
async def test_a_payment_is_no_question(server, logs, chat) -> None:
    async with by_webhook(server) as post:
        assert await post({"update_id": FIRST_ID, "message": written(chat, successful_payment=PAYMENT)}) == []
    assert events(logs) == []


async def test_all_of_them_by_polling(server, logs) -> None:
    contents = [*SMALLEST.items(), *((odd.kind, odd.content) for odd in ODD)]
    asking = server.user()
    async with running_bot(server, clock=FastClock()):
        for update in numbered(contents):
            server.push_update(update)
        await asking.ask("产值")
    due = [call for calls in DUE_TO_SMALLEST.values() for call in calls] + [call for odd in ODD for call in odd.due]
    assert sorted(_due(server)) == sorted([*due, "sendMessage"])
    assert events(logs) == []
