"""The buttons below a preview, over real HTTP: each once, after restarts, and stopped when it is asked for."""

from datetime import timedelta

import pytest

from bot.storage.announcements import State
from tests.support.announcements.announcing_admin import (
    CANCEL,
    PIN,
    SCHEDULE,
    SEND,
    SILENTLY,
    STOP,
    announced,
    announcing,
    ended,
)
from tests.support.bots.admin_bot import AdminBot, admin_bot
from tests.support.storage.databases import SqliteTrial
from tests.support.storage.opened_memory import Clock

pytestmark = pytest.mark.asyncio

GONE = "This is no longer part of what I have read; please ask again."


async def newest(at: AdminBot):
    rows = await at.memory.announcements.latest(1)
    return rows[0]


def texts(message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def test_a_preview_tells_whom_it_goes_to_and_is_sent_silently(server, tmp_path) -> None:
    async with announcing(server, tmp_path, groups=3, broadcast_rate=1) as (at, groups):
        person = server.user()
        await person.ask("/start")
        await at.memory.chats.subscribe(person.id, "private", "", "en", None)
        buttons = await announced(at, "/announce Tea")
        assert buttons.text.splitlines() == [
            "This goes to 4 chats: groups 3, private 1, channels 0.",
            "Takes 4 s at 1 messages a second.",
        ]
        assert texts(buttons) == [SEND, SILENTLY, PIN, SCHEDULE, CANCEL]
        await at.admin.press(buttons, SILENTLY)
        await groups[0].next_message()
        (call,) = (call for call in server.calls("sendMessage") if call.parameters["chat_id"] == groups[0].id)
        assert call.parameters["disable_notification"]
        assert (await newest(at)).silent


async def test_it_is_pinned_where_that_is_allowed(server, tmp_path) -> None:
    async with announcing(server, tmp_path, groups=2) as (at, (allowed, other)):
        allowed.bot_status = "administrator"
        buttons = await announced(at, "/announce Tea")
        for pressed, shown in ((PIN, "Pin: yes ✓"), ("Pin: yes ✓", PIN), (PIN, "Pin: yes ✓")):
            await at.admin.press(buttons, pressed)
            await at.admin.wait_for(lambda message, shown=shown: message is buttons and shown in texts(message))
        await at.admin.press(buttons, SEND)
        assert "Sent 2 · failed 0" in await ended(at, buttons)
        assert allowed.pinned == [allowed.bot_messages[0].message_id]
        assert other.pinned == []


async def test_scheduling_is_explained_and_what_is_cancelled_is_not_sent(at, group) -> None:
    buttons = await announced(at, "/announce Tea")
    assert buttons.find_button(SEND).data == "ann:send:1"
    await at.admin.press(buttons, SCHEDULE)
    assert "/schedule 2026-12-01 09:00" in (await at.admin.next_message()).text
    await at.admin.press(buttons, CANCEL)
    await buttons.becomes("Cancelled; nothing was sent.")
    # The app may still show the buttons.
    assert (await at.admin.press(buttons, SEND)).text == GONE
    assert await at.memory.announcements.latest(5) == []
    assert group.bot_messages == []


async def test_a_draft_that_nobody_decided_on_is_gone_after_a_month(server, tmp_path) -> None:
    clock = Clock()
    async with announcing(server, tmp_path, utcnow=clock) as (at, (group,)):
        buttons = await announced(at, "/announce Tea")
        clock.now += timedelta(days=31)
        newer = await announced(at, "/announce Coffee")
        await at.memory.prune()
        assert "This draft is gone" in (await at.admin.press(buttons, SEND)).text
        await at.admin.press(newer, SEND)
        assert (await group.next_message()).text == "Coffee"


async def test_pressed_twice_or_delivered_twice_it_is_announced_once(at, group) -> None:
    command = await at.admin.send("/announce Tea")
    preview, first = await at.admin.next_message(), await at.admin.next_message()
    # The same message, delivered once more under another number, as after a crash.
    delivered = {"message": command.to_json(at.server.bot)}
    at.server.push_update(delivered)
    again, second = await at.admin.next_message(), await at.admin.next_message()
    assert (again.text, first.find_button(SEND).data) == (preview.text, second.find_button(SEND).data)
    await at.admin.press(first, SEND)
    await ended(at, first)
    assert "decided already" in (await at.admin.press(second, SEND)).text
    assert (await at.admin.press(first, SEND)).text == GONE
    at.server.push_update(delivered)
    await at.admin.hears("This was decided already: done.")
    assert len(group.bot_messages) == 1


async def test_it_is_in_the_queue_before_its_buttons_go(at, group) -> None:
    """So that a bot that is killed between the two has not taken them away for nothing."""
    buttons = await announced(at, "/announce Tea")
    at.server.delay_next("editMessageText", 600)
    assert (await at.admin.press(buttons, SEND)).text == "Handing over …"
    await at.server.wait_for_call("editMessageText")
    assert await at.memory.announcements.latest(1)
    assert (await group.next_message()).text == "Tea"


async def test_progress_stands_in_one_message_and_is_stopped_by_its_button(server, tmp_path) -> None:
    async with announcing(server, tmp_path, groups=40, broadcast_rate=1) as (at, groups):
        buttons = await announced(at, "/announce Tea")
        await at.admin.press(buttons, SEND)
        await buttons.becomes("▓")
        head, bar, counts, left = buttons.text.splitlines()
        assert head == "Announcement 1 is under way."
        assert bar.endswith("%")
        assert counts.startswith("Sent ")
        assert left.startswith("About ")
        assert (await at.admin.press(buttons, STOP)).text == "Stopping"
        report = await ended(at, buttons)
        row = await newest(at)
        assert row.state is State.STOPPED
        assert report.splitlines()[0] == "Announcement 1 was stopped."
        assert f"Sent {row.sent} · failed 0 · left {40 - row.sent}" in report
        assert row.sent < 40
        assert sum(len(group.bot_messages) for group in groups) < 40
        assert (await at.admin.press(buttons, STOP)).text == GONE
        notes = [(what, result) for _, what, result in await at.audit()]
        assert notes == [("stop 1", "stopped"), ("announce 1", "queued")]


async def test_buttons_and_progress_go_on_in_the_same_messages_after_a_restart(server, tmp_path) -> None:
    async with announcing(server, tmp_path, groups=30, broadcast_rate=1) as (at, groups):
        tea, coffee = await announced(at, "/announce Tea"), await announced(at, "/announce Coffee")
        await at.admin.press(tea, SEND)
        await tea.becomes("▓")
    assert any(not group.bot_messages for group in groups)
    async with admin_bot(server, tmp_path, admin=at.admin, broadcast_rate=1000) as again:
        assert "Sent 30 · failed 0 · left 0" in await ended(again, tea)
        await at.admin.press(coffee, SEND)
        await ended(again, coffee)
    assert all([message.text for message in group.bot_messages] == ["Tea", "Coffee"] for group in groups)
    assert [message for message in at.admin.chat.bot_messages if "is done" in message.text] == [tea, coffee]


async def test_the_report_tells_why_it_failed_and_which_subscriptions_ended(server, tmp_path) -> None:
    async with announcing(server, tmp_path, groups=4) as (at, groups):
        groups[0].bot_status = "kicked"
        groups[1].bot_status = "left"
        groups[2].writable = False
        buttons = await announced(at, "/announce Tea")
        await at.admin.press(buttons, SEND)
        report = await ended(at, buttons)
        assert report.splitlines() == [
            "Announcement 1 is done.",
            "Sent 1 · failed 3 · left 0",
            "✗ removed the bot: 1",
            "✗ the bot has left: 1",
            "✗ no right to write: 1",
            "Subscriptions ended: 3",
        ]
        assert await at.memory.chats.audience() == {"group": 1}
        # Where its message is gone, it is sent anew.
        gone = await announced(at, "/announce Coffee")
        server.fail_next("editMessageText", 400, "Bad Request: message to edit not found")
        gone.deleted = True
        await at.admin.press(gone, SEND)
        assert await at.admin.hears("Announcement 2 is done") is not gone


async def test_without_a_database_it_is_told(at, group, tmp_path) -> None:
    buttons = await announced(at, "/announce Tea")
    async with SqliteTrial(tmp_path).away():
        assert "database cannot be used" in (await at.admin.press(buttons, SEND)).text
        assert SEND in texts(buttons)
        assert "database cannot be used" in (await at.admin.ask("/announce Tea")).text
    while not at.memory.health.healthy:
        await at.memory.written()
    await at.admin.press(buttons, SEND)
    assert (await group.next_message()).text == "Tea"
