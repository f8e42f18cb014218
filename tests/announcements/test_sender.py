"""The sender with real databases, and a Telegram that does as it is told."""

import asyncio
import time
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.announcements.content import Copy, FactCard, Text
from bot.announcements.queue import LONGEST_PAUSE
from bot.announcements.sender import MOST_ATTEMPTS, pause_after
from bot.chat.messages import Wait
from bot.storage.chats import chat_moved
from bot.storage.deliveries import Delivery, Failed, Moved, Sending, Sent, Unclear
from bot.storage.tables import DELIVERIES
from tests.support.announcements.sender_stage import NOON, SOON, Chats, sending
from tests.support.clocks import FastClock
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio


async def test_each_subscribed_chat_gets_it_once(stage) -> None:
    chats = Chats()
    await stage.subscribe(range(1, 251), language="zh-Hans")
    await stage.subscribe([999], subscribed=None)
    id_ = await stage.announce(FactCard("gdp", {"en": "1"}), silent=True, pin=True)
    async with sending(stage, chats, FastClock()) as sender:
        await stage.over(id_)
    assert await stage.counts(id_) == ("done", 250, 250, 0, 0)
    assert sorted(chats.tried(id_)) == list(range(1, 251))
    assert sender.counts.outcomes == {"sent": 250}
    assert (sender.counts.gauge("messages_left"), sender.leading, sender.counts.gauge("leading")) == (0, False, 0)
    row = await stage.announcement(id_)
    assert row.released is not None
    assert row.finished is not None
    number = next(number for number, job in enumerate(chats.jobs, 1) if job.chat_id == 7)
    assert (await stage.deliveries(id_))[7] == ("sent", str(number), None)
    announcement = Sending(id_, "send", FactCard("gdp", {"en": "1"}).to_json(), None, None, silent=True, pin=True)
    assert chats.jobs[number - 1] == Delivery(announcement, 7, None, 0, "zh-Hans", None, (), None)


async def test_an_announcement_to_nobody_is_done_at_once(stage) -> None:
    id_ = await stage.announce()
    await stage.send(Chats(), id_)
    assert await stage.counts(id_) == ("done", 0, 0, 0, 0)


async def test_what_is_not_due_waits_and_what_was_not_scheduled_does_not(stage) -> None:
    """The latter even where the clock was set back since."""
    later = NOON + timedelta(days=1000)
    await stage.subscribe([1])
    draft = await stage.announce(state="draft")
    waiting = await stage.announce(due_at=later + timedelta(days=100_000), scheduled=True)
    due = await stage.announce(due_at=NOON - timedelta(days=10_000), scheduled=True)
    at_once = await stage.announce(due_at=later)
    await stage.send(Chats(), due, at_once)
    assert (await stage.announcement(waiting)).state == "queued"
    assert (await stage.announcement(draft)).state == "draft"


async def test_many_at_once_come_to_each_chat_in_their_order(stage, monkeypatch) -> None:
    """Chats that do not answer at first hold up their own announcements, and nobody else's."""
    monkeypatch.setattr("bot.announcements.sender._FIRST_PAUSE", 0.01)
    chats = Chats(answers={chat: [Unclear("gone")] * (chat % 3) for chat in range(1, 21)})
    await stage.subscribe(range(1, 21))
    ids = [await stage.announce(Text(str(number))) for number in range(8)]
    await stage.send(chats, *ids)
    for chat in range(1, 21):
        got = [job.announcement.id for job in chats.jobs if job.chat_id == chat]
        assert got == [ids[0]] * (chat % 3) + ids
    assert [await stage.counts(id_) for id_ in ids] == [("done", 20, 20, 0, 0)] * 8


async def test_a_chat_that_never_answers_fails_after_all_its_attempts(stage, monkeypatch) -> None:
    monkeypatch.setattr("bot.announcements.sender.MOST_ATTEMPTS", 3)
    monkeypatch.setattr("bot.announcements.sender._FIRST_PAUSE", 0.0)
    chats = Chats(answers={5: [Unclear("timed out")] * 3})
    await stage.subscribe([5, 6])
    first, second = await stage.announce(), await stage.announce()
    await stage.send(chats, second)
    assert (await stage.deliveries(first))[5] == ("failed", None, "timed out")
    assert await stage.counts(first) == ("done", 2, 1, 1, 0)
    assert chats.tried(first).count(5) == 3
    assert stage.trial.rows("SELECT count(*) FROM deliveries WHERE next_attempt_at IS NOT NULL") == [(0,)]


