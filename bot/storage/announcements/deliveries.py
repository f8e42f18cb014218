"""Deliveries: which are due, and what became of them; all within transactions of the sender."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from sqlalchemy import (
    JSON,
    BigInteger,
    Select,
    Text,
    bindparam,
    case,
    cast,
    column,
    exists,
    func,
    null,
    or_,
    select,
    text,
    true,
    update,
)

from bot.storage.chats import UNSUBSCRIBED, chat_ended, chat_moved, subscription_ended
from bot.storage.statements import is_shared
from bot.storage.tables import ANNOUNCEMENTS, CHATS, DELIVERIES

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

# When a delivery is due that was not tried yet: no clock that is set back keeps it waiting.
AT_ONCE: Final = datetime(1970, 1, 1, tzinfo=UTC)
# The actions that are for chats that are subscribed, and not for those that have the target.
FOR_SUBSCRIBERS: Final = ("send", "resend")
State: TypeAlias = Literal["pending", "sent", "failed", "skipped"]
# PostgreSQL knows too little of a table that fills and empties in minutes, and would sort or hash all that is pending.
_BY_INDEX: Final = text(
    "SELECT set_config('enable_sort', 'off', true), set_config('enable_hashjoin', 'off', true), "
    "set_config('enable_seqscan', 'off', true)"
)
_PENDING: Final = DELIVERIES.c.state == "pending"
_ENDED: Final = case(
    (CHATS.c.subscribed.is_(None), func.coalesce(CHATS.c.unsubscribed, UNSUBSCRIBED)), else_=None
).label("ended")


@dataclass(frozen=True, slots=True)
class Sending:
    """An announcement that is being sent. `payload`, `original`: JSON, the latter that of its target, if it has one.

    `originals`: the ids of the target and of what was resent of it.
    """

    id: int
    action: str
    payload: str
    original: str | None
    originals: tuple[int, ...]
    silent: bool
    pin: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is due. `ended`: why the chat's subscription has ended, for which it is not to have it at all.

    `messages`, `at`: of the target there, for a correction or a withdrawal.
    """

    announcement: int
    chat_id: int
    topic: int | None
    attempts: int
    language: str | None
    ended: str | None
    messages: tuple[int, ...]
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an attempt came to, or that there was none (skipped). `state`: pending where it is to be tried again.

    `again_in`: seconds until then. `ends`: what has ended with it, for the reason `error`. `moved_to`: the supergroup
    that the group has become, where it is tried again at once.
    """

    announcement: int
    chat_id: int
    state: State
    messages: tuple[int, ...] = ()
    error: str | None = None
    ends: Literal["chat", "subscription", ""] = ""
    moved_to: int | None = None
    again_in: float = 0.0


# ---- what is due


async def due(
    connection: AsyncConnection,
    announcements: Sequence[Sending],
    in_hand: Collection[tuple[int, int]],
    most: int,
    now: datetime,
) -> list[Due]:
    """The deliveries that are next: in the order of `announcements`, and not before earlier ones to the same chat.

    `announcements`: all that are being sent. `in_hand`: announcement and chat of those that the caller has already.
    """
    if is_shared(connection):
        await connection.execute(_BY_INDEX)
    found: list[Due] = []
    held = Counter(announcement for announcement, _ in in_hand)
    for number, announcement in enumerate(announcements):
        if len(found) >= most:
            break
        wanted = _pending(announcement.id, [other.id for other in announcements[:number]], now)
        rows = (await connection.execute(wanted.limit(most + held[announcement.id]))).all()
        new = [row for row in rows if (announcement.id, row.chat_id) not in in_hand]
        sent = await _sent(connection, announcement.originals, [row.chat_id for row in new])
        for row in new:
            ended = row.ended if announcement.action in FOR_SUBSCRIBERS else None
            known = (row.chat_id, row.topic, row.attempts, row.language, ended)
            found.append(Due(announcement.id, *known, *sent.get(row.chat_id, ((), None))))
    return found[:most]


def _pending(announcement: int, earlier: Sequence[int], now: datetime) -> Select[Any]:
    """What is to be tried again comes before what was not tried yet."""
    columns, other = DELIVERIES.c, DELIVERIES.alias()
    waits = exists().where(
        other.c.announcement.in_(earlier), other.c.chat_id == columns.chat_id, other.c.state == "pending"
    )
    return (
        select(columns.chat_id, columns.topic, columns.attempts, CHATS.c.language, _ENDED)
        .outerjoin(CHATS, CHATS.c.chat_id == columns.chat_id)
        .where(columns.announcement == announcement, _PENDING, columns.next_attempt_at <= now)
        .where(~waits if earlier else true())
        .order_by(columns.next_attempt_at.desc(), columns.chat_id.desc())
    )


async def _sent(
    connection: AsyncConnection, announcements: Sequence[int], chats: Sequence[int]
) -> dict[int, tuple[tuple[int, ...], datetime | None]]:
    """The messages that the chats have of the announcements, and since when."""
    if not announcements or not chats:
        return {}
    columns = DELIVERIES.c
    sent = select(columns.chat_id, columns.messages, columns.at).where(
        columns.announcement.in_(announcements), columns.chat_id.in_(chats), columns.state == "sent"
    )
    return {
        row.chat_id: (tuple(map(int, (row.messages or "").split())), row.at) for row in await connection.execute(sent)
    }


async def ended_subscriptions(connection: AsyncConnection, chats: Collection[int]) -> dict[int, str]:
    """Why the subscriptions of the chats have ended, of those that have."""
    if not chats:
        return {}
    found = await connection.execute(select(CHATS.c.chat_id, _ENDED).where(CHATS.c.chat_id.in_(chats)))
    ended: dict[int, str | None] = dict.fromkeys(chats, UNSUBSCRIBED)
    ended.update((row.chat_id, row.ended) for row in found)
    return {chat_id: because for chat_id, because in ended.items() if because is not None}


async def recover(connection: AsyncConnection, longest_pause: float, now: datetime) -> None:
    """Makes due what an earlier version, or a clock that has been set back since, has left without a proper moment.

    `longest_pause`: seconds between two attempts.
    """
    columns = DELIVERIES.c
    open_ = select(ANNOUNCEMENTS.c.id).where(ANNOUNCEMENTS.c.state.in_(("queued", "sending")))
    never = or_(columns.next_attempt_at.is_(None), columns.next_attempt_at > now + timedelta(seconds=longest_pause))
    pending = update(DELIVERIES).where(columns.announcement.in_(open_), _PENDING, never)
    await connection.execute(pending.values(next_attempt_at=AT_ONCE))


# ---- what became of them


async def record(connection: AsyncConnection, results: Sequence[Recorded], now: datetime) -> None:
    """Writes them down; what is no longer pending, or not there any more, stays as it is and is not counted."""
    if ended := [result for result in results if result.state != "pending"]:
        for (announcement, state), count in (await _end(connection, ended, now)).items():
            added = {state: ANNOUNCEMENTS.c[state] + count}
            await connection.execute(update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == announcement).values(added))
    if again := [result for result in results if result.state == "pending" and result.moved_to is None]:
        await _try_again(connection, again, now)
    for result in results:
        if result.moved_to is not None:
            await chat_moved(result.chat_id, result.moved_to)(connection)
        elif result.ends == "chat":
            await chat_ended(result.chat_id, result.error or "", now)(connection)
        elif result.ends:
            await subscription_ended(result.chat_id, result.error or "")(connection)


async def _end(connection: AsyncConnection, results: Iterable[Recorded], now: datetime) -> Counter[tuple[int, str]]:
    """How many of each announcement have come to each state."""
    rows = [
        (
            result.announcement,
            result.chat_id,
            result.state,
            " ".join(map(str, result.messages)) or None,
            result.error,
            int(result.state != "skipped"),
        )
        for result in results
    ]
    statement = _UPDATE_SHARED if is_shared(connection) else _UPDATE
    announcements, chats = {row[0] for row in rows}, {row[1] for row in rows}
    bounds = {"first": min(announcements), "last": max(announcements), "lowest": min(chats), "highest": max(chats)}
    updated = await connection.execute(statement, {"results": json.dumps(rows), "now": now, **bounds})
    return Counter((row.announcement, row.state) for row in updated)


def _update_statement(each: Any, given: Any) -> Any:  # noqa: ANN401 (SQLAlchemy's types of functions say no more)
    """One statement for many rows, given as one JSON text, which takes a database the least time."""
    value = each(given).table_valued(column("value", JSON)).c.value
    keys = (DELIVERIES.c.announcement == cast(value[0].as_string(), BigInteger)) & (
        DELIVERIES.c.chat_id == cast(value[1].as_string(), BigInteger)
    )
    # They are close together, as they were read; given that, PostgreSQL looks there and not through the whole table.
    near = DELIVERIES.c.announcement.between(bindparam("first"), bindparam("last")) & DELIVERIES.c.chat_id.between(
        bindparam("lowest"), bindparam("highest")
    )
    return (
        update(DELIVERIES)
        .where(keys, near, _PENDING)
        .values(
            state=value[2].as_string(),
            messages=value[3].as_string(),
            error=value[4].as_string(),
            attempts=DELIVERIES.c.attempts + value[5].as_integer(),
            at=bindparam("now"),
            next_attempt_at=null(),
        )
        .returning(DELIVERIES.c.announcement, DELIVERIES.c.state)
    )


_UPDATE: Final = _update_statement(func.json_each, bindparam("results", type_=Text))
_UPDATE_SHARED: Final = _update_statement(func.json_array_elements, cast(bindparam("results", type_=Text), JSON))


async def _try_again(connection: AsyncConnection, results: Iterable[Recorded], now: datetime) -> None:
    columns = DELIVERIES.c
    this = (columns.announcement == bindparam("of")) & (columns.chat_id == bindparam("chat"))
    tried = {"attempts": columns.attempts + 1, "at": now, "error": bindparam("reason")}
    statement = update(DELIVERIES).where(this, _PENDING).values(**tried, next_attempt_at=bindparam("moment"))
    rows = [
        {
            "of": result.announcement,
            "chat": result.chat_id,
            "reason": result.error,
            "moment": now + timedelta(seconds=result.again_in),
        }
        for result in results
    ]
    await connection.execute(statement, rows)
