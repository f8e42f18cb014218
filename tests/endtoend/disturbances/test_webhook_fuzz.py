"""Whatever is posted to the webhook by somebody who knows its secret: no 5xx, and the bot goes on answering."""

import asyncio
import json
from functools import partial
from http.client import HTTPConnection
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings

from tests.support.bots.admin_bot import library_of
from tests.support.bots.running_bot import listening, running_bot
from tests.support.clocks import FastClock
from tests.support.reports.small_report import write_report
from tests.support.telegram.any_update import bodies, contents
from tests.support.telegram.update_payloads import GROUP, PRIVATE
from tests.support.telegram.webhooks import HEADER, SECRET, set_up

unhurried = settings(max_examples=70, database=None, suppress_health_check=[HealthCheck.too_slow])


def post(place: str, body: bytes) -> int:
    """The status."""
    connection = HTTPConnection(place, timeout=20)
    try:
        connection.request("POST", "/telegram", body, {HEADER: SECRET})
        return connection.getresponse().status
    finally:
        connection.close()


def throw_updates(send) -> None:
    """Each once, with a number of its own."""
    numbers = count(1000)

    @unhurried
    @given(contents())
    def throw(content) -> None:
        assert send(json.dumps({"update_id": next(numbers), **content}).encode()) == 200

    throw()


def throw_bodies(send) -> None:
    @unhurried
    @given(bodies())
    def throw(body: bytes) -> None:
        assert send(body) == 400

    throw()


@pytest.mark.asyncio
@pytest.mark.parametrize("throw", [throw_updates, throw_bodies])
async def test_it_goes_on_answering(server, tmp_path, throw) -> None:
    server.user(id=PRIVATE["id"]).chat.started = True
    server.supergroup(id=GROUP["id"])
    place = listening("/telegram")
    library = library_of(write_report(tmp_path / "knowledge"))
    asking = server.user()
    async with running_bot(server, library=library, clock=FastClock(), **place, webhook_secret=SECRET):
        await set_up(server)
        # In a thread of its own, so that the bot answers in this one.
        await asyncio.to_thread(throw, partial(post, place["http_listen"]))
        assert (await asking.ask("工业产值是多少")).text.startswith("35.2亿元")
    # Who answers a chat that there is not, or a message, writes to one that there is not.
    assert [violation for violation in server.violations if "_id" not in violation] == []
    server.violations.clear()
