"""What the bot remembers, and the database that it stands in."""

from bot.storage.activity.cluster import Replica
from bot.storage.activity.questions import Popular, Unanswered, Vote, question_hash
from bot.storage.announcements.announcements import Action, AlbumItem, Albums, Announcement, AnnouncementDraft, State
from bot.storage.announcements.schedules import Schedule

from .memory import Memory
from .writer import Health, NoDatabaseError

__all__ = [
    "Action",
    "AlbumItem",
    "Albums",
    "Announcement",
    "AnnouncementDraft",
    "Health",
    "Memory",
    "NoDatabaseError",
    "Popular",
    "Replica",
    "Schedule",
    "State",
    "Unanswered",
    "Vote",
    "question_hash",
]
