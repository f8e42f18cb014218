"""Who is told how the sending goes."""

from __future__ import annotations

from typing import Protocol


class Observer(Protocol):
    """Counts, for operators."""

    def attempted(self, outcome: str) -> None:
        """A message came to an outcome: sent, failed, skipped, moved, unclear or wait."""

    def left(self, messages: int) -> None:
        """So many are still to be sent."""

    def leading(self, *, leads: bool) -> None:
        """Whether this process is the one that sends."""
