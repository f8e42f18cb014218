"""What is to be done in one chat, and the observer of how the sending goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from bot.announcements.payload import Payload, payload_of

if TYPE_CHECKING:
    from bot.storage.announcements.deliveries import Due, Sending

# The language of a chat that is not known any more.
_FALLBACK: Final = "en"


@dataclass(slots=True)
class Job:
    """One announcement in one chat, as it was taken from the table. `action`: send, correct, withdraw or resend.

    `payload`: what is to be said; of a withdrawal, what was said. `original`: what was sent that is to be corrected or
    withdrawn, as `messages` at `at`; None and empty for the other actions. `topic`: the forum topic to send to.
    `language`: of the chat, as the locales are named. `attempts`: made so far. `ended`: why the subscription of the
    chat has ended, when that was looked up last, at `checked` (monotonic seconds).
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
    attempts: int = 0
    ended: str | None = None
    checked: float = field(default=0.0, compare=False)

    @property
    def key(self) -> tuple[int, int]:
        return self.announcement, self.chat_id


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement that is being sent, with its texts read from JSON."""

    sending: Sending
    payload: Payload
    original: Payload | None

    @classmethod
    def of(cls, sending: Sending) -> Announced:
        """Raises PayloadError."""
        original = payload_of(sending.original) if sending.original is not None else None
        if sending.action == "withdraw" and original is not None:
            return cls(sending, original, original)
        return cls(sending, payload_of(sending.payload), original)

    def job(self, due: Due, now: float) -> Job:
        """What is to be done in a chat where it is due. `now`: monotonic seconds."""
        return Job(
            announcement=self.sending.id,
            action=self.sending.action,
            payload=self.payload,
            original=self.original,
            chat_id=due.chat_id,
            topic=due.topic,
            language=due.language or _FALLBACK,
            messages=due.messages,
            at=due.at,
            silent=self.sending.silent,
            pin=self.sending.pin,
            attempts=due.attempts,
            ended=due.ended,
            checked=now,
        )


class Observer(Protocol):
    """Counts, for operators: outcomes (sent, failed, skipped, moved, unclear, wait), what is left, and who sends."""

    def attempted(self, outcome: str) -> None: ...

    def left(self, messages: int) -> None: ...

    def leading(self, *, leads: bool) -> None: ...
