"""The tables as this version uses them; migrations/ brings a database to this form."""

from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Dialect
from sqlalchemy.schema import Column, ForeignKey, Index, MetaData, SchemaItem, Table
from sqlalchemy.types import BigInteger, Boolean, Date, DateTime, Integer, Text, TypeDecorator, TypeEngine

METADATA = MetaData()
_Type: TypeAlias = "TypeEngine[Any] | type[TypeEngine[Any]]"


class _Time(TypeDecorator[datetime]):
    """Times in UTC. Drivers give SQLite's without a time zone, PostgreSQL's in that of its server."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value and value.astimezone(UTC)


TIME = _Time()


def table(name: str, *parts: SchemaItem) -> Table:
    return Table(name, METADATA, *parts)


def key(**types: _Type) -> list[Column[Any]]:
    return [Column(name, type_, primary_key=True, autoincrement=False) for name, type_ in types.items()]


def needed(**types: _Type) -> list[Column[Any]]:
    return [Column(name, type_, nullable=False) for name, type_ in types.items()]


def optional(**types: _Type) -> list[Column[Any]]:
    return [Column(name, type_) for name, type_ in types.items()]


def number() -> Column[Any]:
    # SQLite numbers rows by itself only where the type is INTEGER.
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def request_key() -> Column[Any]:
    return Column("request_key", Text, nullable=False, unique=True)


def partial_index(name: str, *columns: Column[Any], where: ColumnElement[bool]) -> None:
    Index(name, *columns, sqlite_where=where, postgresql_where=where)


# `subscribed`: since when announcements go there, to `subscription_topic` where it is a forum; empty where they do not.
# `unsubscribed`: a word for why a subscription has ended.
CHATS = table(
    "chats",
    *key(chat_id=BigInteger),
    *needed(kind=Text, title=Text),
    *optional(topic=BigInteger),
    *needed(language=Text, added=TIME),
    *optional(ended=TIME, because=Text, subscribed=TIME, subscription_topic=BigInteger),
    *optional(unsubscribed=Text),
)

# `facts`: ids with a space between. `question`: the hash that feedback names it by; empty, as the text is, in the row
# that counts what a day had no more room for.
QUESTIONS = table(
    "questions",
    *key(day=Date, question=Text, outcome=Text, facts=Text),
    *needed(text=Text, count=Integer),
    Index("questions_question", "question"),
    # All that it takes to find what was asked in vain most often, but for the texts.
    Index("questions_outcome", "outcome", "question", "day", "count"),
)

# `question` is empty where the question is no longer kept.
FEEDBACK = table("feedback", *key(facts=Text, question=Text), *needed(up=Integer, down=Integer))

# `ballot`: a hash of a message and of what it answers, which tells a second press from a first. `day`: of the last one.
VOTES = table("votes", *key(ballot=Text), *needed(vote=Text, day=Date), Index("votes_day", "day"))

# Questions that an admin has found not to be in the reports, by their hashes. `cluster`: the hash of the first of those
# that were set aside together. `day`: when.
SET_ASIDE = table("set_aside", *key(question=Text), *needed(cluster=Text, day=Date))

HANDLED_UPDATES = table(
    "handled_updates", *key(update_id=BigInteger), *needed(day=Date), Index("handled_updates_day", "day")
)

# Updates that were fetched and are not handled yet. `content`: in JSON, as Telegram sent them.
PENDING_UPDATES = table("pending_updates", *key(update_id=BigInteger), *needed(content=Text, at=TIME))

# One row that is written to find out whether the database takes anything.
PROBE = table("probe", *key(id=Integer), *needed(written=Integer))

# What admins did; `who` is 0 where the program did it by itself.
AUDIT = table("audit", number(), *needed(at=TIME, who=BigInteger, what=Text, result=Text), Index("audit_at", "at"))

# The processes on the database. `version`: of their knowledge, in force since `since`. `taken`: the number of the last
# requested reload that they have made. `problem`: why that failed, empty where it did not.
REPLICAS = table("replicas", *key(name=Text), *needed(version=Text, since=TIME, seen=TIME, taken=Integer, problem=Text))

# One row that counts the requested reloads, for all processes to look at.
RELOADS = table("reloads", *key(id=Integer), *needed(number=Integer, at=TIME))

# What is announced regularly. `payload`: what, as JSON; `cron`: five fields, in `time_zone`. `next_at`: its next
# moment. `paused`: since when it rests.
SCHEDULES = table(
    "schedules",
    number(),
    request_key(),
    *needed(who=BigInteger, language=Text, payload=Text, silent=Boolean, pin=Boolean, cron=Text),
    *needed(time_zone=Text, next_at=TIME),
    *optional(paused=TIME),
    *needed(created=TIME),
)

# One message to many chats, or something done with such a message afterwards.
# `request_key`: of what asked for it, so that it is done once although asked twice. `who`: the admin, 0 for a shell.
# `language`: of the reports. `action`: send, correct, withdraw or resend; all but send name the `target`.
# `state`: draft, queued, sending, done, stopped or missed. `due_at`: when to begin; `scheduled`: whether that was asked
# for. `released`: when it began, which is the order that chats get them in.
# `report_message`: the message in the chat of `who` that tells the progress; `reported`: when the last report was made.
ANNOUNCEMENTS = table(
    "announcements",
    number(),
    request_key(),
    *needed(who=BigInteger, language=Text, action=Text),
    Column("target", BigInteger, ForeignKey("announcements.id")),
    Column("schedule", BigInteger, ForeignKey("schedules.id", ondelete="SET NULL")),
    *needed(payload=Text, silent=Boolean, pin=Boolean, state=Text, created=TIME, due_at=TIME),
    *needed(scheduled=Boolean),
    *optional(released=TIME, finished=TIME),
    *[Column(name, Integer, nullable=False, default=0) for name in ("total", "sent", "failed", "skipped")],
    *optional(report_message=BigInteger, reported=TIME),
    Index("announcements_state", "state", "due_at"),
    Index("announcements_target", "target"),
    Index("announcements_schedule", "schedule", "released"),
)


# One looks twice a second for what is to be reported, among all that ever were.
partial_index("announcements_unreported", ANNOUNCEMENTS.c.state, where=ANNOUNCEMENTS.c.reported.is_(None))
# What somebody has asked for, among all that schedules announce in the same name.
partial_index("announcements_asked", ANNOUNCEMENTS.c.who, ANNOUNCEMENTS.c.id, where=ANNOUNCEMENTS.c.schedule.is_(None))

# `state`: pending, sent, failed or skipped (unsubscribed before its turn). `messages`: the ids, with a space between.
# `error`: a word for why it failed, or what the last attempt met. `at`: of the last attempt.
# `next_attempt_at`: of what is pending, the moment from which it is due; 1970 for at once, whatever the clocks say.
DELIVERIES = table(
    "deliveries",
    Column("announcement", BigInteger, ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True),
    *key(chat_id=BigInteger),
    *optional(topic=BigInteger),
    *needed(state=Text, attempts=Integer),
    *optional(messages=Text, error=Text, at=TIME, next_attempt_at=TIME),
)

# The queue of what is to be sent, among all that ever was sent.
_QUEUE = (DELIVERIES.c.announcement, DELIVERIES.c.next_attempt_at, DELIVERIES.c.chat_id)
partial_index("deliveries_due", *_QUEUE, where=DELIVERIES.c.next_attempt_at.is_not(None))

# One row, in PostgreSQL: which process may send, until when, and how often that has changed hands.
BROADCASTER = table("broadcaster", *key(id=Integer), *needed(owner=Text, until=TIME, fence=BigInteger))

# The messages of albums that admins have sent. `album`: Telegram's name for it.
ALBUMS = table(
    "albums", *key(chat_id=BigInteger, album=Text, message_id=BigInteger), *needed(captioned=Boolean, at=TIME)
)

# They tell of the processes at work and of nothing that outlasts them, so that no copy takes their rows along.
PASSING = frozenset({PENDING_UPDATES.name, PROBE.name, REPLICAS.name, BROADCASTER.name})
