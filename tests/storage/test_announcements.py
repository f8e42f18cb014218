"""The rows of announcements: from a draft to its end, each step once, and what their admins have yet to be told."""

import pytest
from sqlalchemy import insert

from bot.storage.announcements import Action, AlbumItem, Announcement, AnnouncementDraft, State
from bot.storage.memory import Memory
from bot.storage.tables import DELIVERIES
from bot.storage.writer import NoDatabaseError
from tests.support.announcements.sender_stage import Stage
from tests.support.storage.opened_memory import opened_memory

pytestmark = pytest.mark.asyncio

DRAFT = AnnouncementDraft("update:1", 7, "en", '{"kind": "text", "html": "Tea"}')
SET_STATE = "UPDATE announcements SET state = '{}'"


async def drafted(memory: Memory, draft: AnnouncementDraft = DRAFT) -> Announcement:
    return await memory.announcements.draft(draft)


async def test_the_same_request_makes_one_draft(database, memory) -> None:
    first = await drafted(memory)
    again = await drafted(memory, AnnouncementDraft("update:1", 8, "zh-Hans", "another"))
    other = await drafted(memory, AnnouncementDraft("update:2", 7, "en", "{}"))
    assert again == first
    assert other.id > first.id
    assert (first.who, first.payload, first.state, first.action) == (7, DRAFT.payload, State.DRAFT, Action.SEND)
    assert database.rows("SELECT count(*) FROM announcements") == [(2,)]


async def test_a_draft_is_changed_and_queued_once(memory) -> None:
    rows = memory.announcements
    draft = await drafted(memory)
    changed = await rows.change(draft.id, pin=True)
    assert (changed.pin, changed.silent) == (True, False)
    assert await rows.queue(draft.id, report_message=5) is True
    assert await rows.queue(draft.id, report_message=6) is False
    kept = await rows.change(draft.id, pin=False, silent=True)
    assert (kept.state, kept.pin, kept.silent, kept.report_message) == (State.QUEUED, True, False, 5)
    assert await rows.stop(draft.id, State.DRAFT) is False


async def test_dropped_drafts_are_listed_nowhere(memory) -> None:
    rows = memory.announcements
    draft = await drafted(memory)
    assert await rows.latest(10) == []
    assert await rows.stop(draft.id, State.DRAFT) is True
    assert await rows.stop(draft.id, State.DRAFT) is False
    assert await rows.queue(draft.id) is False
    assert await rows.latest(10) == []
    assert await rows.unreported() == []


async def test_the_newest_come_first_by_pages(memory) -> None:
    rows = memory.announcements
    for number in range(5):
        await rows.queue((await drafted(memory, AnnouncementDraft(f"shell:{number}", 0, "en", "{}"))).id)
    newest = await rows.latest(2)
    assert [row.request_key for row in newest] == ["shell:4", "shell:3"]
    older = await rows.latest(2, before=newest[-1].id)
    assert [row.request_key for row in older] == ["shell:2", "shell:1"]


async def test_what_has_not_ended_can_be_stopped(database, memory) -> None:
    draft = await drafted(memory)
    for state, stopped in {"draft": True, "queued": True, "sending": True, "done": False, "missed": False}.items():
        database.rows(f"{SET_STATE.format(state)}, finished = NULL")
        assert await memory.announcements.stop(draft.id) is stopped
        row = await memory.announcements.get(draft.id)
        assert row.state == (State.STOPPED if stopped else state)
        assert (row.finished is not None) is stopped


async def test_an_admin_is_told_until_the_end_was_told(database, memory) -> None:
    async def waiting() -> list[int]:
        found = await memory.announcements.unreported()
        return [row.id for row in found]

    rows = memory.announcements
    draft = await drafted(memory)
    await rows.queue(draft.id)
    assert await waiting() == []
    database.rows("UPDATE announcements SET state = 'sending', released = '2030-05-17 08:00:00'")
    assert await waiting() == [draft.id]
    assert await rows.reported(draft.id, 12, last=False) is True
    assert await waiting() == [draft.id]
    assert await rows.stop(draft.id)
    assert await waiting() == [draft.id]
    assert await rows.reported(draft.id, 12, last=True) is True
    assert await waiting() == []


async def test_one_that_is_stopped_before_its_turn_is_reported_where_somebody_waits(database, memory) -> None:
    rows = memory.announcements
    waited, unwaited = await drafted(memory), await drafted(memory, AnnouncementDraft("update:2", 7, "en", "{}"))
    await rows.queue(waited.id, report_message=3)
    for row in (waited, unwaited):
        await rows.stop(row.id)
    assert [row.id for row in await rows.unreported()] == [waited.id]
    database.rows(SET_STATE.format("missed"))
    assert [row.id for row in await rows.unreported()] == [waited.id, unwaited.id]


async def test_reasons_and_reach_count_chats_over_an_announcement_and_its_resendings(database, memory) -> None:
    stage = Stage(database, memory.database)
    await stage.subscribe([1, 2, 3, 5, 6])
    await stage.subscribe([4], subscribed=None)
    for id_, action, target in ((1, "send", None), (2, "resend", 1), (3, "correct", 1), (4, "send", None)):
        await stage.announce(id=id_, action=action, target=target, state="done")
    deliveries = [
        (1, 1, "sent", None),
        (1, 2, "failed", "network"),  # sent by the resending
        (1, 3, "failed", "network"),  # failed again
        (1, 4, "failed", "blocked"),  # not subscribed any more
        (1, 5, "failed", "topic closed"),
        (1, 6, "skipped", None),
        (2, 2, "sent", None),
        (2, 3, "failed", "network"),
        (3, 1, "failed", "message gone"),
        (4, 6, "sent", None),
    ]
    names = ("announcement", "chat_id", "state", "error")
    await stage.write(insert(DELIVERIES), [dict(zip(names, row, strict=True), attempts=1) for row in deliveries])
    rows = memory.announcements
    assert list((await rows.reasons(1)).items()) == [("network", 2), ("blocked", 1), ("topic closed", 1)]
    assert await rows.reach(1, Action.CORRECT) == 2
    assert await rows.reach(1, Action.WITHDRAW) == 2
    assert await rows.reach(1, Action.RESEND) == 2
    assert [row.id for row in await rows.after(1)] == [3, 2]


async def test_what_the_database_does_not_take_is_not_done_later(database) -> None:
    async with opened_memory(database, busy=0.1) as memory:
        draft = await drafted(memory)
        async with database.away():
            with pytest.raises(NoDatabaseError):
                await memory.announcements.queue(draft.id)
        await memory.check()
        assert memory.health.healthy
        row = await memory.announcements.get(draft.id)
        assert row.state == State.DRAFT
        assert await memory.announcements.queue(draft.id) is True


async def test_the_messages_of_an_album_are_known_after_a_restart_in_their_order(database) -> None:
    async with opened_memory(database) as memory:
        for number in (12, 10, 11, 10):
            await memory.albums.seen(7, "A", AlbumItem(number, captioned=number == 10))
        await memory.albums.seen(8, "A", AlbumItem(13, captioned=False))
        await memory.albums.seen(7, "B", AlbumItem(14, captioned=False))
    async with opened_memory(database) as memory:
        assert await memory.albums.items(7, "A") == [AlbumItem(10, True), AlbumItem(11, False), AlbumItem(12, False)]
        assert await memory.albums.items(7, "C") == []
