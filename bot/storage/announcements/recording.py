"""What became of deliveries, many in one transaction of the caller, with the counters of their announcements."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import JSON, BigInteger, Text, bindparam, cast, column, func, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.chats import chat_ended, chat_moved, subscription_ended
from bot.storage.statements import is_shared
from bot.storage.subscriptions import UNSUBSCRIBED
from bot.storage.tables import ANNOUNCEMENTS, DELIVERIES

State: TypeAlias = Literal["pending", "sent", "failed", "skipped"]
# The counter that a delivery adds to when it leaves the state `pending`.
_COUNTED: Final = ("sent", "failed", "skipped")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an attempt came to, or that there was none (skipped). `state`: pending where it is to be tried again.

    `ends`: what has ended with it, for the reason `error`. `moved_to`: the supergroup that the group has become.
    """

    announcement: int
    chat_id: int
    state: State
    messages: tuple[int, ...] = ()
    error: str | None = None
    ends: Literal["chat", "subscription", ""] = ""
    moved_to: int | None = None


def unsent(announcement: int, chat_id: int, ended: str) -> Recorded:
    """What comes of a chat whose subscription has `ended` before its turn: by its own wish, or because it has to."""
    if ended == UNSUBSCRIBED:
        return Recorded(announcement, chat_id, "skipped")
    return Recorded(announcement, chat_id, "failed", error=ended)


async def record(connection: AsyncConnection, results: Sequence[Recorded], now: datetime) -> None:
    """Writes them down; what is no longer pending, or not there any more, stays as it is and is not counted."""
    if attempted := [result for result in results if result.moved_to is None]:
        counts = await _update_deliveries(connection, attempted, now)
        await _add_up(connection, counts)
    for result in results:
        if result.moved_to is not None:
            await chat_moved(result.chat_id, result.moved_to)(connection)
        elif result.ends == "chat":
            await chat_ended(result.chat_id, result.error or "", now)(connection)
        elif result.ends:
            await subscription_ended(result.chat_id, result.error or "")(connection)


async def _update_deliveries(
    connection: AsyncConnection, results: Iterable[Recorded], now: datetime
) -> Counter[tuple[int, str]]:
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
    # They are close together, as they were read; told of it, PostgreSQL looks there and not through the whole table.
    near = DELIVERIES.c.announcement.between(bindparam("first"), bindparam("last")) & DELIVERIES.c.chat_id.between(
        bindparam("lowest"), bindparam("highest")
    )
    return (
        update(DELIVERIES)
        .where(keys, near, DELIVERIES.c.state == "pending")
        .values(
            state=value[2].as_string(),
            messages=value[3].as_string(),
            error=value[4].as_string(),
            attempts=DELIVERIES.c.attempts + value[5].as_integer(),
            at=bindparam("now"),
        )
        .returning(DELIVERIES.c.announcement, DELIVERIES.c.state)
    )


_UPDATE: Final = _update_statement(func.json_each, bindparam("results", type_=Text))
_UPDATE_SHARED: Final = _update_statement(func.json_array_elements, cast(bindparam("results", type_=Text), JSON))


async def _add_up(connection: AsyncConnection, counts: Counter[tuple[int, str]]) -> None:
    for id_ in {announcement for announcement, _ in counts}:
        added = {name: counts[id_, name] for name in _COUNTED if counts[id_, name]}
        if added:
            sums = {name: ANNOUNCEMENTS.c[name] + count for name, count in added.items()}
            await connection.execute(update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == id_).values(sums))
