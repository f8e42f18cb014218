"""Updates on their way to the workers, and what becomes of those that are not handled when the process ends."""

import asyncio
import json

import pytest
from prometheus_client import generate_latest
from telegram import Bot, Chat, InlineQuery, Message, Update, User
from telegram.error import NetworkError

from bot.http_client import Connection
from bot.metrics import Metrics
from bot.serving import receiving, service
from bot.serving.receiving import UpdateWorkers, is_update, read_update
from tests.support.bots.running_bot import listening, running_bot
from tests.support.clocks import HeldClock
from tests.support.storage.no_memory import NoMemory
from tests.support.storage.opened_memory import opened_memory, rows

pytestmark = pytest.mark.asyncio

ANSWER = "35.2亿元"
PENDING = "SELECT update_id FROM pending_updates"


@pytest.fixture(autouse=True)
def _soon_ended(monkeypatch) -> None:
    monkeypatch.setattr(service, "_FINISH_SECONDS", 0.2)


async def broken_off(server, memory):
    """Somebody whose answer Telegram has not taken when the bot stops; somebody else has got one meanwhile."""
    held, other = server.user(), server.user()
    server.fail_next("sendMessage", 429, "Too Many Requests: retry after 30", {"retry_after": 30})
    async with running_bot(server, memory=memory, clock=HeldClock()):
        await held.send("产值")
        await server.wait_for_call("sendMessage")
        assert (await other.ask("产值")).text.startswith(ANSWER)
        await server.wait_for_call("getUpdates", 3)
    assert not held.chat.bot_messages
    assert len(other.chat.bot_messages) == 1
    return held, other


@pytest.mark.parametrize("path", [None, "/telegram"])
async def test_what_a_stop_breaks_off_is_answered_after_the_next_start(server, database, path) -> None:
    async with opened_memory(database) as memory:
        held, other = await broken_off(server, memory)
        assert len(await rows(memory, database, PENDING)) == 1
        await server.all_delivered()
    async with opened_memory(database) as memory:
        async with running_bot(server, memory=memory, **listening(path)):
            assert (await held.next_message()).text.startswith(ANSWER)
        assert await rows(memory, database, PENDING) == []
    assert [len(person.chat.bot_messages) for person in (held, other)] == [1, 1]


async def test_without_a_database_telegram_keeps_what_a_stop_breaks_off(server) -> None:
    held, _ = await broken_off(server, NoMemory())
    async with running_bot(server):
        assert (await held.next_message()).text.startswith(ANSWER)
    await server.all_delivered()


async def test_while_the_database_is_away_telegram_keeps_what_a_stop_breaks_off(server, database) -> None:
    async with opened_memory(database) as memory, database.away():
        assert not (await memory.check()).healthy
        held, _ = await broken_off(server, memory)
    async with opened_memory(database) as memory, running_bot(server, memory=memory):
        assert (await held.next_message()).text.startswith(ANSWER)


async def test_what_was_left_is_answered_once_the_database_tells_of_it(server, database) -> None:
    async with opened_memory(database) as memory:
        held, _ = await broken_off(server, memory)
    async with opened_memory(database) as memory:
        async with database.away():
            assert not (await memory.check()).healthy
            async with running_bot(server, memory=memory):
                assert (await server.user().ask("产值")).text.startswith(ANSWER)
        assert not held.chat.bot_messages
        async with running_bot(server, memory=memory):
            while not (await memory.check()).healthy:  # noqa: ASYNC110 (that it is back is told by nobody)
                await asyncio.sleep(0.01)
            await server.user().ask("产值")
            assert (await held.next_message()).text.startswith(ANSWER)


@pytest.mark.parametrize("kept", [True, False])
async def test_one_that_fails_for_good_holds_up_no_other(server, kept, database) -> None:
    async with opened_memory(database) as opened:
        memory = opened if kept else NoMemory()
        async with running_bot(server, memory=memory):
            await server.user().send("boom")
            server.push_update({"message": {"message_id": 1}})
            assert (await server.user().ask("产值")).text.startswith(ANSWER)
        await server.all_delivered()
        assert await rows(opened, database, PENDING) == []


# ---- the workers


def update(chat_id: int, number: int = 1) -> Update:
    message = Message(number, None, Chat(chat_id, "private"))
    return Update(number, message=message)


def query(user_id: int) -> Update:
    return Update(1, inline_query=InlineQuery("1", User(user_id, "Tester", is_bot=False), "?", ""))


class Handled:
    """What is handled, in its order; each waits until it may go, but for those of the chat or person 2."""

    def __init__(self) -> None:
        self.order: list[int] = []
        self.go = asyncio.Event()
        self.workers = UpdateWorkers(self._handle, Metrics())

    async def _handle(self, update: Update) -> None:
        place = update.effective_chat or update.effective_user
        if place and place.id != 2:
            await self.go.wait()
        self.order.append(update.update_id)

    def come(self, *updates: Update) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self.workers.handle(one)) for one in updates]


