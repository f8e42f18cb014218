"""The number of days behind a command."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat.admin.asked_questions import days_in, first_of


@pytest.mark.parametrize(("words", "days"), [([], 7), (["1"], 1), (["030"], 30), (["3650"], 3650)])
def test_days(words: list[str], days: int) -> None:
    assert days_in(words) == days


@pytest.mark.parametrize("words", ["3651", "0", "-1", "1.5", "٧", "7 8", "week", "9" * 5000])
def test_what_is_no_number_of_days(words: str) -> None:
    assert days_in(words.split()) is None


def test_a_day_is_the_first_and_the_last_of_one() -> None:
    assert first_of(1, date(2030, 5, 17)) == date(2030, 5, 17)
    assert first_of(7, date(2030, 5, 17)) == date(2030, 5, 11)
