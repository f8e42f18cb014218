from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.schedule.moments import moment, shown, time_of_day
from bot.chat.texts import RequestError

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from([SHANGHAI, BERLIN, NEW_YORK, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")])
NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def at(text: str, zone: ZoneInfo = SHANGHAI, now: datetime = NOW) -> str:
    return moment(text, zone, now)[0].strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01 09:00",
        "2026-12-1 9:00",
        "  2026/12/01   09:00 ",
        "2026.12.01 09:00",
        "2026-12-01T09:00",
        "２０２６－１２－０１ ０９：００",
        "2026-12-01 09:00 Asia/Shanghai",
        "2026-12-01 02:00 europe/berlin",
        "2026-12-01 01:00 UTC",
        "2026-11-30 17:00 etc/gmt+8",
    ],
)
def test_a_moment_however_it_is_written(text: str) -> None:
    assert at(text) == "2026-12-01 01:00"


def test_a_zone_that_is_named_is_the_one_to_show_it_in() -> None:
    found, zone = moment("2026-12-01 02:00 europe/berlin", SHANGHAI, NOW)
    assert shown(found, zone) == "2026-12-01 02:00 Europe/Berlin"


NO_MOMENTS = (
    *("", "tomorrow", "09:00", "2026-12-01", "2026-13-01 09:00", "2026-02-29 09:00", "2026-12-01 24:00"),
    *("2026-12-01 09:60", "2026-12-01 09:00:00", "26-12-01 09:00", "0000-01-01 09:00", "2026-12-01 09:00 UTC x"),
    *("9999-12-31 23:59 America/New_York", "0001-01-01 00:00"),
)
NO_ZONES = ("Asia/Jinan", "Europe", "../etc/passwd", "\0x", "中国", "+08:00")
PASSED = ("2026-11-25 10:00", "2026-11-25 09:59", "2021-12-01 09:00")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        *((text, "schedule-wrong-moment") for text in NO_MOMENTS),
        *((f"2026-12-01 09:00 {name}", "schedule-wrong-zone") for name in NO_ZONES),
        *((text, "schedule-wrong-past") for text in PASSED),
    ],
)
def test_what_is_wrong_with_a_moment_is_said(text: str, wrong: str) -> None:
    with pytest.raises(RequestError) as error:
        moment(text, SHANGHAI, NOW)
    assert error.value.key == wrong


def test_a_time_that_the_clocks_leave_out_is_the_first_after_the_gap() -> None:
    assert at("2027-03-28 01:59", BERLIN) == "2027-03-28 00:59"
    assert at("2027-03-28 02:00", BERLIN) == "2027-03-28 01:00"
    assert at("2027-03-28 02:30", BERLIN) == "2027-03-28 01:00"
    assert at("2027-03-28 03:00", BERLIN) == "2027-03-28 01:00"
    assert at("2027-03-14 02:30", NEW_YORK) == "2027-03-14 07:00"


def test_a_time_that_comes_twice_is_the_first_still_to_come() -> None:
    assert at("2027-10-31 02:30", BERLIN) == "2027-10-31 00:30"
    between = datetime(2027, 10, 31, 0, 45, tzinfo=UTC)
    assert at("2027-10-31 02:30", BERLIN, between) == "2027-10-31 01:30"
    with pytest.raises(RequestError):
        moment("2027-10-31 02:30", BERLIN, datetime(2027, 10, 31, 1, 30, tzinfo=UTC))
    assert at("2027-11-07 01:30", NEW_YORK) == "2027-11-07 05:30"


@given(st.datetimes(datetime(2026, 11, 26), datetime(2060, 1, 1)), ZONES)  # noqa: DTZ001 (local times)
def test_what_is_written_is_what_is_shown_unless_the_clocks_leave_it_out(local: datetime, zone: ZoneInfo) -> None:
    found, _ = moment(f"{local:%Y-%m-%d %H:%M}", zone, NOW)
    by_the_clock = datetime.strptime(shown(found, zone)[:16], "%Y-%m-%d %H:%M")  # noqa: DTZ007 (a local time)
    gap = by_the_clock - local.replace(second=0, microsecond=0)
    assert timedelta(0) <= gap <= timedelta(hours=1)
    if gap:
        before = (found - timedelta(minutes=1)).astimezone(zone).replace(tzinfo=None)
        assert before < local.replace(second=0, microsecond=0)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_to_come_or_an_error(text: str) -> None:
    with suppress(RequestError):
        assert moment(text, SHANGHAI, NOW)[0] > NOW


def test_a_time_of_day() -> None:
    assert time_of_day("9:05", SHANGHAI) == (time(9, 5), SHANGHAI)
    assert time_of_day("２３：５９ America/New_York", SHANGHAI) == (time(23, 59), NEW_YORK)


@pytest.mark.parametrize("text", ["", "9", "24:00", "9:5", "09:60", "9am", "09:00:00", "9:00 a b"])
def test_no_time_of_day(text: str) -> None:
    with pytest.raises(RequestError, match="write a time of day"):
        time_of_day(text, SHANGHAI)