async def test_a_chat_waits_for_itself_and_for_no_other() -> None:
    handled = Handled()
    mine = handled.come(update(1, 1), update(1, 2))
    await asyncio.gather(*handled.come(update(2, 3)))
    handled.go.set()
    await asyncio.gather(*mine)
    assert handled.order == [3, 1, 2]


@pytest.mark.parametrize("of", [update, query])
async def test_one_with_many_updates_leaves_the_turns_to_others(monkeypatch, of) -> None:
    monkeypatch.setattr(receiving, "_UPDATES_AT_ONCE", 2)
    handled = Handled()
    waiting = handled.come(*[of(1)] * 10)
    await asyncio.wait_for(handled.workers.handle(of(2)), 5)
    handled.go.set()
    await asyncio.gather(*waiting)


async def test_of_one_chat_or_person_a_few_wait_and_the_rest_is_dropped(monkeypatch, logs) -> None:
    monkeypatch.setattr(receiving, "MOST_OF_ONE", 3)
    handled = Handled()

    async def all_of(*coming) -> None:
        await asyncio.sleep(0)
        handled.go.set()
        await asyncio.gather(*coming)
        handled.go.clear()

    await all_of(*handled.come(*(update(1, number) for number in range(5)), update(3, 10), update(3, 11)))
    assert sorted(handled.order) == [0, 1, 2, 10, 11]
    await all_of(*handled.come(*(update(1, number) for number in range(20, 24))))
    assert sorted(handled.order) == [0, 1, 2, 10, 11, 20, 21, 22]
    assert [record["ids"] for record in logs] == [[1], [1]]


# ---- what Telegram sends, read

BOT = Bot("1:token")
PERSON = {"id": 1, "is_bot": False, "first_name": "Tester"}
GOOD = {
    "update_id": 7,
    "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "from": PERSON, "text": "?"},
}


@pytest.mark.parametrize("payload", [b"<html>", b"\xff", b"", b"[]", b"null", b'{"ok": true}', b'{"other": 1}'])
async def test_what_is_no_reply_of_telegrams_is_a_network_error(payload) -> None:
    with pytest.raises(NetworkError, match="not Telegram's"):
        Connection.parse_json_payload(payload)


@pytest.mark.parametrize("found", [True, {}, 1, [], {"update_id": "7"}, {"update_id": True}, {"update_id": -1}, None])
async def test_what_has_no_number_is_no_update(found) -> None:
    assert not is_update(found)
    assert is_update(GOOD)


async def test_an_error_of_telegrams_is_passed_on() -> None:
    error = {"ok": False, "error_code": 409, "description": "Conflict: …"}
    assert Connection.parse_json_payload(json.dumps(error).encode()) == error


@pytest.mark.parametrize("message", [{"message_id": 1, "text": "secret"}, ["secret"], 5, {"date": "secret"}])
@pytest.mark.parametrize("kind", ["message", "edited_message"])
async def test_an_update_that_cannot_be_read_keeps_its_number_and_is_told_in_the_log(message, kind, logs) -> None:
    unreadable = read_update({"update_id": 6, kind: message}, BOT)
    assert unreadable == Update(6)
    assert unreadable.effective_message is None
    assert [(line["log_level"], line["update"], line["kind"]) for line in logs] == [("warning", 6, kind)]
    assert "secret" not in str(logs)


async def test_an_update_that_can_be_read_is_not_told_in_the_log(logs) -> None:
    good = read_update(GOOD, BOT)
    assert good.message.text == "?"
    assert logs == []


async def test_a_file_is_counted_without_its_name(server) -> None:
    server.files["FILE-1"] = b"a"
    metrics = Metrics()
    async with Connection(1, metrics=metrics) as calls:
        await calls.do_request(f"{server.url}/file/bot{server.token}/documents/FILE-1", "GET")
        await calls.do_request(f"{server.url}/bot{server.token}/getMe", "POST")
        server.fail_next("getMe", 403, "Forbidden")
        server.drop_next("getMe")
        await calls.do_request(f"{server.url}/bot{server.token}/getMe", "POST")
        with pytest.raises(NetworkError):
            await calls.do_request(f"{server.url}/bot{server.token}/getMe", "POST")
    lines = generate_latest(metrics.registry).decode().splitlines()
    counted = [line for line in lines if line.startswith("shushuo_api_calls_total") and not line.endswith(" 0.0")]
    assert sorted(counted) == [
        'shushuo_api_calls_total{method="file",result="ok"} 1.0',
        'shushuo_api_calls_total{method="getMe",result="403"} 1.0',
        'shushuo_api_calls_total{method="getMe",result="network"} 1.0',
        'shushuo_api_calls_total{method="getMe",result="ok"} 1.0',
    ]
