"""The tables of version 1.0.0."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, ForeignKey, Integer, Text

from bot.storage.columns import key, needed, number, optional, request_key

revision = "0005_since_0004"
down_revision = None

_TIME = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "chats",
        *key(chat_id=BigInteger),
        *needed(kind=Text, title=Text),
        *optional(topic=BigInteger),
        *needed(language=Text, added=_TIME),
        *optional(ended=_TIME, because=Text, subscribed=_TIME, subscription_topic=BigInteger, unsubscribed=Text),
    )
    columns = key(day=Date, question=Text, outcome=Text, facts=Text)
    op.create_table("questions", *columns, *needed(text=Text, count=Integer))
    op.create_index("questions_question", "questions", ["question"])
    op.create_table("feedback", *key(facts=Text, question=Text), *needed(up=Integer, down=Integer))
    op.create_table("handled_updates", *key(update_id=BigInteger), *needed(day=Date))
    op.create_index("handled_updates_day", "handled_updates", ["day"])
    op.create_table("probe", *key(id=Integer), *needed(written=Integer))
    op.create_table("audit", number(), *needed(at=_TIME, who=BigInteger, what=Text, result=Text))
    replica = needed(version=Text, since=_TIME, seen=_TIME, taken=Integer, problem=Text)
    op.create_table("replicas", *key(name=Text), *replica)
    op.create_table("reloads", *key(id=Integer), *needed(number=Integer, at=_TIME))
    op.create_table("broadcaster", *key(id=Integer), *needed(owner=Text, until=_TIME, fence=BigInteger))
    columns = key(chat_id=BigInteger, album=Text, message_id=BigInteger)
    op.create_table("albums", *columns, *needed(captioned=Boolean, at=_TIME))
    _announcements()


def _announcements() -> None:
    op.create_table(
        "schedules",
        number(),
        request_key(),
        *needed(who=BigInteger, language=Text, payload=Text, silent=Boolean, pin=Boolean),
        *needed(cron=Text, time_zone=Text, next_at=_TIME),
        *optional(paused=_TIME),
        *needed(created=_TIME),
    )
    op.create_table(
        "announcements",
        number(),
        request_key(),
        *needed(who=BigInteger, language=Text, action=Text),
        Column("target", BigInteger, ForeignKey("announcements.id")),
        Column("schedule", BigInteger, ForeignKey("schedules.id", ondelete="SET NULL")),
        *needed(payload=Text, silent=Boolean, pin=Boolean, state=Text, created=_TIME, due_at=_TIME, scheduled=Boolean),
        *optional(released=_TIME, finished=_TIME),
        *needed(total=Integer, sent=Integer, failed=Integer, skipped=Integer),
        *optional(report_message=BigInteger, reported=_TIME),
    )
    op.create_index("announcements_state", "announcements", ["state", "due_at"])
    op.create_index("announcements_target", "announcements", ["target"])
    op.create_table(
        "deliveries",
        Column("announcement", BigInteger, ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True),
        *key(chat_id=BigInteger),
        *optional(topic=BigInteger),
        *needed(state=Text, attempts=Integer),
        *optional(messages=Text, error=Text, at=_TIME),
    )
