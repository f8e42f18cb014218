"""The rows of schedules, and the announcements that wait for their moment."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.storage.announcements import AnnouncementDraft, Schedule, State
from bot.storage.memory import Memory
from tests.support.storage.opened_memory import START, Clock, opened_memory

pytestmark = pytest.mark.asyncio

DRAFT = AnnouncementDraft("message:7:1", 7, "en", '{"kind": "text", "html": "Tea"}', silent=True, pin=True)
NEXT_AT = START + timedelta(hours=1)


async def added(memory: Memory, draft: AnnouncementDraft = DRAFT, next_at: datetime = NEXT_AT) -> Schedule:
    return await memory.schedules.add(draft, "0 9 * * *", "Europe/Berlin", next_at)


async def drafted(memory: Memory, draft: AnnouncementDraft = DRAFT) -> int:
    row = await memory.announcements.draft(draft)
    return row.id


async def test_the_same_request_makes_one_schedule(memory) -> None:
    schedule = await added(memory)
    assert await added(memory, replace(DRAFT, payload="another")) == schedule
    assert schedule == Schedule(
        schedule.id, 7, "en", DRAFT.payload, True, True, "0 9 * * *", "Europe/Berlin", NEXT_AT, None
    )
    assert await memory.schedules.get(schedule.id) == schedule
    assert await memory.schedules.get(schedule.id + 1) is None


async def test_the_newest_draft_is_that_of_the_admin(memory) -> None:
    assert await memory.schedules.newest_draft(7) is None
    first = await drafted(memory)
    second = await drafted(memory, replace(DRAFT, request_key="message:7:2"))
    await drafted(memory, replace(DRAFT, request_key="message:8:3", who=8))
    assert await memory.schedules.newest_draft(7) == second
    assert await memory.announcements.stop(second, State.DRAFT)
    assert await memory.schedules.newest_draft(7) == first


async def test_a_message_belongs_to_what_was_asked_for_last_before_it(memory) -> None:
    first = await drafted(memory, replace(DRAFT, request_key="message:7:9"))
    second = await drafted(memory, replace(DRAFT, request_key="message:7:100"))
    await drafted(memory, replace(DRAFT, request_key="message:70:5"))
    await drafted(memory, replace(DRAFT, request_key="press:10"))
    assert await memory.announcements.stop(first, State.DRAFT)
    found = [await memory.schedules.asked_before(7, number) for number in (8, 9, 99, 100, 5000)]
    assert found == [None, first, first, second, second]


async def test_a_schedule_is_paused_resumed_and_deleted_once(memory) -> None:
    schedules = memory.schedules
    schedule = await added(memory)
    later = START + timedelta(days=9)
    assert await schedules.resume(schedule.id, later) is False
    assert await schedules.pause(schedule.id) is True
    assert await schedules.pause(schedule.id) is False
    paused = await schedules.get(schedule.id)
    assert paused.paused is not None
    assert await schedules.resume(schedule.id, later) is True
    assert await schedules.get(schedule.id) == replace(schedule, next_at=later)
    assert await schedules.delete(schedule.id) is True
    assert await schedules.delete(schedule.id) is False
    assert await schedules.pause(schedule.id) is False
    assert await schedules.all() == []


async def test_what_a_deleted_schedule_has_announced_stays(database, memory) -> None:
    await added(memory)
    announcement = await drafted(memory)
    database.rows("UPDATE announcements SET schedule = 1")
    assert await memory.schedules.delete(1)
    assert database.rows("SELECT id, schedule FROM announcements") == [(announcement, None)]


async def test_schedules_are_listed_by_their_next_moment_with_what_they_told_last(database) -> None:
    clock = Clock()
    async with opened_memory(database, clock) as memory:
        await added(memory, next_at=START + timedelta(hours=9))
        soon = await added(memory, replace(DRAFT, request_key="message:7:2"))
        await drafted(memory)
        database.rows("UPDATE announcements SET schedule = 1, state = 'done', released = '2030-05-16 09:00:00'")
        found = await memory.schedules.all()
        assert [(schedule.id, announced) for schedule, announced in found] == [
            (soon.id, None),
            (1, (START - timedelta(days=1)).replace(hour=9)),
        ]


async def test_an_announcement_that_waits_is_cancelled_once_and_none_that_is_being_sent(database, memory) -> None:
    due = START + timedelta(days=1)
    announcement = await drafted(memory)
    assert await memory.schedules.cancel(announcement) is False
    assert await memory.announcements.queue(announcement, due)
    [waiting] = await memory.schedules.waiting()
    assert (waiting.id, waiting.payload, waiting.due_at) == (announcement, DRAFT.payload, due)
    database.rows("UPDATE announcements SET state = 'sending'")
    assert await memory.schedules.cancel(announcement) is False
    database.rows("UPDATE announcements SET state = 'queued'")
    assert await memory.schedules.cancel(announcement) is True
    assert await memory.schedules.cancel(announcement) is False
    assert await memory.schedules.waiting() == []
    stopped = await memory.announcements.get(announcement)
    assert stopped.state is State.STOPPED
