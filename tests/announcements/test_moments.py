"""Moments as people write them, and those of cron expressions."""

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.announcements.schedule import cron_of, moment, next_moment, shown, time_of_day, upcoming
from bot.chat.texts import RequestError
from tests.support.wordings import assert_alike

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
# Clocks change by half an hour, at midnight, and never.
ZONES = st.sampled_from(
    [SHANGHAI, BERLIN, NEW_YORK, *map(ZoneInfo, ("Australia/Lord_Howe", "Africa/Cairo", "America/Havana", "UTC"))]
)
NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def at(text: str, zone: ZoneInfo = SHANGHAI, now: datetime = NOW) -> str:
    return moment(text, zone, now)[0].strftime("%Y-%m-%d %H:%M")


def test_a_moment_however_it_is_written() -> None:
    without_zone = "2026-12-01 09:00|2026-12-1 9:00|  2026/12/01   09:00 |2026.12.01 09:00|2026-12-01T09:00"
    with_zone = "2026-12-01 09:00 Asia/Shanghai|2026-12-01 02:00 europe/berlin|2026-11-30 17:00 etc/gmt+8"
    for texts in (without_zone, with_zone, "２０２６－１２－０１ ０９：００|2026-12-01 01:00 UTC"):
        assert_alike(texts, at, "2026-12-01 01:00")


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
def test_what_is_wrong_with_a_moment_is_said(text, wrong) -> None:
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
def test_what_is_written_is_what_is_shown_unless_the_clocks_leave_it_out(local, zone) -> None:
    found, _ = moment(f"{local:%Y-%m-%d %H:%M}", zone, NOW)
    by_the_clock = datetime.strptime(shown(found, zone)[:16], "%Y-%m-%d %H:%M")  # noqa: DTZ007 (a local time)
    gap = by_the_clock - local.replace(second=0, microsecond=0)
    assert timedelta(0) <= gap <= timedelta(hours=1)
    if gap:
        before = (found - timedelta(minutes=1)).astimezone(zone).replace(tzinfo=None)
        assert before < local.replace(second=0, microsecond=0)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_to_come_or_an_error(text) -> None:
    with suppress(RequestError):
        assert moment(text, SHANGHAI, NOW)[0] > NOW


def test_a_time_of_day() -> None:
    assert time_of_day("9:05", SHANGHAI) == (time(9, 5), SHANGHAI)
    assert time_of_day("２３：５９ America/New_York", SHANGHAI) == (time(23, 59), NEW_YORK)


@pytest.mark.parametrize("text", ["", "9", "24:00", "9:5", "09:60", "9am", "09:00:00", "9:00 a b"])
def test_no_time_of_day(text) -> None:
    with pytest.raises(RequestError, match="write a time of day"):
        time_of_day(text, SHANGHAI)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (UTC is added)


def field(low: int, high: int) -> st.SearchStrategy[str]:
    number = st.integers(low, high)
    return st.one_of(
        st.just("*"),
        number.map(str),
        st.tuples(number, number).map(lambda pair: "{}-{}".format(*sorted(pair))),
        st.integers(2, 12).map("*/{}".format),
        st.lists(number, min_size=2, max_size=3).map(lambda numbers: ",".join(map(str, numbers))),
    )


CRONS = st.tuples(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 7)).map(" ".join)


def first(cron: str, zone: ZoneInfo, after: datetime, most: int = 3) -> list[str]:
    return [f"{at.astimezone(zone):%a %m-%d %H:%M %z}" for at in islice(upcoming(cron, zone, after), most)]


def test_the_moment_itself_is_not_after_itself() -> None:
    monday = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    assert next_moment("0 9 * * 1", SHANGHAI, monday - timedelta(microseconds=1)) == monday
    assert first("0 9 * * 1", SHANGHAI, monday, 2) == ["Mon 12-07 09:00 +0800", "Mon 12-14 09:00 +0800"]


