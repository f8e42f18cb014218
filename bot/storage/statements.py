"""The statements, each a function of a connection to be called within a transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import wraps
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import (
    Case,
    ColumnElement,
    Executable,
    Integer,
    Table,
    Update,
    bindparam,
    case,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from .moving import move_deliveries
from .tables import CHATS, FEEDBACK, HANDLED_UPDATES, PROBE, QUESTIONS, VOTES

Result = TypeVar("Result")
Query: TypeAlias = Callable[[AsyncConnection], Awaitable[Result]]
Change: TypeAlias = Query[None]
# Different ones, of which the texts are kept: nobody fills the database by asking.
QUESTIONS_A_DAY: Final = 5_000


Values: TypeAlias = dict[str, Any]
Write: TypeAlias = Callable[[AsyncConnection, list[Values]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Row:
    """A change that is one row for `write`, which takes many at once; two such functions touch two tables."""

    write: Write
    values: Values

    async def __call__(self, connection: AsyncConnection) -> None:
        await self.write(connection, [self.values])


@dataclass(frozen=True, slots=True)
class Rows:
    """Many rows, for one way to the database and back."""

    write: Write
    values: list[Values]

    async def __call__(self, connection: AsyncConnection) -> None:
        await self.write(connection, self.values)


def combined(changes: Iterable[Change]) -> Iterator[Change]:
    """The same changes, with the rows of each statement together; no row passes a change of another sort."""
    rows: dict[Write, list[Values]] = {}
    for change in changes:
        if isinstance(change, Row):
            rows.setdefault(change.write, []).append(change.values)
            continue
        yield from map(Rows, rows, rows.values())
        rows.clear()
        yield change
    yield from map(Rows, rows, rows.values())


def _rows_of(statement: Callable[[AsyncConnection], Executable]) -> Write:
    """Writes rows by one statement that takes them all."""

    @wraps(statement)
    async def write(connection: AsyncConnection, rows: list[Values]) -> None:
        await connection.execute(statement(connection), rows)

    return write


class Vote(StrEnum):
    UP = "up"
    DOWN = "down"


def chat_seen(  # noqa: PLR0913, PLR0917 (the columns)
    chat_id: int, kind: str, title: str, language: str, topic: int | None, now: datetime
) -> Change:
    values = {"chat_id": chat_id, "kind": kind, "title": title, "language": language, "topic": topic, "added": now}
    return Row(_see_chat, values)


@_rows_of
def _see_chat(connection: AsyncConnection) -> Executable:
    row = insert_into(connection, CHATS)
    new, old = row.excluded, CHATS.c
    values = {
        "kind": new.kind,
        "title": new.title,
        "language": case((_keeps_language(), old.language), else_=new.language),
        "topic": func.coalesce(new.topic, old.topic),
        **come_back(row),
    }
    # Most messages change nothing, and an update to the same values would be written all the same.
    changed = (
        (old.kind != new.kind)
        | (old.title != new.title)
        | (old.language != values["language"])
        | old.topic.is_distinct_from(values["topic"])
        | old.ended.is_not(None)
    )
    return row.on_conflict_do_update(index_elements=[old.chat_id], set_=values, where=changed)


def chat_ended(chat_id: int, because: str, now: datetime) -> Change:
    async def change(connection: AsyncConnection) -> None:
        alive = (CHATS.c.chat_id == chat_id) & CHATS.c.ended.is_(None)
        await connection.execute(update(CHATS).where(alive).values(ended=now, because=because))
        await connection.execute(unsubscribed(chat_id, because))

    return change


def subscription_ended(chat_id: int, because: str) -> Change:
    async def change(connection: AsyncConnection) -> None:
        await connection.execute(unsubscribed(chat_id, because))

    return change


def unsubscribed(chat_id: int, because: str) -> Update:
    """Ends the subscription of a chat, where it has one."""
    subscribed = (CHATS.c.chat_id == chat_id) & CHATS.c.subscribed.is_not(None)
    return update(CHATS).where(subscribed).values(subscribed=None, subscription_topic=None, unsubscribed=because)


def come_back(row: sqlite.Insert | postgresql.Insert) -> dict[str, Any]:
    """What changes of a chat that `row` was to add, where it is known already, and may have ended."""
    added = case((CHATS.c.ended.is_not(None), row.excluded.added), else_=CHATS.c.added)
    return {"added": added, "ended": None, "because": None}


def chat_moved(old_id: int, new_id: int) -> Change:
    async def change(connection: AsyncConnection) -> None:
        await move_deliveries(connection, old_id, new_id)
        old = (await connection.execute(delete(CHATS).where(CHATS.c.chat_id == old_id).returning(CHATS))).one_or_none()
        if old is None:
            return
        moved = {**old._asdict(), "chat_id": new_id, "kind": "supergroup", "ended": None, "because": None}
        row = insert_into(connection, CHATS).values(moved)
        # Messages of the supergroup may be read before the one that tells of the move.
        known = {
            "added": row.excluded.added,
            "topic": func.coalesce(CHATS.c.topic, row.excluded.topic),
            **_moved_subscription(row),
        }
        await connection.execute(row.on_conflict_do_update(index_elements=[CHATS.c.chat_id], set_=known))

    return change


def _moved_subscription(row: sqlite.Insert | postgresql.Insert) -> dict[str, Any]:
    """That of the group, unless the supergroup has one already, or has ended since."""
    moves = CHATS.c.subscribed.is_(None) & CHATS.c.ended.is_(None) & row.excluded.subscribed.is_not(None)
    names = ("language", "subscribed", "subscription_topic", "unsubscribed")
    return {name: case((moves, row.excluded[name]), else_=CHATS.c[name]) for name in names}


def _keeps_language() -> ColumnElement[bool]:
    """A question in another language changes it, but not the one that a group gets its announcements in."""
    return CHATS.c.subscribed.is_not(None) & (CHATS.c.kind != "private")


def asked(day: date, text: str, question: str, outcome: str, facts: str) -> Change:
    values = {"day": day, "text": text, "question": question, "outcome": str(outcome), "facts": facts, "count": 1}
    return Row(_count_question, values)


async def _count_question(connection: AsyncConnection, rows: list[Values]) -> None:
    """Those that are new when a day has QUESTIONS_A_DAY are counted without their texts, in a row for each outcome."""
    bounded = [row for day in {row["day"]: None for row in rows} for row in await _bounded(connection, day, rows)]
    key = [column.name for column in QUESTIONS.primary_key]
    again = {"count": QUESTIONS.c.count + 1}
    row = insert_into(connection, QUESTIONS).on_conflict_do_update(index_elements=key, set_=again)
    await connection.execute(row, bounded)


async def _bounded(connection: AsyncConnection, day: date, rows: list[Values]) -> list[Values]:
    """Those of the day, without the texts of those that are too many."""
    columns = QUESTIONS.c
    mine = [row for row in rows if row["day"] == day]
    kept = select(func.count()).where(columns.day == day, columns.question != "")
    room = QUESTIONS_A_DAY - (await connection.execute(kept)).scalar_one()
    if len(mine) <= room:
        return mine
    asked = columns.question.in_({row["question"] for row in mine})
    found = select(columns.question, columns.outcome, columns.facts).where(columns.day == day, asked)
    known = {tuple(row) for row in await connection.execute(found)}
    bounded = []
    for row in mine:
        key = (row["question"], row["outcome"], row["facts"])
        if key not in known and room > 0:
            known.add(key)
            room -= 1
        bounded.append(row if key in known else {**row, "question": "", "text": "", "facts": ""})
    return bounded


def voted(ballot: str, day: date, facts: Sequence[str], question: str, vote: Vote) -> Change:
    """`ballot`: the same for a later vote that takes the place of this one. `facts`: of each row that counts it."""
    columns = VOTES.c
    mine = update(VOTES).where(columns.ballot == ballot, columns.vote != vote).values(vote=vote, day=day)

    async def change(connection: AsyncConnection) -> None:
        first = insert_into(connection, VOTES).values(ballot=ballot, vote=vote, day=day).on_conflict_do_nothing()
        is_first = (await connection.execute(first.returning(columns.ballot))).first() is not None
        if not is_first and not (await connection.execute(mine)).rowcount:
            return
        taken_back = 0 if is_first else -1
        counts = {f"more_{side}": 1 if side is vote else taken_back for side in Vote}
        rows = [{"facts": counted, "question": question, **counts} for counted in facts]
        await connection.execute(_count_vote(connection), rows)

    return change


def _count_vote(connection: AsyncConnection) -> Executable:
    more = {side: bindparam(f"more_{side}", type_=Integer) for side in Vote}
    row = insert_into(connection, FEEDBACK).values({side: _not_below_zero(more[side]) for side in Vote})
    # A vote that is taken back may have been given while nothing was written.
    sums = {side: _not_below_zero(FEEDBACK.c[side] + more[side]) for side in Vote}
    return row.on_conflict_do_update(index_elements=list(FEEDBACK.primary_key), set_=sums)


def handled(update_id: int, day: date) -> Change:
    return Row(_note_handled, {"update_id": update_id, "day": day})


@_rows_of
def _note_handled(connection: AsyncConnection) -> Executable:
    return insert_into(connection, HANDLED_UPDATES).on_conflict_do_nothing()


def handled_of(update_ids: Iterable[int]) -> Query[set[int]]:
    """Those of the updates that were handled."""

    async def query(connection: AsyncConnection) -> set[int]:
        found = select(HANDLED_UPDATES.c.update_id).where(HANDLED_UPDATES.c.update_id.in_(update_ids))
        return set((await connection.execute(found)).scalars())

    return query


def handled_lately(most: int) -> Query[set[int]]:
    """The updates that were handled last."""

    async def query(connection: AsyncConnection) -> set[int]:
        columns = HANDLED_UPDATES.c
        last = select(columns.update_id).order_by(columns.day.desc(), columns.update_id.desc()).limit(most)
        return set((await connection.execute(last)).scalars())

    return query


async def probe(connection: AsyncConnection) -> None:
    row = insert_into(connection, PROBE).values(id=1, written=0)
    again = {"written": (PROBE.c.written + 1) % 1_000_000}
    await connection.execute(row.on_conflict_do_update(index_elements=[PROBE.c.id], set_=again))


async def time_of(connection: AsyncConnection, now: datetime) -> datetime:
    """That of the database where machines share it, whose own clocks differ; else `now`."""
    return utc((await connection.execute(select(func.now()))).scalar_one()) if is_shared(connection) else now


def is_shared(connection: AsyncConnection) -> bool:
    return connection.dialect.name == "postgresql"


def utc(time: datetime) -> datetime:
    """A time as the database gives it: SQLite without a time zone, PostgreSQL in that of its server."""
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def insert_into(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if is_shared(connection) else sqlite.insert(table)


def _not_below_zero(sum_: ColumnElement[int]) -> Case[int]:
    return case((sum_ < 0, 0), else_=sum_)