async def test_attempts_take_three_hours_with_longer_and_longer_pauses() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert pauses[:4] == [1, 2, 4, 8]
    assert max(pauses) == LONGEST_PAUSE
    assert 2.5 * 3600 < sum(pauses) < 3.5 * 3600


async def test_permanent_errors_end_what_they_end(stage) -> None:
    answers = {1: [Failed("kicked", "chat")], 2: [Failed("topic closed", "subscription")], 3: [Failed("too long")]}
    chats = Chats(answers={chat: list(outcomes) for chat, outcomes in answers.items()})
    await stage.subscribe([1, 2, 3, 4])
    first = await stage.announce()
    async with sending(stage, chats, FastClock()):
        await stage.over(first)
        second = await stage.announce()
        await stage.over(second)
    assert await stage.counts(first) == ("done", 4, 1, 3, 0)
    assert await stage.counts(second) == ("done", 2, 2, 0, 0)
    ended = stage.trial.rows(
        "SELECT chat_id, ended IS NULL, because, subscribed IS NULL, unsubscribed FROM chats ORDER BY chat_id"
    )
    assert [(row[0], bool(row[1]), row[2], bool(row[3]), row[4]) for row in ended] == [
        (1, False, "kicked", True, "kicked"),
        (2, True, None, True, "topic closed"),
        (3, True, None, False, None),
        (4, True, None, False, None),
    ]


async def test_nothing_goes_to_a_chat_whose_subscription_has_ended_meanwhile(stage, monkeypatch) -> None:
    """While the pacer rests for Telegram, long after the chats were read."""
    monkeypatch.setattr("bot.announcements.queue._FRESH", 0.1)
    ended = {1: "unsubscribed", 2: "kicked", 3: "blocked", 4: "no right to write"}
    resting = asyncio.Event()
    asked_to_wait = asyncio.Event()

    class Clock(FastClock):
        async def sleep(self, seconds: float) -> None:
            if seconds > 100:
                asked_to_wait.set()
                await resting.wait()
            await super().sleep(seconds)

    chats = Chats(answers={12: [Wait(200.0)]})
    await stage.subscribe(range(1, 13))
    id_ = await stage.announce()
    async with sending(stage, chats, Clock(1000), rate=25) as sender:
        await asyncio.wait_for(asked_to_wait.wait(), SOON)
        assert not ended.keys() & set(chats.tried(id_))
        for chat, because in ended.items():
            await stage.unsubscribe(chat, because)
        now = time.monotonic()
        await until(lambda: sender.queue.read_at >= now)
        resting.set()
        await stage.over(id_)
    assert not ended.keys() & set(chats.tried(id_))
    # What a chat did not want is no failure; for the rest, the report says why.
    assert await stage.counts(id_) == ("done", 12, 8, 3, 1)
    assert {chat: (await stage.deliveries(id_))[chat] for chat in ended} == {
        1: ("skipped", None, None),
        2: ("failed", None, "kicked"),
        3: ("failed", None, "blocked"),
        4: ("failed", None, "no right to write"),
    }
    outcomes = sender.counts.outcomes
    assert outcomes == {"sent": 8, "failed": 3, "skipped": 1, "wait": 1}


async def test_what_waits_for_its_turn_counts_as_being_sent(stage) -> None:
    """So that the report of one that is stopped waits for what still goes out before the stop is seen."""
    await stage.subscribe(range(1, 11))
    id_ = await stage.announce()

    async def has_begun() -> bool:
        return (await stage.counts(id_))[2] > 0

    async with sending(stage, Chats(), FastClock(1), rate=1) as sender:
        await until(has_begun, SOON, pause=0.05)
        assert sender.is_sending(id_)
    assert not sender.is_sending(id_)


async def test_a_group_that_moves_gets_it_as_a_supergroup(stage) -> None:
    """Also what was queued behind it, in order, and whether or not the bot hears of it in another way first."""
    chats = Chats(answers={-5: [Moved(-1005)], -6: [Moved(-1006)]})

    async def hear(job: Delivery) -> None:
        if job.chat_id == -6 and job.announcement.id == first:
            async with stage.database.writing() as connection:
                await chat_moved(-6, -1006)(connection)

    chats.before = hear
    await stage.subscribe([-5, -6], kind="group", subscription_topic=3)
    first, second = await stage.announce(), await stage.announce()
    await stage.send(chats, first, second)
    assert await stage.counts(first) == await stage.counts(second) == ("done", 2, 2, 0, 0)
    for chat in (-1005, -1006):
        assert [job.announcement.id for job in chats.jobs if job.chat_id == chat] == [first, second]
    assert chats.tried(first).count(-5) == 1
    assert set(await stage.deliveries(first)) == {-1005, -1006}
    assert stage.trial.rows("SELECT chat_id FROM chats ORDER BY chat_id") == [(-1006,), (-1005,)]


