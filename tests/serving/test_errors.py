"""Handlers that fail, over real HTTP: what the log, the person and the admins are told."""

import re
from types import SimpleNamespace

import pytest

from bot.metrics import Metrics
from bot.serving.errors import ErrorHandler
from tests.support.bots.running_bot import TOKEN, answer, running_bot
from tests.support.clocks import JumpingClock

pytestmark = pytest.mark.asyncio

SORRY = "抱歉，出了点问题，没能答上来，请稍后再问一次。（编号 "
SECRET = TOKEN.partition(":")[2]


class OddError(Exception):
    """What the tests' answerer fails with."""


def failing(question: str):
    if question == "odd":
        raise OddError(f"at /bot{TOKEN}/sendMessage <b>& {SECRET}")
    if question == "deep":
        raise OddError("x" * 10_000 + " at the end")
    return answer(question)


@pytest.fixture
def admin(server):
    admin = server.user(id=77)
    admin.chat.started = True
    return admin


def errors(logs):
    return [record for record in logs if record["event"] == "an update could not be answered"]


async def test_the_person_and_the_admins_are_told_with_the_number_in_the_log(server, admin, logs) -> None:
    person = server.user(language_code="zh")
    async with running_bot(server, answer=failing, admin_ids=(77,)):
        told = await person.ask("boom")
        report = await admin.next_message()
        assert (await person.ask("产值")).text.startswith("35.2亿元")
    assert told.text.startswith(SORRY)
    [error] = errors(logs)
    assert f"（编号 {error['id']}" in told.text
    assert error["id"] in report.text
    assert error["exc_info"]
    assert "LookupError: an answerer that fails" in report.text
    assert "Traceback" in report.text
    assert [entity.type for entity in report.entities].count("pre") == 1


async def test_errors_are_counted_for_an_hour() -> None:
    clock = JumpingClock()
    handler = ErrorHandler((), str, Metrics(), clock)
    context = SimpleNamespace(error=LookupError(), application=SimpleNamespace(bot=None))
    for _ in range(2):
        await handler.handle(None, context)
        clock.time += 1800
    assert handler.lately == 1
    clock.time += 1800
    assert handler.lately == 0


async def test_a_person_is_told_once_a_minute(server, logs) -> None:
    person, other, clock = server.user(language_code="zh"), server.user(language_code="en"), JumpingClock()
    async with running_bot(server, clock=clock):
        for _ in range(3):
            await person.send("boom")
        assert (await other.ask("boom")).text.startswith("Sorry, something went wrong")
        await person.send("产值")
        await person.wait_for(lambda message: message.text.startswith("35.2亿元"))
        clock.time += 60
        await person.send("boom")
        await person.wait_for(lambda message: len(errors(logs)) > 4 and errors(logs)[4]["id"] in message.text)
    assert [message.text.startswith(SORRY) for message in person.chat.bot_messages] == [True, False, True]
    assert len({record["id"] for record in errors(logs)}) == 5


async def test_admins_are_told_of_each_kind_once_in_ten_minutes(server, admin) -> None:
    person, clock = server.user(), JumpingClock()
    async with running_bot(server, answer=failing, clock=clock, admin_ids=(77,)):
        for text in ("boom", "odd", "boom", "odd"):
            await person.send(text)
        kinds = [(await admin.next_message()).text for _ in range(2)]
        clock.time += 599
        await person.send("boom")
        await person.send("产值")
        await person.wait_for(lambda message: message.text.startswith("35.2亿元"))
        clock.time += 1
        await person.send("boom")
        kinds.append((await admin.next_message()).text)
    assert [re.findall(r"LookupError|OddError", text)[0] for text in kinds] == [
        "LookupError",
        "OddError",
        "LookupError",
    ]
    assert len(admin.chat.bot_messages) == 3


async def test_no_secret_is_told_and_of_a_long_trace_the_end(server, admin) -> None:
    async with running_bot(server, answer=failing, admin_ids=(77,)):
        await server.user().send("odd")
        report = await admin.next_message()
        assert "OddError: at /bot[secret]/sendMessage <b>& [secret]" in report.text
        assert SECRET not in report.html
        await server.user().send("deep")
        assert (await admin.next_message()).text.endswith("at the end")


async def test_an_admin_who_cannot_be_told_is_a_line_in_the_log(server, admin, logs) -> None:
    stranger = server.user(id=78)
    async with running_bot(server, admin_ids=(999, 77)):
        await server.user().send("boom")
        await admin.next_message()
    assert [record["event"] for record in logs].count("an admin could not be told") == 1
    assert not stranger.chat.bot_messages


async def test_in_a_group_the_apology_is_a_reply(server) -> None:
    group, person = server.supergroup(topics={5: "报告"}), server.user()
    async with running_bot(server):
        asked = await person.send("/ask boom", group, thread_id=5)
        message = await group.next_message()
    assert message.text.startswith("Sorry")
    assert (message.reply_to, message.thread_id) == (asked, 5)


async def test_a_press_that_fails_is_apologised_for(server) -> None:
    person = server.user(language_code="zh")
    async with running_bot(server):
        message = await person.ask("增速")
        server.fail_next("editMessageText", 400, "Bad Request: something odd")
        server.fail_next("sendMessage", 400, "Bad Request: something odd")
        await person.press(message, "f:zh:growth")
        assert (await person.next_message()).text.startswith(SORRY)


async def test_a_network_that_is_gone_is_no_error_of_ours(server, admin, logs) -> None:
    person = server.user()
    async with running_bot(server, clock=JumpingClock(), admin_ids=(77,)):
        server.fail_next("sendMessage", 500, "Internal Server Error", times=19)
        await person.send("产值")
        await server.wait_for_call("sendMessage", 10)
        await person.ask("产值")
    assert errors(logs) == []
    assert [record["event"] for record in logs].count("a reply could not be sent") >= 1
    assert not admin.chat.bot_messages
