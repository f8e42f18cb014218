"""For how many days figures are asked: the number behind a command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

DEFAULT: Final = 7
_MOST: Final = 3650  # QUESTION_LOG_DAYS allows no more


def days_in(words: Sequence[str]) -> int | None:
    """Of a command's words: 7 where there are none, None where they are no number of days."""
    if not words:
        return DEFAULT
    number = words[0] if len(words) == 1 and words[0].isascii() and words[0].isdigit() else "0"
    days = int(number[:5])
    return days if 1 <= days <= _MOST else None


def today() -> date:
    """In UTC, by which questions are counted."""
    return datetime.now(UTC).date()


def first_of(days: int, day: date) -> date:
    """The first of `days` days that end with `day`."""
    return day - timedelta(days=days - 1)