async def test_a_group_that_moves_where_both_are_subscribed_gets_it_once(stage) -> None:
    chats = Chats(answers={-5: [Moved(-1005)]})
    await stage.subscribe([-5, -1005])
    id_ = await stage.announce()
    await stage.send(chats, id_)
    assert sorted(chats.tried(id_)) == [-1005, -5]
    assert await stage.counts(id_) == ("done", 2, 1, 0, 1)


async def test_a_supergroup_does_not_move_again(stage) -> None:
    chats = Chats(answers={-5: [Moved(-1005)], -1005: [Moved(-2005)]})
    await stage.subscribe([-5])
    id_ = await stage.announce()
    await stage.send(chats, id_)
    assert await stage.deliveries(id_) == {-1005: ("failed", None, "not found")}


async def test_what_is_done_afterwards_goes_to_those_concerned(stage) -> None:
    chats = Chats(answers={1: [Failed("too long"), Failed("too long")], 2: [Failed("too long")], 3: [Failed("a")]})
    original = Copy(77, (8,), "caption")
    await stage.subscribe([1, 2, 3, 4], subscription_topic=6)
    first = await stage.announce(original)
    async with sending(stage, chats, FastClock()):
        await stage.over(first)
        await stage.unsubscribe(3)
        await stage.unsubscribe(4)
        again = await stage.announce(original, action="resend", target=first)
        await stage.over(again)
        correction = await stage.announce(Text("better"), action="correct", target=first)
        await stage.over(correction)
        withdrawal = await stage.announce(Text(""), action="withdraw", target=first)
        await stage.over(withdrawal)
    assert sorted(chats.tried(first)) == [1, 2, 3, 4]
    assert sorted(chats.tried(again)) == [1, 2]
    assert sorted(chats.tried(correction)) == sorted(chats.tried(withdrawal)) == [2, 4]
    sent = {**await stage.deliveries(first), **await stage.deliveries(again)}
    for job in chats.jobs:
        if job.announcement.id in {correction, withdrawal}:
            assert job.announcement.original == original.to_json()
            state, messages, _ = sent[job.chat_id] if job.chat_id == 2 else (await stage.deliveries(first))[4]
            assert (state, (messages or "").split()) == ("sent", [str(number) for number in job.messages])
            assert job.at is not None
            assert job.topic == 6


async def test_an_attempt_that_raises_is_tried_again(stage, logs) -> None:
    raised = []

    async def attempt(job: Delivery) -> Sent:
        if not raised:
            raised.append(job)
            raise LookupError("an attempt that fails")
        return Sent((1,))

    await stage.subscribe([1])
    id_ = await stage.announce()
    await stage.send(attempt, id_)
    assert [entry["log_level"] for entry in logs] == ["error"]


async def test_one_that_cannot_be_read_holds_up_no_other(stage, logs) -> None:
    await stage.subscribe([1])
    garbled = await stage.announce(payload=None, state="queued")
    await stage.change(garbled, payload='{"kind": "song"}')
    other = await stage.announce()
    await stage.send(Chats(), other)
    assert await stage.counts(garbled) == ("sending", 1, 0, 0, 0)
    assert [entry["event"] for entry in logs] == ["an announcement waits that this version cannot read"]


async def test_what_an_earlier_version_or_a_wrong_clock_has_left_is_sent_too(stage) -> None:
    chats = Chats()
    await stage.subscribe([1, 2, 3])
    id_ = await stage.announce(state="sending", released=NOON, total=3)
    pending = {"announcement": id_, "state": "pending", "attempts": 1}
    moments = {1: None, 2: NOON + timedelta(days=10_000), 3: NOON - timedelta(days=10_000)}
    rows = [{**pending, "chat_id": chat, "next_attempt_at": moment} for chat, moment in moments.items()]
    await stage.write(insert(DELIVERIES), rows)
    await stage.send(chats, id_)
    assert sorted(chats.tried(id_)) == [1, 2, 3]
