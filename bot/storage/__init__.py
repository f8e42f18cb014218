"""What the bot remembers, and the database that it stands in."""

from .figures import Audited, Popular, Unanswered
from .health import Health
from .memory import DEFAULT_QUESTION_DAYS, Memory
from .roster import Replica, Roster
from .statements import Vote
from .subscriptions import Known, Subscriptions
from .wording import question_hash

__all__ = [
    "DEFAULT_QUESTION_DAYS",
    "Audited",
    "Health",
    "Known",
    "Memory",
    "Popular",
    "Replica",
    "Roster",
    "Subscriptions",
    "Unanswered",
    "Vote",
    "question_hash",
]
