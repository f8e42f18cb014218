"""Telegram fails, and the network loses things; each question is answered in the end, once."""

import asyncio
import random
from contextlib import asynccontextmanager

import pytest

from tests.support.bots.running_bot import TOKEN, answer, echo, events, figure, figures, listening, running_bot
from tests.support.clocks import LoopClock, without_waiting
from tests.support.network.networks import Fate, Network
from tests.support.telegram_server import Chat, TelegramServer

QUESTIONS = ["q0", "q1", "q2", "q3"]
WITHOUT_EFFECT = tuple(fate for fate in Fate if fate not in (Fate.ARRIVES, Fate.REPLY_LOST))


@pytest.fixture
def server() -> TelegramServer:
    """Starts with the bot."""
    return TelegramServer(token=TOKEN)


def a_third(seed: int, fates: tuple[Fate, ...] = WITHOUT_EFFECT):
    """One of `fates` for a third of all requests."""
    chance = random.Random(seed)  # noqa: S311 (which requests fail matters to nobody)
    return lambda _: chance.choice(fates) if chance.random() < 1 / 3 else Fate.ARRIVES


def once(method: str, fate: Fate):
    """`fate` for the first request of `method`."""
    fates = {method: fate}
    return lambda name: fates.pop(name, Fate.ARRIVES)


@asynccontextmanager
async def bot_behind(server: TelegramServer, fate, answer=echo, **settings):
    """A bot whose calls go through a network."""
    async with server, Network(server.url, fate) as network:
        settings = {"fair": True, "reply_rate": 0, **settings, "telegram_api_url": network.url}
        async with running_bot(server, answer=answer, clock=LoopClock(), **settings):
            yield network


async def _ask_and_wait(server: TelegramServer) -> list[Chat]:
    """Four questions in each of thirty private chats and ten groups, until each chat has its last answer."""
    members = {server.supergroup(): server.user() for _ in range(10)}
    people = [server.user() for _ in range(30)]
    for question in QUESTIONS:
        for person in people:
            await person.send(question)
        for group, member in members.items():
            await member.send(f"/ask {question}", group)
    chats = [*(person.chat for person in people), *members]
    for chat in chats:
        await chat.wait_for(lambda message: figure(message) == QUESTIONS[-1])
    return chats


def _assert_each_answered_once(chats: list[Chat]) -> None:
    said = {chat.id: figures(chat) for chat in chats}
    assert said == dict.fromkeys(said, QUESTIONS)


@without_waiting
async def test_a_third_of_all_calls_fail_while_polling(server, logs) -> None:
    async with bot_behind(server, a_third(1)) as network:
        chats = await _ask_and_wait(server)
        assert network.fates() >= set(WITHOUT_EFFECT)
        assert 0.25 < network.share_of_faults() < 0.42
        assert {"getMe", "deleteWebhook", "getUpdates", "sendMessage"} <= {name for name, _ in network.seen}
    _assert_each_answered_once(chats)
    assert events(logs, "error", "critical") == []


@without_waiting
async def test_a_third_of_all_calls_and_deliveries_fail_with_a_webhook(server, logs) -> None:
    """A delivery may also fail after its effect: Telegram sends it again, and it is not answered again."""
    listen = listening()["http_listen"]
    deliveries = (Fate.INTERNAL_ERROR, Fate.BAD_GATEWAY, Fate.RESET, Fate.REPLY_LOST, Fate.REPLY_LOST)
    async with Network(f"http://{listen}", a_third(4, deliveries)) as inwards:
        webhook = {"http_listen": listen, "webhook_url": f"{inwards.url}/telegram"}
        async with bot_behind(server, a_third(3), **webhook) as outwards:
            chats = await _ask_and_wait(server)
            assert inwards.seen["telegram", Fate.REPLY_LOST] > 5
            assert 0.25 < inwards.share_of_faults() < 0.42
            assert 0.25 < outwards.share_of_faults() < 0.42
    _assert_each_answered_once(chats)
    assert events(logs, "error", "critical") == []


@without_waiting
async def test_what_is_done_again_where_a_reply_is_lost(server, logs) -> None:
    person, other = server.user(), server.user()
    async with bot_behind(server, once("getUpdates", Fate.REPLY_LOST)) as network:
        # The updates come again, and are answered once.
        await person.send("q1")
        asked = await person.send("q2")
        for _ in range(2):
            await person.next_message()
        assert network.seen["getUpdates", Fate.REPLY_LOST] == 1
        logs.clear()
        network.fate = once("editMessageText", Fate.REPLY_LOST)
        await person.edit(asked, "q3")
        await person.next_edit()
        await person.ask("q4")
        assert network.seen["editMessageText", Fate.ARRIVES] == 1
        assert events(logs) == []
        # Telegram has no means to tell a repeated message from a new one, and an answer twice is better than none.
        network.fate = once("sendMessage", Fate.REPLY_LOST)
        await other.send("q5")
        for _ in range(2):
            await other.next_message()
        await other.ask("q6")
    assert figures(person.chat) == ["q1", "q3", "q4"]
    assert figures(other.chat) == ["q5", "q5", "q6"]


@without_waiting
async def test_a_press_shows_its_answer_whatever_becomes_of_the_first_call(server) -> None:
    """That the sign of waiting ends is a courtesy; the answer is what was asked for."""
    async with bot_behind(server, once("", Fate.ARRIVES), answer) as network:
        for fate in (*WITHOUT_EFFECT, Fate.REPLY_LOST):
            person = server.user()
            choices = await person.ask("增速")
            network.fate = once("answerCallbackQuery", fate)
            pressing = asyncio.create_task(person.press(choices, "茶叶销量增速"))
            assert (await person.next_edit()).text.startswith("8.4%")
            pressing.cancel()
            await asyncio.wait([pressing])
            assert len(person.chat.bot_messages) == 1
        # To answer a query again, of whose answer the receipt is lost, is no fault of the bot's.
        server.violations.clear()
