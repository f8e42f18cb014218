"""What is forgotten after a while, little by little, so that others can write in between."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Delete, Table, delete, exists, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import Query, insert_into
from .questions import Vote
from .tables import (
    ALBUMS,
    ANNOUNCEMENTS,
    AUDIT,
    CHATS,
    DELIVERIES,
    FEEDBACK,
    HANDLED_UPDATES,
    QUESTIONS,
    SET_ASIDE,
    VOTES,
)

# How long after the end of an announcement it is known what each chat has got of it.
DELIVERIES_KEPT = timedelta(days=400)
# What admins did and set aside, chats that ended, and votes.
_LONG_KEPT = timedelta(days=400)
# Drafts and albums.
_KEPT = timedelta(days=30)
# The rows of one transaction.
PIECE = 5_000


def pieces(now: datetime, question_days: int) -> tuple[Query[bool], ...]:
    """Each forgets up to `PIECE` rows of a sort, and says whether there may be more of them; to be done in order."""
    today = now.date()
    old_questions = QUESTIONS.c.day <= today - timedelta(days=question_days)
    return (
        _rows(QUESTIONS, old_questions),
        _votes(),
        _rows(VOTES, VOTES.c.day <= today - _LONG_KEPT),
        _rows(SET_ASIDE, SET_ASIDE.c.day <= today - _LONG_KEPT),
        # Telegram keeps an update for 24 hours.
        _rows(HANDLED_UPDATES, HANDLED_UPDATES.c.day <= today - timedelta(days=2)),
        _rows(AUDIT, AUDIT.c.at < now - _LONG_KEPT),
        _rows(CHATS, CHATS.c.ended < now - _LONG_KEPT),
        _rows(ALBUMS, ALBUMS.c.at < now - _KEPT),
        _rows(ANNOUNCEMENTS, _never_sent(now - _KEPT)),
        _deliveries(now - DELIVERIES_KEPT),
    )


def _rows(table: Table, old: ColumnElement[bool]) -> Query[bool]:
    async def change(connection: AsyncConnection) -> bool:
        return (await connection.execute(_delete(table, old))).rowcount == PIECE

    return change


def _delete(table: Table, which: ColumnElement[bool]) -> Delete:
    """Deletes up to `PIECE` of those rows."""
    key = tuple(table.primary_key)
    return delete(table).where(tuple_(*key).in_(select(*key).where(which).limit(PIECE).correlate(None)))


def _votes() -> Query[bool]:
    """Votes on answers whose question is forgotten count for each of the facts: they stay for ever."""
    columns = FEEDBACK.c
    forgotten = (columns.question != "") & ~exists().where(QUESTIONS.c.question == columns.question)
    on_several = (columns.question == "") & columns.facts.contains(" ")

    async def change(connection: AsyncConnection) -> bool:
        these = _delete(FEEDBACK, forgotten | on_several)
        taken = (await connection.execute(these.returning(FEEDBACK))).all()
        sums: dict[str, Counter[str]] = {}
        for row in taken:
            for fact in set(row.facts.split()):
                sums.setdefault(fact, Counter()).update({Vote.UP: row.up, Vote.DOWN: row.down})
        if sums:
            by_fact = insert_into(connection, FEEDBACK)
            added = {vote: columns[vote] + by_fact.excluded[vote] for vote in Vote}
            again = by_fact.on_conflict_do_update(index_elements=list(FEEDBACK.primary_key), set_=added)
            await connection.execute(again, [{"facts": fact, "question": "", **votes} for fact, votes in sums.items()])
        return len(taken) == PIECE

    return change


def _never_sent(before: datetime) -> ColumnElement[bool]:
    """Drafts that nobody has decided on, and those that were dropped."""
    columns, later = ANNOUNCEMENTS.c, ANNOUNCEMENTS.alias()
    dropped = (columns.state == "stopped") & columns.released.is_(None)
    # SQLite gives the number of the last row once more where that row is gone, and buttons of old messages carry it.
    newest = select(func.max(later.c.id)).scalar_subquery()
    meant = exists().where(later.c.target == columns.id)
    return ((columns.state == "draft") | dropped) & (columns.created < before) & (columns.id < newest) & ~meant


def _deliveries(before: datetime) -> Query[bool]:
    """Forgets deliveries of the first announcement that ended before that time and has any; its counters stay."""
    mine = DELIVERIES.c.announcement == ANNOUNCEMENTS.c.id
    # A look at one row of each, where a join might read the whole table.
    one = select(DELIVERIES.c.chat_id).where(mine).limit(1).scalar_subquery()
    old = select(ANNOUNCEMENTS.c.id).where(ANNOUNCEMENTS.c.finished < before, one.is_not(None))

    async def change(connection: AsyncConnection) -> bool:
        announcement = (await connection.execute(old.order_by(ANNOUNCEMENTS.c.id).limit(1))).scalar_one_or_none()
        if announcement is None:
            return False
        await connection.execute(_delete(DELIVERIES, DELIVERIES.c.announcement == announcement))
        return True

    return change
