"""What the bot remembers, and the database that it stands in."""

from .health import Health
from .memory import DEFAULT_QUESTION_DAYS, Memory
from .statements import Vote
from .wording import question_hash

__all__ = ["DEFAULT_QUESTION_DAYS", "Health", "Memory", "Vote", "question_hash"]
