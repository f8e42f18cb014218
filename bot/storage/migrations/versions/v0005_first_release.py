"""The tables of version 1.0.0."""

from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Integer, Text
from sqlalchemy.types import TypeEngine

revision = "0005_since_0004"
down_revision = None

_Type: TypeAlias = "TypeEngine[Any] | type[TypeEngine[Any]]"
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "chats",
        *_key(chat_id=BigInteger),
        *_needed(kind=Text, title=Text),
        *_optional(topic=BigInteger),
        *_needed(language=Text, added=_TIME),
        *_optional(ended=_TIME, because=Text, subscribed=_TIME, subscription_topic=BigInteger, unsubscribed=Text),
    )
    key = _key(day=Date, question=Text, outcome=Text, facts=Text)
    op.create_table("questions", *key, *_needed(text=Text, count=Integer))
    op.create_index("questions_question", "questions", ["question"])
    op.create_table("feedback", *_key(facts=Text, question=Text), *_needed(up=Integer, down=Integer))
    op.create_table("handled_updates", *_key(update_id=BigInteger), *_needed(day=Date))
    op.create_index("handled_updates_day", "handled_updates", ["day"])
    op.create_table("probe", *_key(id=Integer), *_needed(written=Integer))
    op.create_table("audit", _number(), *_needed(at=_TIME, who=BigInteger, what=Text, result=Text))
    replica = _needed(version=Text, since=_TIME, seen=_TIME, taken=Integer, problem=Text)
    op.create_table("replicas", *_key(name=Text), *replica)
    op.create_table("reloads", *_key(id=Integer), *_needed(number=Integer, at=_TIME))
    op.create_table("broadcaster", *_key(id=Integer), *_needed(owner=Text, until=_TIME, fence=BigInteger))
    key = _key(chat_id=BigInteger, album=Text, message_id=BigInteger)
    op.create_table("albums", *key, *_needed(captioned=Boolean, at=_TIME))
    _announcements()


def _announcements() -> None:
    op.create_table(
        "schedules",
        _number(),
        _request_key(),
        *_needed(who=BigInteger, language=Text, payload=Text, silent=Boolean, pin=Boolean),
        *_needed(cron=Text, time_zone=Text, next_at=_TIME),
        *_optional(paused=_TIME),
        *_needed(created=_TIME),
    )
    op.create_table(
        "announcements",
        _number(),
        _request_key(),
        *_needed(who=BigInteger, language=Text, action=Text),
        Column("target", BigInteger, ForeignKey("announcements.id")),
        Column("schedule", BigInteger, ForeignKey("schedules.id", ondelete="SET NULL")),
        *_needed(payload=Text, silent=Boolean, pin=Boolean, state=Text, created=_TIME, due_at=_TIME, scheduled=Boolean),
        *_optional(released=_TIME, finished=_TIME),
        *_needed(total=Integer, sent=Integer, failed=Integer, skipped=Integer),
        *_optional(report_message=BigInteger, reported=_TIME),
    )
    op.create_index("announcements_state", "announcements", ["state", "due_at"])
    op.create_index("announcements_target", "announcements", ["target"])
    op.create_table(
        "deliveries",
        Column("announcement", BigInteger, ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True),
        *_key(chat_id=BigInteger),
        *_optional(topic=BigInteger),
        *_needed(state=Text, attempts=Integer),
        *_optional(messages=Text, error=Text, at=_TIME),
    )


def _number() -> Column[Any]:
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def _request_key() -> Column[Any]:
    return Column("request_key", Text, nullable=False, unique=True)


def _key(**types: _Type) -> list[Column[Any]]:
    return [Column(name, type_, primary_key=True, autoincrement=False) for name, type_ in types.items()]


def _needed(**types: _Type) -> list[Column[Any]]:
    return [Column(name, type_, nullable=False) for name, type_ in types.items()]


def _optional(**types: _Type) -> list[Column[Any]]:
    return [Column(name, type_) for name, type_ in types.items()]
