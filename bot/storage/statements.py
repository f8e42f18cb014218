"""The statements, each a function of a connection to be called within a transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias, TypeVar

from sqlalchemy import Case, ColumnElement, Table, case, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import CHATS, FEEDBACK, HANDLED_UPDATES, PROBE, QUESTIONS

Result = TypeVar("Result")
Query: TypeAlias = Callable[[AsyncConnection], Awaitable[Result]]
Change: TypeAlias = Query[None]

# Telegram keeps an update for 24 hours.
_UPDATE_DAYS: Final = 2


class Vote(StrEnum):
    UP = "up"
    DOWN = "down"


def chat_seen(  # noqa: PLR0913, PLR0917 (the columns)
    chat_id: int, kind: str, title: str, language: str, topic: int | None, now: datetime
) -> Change:
    async def change(connection: AsyncConnection) -> None:
        row = insert_into(connection, CHATS).values(
            chat_id=chat_id, kind=kind, title=title, language=language, topic=topic, added=now
        )
        new, old = row.excluded, CHATS.c
        values = {
            "kind": new.kind,
            "title": new.title,
            "language": new.language,
            "topic": func.coalesce(new.topic, old.topic),
            "added": case((old.ended.is_not(None), new.added), else_=old.added),
            "ended": None,
            "because": None,
        }
        # Most messages change nothing, and an update to the same values would be written all the same.
        changed = (
            (old.kind != new.kind)
            | (old.title != new.title)
            | (old.language != new.language)
            | old.topic.is_distinct_from(values["topic"])
            | old.ended.is_not(None)
        )
        await connection.execute(row.on_conflict_do_update(index_elements=[old.chat_id], set_=values, where=changed))

    return change


def chat_ended(chat_id: int, because: str, now: datetime) -> Change:
    async def change(connection: AsyncConnection) -> None:
        alive = (CHATS.c.chat_id == chat_id) & CHATS.c.ended.is_(None)
        await connection.execute(update(CHATS).where(alive).values(ended=now, because=because))

    return change


def chat_moved(old_id: int, new_id: int) -> Change:
    async def change(connection: AsyncConnection) -> None:
        old = (await connection.execute(delete(CHATS).where(CHATS.c.chat_id == old_id).returning(CHATS))).one_or_none()
        if old is None:
            return
        moved = {**old._asdict(), "chat_id": new_id, "kind": "supergroup", "ended": None, "because": None}
        row = insert_into(connection, CHATS).values(moved)
        # Messages of the supergroup may be read before the one that tells of the move.
        known = {"added": row.excluded.added, "topic": func.coalesce(CHATS.c.topic, row.excluded.topic)}
        await connection.execute(row.on_conflict_do_update(index_elements=[CHATS.c.chat_id], set_=known))

    return change


def asked(day: date, text: str, question: str, outcome: str, facts: str) -> Change:
    async def change(connection: AsyncConnection) -> None:
        row = insert_into(connection, QUESTIONS).values(
            day=day, text=text, question=question, outcome=str(outcome), facts=facts, count=1
        )
        key = [column.name for column in QUESTIONS.primary_key]
        await connection.execute(row.on_conflict_do_update(index_elements=key, set_={"count": QUESTIONS.c.count + 1}))

    return change


def voted(facts: str, question: str, vote: Vote, previous: Vote | None) -> Change:
    async def change(connection: AsyncConnection) -> None:
        await _count_votes(connection, facts, question, **{vote: 1, **({previous: -1} if previous else {})})

    return change


async def _count_votes(connection: AsyncConnection, facts: str, question: str, up: int = 0, down: int = 0) -> None:
    row = insert_into(connection, FEEDBACK).values(facts=facts, question=question, up=max(up, 0), down=max(down, 0))
    # A vote that is taken back may have been given while nothing was written.
    sums = {"up": _not_below_zero(FEEDBACK.c.up + up), "down": _not_below_zero(FEEDBACK.c.down + down)}
    key = [column.name for column in FEEDBACK.primary_key]
    await connection.execute(row.on_conflict_do_update(index_elements=key, set_=sums))


def handled(update_id: int, day: date) -> Change:
    async def change(connection: AsyncConnection) -> None:
        row = insert_into(connection, HANDLED_UPDATES).values(update_id=update_id, day=day)
        await connection.execute(row.on_conflict_do_nothing())

    return change


def is_handled(update_id: int) -> Query[bool]:
    async def query(connection: AsyncConnection) -> bool:
        found = select(HANDLED_UPDATES.c.update_id).where(HANDLED_UPDATES.c.update_id == update_id)
        return (await connection.execute(found)).first() is not None

    return query


def prune(today: date, days: int) -> Change:
    async def change(connection: AsyncConnection) -> None:
        await connection.execute(delete(QUESTIONS).where(QUESTIONS.c.day <= today - timedelta(days=days)))
        await connection.execute(
            delete(HANDLED_UPDATES).where(HANDLED_UPDATES.c.day <= today - timedelta(days=_UPDATE_DAYS))
        )
        kept = exists().where(QUESTIONS.c.question == FEEDBACK.c.question)
        orphans = delete(FEEDBACK).where(FEEDBACK.c.question != "", ~kept).returning(FEEDBACK)
        for row in (await connection.execute(orphans)).all():
            await _count_votes(connection, row.facts, "", row.up, row.down)

    return change


async def probe(connection: AsyncConnection) -> None:
    row = insert_into(connection, PROBE).values(id=1, written=0)
    again = {"written": (PROBE.c.written + 1) % 1_000_000}
    await connection.execute(row.on_conflict_do_update(index_elements=[PROBE.c.id], set_=again))


def insert_into(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def _not_below_zero(sum_: ColumnElement[int]) -> Case[int]:
    return case((sum_ < 0, 0), else_=sum_)
