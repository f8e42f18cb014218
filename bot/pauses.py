"""Pauses between attempts."""

from __future__ import annotations

from collections.abc import Iterator


def growing_pauses(first: float, longest: float) -> Iterator[float]:
    """Yields the seconds to wait before each further attempt: each time twice as many, up to `longest`."""
    while True:
        yield first
        first = min(2 * first, longest)
