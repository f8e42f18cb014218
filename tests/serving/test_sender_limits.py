"""How often something may be done; people and groups that ask too fast, over real HTTP."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.serving.limits import Allowance, FloodLimit, Verdict
from tests.support.bots.running_bot import running_bot
from tests.support.clocks import FastClock
from tests.support.telegram.group_talk import CHANNEL_BOT

pytestmark = pytest.mark.asyncio

ANSWERED = "35.2亿元"
NOTICE = "您问得太快了"


def verdicts(patience: FloodLimit, moments, who: int = 1) -> str:
    """A for answered, N for a notice, i for ignored."""
    letters = {Verdict.ANSWER: "A", Verdict.NOTICE: "N", Verdict.IGNORE: "i"}
    return "".join(letters[patience.asked(who, moment)] for moment in moments)


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        pytest.param([0] * 10, "AAAAANiiii", id="a burst is answered, and a flood gets one notice"),
        pytest.param(range(0, 600, 3), "A" * 200, id="twenty a minute are no flood"),
        pytest.param([3600, 0, 1800, 3600], "AAAA", id="what was sent first may be heard last"),
        pytest.param([0] * 6 + [10, 20, 30], "AAAAANiAA", id="who slows down is heard again"),
    ],
)
async def test_who_is_answered(moments, expected) -> None:
    limit = FloodLimit(5, 3.0)
    assert verdicts(limit, moments) == expected
    assert verdicts(limit, [0] * 5, who=2) == "AAAAA"  # others notice nothing


async def test_more_than_twenty_a_minute_are_a_flood() -> None:
    said = verdicts(FloodLimit(5, 3.0), [2.0 * number for number in range(100)])
    assert said.startswith("AAAAA")
    assert said.count("N") == 1
    assert said.endswith("iiii")


async def test_whoever_goes_on_is_ignored_until_he_calms_down() -> None:
    patience = FloodLimit(5, 3.0)
    assert verdicts(patience, [0.0] * 6) == "AAAAAN"
    assert set(verdicts(patience, [float(second) for second in range(1, 120)])) == {"i"}
    assert patience.calm_seconds == 15
    assert verdicts(patience, [119.0 + 15]) == "A"
    # The next flood gets its own notice.
    assert verdicts(patience, [119.0 + 15] * 6) == "AAAANi"


async def ask(person, second: float, chat=None, text: str = "产值") -> None:
    """`person` asks at that second."""
    await person.send(text, chat, fields={"date": 1_700_000_000 + int(second)})


async def settle(server, chat=None) -> None:
    """Handled one after the other in a chat, so that what came before has its answer."""
    other = server.user(language_code="en")
    place = chat or other.chat
    await other.send("/ask output", place)
    await place.wait_for(lambda message: message.text.startswith("CNY"))


def begins(chat) -> list[str]:
    return [message.text[:6] for message in chat.bot_messages]


async def test_a_person_who_floods_gets_one_notice_and_others_are_answered(server, logs) -> None:
    person = server.user(language_code="zh")
    async with running_bot(server, clock=FastClock(), fair=True):
        for _ in range(12):
            await ask(person, 0)
        await settle(server)
        await ask(person, 14)
        await ask(person, 40)
        for _ in range(7):
            await person.next_message()
    assert begins(person.chat) == [*[ANSWERED] * 5, NOTICE, ANSWERED]
    assert "15" in person.chat.bot_messages[5].text
    noted = [record for record in logs if "too fast" in record["event"]]
    assert len(noted) == 1
    assert "产值" not in str(logs)


async def test_what_was_asked_while_the_bot_was_away_is_no_flood(server) -> None:
    person = server.user()
    for number in range(10):
        await ask(person, 60 * number)
    async with running_bot(server, clock=FastClock(), fair=True):
        for _ in range(10):
            assert (await person.next_message()).text.startswith(ANSWERED)


async def test_a_person_who_floods_a_group_leaves_it_to_the_others(server) -> None:
    group = server.supergroup()
    person = server.user(language_code="zh")
    async with running_bot(server, clock=FastClock(), fair=True):
        for _ in range(100):
            await ask(person, 0, group, "/ask 产值")
        await settle(server, group)
    assert begins(group) == [*[ANSWERED] * 5, NOTICE, "CNY 3."]


async def test_a_group_that_floods_gets_one_notice(server) -> None:
    group = server.supergroup()
    async with running_bot(server, clock=FastClock(1000), fair=True):
        for _ in range(30):
            await ask(server.user(language_code="zh"), 0, group, "/ask 产值")
        await group.wait_for(lambda message: message.text.startswith(NOTICE))
        await ask(server.user(language_code="en"), 100, group, "/ask output")
        await group.wait_for(lambda message: message.text.startswith("CNY"))
    assert begins(group) == [*[ANSWERED] * 20, NOTICE, "CNY 3."]


async def test_what_people_say_to_each_other_is_no_flood(server) -> None:
    group = server.supergroup()
    person = server.user()
    async with running_bot(server, clock=FastClock(), fair=True):
        for text in ["你们好"] * 40 + ["/ask@other_bot 产值"] * 40:
            await ask(person, 0, group, text)
        await ask(person, 0, group, "/ask 产值")
        await group.next_message()
    assert begins(group) == [ANSWERED]


async def test_a_channel_that_floods_a_group_is_told_from_others(server) -> None:
    group = server.supergroup()
    async with running_bot(server, clock=FastClock(), fair=True):
        for number in range(12):
            sender = {"id": -1009 - number % 2, "type": "channel", "title": "频道"}
            asked = {"from": CHANNEL_BOT, "sender_chat": sender, "date": 1_700_000_000}
            await server.user().send("/ask 产值", group, fields=asked)
        await settle(server, group)
    assert begins(group).count(ANSWERED) == 10
    assert len(begins(group)) == 13


async def test_a_flood_in_a_chat_that_takes_no_messages_is_no_error(server, logs) -> None:
    person = server.user()
    async with running_bot(server, clock=FastClock(), fair=True):
        for _ in range(5):
            await ask(person, 0)
            await person.next_message()
        person.chat.bot_status = "kicked"
        await ask(person, 0)
        await server.wait_for_call("sendMessage", 6)
        await settle(server)
    assert [record["event"] for record in logs if record["log_level"] == "error"] == []


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60), st.integers(1, 5), st.sampled_from([0.5, 1.0, 4.0]))
async def test_no_minute_has_more_than_allowed(pauses, burst, interval) -> None:
    allowance, now, moments = Allowance(interval, burst), 0.0, []
    for pause in pauses:
        now += pause
        moments.append(now + allowance.wait("a", now))
        allowance.take("a", moments[-1])
    for start in moments:
        within = [moment for moment in moments if start <= moment < start + 60 - 1e-6]
        assert len(within) <= burst + 60 / interval
