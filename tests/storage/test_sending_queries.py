"""From the queue to the chats: who gets a delivery, piece by piece, and what is counted."""

from datetime import datetime, timedelta

import pytest

from bot.storage.deliveries import (
    DeliveryResult,
    Failed,
    Position,
    Sent,
    Skipped,
    Unclear,
    create_deliveries,
    due,
    finish,
    record,
    release_due,
    sending,
)
from tests.support.announcements.sender_stage import NOON, Stage

pytestmark = pytest.mark.asyncio


async def released(stage: Stage) -> None:
    async with stage.database.writing() as connection:
        await release_due(connection, NOON)


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.deliveries.CHUNK", 3)


async def piece(stage: Stage, position: Position | None) -> Position | None:
    async with stage.database.writing() as connection:
        return await create_deliveries(connection, position)


async def created(stage: Stage) -> None:
    """Releases what is queued, and creates all its deliveries."""
    await released(stage)
    position = await piece(stage, None)
    while position is not None:
        position = await piece(stage, position)


async def noted(stage: Stage, *results: DeliveryResult) -> None:
    async with stage.database.writing() as connection:
        await record(connection, results, NOON)
        await finish(connection, NOON)


async def test_deliveries_are_made_piece_by_piece_from_high_ids_to_low_ones(stage) -> None:
    await stage.subscribe([5, 6, 7, -1, -2], subscription_topic=4)
    await stage.subscribe([8, -3], subscribed=None)
    id_ = await stage.announce()
    await released(stage)
    position = await piece(stage, None)
    assert position == Position(id_, 5)
    assert (await stage.announcement(id_)).state == "queued"
    assert set(await stage.deliveries(id_)) == {5, 6, 7}
    # A group that moves meanwhile is found under its new id; the process begins again after a kill.
    position = await piece(stage, await piece(stage, None))
    assert position == Position(id_, -2)
    assert await piece(stage, position) is None
    assert await stage.counts(id_) == ("sending", 5, 0, 0, 0)
    assert {topic for (topic,) in stage.trial.rows("SELECT topic FROM deliveries")} == {4}


async def test_a_later_one_waits_until_an_earlier_one_has_all_its_deliveries(stage) -> None:
    await stage.subscribe(range(1, 6))
    first = await stage.announce(due_at=NOON - timedelta(hours=1), scheduled=True)
    second = await stage.announce()
    await released(stage)
    position = await piece(stage, None)
    states = [(await stage.announcement(id_)).state for id_ in (first, second)]
    assert states == ["queued", "queued"]
    position = await piece(stage, position)
    states = [(await stage.announcement(id_)).state for id_ in (first, second)]
    assert states == ["sending", "queued"]
    while (position := await piece(stage, position)) is not None:
        pass
    async with stage.database.writing() as connection:
        assert [(one.id, one.left) for one in await sending(connection)] == [(first, 5), (second, 5)]


async def test_one_that_is_stopped_amid_this_gets_no_more(stage) -> None:
    await stage.subscribe(range(1, 6))
    id_ = await stage.announce()
    await released(stage)
    position = await piece(stage, None)
    await stage.change(id_, state="stopped")
    assert await piece(stage, position) is None
    assert len(await stage.deliveries(id_)) == 3


async def test_what_was_noted_once_is_not_counted_again(stage) -> None:
    await stage.subscribe([1, 2, 3, 4, 5, 2**52, -(2**52)])
    id_ = await stage.announce()
    await created(stage)
    results = [
        ((id_, 1), Sent((7, 8))),
        ((id_, 2), Failed('它\'s "gone"\\')),
        ((id_, 3), Skipped()),
        ((id_, 4), Unclear("timed out")),
        ((id_, 2**52), Sent((2**51,))),
        ((id_, -(2**52)), Sent((1,))),
        ((id_, 999), Sent((1,))),
    ]
    for _ in range(2):
        await noted(stage, *results)
    assert await stage.counts(id_) == ("sending", 7, 3, 1, 1)
    assert await stage.deliveries(id_) == {
        1: ("sent", "7 8", None),
        2: ("failed", None, '它\'s "gone"\\'),
        3: ("skipped", None, None),
        4: ("pending", None, "timed out"),
        5: ("pending", None, None),
        2**52: ("sent", str(2**51), None),
        -(2**52): ("sent", "1", None),
    }
    attempts = dict(stage.trial.rows("SELECT chat_id, attempts FROM deliveries WHERE chat_id < 6 AND chat_id > 0"))
    assert attempts == {1: 1, 2: 1, 3: 0, 4: 2, 5: 0}
    await noted(stage, ((id_, 4), Sent((1,))), ((id_, 5), Sent((1,))))
    row = await stage.announcement(id_)
    assert (row.state, row.sent) == ("done", 5)
    assert row.finished is not None


async def next_due(
    stage: Stage, *in_hand: tuple[int, int], most: int = 10, at: datetime = NOON
) -> list[tuple[int, int]]:
    """Announcement and chat of what is due."""
    async with stage.database.reading() as connection:
        found = await due(connection, await sending(connection), in_hand, most, at)
        return [row.key for row in found]


async def test_what_is_due_comes_in_the_order_of_announcements_and_from_high_ids_to_low_ones(stage) -> None:
    await stage.subscribe([-1, 2, 3])
    first = await stage.announce()
    await created(stage)
    await stage.subscribe([4, 5])
    second = await stage.announce()
    await created(stage)
    assert await next_due(stage) == [(first, 3), (first, 2), (first, -1), (second, 5), (second, 4)]
    assert await next_due(stage, (first, 3), (second, 5), most=3) == [(first, 2), (first, -1), (second, 4)]
    await noted(stage, ((first, 2), Sent((1,))))
    # What a chat is to get later is due once it has the earlier one.
    assert await next_due(stage) == [(first, 3), (first, -1), (second, 5), (second, 4), (second, 2)]
    await stage.change(first, state="stopped")
    assert await next_due(stage) == [(second, 5), (second, 4), (second, 3), (second, 2), (second, -1)]


async def test_what_is_to_be_tried_again_is_due_later_and_first_then(stage) -> None:
    await stage.subscribe([1, 2, 3])
    id_, later = await stage.announce(), await stage.announce()
    await created(stage)
    await noted(stage, ((id_, 2), Unclear("timed out", 60)))
    assert await next_due(stage, at=NOON + timedelta(seconds=59)) == [(id_, 3), (id_, 1)]
    assert await next_due(stage, at=NOON + timedelta(seconds=60)) == [(id_, 2), (id_, 3), (id_, 1)]
    await noted(stage, ((id_, 2), Failed("timed out")))
    assert (later, 2) in await next_due(stage)
