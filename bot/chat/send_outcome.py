"""What one attempt to do a job in one chat came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Sent:
    """Done. `messages`: the ids that the chat has it under."""

    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """It is in vain to try again. `error`: a word for why. `ends`: what of the chat has ended with it, if anything."""

    error: str
    ends: Literal["chat", "subscription", ""] = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has become the supergroup `new_id`, and nothing was sent."""

    new_id: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Telegram asks to send nothing for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unclear:
    """No answer, or none of Telegram's: it may have been done or not. `error`: a word for why."""

    error: str


SendOutcome: TypeAlias = Sent | Failed | Moved | Wait | Unclear
