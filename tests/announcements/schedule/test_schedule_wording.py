from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.announcements.payload import Text
from bot.announcements.telegram.wording import missed, schedule_line
from bot.chat.texts import Locale
from bot.storage import Schedule
from tests.support.announcements.announcement_row import ROW

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
