"""What the bot remembers, and the database that it stands in."""

from bot.storage.activity.audit import Audited
from bot.storage.activity.cluster import Cluster, Replica
from bot.storage.activity.questions import Popular, Unanswered, Vote, question_hash
from bot.storage.announcements.announcements import (
    Action,
    AlbumItem,
    Albums,
    Announcement,
    Announcements,
    Draft,
    State,
)
from bot.storage.announcements.schedules import Repeated, Schedule, Schedules, Timing

from .chats import UNSUBSCRIBED, Known, Subscriptions
from .memory import DEFAULT_QUESTION_DAYS, Memory
from .writer import Health

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
    "question_hash",
]
