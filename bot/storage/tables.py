"""The tables as this version uses them; migrations/ brings a database to this form."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

METADATA: Final = MetaData()


class _Time(TypeDecorator[datetime]):
    """Times in UTC. Drivers give SQLite's without a time zone, PostgreSQL's in that of its server."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value and value.astimezone(UTC)


TIME: Final = _Time()
# SQLite numbers rows by itself only where the type is INTEGER.
_COUNTING: Final = BigInteger().with_variant(Integer, "sqlite")

# `subscribed`: since when announcements go there, to `subscription_topic` where it is a forum; empty where they do not.
# `unsubscribed`: a word for why a subscription has ended.
CHATS: Final = Table(
    "chats",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("topic", BigInteger),
    Column("language", Text, nullable=False),
    Column("added", TIME, nullable=False),
    Column("ended", TIME),
    Column("because", Text),
    Column("subscribed", TIME),
    Column("subscription_topic", BigInteger),
    Column("unsubscribed", Text),
)

# `facts`: ids with a space between. `question`: the hash that feedback names it by; empty, as the text is, in the row
# that counts what a day had no more room for.
QUESTIONS: Final = Table(
    "questions",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("question", Text, primary_key=True),
    Column("outcome", Text, primary_key=True),
    Column("facts", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Index("questions_question", "question"),
    # All that it takes to find what was asked in vain most often, but for the texts.
    Index("questions_outcome", "outcome", "question", "day", "count"),
)

# `question` is empty where the question is no longer kept.
FEEDBACK: Final = Table(
    "feedback",
    METADATA,
    Column("facts", Text, primary_key=True),
    Column("question", Text, primary_key=True),
    Column("up", Integer, nullable=False),
    Column("down", Integer, nullable=False),
)

# `ballot`: a hash of a message and of what it answers, which tells a second press from a first. `day`: of the last one.
VOTES: Final = Table(
    "votes",
    METADATA,
    Column("ballot", Text, primary_key=True),
    Column("vote", Text, nullable=False),
    Column("day", Date, nullable=False),
    Index("votes_day", "day"),
)

# Questions that an admin has found not to be in the reports, by their hashes. `cluster`: the hash of the first of those
# that were set aside together. `day`: when.
SET_ASIDE: Final = Table(
    "set_aside",
    METADATA,
    Column("question", Text, primary_key=True),
    Column("cluster", Text, nullable=False),
    Column("day", Date, nullable=False),
)

HANDLED_UPDATES: Final = Table(
    "handled_updates",
    METADATA,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
    Index("handled_updates_day", "day"),
)

# Updates that were fetched and are not handled yet. `content`: in JSON, as Telegram sent them.
PENDING_UPDATES: Final = Table(
    "pending_updates",
    METADATA,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
    Column("at", TIME, nullable=False),
)

# One row that is written to find out whether the database takes anything.
PROBE: Final = Table(
    "probe",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("written", Integer, nullable=False),
)

# What admins did; `who` is 0 where the program did it by itself.
AUDIT: Final = Table(
    "audit",
    METADATA,
    Column("id", _COUNTING, primary_key=True),
    Column("at", TIME, nullable=False),
    Column("who", BigInteger, nullable=False),
    Column("what", Text, nullable=False),
    Column("result", Text, nullable=False),
    Index("audit_at", "at"),
)

# The processes on the database. `version`: of their knowledge, in force since `since`. `taken`: the number of the last
# requested reload that they have made. `problem`: why that failed, empty where it did not.
REPLICAS: Final = Table(
    "replicas",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("since", TIME, nullable=False),
    Column("seen", TIME, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("problem", Text, nullable=False),
)

# One row that counts the requested reloads, for all processes to look at.
RELOADS: Final = Table(
    "reloads",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("at", TIME, nullable=False),
)

# What is announced regularly. `payload`: what, as JSON; `cron`: five fields, in `time_zone`. `next_at`: its next
# moment. `paused`: since when it rests.
SCHEDULES: Final = Table(
    "schedules",
    METADATA,
    Column("id", _COUNTING, primary_key=True),
    Column("request_key", Text, nullable=False, unique=True),
    Column("who", BigInteger, nullable=False),
    Column("language", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("pin", Boolean, nullable=False),
    Column("cron", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("next_at", TIME, nullable=False),
    Column("paused", TIME),
    Column("created", TIME, nullable=False),
)

# One message to many chats, or something done with such a message afterwards.
# `request_key`: of what asked for it, so that it is done once although asked twice. `who`: the admin, 0 for a shell.
# `language`: of the reports. `action`: send, correct, withdraw or resend; all but send name the `target`.
# `state`: draft, queued, sending, done, stopped or missed. `due_at`: when to begin; `scheduled`: whether that was asked
# for. `released`: when it began, which is the order that chats get them in.
# `report_message`: the message in the chat of `who` that tells the progress; `reported`: when the last report was made.
ANNOUNCEMENTS: Final = Table(
    "announcements",
    METADATA,
    Column("id", _COUNTING, primary_key=True),
    Column("request_key", Text, nullable=False, unique=True),
    Column("who", BigInteger, nullable=False),
    Column("language", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("target", BigInteger, ForeignKey("announcements.id")),
    Column("schedule", BigInteger, ForeignKey("schedules.id", ondelete="SET NULL")),
    Column("payload", Text, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("pin", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("created", TIME, nullable=False),
    Column("due_at", TIME, nullable=False),
    Column("scheduled", Boolean, nullable=False),
    Column("released", TIME),
    Column("finished", TIME),
    Column("total", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("skipped", Integer, nullable=False),
    Column("report_message", BigInteger),
    Column("reported", TIME),
    Index("announcements_state", "state", "due_at"),
    Index("announcements_target", "target"),
    Index("announcements_schedule", "schedule", "released"),
)


def _partial_index(name: str, *columns: Column[Any], where: ColumnElement[bool]) -> None:
    Index(name, *columns, sqlite_where=where, postgresql_where=where)


# One looks twice a second for what is to be reported, among all that ever were.
_partial_index("announcements_unreported", ANNOUNCEMENTS.c.state, where=ANNOUNCEMENTS.c.reported.is_(None))
# What somebody has asked for, among all that schedules announce in the same name.
_partial_index("announcements_asked", ANNOUNCEMENTS.c.who, ANNOUNCEMENTS.c.id, where=ANNOUNCEMENTS.c.schedule.is_(None))

# `state`: pending, sent, failed or skipped (unsubscribed before its turn). `messages`: the ids, with a space between.
# `error`: a word for why it failed, or what the last attempt met. `at`: of the last attempt.
# `next_attempt_at`: of what is pending, the moment from which it is due; 1970 for at once, whatever the clocks say.
DELIVERIES: Final = Table(
    "deliveries",
    METADATA,
    Column("announcement", BigInteger, ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("topic", BigInteger),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("messages", Text),
    Column("error", Text),
    Column("at", TIME),
    Column("next_attempt_at", TIME),
)

# The queue of what is to be sent, among all that ever was sent.
_QUEUE: Final = (DELIVERIES.c.announcement, DELIVERIES.c.next_attempt_at, DELIVERIES.c.chat_id)
_partial_index("deliveries_due", *_QUEUE, where=DELIVERIES.c.next_attempt_at.is_not(None))

# One row, in PostgreSQL: which process may send, until when, and how often that has changed hands.
BROADCASTER: Final = Table(
    "broadcaster",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("owner", Text, nullable=False),
    Column("until", TIME, nullable=False),
    Column("fence", BigInteger, nullable=False),
)

# The messages of albums that admins have sent. `album`: Telegram's name for it.
ALBUMS: Final = Table(
    "albums",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("album", Text, primary_key=True),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("captioned", Boolean, nullable=False),
    Column("at", TIME, nullable=False),
)

# They tell of the processes at work and of nothing that outlasts them, so that no copy takes their rows along.
PASSING: Final = frozenset({PENDING_UPDATES.name, PROBE.name, REPLICAS.name, BROADCASTER.name})
