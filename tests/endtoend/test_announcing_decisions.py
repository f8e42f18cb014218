"""The buttons below a preview, over real HTTP: each once, after restarts, and stopped when it is asked for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from admin_bot import AdminBot
from announcing_admin import CANCEL, PIN, SCHEDULE, SEND, SILENTLY, STOP, announced, announcing, ended
from clocks import FastClock
from opened_memory import Clock
from running_bot import running_bot

from bot.storage import Memory, State

if TYPE_CHECKING:
    from telegram_server import Message, TelegramServer

pytestmark = pytest.mark.asyncio

GONE = "This is no longer part of what I have read; please ask again."


async def newest(at: AdminBot) -> Any:
    rows = await at.memory.announcements.latest(1)
    assert rows
    return rows[0]


async def test_a_preview_tells_whom_it_goes_to_and_how_long_that_takes(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path, groups=3, broadcast_rate=1) as (at, _):
        person = server.user()
        await person.ask("/start")
        await at.memory.subscriptions.subscribe(person.id, "private", "", "en", None)
        buttons = await announced(at, "/announce Tea")
        assert buttons.text.splitlines() == [
            "This goes to 4 chats: groups 3, private 1, channels 0.",
            "Takes 4 s at 1 messages a second.",
        ]
        assert [[button.text for button in row] for row in buttons.buttons] == [
            [SEND, SILENTLY],
            [PIN, SCHEDULE, CANCEL],
        ]


async def test_a_message_can_be_sent_silently(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        await at.admin.press(await announced(at, "/announce Tea"), SILENTLY)
        assert (await group.next_message()).silent
        assert (await newest(at)).silent


async def test_it_is_pinned_where_that_is_allowed(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path, groups=2) as (at, (allowed, other)):
        allowed.bot_status = "administrator"
        buttons = await announced(at, "/announce Tea")
        await at.admin.press(buttons, PIN)
        await at.admin.wait_for(lambda message: message is buttons and "Pin: yes ✓" in _texts(message))
        await at.admin.press(buttons, "Pin: yes ✓")
        await at.admin.wait_for(lambda message: message is buttons and PIN in _texts(message))
        await at.admin.press(buttons, PIN)
        await at.admin.press(buttons, SEND)
        assert "Sent 2 · failed 0" in await ended(at, buttons)
        assert allowed.pinned == [allowed.bot_messages[0].message_id]
        assert other.pinned == []


def _texts(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def test_what_is_cancelled_is_not_sent(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        buttons = await announced(at, "/announce Tea")
        await at.admin.press(buttons, CANCEL)
        await at.admin.wait_for(lambda message: message is buttons and message.text == "Cancelled; nothing was sent.")
        # The app may still show the buttons.
        assert (await at.admin.press(buttons, SEND)).text == GONE
        assert await at.memory.announcements.latest(5) == []
        assert group.bot_messages == []


async def test_a_draft_that_nobody_decided_on_is_gone_after_a_month(server: TelegramServer, tmp_path: Path) -> None:
    clock = Clock()
    async with announcing(server, tmp_path, utcnow=clock) as (at, (group,)):
        buttons = await announced(at, "/announce Tea")
        clock.now += timedelta(days=31)
        newer = await announced(at, "/announce Coffee")
        await at.memory.prune(clock.now.date(), 90)
        assert "This draft is gone" in (await at.admin.press(buttons, SEND)).text
        await at.admin.press(newer, SEND)
        assert (await group.next_message()).text == "Coffee"


async def test_scheduling_is_explained_below_a_draft_that_can_be_found(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, _):
        await at.admin.send("/announce Tea")
        await at.admin.next_message()
        buttons = await at.admin.next_message()
        await at.admin.press(buttons, SCHEDULE)
        assert "/schedule 2026-12-01 09:00" in (await at.admin.next_message()).text
    assert buttons.find_button(SEND).data == "ann:send:1"


async def test_pressed_twice_or_delivered_twice_it_is_announced_once(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        command = await at.admin.send("/announce Tea")
        preview, first = await at.admin.next_message(), await at.admin.next_message()
        # The same message, delivered once more under another number, as after a crash.
        bot = {"id": int(server.token.partition(":")[0]), "is_bot": True, "first_name": "Test bot"}
        server.push_update({"message": command.to_json(bot)})
        again, second = await at.admin.next_message(), await at.admin.next_message()
        assert (again.text, first.find_button(SEND).data) == (preview.text, second.find_button(SEND).data)
        await at.admin.press(first, SEND)
        await ended(at, first)
        assert "decided already" in (await at.admin.press(second, SEND)).text
        assert (await at.admin.press(first, SEND)).text == GONE
        server.push_update({"message": command.to_json(bot)})
        await at.admin.next_message()
        assert (await at.admin.next_message()).text == "This was decided already: done."
    assert len(group.bot_messages) == 1


async def test_it_is_in_the_queue_before_its_buttons_go(server: TelegramServer, tmp_path: Path) -> None:
    """So that a bot that is killed between the two has not taken them away for nothing."""
    async with announcing(server, tmp_path) as (at, (group,)):
        buttons = await announced(at, "/announce Tea")
        server.delay_next("editMessageText", 600)
        assert (await at.admin.press(buttons, SEND)).text == "Handing over …"
        await server.wait_for_call("editMessageText")
        assert await at.memory.announcements.latest(1)
        assert (await group.next_message()).text == "Tea"


async def test_buttons_work_after_a_restart(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        buttons = await announced(at, "/announce Tea")
    memory = await Memory.open(f"sqlite:///{tmp_path / 'data' / 'shushuo.db'}")
    async with running_bot(server, library=at.library, memory=memory, admin_ids=(at.admin.id,)):
        await at.admin.press(buttons, SEND)
        assert (await group.next_message()).text == "Tea"
    await memory.close()


async def test_progress_stands_in_one_message_and_is_stopped_by_its_button(
    server: TelegramServer, tmp_path: Path
) -> None:
    async with announcing(server, tmp_path, groups=40, broadcast_rate=1) as (at, groups):
        buttons = await announced(at, "/announce Tea")
        await at.admin.press(buttons, SEND)
        await at.admin.wait_for(lambda message: message is buttons and "▓" in message.text)
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
        await at.memory.written()
        notes = [(what, result) for _, what, result in await at.audit()]
        assert notes == [("stop 1", "stopped"), ("announce 1", "queued")]


async def test_progress_goes_on_in_the_same_message_after_a_restart(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path, groups=30, broadcast_rate=1) as (at, groups):
        buttons = await announced(at, "/announce Tea")
        await at.admin.press(buttons, SEND)
        await at.admin.wait_for(lambda message: message is buttons and "▓" in message.text)
    assert any(not group.bot_messages for group in groups)
    memory = await Memory.open(f"sqlite:///{tmp_path / 'data' / 'shushuo.db'}")
    settings: dict[str, Any] = {"admin_ids": (at.admin.id,), "broadcast_rate": 1000}
    async with running_bot(server, library=at.library, memory=memory, clock=FastClock(20), **settings):
        report = await ended(at, buttons)
    await memory.close()
    assert "Sent 30 · failed 0 · left 0" in report
    assert [len(group.bot_messages) for group in groups] == [1] * 30
    assert [message for message in at.admin.chat.bot_messages if "is done" in message.text] == [buttons]


async def test_the_report_tells_why_it_failed_and_which_subscriptions_ended(
    server: TelegramServer, tmp_path: Path
) -> None:
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
        assert await at.memory.subscriptions.audience() == {"group": 1}


async def test_a_report_whose_message_is_gone_is_sent_anew(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, _):
        buttons = await announced(at, "/announce Tea")
        server.fail_next("editMessageText", 400, "Bad Request: message to edit not found")
        buttons.deleted = True
        await at.admin.press(buttons, SEND)
        report = await at.admin.wait_for(lambda message: "is done" in message.text)
        assert report is not buttons


async def test_without_a_database_it_is_told(server: TelegramServer, tmp_path: Path) -> None:
    async with announcing(server, tmp_path) as (at, (group,)):
        buttons = await announced(at, "/announce Tea")
        data = tmp_path / "data"
        data.rename(tmp_path / "elsewhere")
        data.touch()
        assert "database cannot be used" in (await at.admin.press(buttons, SEND)).text
        assert SEND in _texts(buttons)
        assert "database cannot be used" in (await at.admin.ask("/announce Tea")).text
        data.unlink()
        (tmp_path / "elsewhere").rename(data)
        while not at.memory.healthy:
            await at.memory.written()
        await at.admin.press(buttons, SEND)
        assert (await group.next_message()).text == "Tea"