def test_a_time_that_the_clocks_leave_out_comes_when_they_have_moved_on() -> None:
    assert first("30 2 * * *", BERLIN, datetime(2027, 3, 27, 0, 0, tzinfo=UTC)) == [
        "Sat 03-27 02:30 +0100",
        "Sun 03-28 03:00 +0200",
        "Mon 03-29 02:30 +0200",
    ]
    assert first("30 2 14 3 *", NEW_YORK, NOW, 1) == ["Sun 03-14 03:00 -0400"]


def test_a_time_that_comes_twice_counts_once() -> None:
    times = ["Sat 10-30 02:30 +0200", "Sun 10-31 02:30 +0200", "Mon 11-01 02:30 +0100"]
    assert first("30 2 * * *", BERLIN, datetime(2027, 10, 30, 0, 0, tzinfo=UTC)) == times
    # Asked again in the hour that comes twice, which is what happens after each announcement.
    for minutes in (30, 31, 60, 75, 90, 119):
        after = datetime(2027, 10, 31, 0, minutes % 60, tzinfo=UTC) + timedelta(hours=minutes // 60)
        assert first("30 2 * * *", BERLIN, after, 1) == times[2:]
    assert first("30 1 7 11 *", NEW_YORK, datetime(2027, 1, 1, tzinfo=UTC), 1) == ["Sun 11-07 01:30 -0400"]


def test_every_half_hour_is_every_half_hour_that_there_is() -> None:
    half_hours = list(islice(upcoming("*/30 * * * *", BERLIN, datetime(2027, 10, 30, tzinfo=UTC)), 200))
    assert {later - earlier for earlier, later in pairwise(half_hours)} == {timedelta(minutes=30)}


@given(CRONS, ZONES, MOMENTS)
def test_moments_only_ever_increase_and_the_next_of_each_is_the_one_that_followed_it(cron, zone, after) -> None:
    found = [after, *islice(upcoming(cron, zone, after), 4)]
    assert all(earlier < later for earlier, later in pairwise(found))
    assert [next_moment(cron, zone, at) for at in found[:-1]] == found[1:]


@settings(max_examples=15)
@given(st.times(), ZONES, MOMENTS)
def test_daily_comes_once_on_every_day(at, zone, after) -> None:
    days = [
        moment.astimezone(zone).date() for moment in islice(upcoming(f"{at.minute} {at.hour} * * *", zone, after), 400)
    ]
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))


@given(st.text(max_size=60) | CRONS)
def test_any_text_is_an_expression_or_an_error(text) -> None:
    with suppress(RequestError):
        cron, zone = cron_of(text, SHANGHAI)
        assert next_moment(cron, zone, NOW) > NOW


def test_an_expression_with_a_zone() -> None:
    assert cron_of("  0 9 * *  mon ", SHANGHAI) == ("0 9 * * MON", SHANGHAI)
    assert cron_of("0 9 * * 1 europe/berlin", SHANGHAI) == ("0 9 * * 1", BERLIN)


NO_CRONS = ("", "0 9 * *", "0 0 9 * * 1 UTC", "@daily", "60 9 * * *", "0 9 * * 8", "0 9 x * *")
ENDLESS = f"{','.join(map(str, range(60)))} 9 * * *"
NEVER = ("0 9 30 2 *", "0 9 31 4,6 *")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        *((text, "schedule-wrong-cron") for text in (*NO_CRONS, ENDLESS, *NEVER)),
        ("0 9 * * 1 Berlin", "schedule-wrong-zone"),
    ],
)
def test_what_is_wrong_with_an_expression_is_said(text, wrong) -> None:
    with pytest.raises(RequestError) as error:
        next_moment(*cron_of(text, SHANGHAI), NOW)
    assert error.value.key == wrong


def test_a_day_that_comes_every_28_years() -> None:
    found = next_moment("0 9 * 2 1#5", SHANGHAI, NOW)
    assert (found.year, found.month, found.day) == (2044, 2, 29)
