"""What is to be done in one chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
