"""What an examination comes to."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject`: what was looked at. `text`: how it is. `advice`: what to do, where there is something to do."""

    level: Level
    subject: str
    text: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.level:<8} {self.subject}: {'; '.join(filter(None, (self.text, self.advice)))}"

    @property
    def is_error(self) -> bool:
        """Whether the bot cannot serve, or loses something, before this is put right."""
        return self.level is Level.ERROR


ok = partial(Finding, Level.OK)
warning = partial(Finding, Level.WARNING)
error = partial(Finding, Level.ERROR)
