"""The tables as this version uses them; migrations/ brings a database to this form."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Integer, MetaData, Table, Text

METADATA: Final = MetaData()

# Times are UTC. SQLite keeps no time zone with them.
_TIME: Final = DateTime(timezone=True)

CHATS: Final = Table(
    "chats",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("topic", BigInteger),
    Column("language", Text, nullable=False),
    Column("added", _TIME, nullable=False),
    Column("ended", _TIME),
    Column("because", Text),
)

# `facts`: ids with a space between. `question`: the hash that feedback names it by.
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

HANDLED_UPDATES: Final = Table(
    "handled_updates",
    METADATA,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
    Index("handled_updates_day", "day"),
)

# One row that is written to find out whether the database takes anything.
PROBE: Final = Table(
    "probe",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("written", Integer, nullable=False),
)
