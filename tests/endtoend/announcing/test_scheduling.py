"""Announcements at set times, over real HTTP, by a clock that the test sets."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from tests.support.bots.admin_bot import admin_bot
from tests.support.clocks import FastClock
from tests.support.storage.databases import SqliteTrial
from tests.support.storage.opened_memory import Clock

pytestmark = pytest.mark.asyncio

GONE = "This is no longer part of what I have read; please ask again."

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=SHANGHAI).astimezone(UTC)  # a Wednesday
UNKNOWN_ZONE = "This time zone is not known; write one such as Asia/Shanghai"
NO_DATABASE = "The database cannot be used at the moment; please try again later."


class Place:
    """Where the bot runs, several times one after the other: a clock, a group that is subscribed, and an admin."""

    def __init__(self, server, folder) -> None:
        self.server = server
        self.folder = folder
        self.clock = Clock()
        self.clock.now = NOW
        self.admin = server.user(language_code="en")
        self.group = server.supergroup(title="Tea")

    @asynccontextmanager
    async def running(self, **settings):
        given = {"admin": self.admin, "utcnow": self.clock, "clock": FastClock(10), **settings}
        async with admin_bot(self.server, self.folder, **given) as office:
            await office.memory.chats.subscribe(self.group.id, "supergroup", "Tea", "en", None)
            yield office

    def at(self, text: str) -> None:
        """Sets the clock, by which it is so late in Shanghai."""
        self.clock.now = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)

    async def previewed(self, text: str = "Tea is served"):
        """Writes an announcement, and returns the message with the buttons."""
        asked = await self.admin.send(f"/announce {text}")
        return await self.admin.wait_for(
            lambda message: message.message_id > asked.message_id and bool(message.buttons)
        )

    async def answer(self, text: str, reply_to=None):
        """What the bot says to a command, whatever it tells of announcements meanwhile."""
        asked = await self.admin.send(text, reply_to=reply_to)
        return await self.admin.wait_for(
            lambda message: message.message_id > asked.message_id and not message.text.startswith("Announcement ")
        )

    async def told(self, text: str, reply_to=None) -> str:
        return (await self.answer(text, reply_to)).text

    async def list(self):
        return await self.answer("/schedules")


@pytest.fixture
def place(server, tmp_path, monkeypatch) -> Place:
    monkeypatch.chdir(tmp_path)
    return Place(server, tmp_path)


@pytest_asyncio.fixture
async def office(place):
    async with place.running() as office:
        yield office


def texts_in(chat) -> list[str]:
    return [message.text for message in chat.bot_messages]


async def test_a_preview_is_sent_at_its_moment_and_once(place, office) -> None:
    await place.previewed()
    assert await place.told("/schedule 2026-12-01 09:00") == "2026-12-01 09:00 Asia/Shanghai · Tea is served"
    place.at("2026-12-01 08:59")
    [waiting] = await office.memory.schedules.waiting()
    assert waiting.due_at == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    assert texts_in(place.group) == []
    place.at("2026-12-01 09:00")
    assert (await place.group.next_message()).text == "Tea is served"
    await place.admin.hears("Sent 1 · failed 0 · left 0")
    assert texts_in(place.group) == ["Tea is served"]
    assert (await place.list()).text == "Nothing is scheduled."
    assert (place.admin.id, "schedule 1", "2026-12-01 09:00 Asia/Shanghai") in await office.audit()


async def test_the_preview_that_the_command_replies_to_is_the_one(place, office) -> None:
    """The preview itself, or the message with the buttons below it."""
    first, second, third = [await place.previewed(text) for text in ("First", "Second", "Third")]
    assert await place.told("/schedule 2026-12-01 09:00", first) == "2026-12-01 09:00 Asia/Shanghai · First"
    await place.admin.wait_for(lambda message: message is first and not message.buttons)
    assert second.buttons
    decided = "This was decided already; /schedules lists what is to come."
    assert await place.told("/schedule 2026-12-01 09:00", first) == decided
    preview = next(message for message in place.admin.chat.bot_messages if message.text == "Second")
    assert await place.told("/schedule 2026-12-02 09:00", preview) == "2026-12-02 09:00 Asia/Shanghai · Second"
    assert await place.told("/schedule 2026-12-02 09:00", preview) == decided
    assert third.buttons
    # In another zone, where the clocks leave out half past two.
    told = await place.told("/schedule 2027-03-28 02:30 europe/berlin")
    assert told == "2027-03-28 03:00 Europe/Berlin · Third"
    waiting = await office.memory.schedules.waiting()
    assert [entry.due_at for entry in waiting][2:] == [datetime(2027, 3, 28, 1, 0, tzinfo=UTC)]


async def test_what_is_wrong_is_said_in_one_line_with_an_example(place, office) -> None:
    for command in ("/schedule 2026-12-01 09:00", "/schedule cron 0 9 * * 1"):
        assert await place.told(command) == "There is no preview to schedule; begin with /announce."
    await place.previewed()
    for commands, answer in (
        (["tomorrow", "2026-02-30 09:00"], "This is no day and time; write them as 2026-12-01 09:00"),
        (["2026-11-25 10:00"], "This moment has passed: it is 2026-11-25 10:00 Asia/Shanghai."),
        (["2026-12-01 09:00 Asia/Jinan", "cron 0 9 * * 1 Jinan"], UNKNOWN_ZONE),
        (["cron 0 9 * *", "cron 0 9 30 2 *"], "This is no cron expression; write its five fields"),
    ):
        for command in commands:
            told = await place.told(f"/schedule {command}")
            assert told.startswith(answer)
            assert "\n" not in told
    for command in ("/daily", "/daily noon"):
        assert (await place.told(command)).startswith("Please write a time of day, such as /daily 09:00")
    assert (await place.told("/daily 09:00 <b>")).startswith(UNKNOWN_ZONE)
    assert await office.memory.schedules.newest_draft(place.admin.id) == 1
    told = await place.told("/schedule")
    assert "/schedule 2026-12-01 09:00" in told
    assert "/schedule cron 0 9 * * 1" in told
    assert told.endswith("By now it is 2026-11-25 10:00 Asia/Shanghai.")


async def test_the_language_of_the_admin_and_the_zone_of_the_setting(server, place) -> None:
    place.admin = server.user(language_code="zh-hans")
    async with place.running(timezone=ZoneInfo("America/New_York")) as office:
        await place.previewed("有茶")
        told = await place.told("/schedule 2027-11-07 01:30")  # comes twice there
        assert told == "2027-11-07 01:30 America/New_York · 有茶"
        [waiting] = await office.memory.schedules.waiting()
        assert waiting.due_at == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)
        assert (await place.told("/daily 24:00")) == "请写上时间，例如 /daily 09:00"


async def test_a_preview_is_sent_every_monday(place, office) -> None:
    preview = await place.previewed()
    assert await place.told("/schedule cron 0 9 * * mon", preview) == (
        "From now on at 0 9 * * MON: Tea is served\n"
        "Next: 2026-11-30 09:00, 2026-12-07 09:00, 2026-12-14 09:00 Asia/Shanghai"
    )
    for day in ("2026-11-30", "2026-12-07"):
        place.at(f"{day} 09:00")
        assert (await place.group.next_message()).text == "Tea is served"
    await place.admin.hears("Announcement 3 is done")
    assert (await place.list()).text == (
        "What is to come:\n"
        "1. 0 9 * * MON · Tea is served · next 2026-12-14 09:00 Asia/Shanghai · last 2026-12-07 09:00 Asia/Shanghai"
    )
    assert texts_in(place.group) == ["Tea is served"] * 2


async def test_every_figure_of_the_day_is_another_one_in_each_chats_language(place, office) -> None:
    reader = place.server.user(language_code="zh-hant")
    await office.memory.chats.subscribe(reader.id, "private", "", "zh-Hant", None)
    reader.chat.started = True
    assert (await place.told("/daily 09:00")).startswith("From now on at 0 9 * * *: the figure of the day\nNext: ")
    told = []
    for day in (26, 27):
        place.at(f"2026-11-{day} 09:00")
        told.append((await place.group.next_message()).text)
        assert (await reader.next_message()).text
    assert sorted(text.split("\n")[0] for text in told) == ["5所", "CNY 3.52 billion"]
    assert {text.split("\n")[0] for text in texts_in(reader.chat)} == {"5所", "35.2亿元"}


async def test_a_schedule_is_paused_resumed_and_deleted_from_the_list(place, office) -> None:
    await place.told("/daily 09:00")
    shown = await place.list()
    assert [button.text for button in shown.buttons[0]] == ["Pause 1", "Delete 1"]
    person = place.server.user(language_code="en")
    for button in ("Pause 1", "Delete 1"):
        assert (await person.press(shown, button)).text.startswith("This is no longer")
    assert (await place.admin.press(shown, "Pause 1")).text == "Paused."
    await place.admin.next_edit()
    assert "paused since 2026-11-25 10:00 Asia/Shanghai" in shown.text
    place.at("2026-11-28 12:00")
    assert (await place.admin.press(shown, "Pause 1")).text == GONE
    assert (await place.admin.press(shown, "Resume 1")).text == "Goes on."
    await place.admin.next_edit()
    assert "next 2026-11-29 09:00 Asia/Shanghai · not told yet" in shown.text
    assert (await place.admin.press(shown, "Delete 1")).text == "Deleted."
    await place.admin.next_edit()
    assert shown.text == "Nothing is scheduled."
    assert (await place.admin.press(shown, "Resume 1")).text == GONE
    assert await office.memory.announcements.unreported() == []
    assert texts_in(place.group) == []
    audit = [what for _, what, _ in await office.audit()]
    assert audit == ["schedules delete", "schedules resume", "schedules pause", "schedule regularly 1"]


async def test_an_announcement_that_waits_is_deleted_after_a_restart(place) -> None:
    async with place.running():
        await place.previewed()
        told = await place.answer("/schedule 2026-12-01 09:00")
    async with place.running() as office:
        shown = await place.list()
        assert shown.text == "What is to come:\n1. 2026-12-01 09:00 Asia/Shanghai · Tea is served"
        assert (await place.admin.press(told, "Delete")).text == "Deleted."
        assert (await place.admin.press(shown, "Delete 1")).text == "This has changed meanwhile."
        assert await office.memory.schedules.waiting() == []


async def test_a_long_list_has_its_first_twenty_and_none_without_the_database(place, office) -> None:
    await place.previewed()
    for hour in range(22):
        await place.told(f"/daily {hour}:00")
    listed = await place.list()
    assert listed.text.endswith("\n… and 2 more")
    assert len(listed.buttons) == 20
    await office.memory.written()
    async with SqliteTrial(place.folder).away():
        assert not (await office.memory.check()).healthy
        for command in ("/schedule 2026-12-01 09:00", "/schedule cron 0 9 * * 1", "/daily 09:00"):
            assert await place.told(command) == NO_DATABASE
        assert (await place.admin.press(listed, "Pause 1")).text == NO_DATABASE


async def test_what_is_late_by_less_than_the_grace_is_sent_and_other_things_told_to_their_admin(place) -> None:
    async with place.running():
        for text, time in (("Tea is served", "09:00"), ("Coffee is served", "09:01")):
            await place.told(f"/schedule 2026-12-01 {time}", await place.previewed(text))
    place.at("2026-12-01 10:00")
    for _ in range(2):
        async with place.running() as office:
            told = await place.admin.hears("Not sent:")
            # The next start would tell it again, unless this one has noted that.
            while await office.memory.announcements.unreported():
                await office.memory.written()
            await place.group.says("Coffee is served")
    assert told.text == (
        "Not sent: Tea is served was due 2026-12-01 09:00 Asia/Shanghai, when the bot was not running. "
        "Announce it again if it is still wanted."
    )
    assert len([text for text in texts_in(place.admin.chat) if text.startswith("Not sent:")]) == 1
    assert texts_in(place.group) == ["Coffee is served"]


async def test_of_several_missed_the_last_is_sent_and_one_line_tells_of_the_others(place) -> None:
    async with place.running():
        await place.previewed()
        await place.told("/schedule cron 0 9 * * *")
    place.at("2026-11-29 09:30")
    async with place.running(schedule_grace=timedelta(minutes=40)):
        assert (await place.group.next_message()).text == "Tea is served"
        told = await place.admin.hears("Not sent:")
    assert told.text == (
        "Not sent: Tea is served missed 3 moments since 2026-11-26 09:00 Asia/Shanghai, when the bot was not running. "
        "Next: 2026-11-30 09:00 Asia/Shanghai"
    )
    assert texts_in(place.group) == ["Tea is served"]


async def test_a_clock_that_is_set_back_has_nothing_sent_twice(place) -> None:
    async with place.running():
        await place.told("/daily 09:00")
        place.at("2026-11-26 09:00")
        await place.group.next_message()
        await place.admin.hears("Announcement 1 is done")
    place.at("2026-11-26 08:00")
    async with place.running():
        place.at("2026-11-26 09:30")
        place.at("2026-11-27 09:00")
        await place.group.next_message()
        await place.admin.hears("Announcement 2 is done")
    assert len(texts_in(place.group)) == 2
