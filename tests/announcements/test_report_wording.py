"""Announcements and schedules in words, for people of each language, and what their buttons carry."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.content import Copy, FactCard, FigureOfTheDay, Text
from bot.announcements.reports import (
    AnnouncementButton,
    ButtonAction,
    audience_line,
    button,
    duration,
    missed,
    progress,
    report,
    schedule_line,
    summary,
)
from bot.chat.texts import Locale
from bot.storage.announcements import Action, Schedule, State
from tests.support.announcements.announcement_row import ROW


def test_progress() -> None:
    assert progress(ROW, 25, Locale.ENGLISH).splitlines() == [
        "Announcement 1200 is under way.",
        "▓▓▓▓▓▓░░░░░░ 50%",
        "Sent 45 · failed 5 · left 50",
        "About 2 s left",
    ]
    assert progress(replace(ROW, state=State.QUEUED), 25, Locale.ENGLISH) == "Announcement 1200 waits for its turn."


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10_000))
def test_progress_is_told_whatever_the_counters_say(total, sent, failed, rate) -> None:
    row = replace(ROW, total=total, sent=sent, failed=failed)
    bar = progress(row, rate, Locale.SIMPLIFIED).splitlines()[1]
    assert len(bar.split()[0]) == 12
    assert 0 <= int(bar.split()[1].removesuffix("%")) <= 100


def test_a_report_says_why_in_the_readers_language_and_shows_what_is_unknown_as_it_is() -> None:
    row = replace(ROW, state=State.DONE, skipped=2, action=Action.RESEND, target=3)
    reasons = {"blocked": 3, "topic closed": 1, "Bad Request:\nwhatever": 1}
    assert report(row, reasons, Locale.ENGLISH).splitlines() == [
        "Resending 1200 of 3 is done.",
        "Sent 45 · failed 5 · left 48",
        "Unsubscribed before their turn: 2",
        "✗ blocked the bot: 3",
        "✗ topic closed: 1",
        "✗ Bad Request: whatever: 1",
        "Subscriptions ended: 4",
    ]
    assert "✗ 屏蔽了机器人：3" in report(row, reasons, Locale.SIMPLIFIED)


def test_durations() -> None:
    words = {0: "1 s", 0.2: "1 s", 60: "60 s", 61: "2 min", 3540: "59 min", 3601: "1 h 1 min", 90_000: "25 h 0 min"}
    assert {seconds: duration(seconds, Locale.ENGLISH) for seconds in words} == words


def test_kinds_of_chats() -> None:
    line = audience_line({"group": 1, "supergroup": 2, "private": 4, "channel": 8}, Locale.ENGLISH)
    assert line == "This goes to 15 chats: groups 3, private 4, channels 8."


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (Text("Tea &lt; <b>cup</b>\nnow"), "Tea < cup now"),
        (Text("a" * 50), "a" * 39 + "…"),
        (FactCard("tea", {"en": "<b>5</b>\ncups"}), "5 cups"),
        (FactCard("tea", {}), "tea"),
        (Copy(1, (2,), "text"), "a message"),
        (Copy(1, (2, 3), ""), "an album of 2"),
        (FigureOfTheDay(), "the figure of the day"),
    ],
)
def test_a_few_words_for_what_is_announced(payload, words) -> None:
    assert summary(payload.to_json(), Locale.ENGLISH) == words
    assert summary("garbled", Locale.ENGLISH) == "something that this version cannot read"


NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
TEA = Text("<b>Tea</b> &amp; cake").to_json()
SCHEDULE = Schedule(1, 7, "en", TEA, False, False, "0 9 * * 1", "Europe/Berlin", NOW, None)
MISSED = replace(ROW, payload=TEA, due_at=NOW, skipped=2, schedule=1)


def test_a_schedule_is_listed_by_its_own_clocks_and_in_utc_where_its_zone_is_not_known_here() -> None:
    line = schedule_line(SCHEDULE, None, Locale.ENGLISH)
    assert line == "0 9 * * 1 · Tea & cake · next 2026-11-25 03:00 Europe/Berlin · not told yet"
    line = schedule_line(replace(SCHEDULE, time_zone="Asia/Jinan"), NOW, Locale.ENGLISH)
    assert line.endswith("next 2026-11-25 02:00 UTC · last 2026-11-25 02:00 UTC")


def test_what_was_missed_by_a_schedule_that_rests_or_is_gone_has_no_next_moment() -> None:
    rests = missed(MISSED, replace(SCHEDULE, paused=NOW), SHANGHAI, Locale.ENGLISH)
    gone = missed(MISSED, None, SHANGHAI, Locale.ENGLISH)
    assert "Next:" not in rests
    assert "since 2026-11-25 10:00 Asia/Shanghai" in gone
    assert "Next:" not in gone


def test_so_many_missed_that_they_were_not_counted() -> None:
    line = missed(replace(MISSED, skipped=1000), SCHEDULE, SHANGHAI, Locale.ENGLISH)
    assert "missed more than 1,000 moments since 2026-11-25 03:00 Europe/Berlin" in line
    assert line.endswith("Next: 2026-11-25 03:00 Europe/Berlin")


@pytest.mark.parametrize("action", ButtonAction)
def test_a_button_is_written_as_ever(action) -> None:
    assert button("x", action, 10**18 - 1).callback_data == f"ann:{action}:{10**18 - 1}"
    assert AnnouncementButton.unpack(f"ann:{action}:7") == AnnouncementButton(action, 7)
