"""What the bot remembers, and the database that it stands in."""

from .albums import AlbumItem, Albums
from .announcements import Action, Announcement, Announcements, Draft, State
from .cluster import Cluster, Replica
from .figures import Audited, Popular, Unanswered
from .health import Health
from .memory import DEFAULT_QUESTION_DAYS, Memory
from .schedules import Missed, Repeated, Schedule, Schedules, Timing, Waiting
from .statements import Vote
from .subscriptions import UNSUBSCRIBED, Known, Subscriptions
from .wording import question_hash

__all__ = [
    "DEFAULT_QUESTION_DAYS",
    "UNSUBSCRIBED",
    "Action",
    "AlbumItem",
    "Albums",
    "Announcement",
    "Announcements",
    "Audited",
    "Cluster",
    "Draft",
    "Health",
    "Known",
    "Memory",
    "Missed",
    "Popular",
    "Repeated",
    "Replica",
    "Schedule",
    "Schedules",
    "State",
    "Subscriptions",
    "Timing",
    "Unanswered",
    "Vote",
    "Waiting",
    "question_hash",
]
