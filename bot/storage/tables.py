"""The tables as this version uses them; migrations/ brings a database to this form."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Integer, MetaData, Table, Text

METADATA: Final = MetaData()

# Times are UTC. SQLite keeps no time zone with them.
_TIME: Final = DateTime(timezone=True)
# SQLite numbers rows by itself only where the type is INTEGER.
_COUNTING: Final = BigInteger().with_variant(Integer, "sqlite")

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

# What admins did; `who` is 0 where the program did it by itself.
AUDIT: Final = Table(
    "audit",
    METADATA,
    Column("id", _COUNTING, primary_key=True),
    Column("at", _TIME, nullable=False),
    Column("who", BigInteger, nullable=False),
    Column("what", Text, nullable=False),
    Column("result", Text, nullable=False),
)

# The processes that share the database. `version`: of their knowledge, in force since `since`. `taken`: the last
# request to reload that they have followed. `problem`: why that failed, empty where it did not.
REPLICAS: Final = Table(
    "replicas",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("since", _TIME, nullable=False),
    Column("seen", _TIME, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("problem", Text, nullable=False),
)

# One row that counts the requests to reload, for those that are not told of them.
RELOADS: Final = Table(
    "reloads",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("at", _TIME, nullable=False),
)
