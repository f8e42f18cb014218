"""From the queue to the chats: who gets a delivery, piece by piece, and what is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from broadcast_stage import NOON, Stage, staged
from databases import Trial

from bot.storage.announcements.broadcasting import Place, finish, left, materialise, page, release_due, sending
from bot.storage.announcements.recording import Recorded, record

pytestmark = pytest.mark.asyncio


async def released(stage: Stage) -> None:
    async with stage.database.writing() as connection:
        await release_due(connection, NOON)


async def piece(stage: Stage, place: Place | None, chunk: int = 3) -> Place | None:
    async with stage.database.writing() as connection:
        return await materialise(connection, place, chunk)


async def test_deliveries_are_made_piece_by_piece_from_high_ids_to_low_ones(database: Trial) -> None:
    async with staged(database) as stage:
        await stage.subscribe([5, 6, 7, -1, -2], subscription_topic=4)
        await stage.subscribe([8, -3], subscribed=None)
        id_ = await stage.announce()
        await released(stage)
        place = await piece(stage, None)
        assert place == Place(id_, 5)
        assert (await stage.announcement(id_)).state == "queued"
        assert set(await stage.deliveries(id_)) == {5, 6, 7}
        # A group that moves meanwhile is found under its new id; the process begins again after a kill.
        place = await piece(stage, await piece(stage, None))
        assert place == Place(id_, -2)
        assert await piece(stage, place) is None
        assert await stage.counts(id_) == ("sending", 5, 0, 0, 0)
        assert {topic for (topic,) in database.rows("SELECT topic FROM deliveries")} == {4}


async def test_a_later_one_waits_until_an_earlier_one_has_all_its_deliveries(database: Trial) -> None:
    async with staged(database) as stage:
        await stage.subscribe(range(1, 6))
        first = await stage.announce(due_at=NOON - timedelta(hours=1), scheduled=True)
        second = await stage.announce()
        await released(stage)
        place = await piece(stage, None)
        states = [(await stage.announcement(id_)).state for id_ in (first, second)]
        assert states == ["queued", "queued"]
        place = await piece(stage, place)
        states = [(await stage.announcement(id_)).state for id_ in (first, second)]
        assert states == ["sending", "queued"]
        while (place := await piece(stage, place)) is not None:
            pass
        async with stage.database.writing() as connection:
            assert list((await left(connection)).items()) == [(first, 5), (second, 5)]


async def test_one_that_is_stopped_amid_this_gets_no_more(database: Trial) -> None:
    async with staged(database) as stage:
        await stage.subscribe(range(1, 6))
        id_ = await stage.announce()
        await released(stage)
        place = await piece(stage, None)
        await stage.change(id_, state="stopped")
        assert await piece(stage, place) is None
        assert len(await stage.deliveries(id_)) == 3


async def test_what_was_noted_once_is_not_counted_again(database: Trial) -> None:
    async with staged(database) as stage:
        await stage.subscribe([1, 2, 3, 4, 5, 2**52, -(2**52)])
        id_ = await stage.announce()
        await released(stage)
        await piece(stage, None, 100)
        results = [
            Recorded(id_, 1, "sent", (7, 8)),
            Recorded(id_, 2, "failed", error='它\'s "gone"\\'),
            Recorded(id_, 3, "skipped"),
            Recorded(id_, 4, "pending", error="timed out"),
            Recorded(id_, 2**52, "sent", (2**51,)),
            Recorded(id_, -(2**52), "sent", (1,)),
            Recorded(id_, 999, "sent", (1,)),
        ]
        for _ in range(2):
            async with stage.database.writing() as connection:
                await record(connection, results, NOON)
                await finish(connection, NOON)
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
        attempts = dict(database.rows("SELECT chat_id, attempts FROM deliveries WHERE chat_id < 6 AND chat_id > 0"))
        assert attempts == {1: 1, 2: 1, 3: 0, 4: 2, 5: 0}
        async with stage.database.writing() as connection:
            await record(connection, [Recorded(id_, 4, "sent", (1,)), Recorded(id_, 5, "sent", (1,))], NOON)
            await finish(connection, NOON)
        row = await stage.announcement(id_)
        assert (row.state, row.sent) == ("done", 5)
        assert row.finished is not None


async def test_pages_are_those_that_are_left(database: Trial) -> None:
    async with staged(database) as stage:
        await stage.subscribe(range(1, 8), language="zh-Hant")
        id_ = await stage.announce(silent=True)
        await released(stage)
        await piece(stage, None, 100)
        await stage.unsubscribe(5)
        async with stage.database.writing() as connection:
            await record(connection, [Recorded(id_, 6, "sent", (1,))], NOON)
            [announcement] = await sending(connection, [id_])
            found = await page(announcement, None, 3)(connection)
            assert [(chat.chat_id, chat.ended, chat.language) for chat in found] == [
                (7, None, "zh-Hant"),
                (5, "unsubscribed", "zh-Hant"),
                (4, None, "zh-Hant"),
            ]
            assert [chat.chat_id for chat in await page(announcement, 4, 3)(connection)] == [3, 2, 1]
