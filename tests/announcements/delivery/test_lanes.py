from __future__ import annotations

import asyncio
from collections import defaultdict

import pytest
from clocks import FastClock, JumpingClock
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.delivery.job import Job
from bot.announcements.delivery.lanes import Delivery, Lanes
from bot.announcements.payload import Text


def delivery(announcement: int, chat_id: int) -> Delivery:
    job = Job(announcement, "send", Text("a"), None, chat_id, None, "en", (), None, silent=False, pin=False)
    return Delivery(job, 0, 0.0)


def key(item: Delivery) -> tuple[int, int]:
    return item.job.announcement, item.job.chat_id


CHATS = st.integers(1, 4)


@given(st.lists(CHATS, min_size=1, max_size=30), st.data())
def test_each_chat_gets_its_own_in_order_and_one_at_a_time(chats: list[int], data: st.DataObject) -> None:
    """Announcements are added in their order, and their ends come in any."""

    async def scenario() -> None:
        lanes = Lanes(JumpingClock())
        expected: dict[int, list[int]] = defaultdict(list)
        for announcement, chat_id in enumerate(chats):
            lanes.add(delivery(announcement, chat_id))
            expected[chat_id].append(announcement)
        found: dict[int, list[int]] = defaultdict(list)
        under_way: list[Delivery] = []
        while len(lanes):
            while lanes.ready:
                taken = await lanes.take()
                assert taken.job.chat_id not in {other.job.chat_id for other in under_way}
                under_way.append(taken)
            ended = under_way.pop(data.draw(st.integers(0, len(under_way) - 1)))
            found[ended.job.chat_id].append(ended.job.announcement)
            lanes.done(ended)
        assert found == expected
        assert not under_way

    asyncio.run(scenario())


@pytest.mark.asyncio
async def test_one_that_is_tried_again_holds_its_own_chat_alone() -> None:
    lanes = Lanes(FastClock(10_000))
    for announcement in (1, 2):
        for chat_id in (5, 6):
            lanes.add(delivery(announcement, chat_id))
    first = await lanes.take()
    assert key(first) == (1, 5)
    lanes.again(first, 100)
    for expected in ((1, 6), (2, 6), (1, 5), (2, 5)):
        taken = await asyncio.wait_for(lanes.take(), 5)
        assert key(taken) == expected
        lanes.done(taken)
    assert not len(lanes)


@pytest.mark.asyncio
async def test_what_rests_of_an_announcement_that_is_over_rests_no_longer() -> None:
    lanes = Lanes(JumpingClock())
    lanes.add(delivery(1, 5))
    lanes.add(delivery(2, 5))
    lanes.again(await lanes.take(), 1e9)
    lanes.end(2)
    assert not lanes.ready
    lanes.end(1)
    assert [key(item) for item in lanes.ready] == [(1, 5)]
    lanes.close()


@pytest.mark.asyncio
async def test_it_tells_when_there_is_room_for_more() -> None:
    lanes = Lanes(JumpingClock())
    await lanes.running_low(1, 2)
    lanes.add(delivery(1, 5))
    room = asyncio.create_task(lanes.running_low(1, 2))
    await asyncio.sleep(0)
    assert not room.done()
    taken = await lanes.take()
    await asyncio.wait_for(room, 5)
    lanes.add(delivery(1, 6))
    await lanes.take()
    room = asyncio.create_task(lanes.running_low(1, 2))
    await asyncio.sleep(0)
    assert not room.done()
    lanes.done(taken)
    await asyncio.wait_for(room, 5)


def test_it_counts_what_is_here() -> None:
    lanes = Lanes(JumpingClock())
    first = delivery(1, 5)
    for item in (first, delivery(1, 6), delivery(2, 5)):
        lanes.add(item)
    assert (len(lanes), lanes.of(1), lanes.of(2), lanes.has(1, 6), lanes.has(2, 6)) == (3, 2, 1, True, False)
    lanes.done(first)
    assert (len(lanes), lanes.of(1), lanes.has(1, 5)) == (2, 1, False)
