"""What is forgotten after a while, little by little, so that others can write in between."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, literal, or_, select, tuple_

from bot.storage.activity.questions import Vote

from .statements import insert_into
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

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from .statements import Query

# How long after the end of an announcement it is known what each chat has got of it.
DELIVERIES_KEPT: Final = timedelta(days=400)
# What admins did and set aside, chats that ended, and votes.
_LONG_KEPT: Final = timedelta(days=400)
# Drafts and albums.
_KEPT: Final = timedelta(days=30)
# Telegram keeps an update for 24 hours.
_UPDATES_KEPT: Final = timedelta(days=2)
# The rows of one transaction.
PIECE: Final = 5_000


def pieces(now: datetime, today: date, question_days: int, piece: int = PIECE) -> tuple[Query[bool], ...]:
    """Each forgets up to `piece` rows of a sort, and says whether there may be more of them; to be done in this order.

    `question_days`: for how long questions are kept.
    """
    old_questions = QUESTIONS.c.day <= today - timedelta(days=question_days)
    return (
        _rows(QUESTIONS, old_questions, piece),
        _votes(piece),
        _rows(VOTES, VOTES.c.day <= today - _LONG_KEPT, piece),
        _rows(SET_ASIDE, SET_ASIDE.c.day <= today - _LONG_KEPT, piece),
        _rows(HANDLED_UPDATES, HANDLED_UPDATES.c.day <= today - _UPDATES_KEPT, piece),
        _rows(AUDIT, AUDIT.c.at < now - _LONG_KEPT, piece),
        _rows(CHATS, CHATS.c.ended < now - _LONG_KEPT, piece),
        _rows(ALBUMS, ALBUMS.c.at < now - _KEPT, piece),
        _rows(ANNOUNCEMENTS, _never_sent(now - _KEPT), piece),
        _deliveries(now - DELIVERIES_KEPT, piece),
    )


def _rows(table: Table, old: ColumnElement[bool], piece: int) -> Query[bool]:
    async def change(connection: AsyncConnection) -> bool:
        these, more = await _first(connection, table, old, piece)
        await connection.execute(delete(table).where(these))
        return more

    return change


async def _first(
    connection: AsyncConnection, table: Table, which: ColumnElement[bool], piece: int
) -> tuple[ColumnElement[bool], bool]:
    """The first `piece` of those rows in the order of the key, and whether there may be more."""
    key = tuple(table.primary_key)
    last = select(*key).where(which).order_by(*key).offset(piece - 1).limit(1)
    found = (await connection.execute(last)).one_or_none()
    if found is None:
        return which, False
    values = (literal(value, column.type) for value, column in zip(found, key, strict=True))
    return and_(which, tuple_(*key) <= tuple_(*values)), True


def _votes(piece: int) -> Query[bool]:
    """Votes on answers whose question is forgotten count for each of the facts.

    As one row for each fact, for they stay for ever.
    """
    columns = FEEDBACK.c
    forgotten = and_(columns.question != "", ~exists().where(QUESTIONS.c.question == columns.question))
    on_several = and_(columns.question == "", columns.facts.contains(" "))

    async def change(connection: AsyncConnection) -> bool:
        these, more = await _first(connection, FEEDBACK, or_(forgotten, on_several), piece)
        taken = (await connection.execute(delete(FEEDBACK).where(these).returning(FEEDBACK))).all()
        sums: dict[str, Counter[str]] = {}
        for row in taken:
            for fact in set(row.facts.split()):
                sums.setdefault(fact, Counter()).update({Vote.UP: row.up, Vote.DOWN: row.down})
        if sums:
            by_fact = insert_into(connection, FEEDBACK)
            added = {vote: columns[vote] + by_fact.excluded[vote] for vote in Vote}
            again = by_fact.on_conflict_do_update(index_elements=list(FEEDBACK.primary_key), set_=added)
            await connection.execute(again, [{"facts": fact, "question": "", **votes} for fact, votes in sums.items()])
        return more

    return change


def _never_sent(before: datetime) -> ColumnElement[bool]:
    """Drafts that nobody has decided on, and those that were dropped."""
    columns, later = ANNOUNCEMENTS.c, ANNOUNCEMENTS.alias()
    dropped = (columns.state == "stopped") & columns.released.is_(None)
    # SQLite gives the number of the last row once more where that row is gone, and buttons of old messages carry it.
    newest = select(func.max(later.c.id)).scalar_subquery()
    meant = exists().where(later.c.target == columns.id)
    return and_(or_(columns.state == "draft", dropped), columns.created < before, columns.id < newest, ~meant)


def _deliveries(before: datetime, piece: int) -> Query[bool]:
    """Of the first announcement that ended before that time and still has any; its counters stay."""
    mine = DELIVERIES.c.announcement == ANNOUNCEMENTS.c.id
    # A look at one row of each, where a join might read the whole table.
    one = select(DELIVERIES.c.chat_id).where(mine).limit(1).scalar_subquery()
    old = select(ANNOUNCEMENTS.c.id).where(ANNOUNCEMENTS.c.finished < before, one.is_not(None))

    async def change(connection: AsyncConnection) -> bool:
        announcement = (await connection.execute(old.order_by(ANNOUNCEMENTS.c.id).limit(1))).scalar_one_or_none()
        if announcement is None:
            return False
        these, _ = await _first(connection, DELIVERIES, DELIVERIES.c.announcement == announcement, piece)
        await connection.execute(delete(DELIVERIES).where(these))
        return True

    return change
