"""Queries for the admins: what was asked and stated, and what admins did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering.answer import Outcome
from bot.storage.statements import Change, Query, utc
from bot.storage.tables import AUDIT, FEEDBACK, QUESTIONS

# What nobody could read on a page; an export has as many.
MOST_QUESTIONS: Final = 3_000
_LONGEST: Final = 500
_PROGRAM: Final = 0


@dataclass(frozen=True, slots=True)
class Audited:
    """Something that an admin did. `who`: the id, None where the program did it by itself. `at`: UTC."""

    at: datetime
    who: int | None
    what: str
    result: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question in its normalised form, the outcome that it had, and how often and when it was asked.

    `text`: empty for all those together that a day had no more room for.
    """

    text: str
    outcome: Outcome
    count: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Popular:
    """How often each fact was stated since a day, and its votes of all time; all by the fact's id."""

    asked: Mapping[str, int]
    up: Mapping[str, int]
    down: Mapping[str, int]


def audited(now: datetime, who: int | None, what: str, result: str) -> Change:
    async def change(connection: AsyncConnection) -> None:
        values = {"at": now, "who": who or _PROGRAM, "what": storable(what), "result": storable(result)}
        await connection.execute(insert(AUDIT).values(values))

    return change


def audit(most: int) -> Query[list[Audited]]:
    """The newest, newest first."""

    async def query(connection: AsyncConnection) -> list[Audited]:
        found = await connection.execute(select(AUDIT).order_by(AUDIT.c.id.desc()).limit(most))
        return [Audited(utc(row.at), row.who or None, row.what, row.result) for row in found]

    return query


def outcomes(day: date) -> Query[dict[Outcome, int]]:
    async def query(connection: AsyncConnection) -> dict[Outcome, int]:
        counts = select(QUESTIONS.c.outcome, func.sum(QUESTIONS.c.count)).where(QUESTIONS.c.day == day)
        found = await connection.execute(counts.group_by(QUESTIONS.c.outcome))
        return {Outcome(outcome): int(count) for outcome, count in found}

    return query


def unanswered(since: date) -> Query[list[Unanswered]]:
    """The questions since a day that were refused, or got choices; the most frequent first."""
    columns = QUESTIONS.c
    first, last = func.min(columns.day).label("first"), func.max(columns.day).label("last")
    most = (
        select(columns.question, columns.outcome, func.sum(columns.count).label("sum"), first, last)
        .where(columns.day >= since, columns.outcome.in_([Outcome.NONE, Outcome.CHOICES]))
        .group_by(columns.outcome, columns.question)
        .order_by(func.sum(columns.count).desc(), columns.question, columns.outcome)
        .limit(MOST_QUESTIONS)
        .subquery()
    )
    # One of the rows that were counted; they have the same text.
    counted = (columns.day == most.c.last, columns.question == most.c.question, columns.outcome == most.c.outcome)
    text = select(columns.text).where(*counted).limit(1).scalar_subquery()

    async def query(connection: AsyncConnection) -> list[Unanswered]:
        found = await connection.execute(select(text, most.c.outcome, most.c.sum, most.c.first, most.c.last))
        questions = [Unanswered(text, Outcome(outcome), int(sum_), *days) for text, outcome, sum_, *days in found]
        return sorted(questions, key=lambda question: (-question.count, question.text, question.outcome))

    return query


def popular(since: date) -> Query[Popular]:
    async def query(connection: AsyncConnection) -> Popular:
        asked: Counter[str] = Counter()
        stated = (QUESTIONS.c.day >= since) & (QUESTIONS.c.outcome == str(Outcome.ANSWER))
        counts = select(QUESTIONS.c.facts, func.sum(QUESTIONS.c.count)).where(stated).group_by(QUESTIONS.c.facts)
        for facts, count in await connection.execute(counts):
            asked.update(dict.fromkeys(facts.split(), int(count)))
        up, down = await _votes(connection)
        return Popular(asked, up, down)

    return query


async def _votes(connection: AsyncConnection) -> tuple[Counter[str], Counter[str]]:
    up: Counter[str] = Counter()
    down: Counter[str] = Counter()
    sums = select(FEEDBACK.c.facts, func.sum(FEEDBACK.c.up), func.sum(FEEDBACK.c.down)).group_by(FEEDBACK.c.facts)
    for facts, ups, downs in await connection.execute(sums):
        up.update(dict.fromkeys(facts.split(), int(ups)))
        down.update(dict.fromkeys(facts.split(), int(downs)))
    return up, down


def storable(text: str) -> str:
    """PostgreSQL takes no NUL, and nothing takes half of a surrogate pair."""
    return text[:_LONGEST].replace("\0", "\ufffd").encode("utf-8", "replace").decode()
