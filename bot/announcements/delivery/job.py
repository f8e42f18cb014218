"""What is to be done in one chat, and who is told how the sending goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.announcements.payload import Payload


@dataclass(frozen=True, slots=True)
class Job:
    """One announcement in one chat. `action`: send, correct, withdraw or resend.

    `payload`: what is to be said; of a withdrawal, what was said. `original`: what was sent that is to be corrected or
    withdrawn, as `messages` at `at`; None and empty for the other actions. `topic`: the forum topic to send to.
    `language`: of the chat, as the locales are named.
    """

    announcement: int
    action: str
    payload: Payload
    original: Payload | None
    chat_id: int
    topic: int | None
    language: str
    messages: tuple[int, ...]
    at: datetime | None
    silent: bool
    pin: bool


@dataclass(slots=True, eq=False)
class Delivery:
    """A job that was taken from the table. `attempts`: made so far.

    `ended`: why the subscription of its chat has ended, when that was looked up last, at `checked` (monotonic seconds).
    """

    job: Job
    attempts: int
    checked: float
    ended: str | None = None

    @property
    def key(self) -> tuple[int, int]:
        return self.job.announcement, self.job.chat_id


class Observer(Protocol):
    """Counts, for operators."""

    def attempted(self, outcome: str) -> None:
        """A message came to an outcome: sent, failed, skipped, moved, unclear or wait."""

    def left(self, messages: int) -> None:
        """So many are still to be sent."""

    def leading(self, *, leads: bool) -> None:
        """Whether this process is the one that sends."""
