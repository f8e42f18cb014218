"""Deliveries: made of announcements in the queue, one for each chat; which are due, and what became of them.

All is within transactions of the sender, and in the order of the release. Chats are gone through from high ids to low
ones: a group that becomes a supergroup gets a lower id, so that it is never missed.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Literal, NamedTuple

from sqlalchemy import ColumnElement, Row, Select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import bindparam, case, exists, func, literal, null, select, text, true, update

from .chats import UNSUBSCRIBED, chat_ended, chat_moved, subscription_ended
from .database import Values, insert_into, is_shared
from .tables import ANNOUNCEMENTS, CHATS, DELIVERIES, SCHEDULES

# When a delivery is due that was not tried yet: no clock that is set back keeps it waiting.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
DeliveryState = Literal["pending", "sent", "failed", "skipped"]
Ends = Literal["chat", "subscription", ""]
# PostgreSQL knows too little of a table that fills and empties in minutes, and would sort or hash all that is pending.
_BY_INDEX = text(
    "SELECT set_config('enable_sort', 'off', true), set_config('enable_hashjoin', 'off', true), "
    "set_config('enable_seqscan', 'off', true)"
)
# The chats of one transaction, 0.3 seconds on PostgreSQL: 100,000 at once ran into its limit of four seconds.
CHUNK = 20_000
_ORDER = (ANNOUNCEMENTS.c.released, ANNOUNCEMENTS.c.due_at, ANNOUNCEMENTS.c.id)
_SENDING = ANNOUNCEMENTS.c.state == "sending"
_RELEASED = (ANNOUNCEMENTS.c.state == "queued") & ANNOUNCEMENTS.c.released.is_not(None)
_DONE = ANNOUNCEMENTS.c.sent + ANNOUNCEMENTS.c.failed + ANNOUNCEMENTS.c.skipped
_PENDING = DELIVERIES.c.state == "pending"
_ENDED = case((CHATS.c.subscribed.is_(None), func.coalesce(CHATS.c.unsubscribed, UNSUBSCRIBED)), else_=None)
_RECORD = (
    update(DELIVERIES)
    .where(DELIVERIES.c.announcement == bindparam("of"), DELIVERIES.c.chat_id == bindparam("chat"), _PENDING)
    .values(
        state=bindparam("becomes"),
        messages=bindparam("ids"),
        error=bindparam("reason"),
        attempts=DELIVERIES.c.attempts + bindparam("tried"),
        at=bindparam("now"),
        next_attempt_at=bindparam("again_at"),
    )
)


@dataclass(frozen=True, slots=True)
class Sending:
    """An announcement that is being sent. `payload`, `original`: JSON, that of the target. `left`: chats without it."""

    id: int
    action: str
    payload: str
    target: int | None
    original: str | None
    silent: bool
    pin: bool
    left: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery that is due: an announcement in one chat."""

    announcement: Sending
    chat_id: int
    topic: int | None
    attempts: int  # made so far
    language: str | None  # of the chat, None where it is not known any more
    ended: str | None  # why the chat's subscription has ended, for which it is not to have it at all
    messages: tuple[int, ...]  # of the target there, for a correction or a withdrawal
    at: datetime | None  # of the same

    @property
    def key(self) -> tuple[int, int]:
        return self.announcement.id, self.chat_id


@dataclass(frozen=True, slots=True)
class Sent:
    """The message has arrived. `messages`: the ids that the chat has it under."""

    state: ClassVar[DeliveryState] = "sent"
    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """Another attempt is in vain. `error`: a word for why. `ends`: what of the chat has ended with it, if anything."""

    state: ClassVar[DeliveryState] = "failed"
    error: str
    ends: Ends = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """There was no attempt: the chat has unsubscribed."""

    state: ClassVar[DeliveryState] = "skipped"


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has become the supergroup `new_id`, and nothing was sent; it is tried there at once."""

    new_id: int


@dataclass(frozen=True, slots=True)
class Unclear:
    """The message may have arrived or not. `error`: a word for why. `again_in`: seconds until the next attempt."""

    state: ClassVar[DeliveryState] = "pending"
    error: str
    again_in: float = 0.0


DeliveryOutcome = Sent | Failed | Skipped | Moved | Unclear
# Of an announcement and a chat.
DeliveryResult = tuple[tuple[int, int], DeliveryOutcome]


class Position(NamedTuple):
    """How far an announcement has got its deliveries: down to `chat_id`."""

    announcement: int
    chat_id: int


def is_due(now: datetime) -> ColumnElement[bool]:
    return SCHEDULES.c.paused.is_(None) & (SCHEDULES.c.next_at <= now)


async def is_anything_open(connection: AsyncConnection, now: datetime) -> bool:
    """Whether an announcement has not ended, or a schedule is due; one quick look, as idle bots look for years."""
    open_ = exists().where(ANNOUNCEMENTS.c.state.in_(("queued", "sending")))
    return bool((await connection.execute(select(open_ | exists().where(is_due(now))))).scalar_one())


async def release_due(connection: AsyncConnection, now: datetime) -> None:
    # What was not scheduled goes at once, whatever became of the clock since.
    due = (ANNOUNCEMENTS.c.due_at <= now) | ~ANNOUNCEMENTS.c.scheduled
    waiting = (ANNOUNCEMENTS.c.state == "queued") & ANNOUNCEMENTS.c.released.is_(None)
    await connection.execute(update(ANNOUNCEMENTS).where(waiting, due).values(released=now))


async def create_deliveries(connection: AsyncConnection, position: Position | None) -> Position | None:
    """Creates the deliveries of the first announcement that is released, for `CHUNK` more chats.

    `position`: what the call before returned, None for the first one. Returns None where all are there.
    """
    first = select(ANNOUNCEMENTS).where(_RELEASED).order_by(*_ORDER).limit(1)
    row = (await connection.execute(first)).one_or_none()
    if row is None:
        return None
    below = position.chat_id if position is not None and position.announcement == row.id else None
    lowest, complete = await _add_deliveries(connection, row, below)
    if complete:
        this = ANNOUNCEMENTS.c.id == row.id
        await connection.execute(update(ANNOUNCEMENTS).where(this).values(state="sending"))
    return Position(row.id, lowest)


async def _add_deliveries(connection: AsyncConnection, announcement: Row[Any], below: int | None) -> tuple[int, bool]:
    """The lowest chat of those added, and whether these were the last."""
    wanted = recipients(announcement.action, announcement.target).subquery()
    rest = wanted.c.chat_id < below if below is not None else true()
    page = select(wanted.c.chat_id).where(rest).order_by(wanted.c.chat_id.desc()).limit(CHUNK).subquery()
    lowest, count = (await connection.execute(select(func.min(page.c.chat_id), func.count()).select_from(page))).one()
    if not count:
        return 0, True
    columns = DELIVERIES.c
    values = {
        columns.announcement: literal(announcement.id),
        columns.chat_id: wanted.c.chat_id,
        columns.topic: wanted.c.topic,
        columns.state: literal("pending"),
        columns.attempts: literal(0),
        columns.next_attempt_at: literal(AT_ONCE, columns.next_attempt_at.type),
    }
    chats = select(*values.values()).where(rest, wanted.c.chat_id >= lowest)
    row = insert_into(connection, DELIVERIES).from_select(list(values), chats)
    counted = row.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    added = (await connection.execute(counted)).rowcount
    this = ANNOUNCEMENTS.c.id == announcement.id
    await connection.execute(update(ANNOUNCEMENTS).where(this).values(total=ANNOUNCEMENTS.c.total + added))
    return lowest, count < CHUNK


def recipients(action: str, target: int | None) -> Select[Any]:
    """The chats that an announcement would be for now, each with its topic. `target`: of all actions but send."""
    subscribed = select(CHATS.c.chat_id, CHATS.c.subscription_topic.label("topic")).where(
        CHATS.c.subscribed.is_not(None)
    )
    if action == "send":
        return subscribed
    of_target = DELIVERIES.c.announcement.in_(with_resent(target))
    if action == "resend":
        failed = select(DELIVERIES.c.chat_id).where(of_target, DELIVERIES.c.state == "failed")
        got = select(DELIVERIES.c.chat_id).where(of_target, DELIVERIES.c.state == "sent")
        return subscribed.where(CHATS.c.chat_id.in_(failed), CHATS.c.chat_id.not_in(got))
    return (
        select(DELIVERIES.c.chat_id, func.max(DELIVERIES.c.topic).label("topic"))
        .where(of_target, DELIVERIES.c.state == "sent")
        .group_by(DELIVERIES.c.chat_id)
    )


async def finish(connection: AsyncConnection, now: datetime) -> None:
    over = update(ANNOUNCEMENTS).where(_SENDING, ANNOUNCEMENTS.c.total <= _DONE)
    await connection.execute(over.values(state="done", finished=now))


async def sending(connection: AsyncConnection) -> list[Sending]:
    """The announcements that are being sent, in their order."""
    target, left = ANNOUNCEMENTS.alias(), ANNOUNCEMENTS.c.total - _DONE
    query = select(ANNOUNCEMENTS, target.c.payload.label("original"), left.label("left")).where(_SENDING)
    found = await connection.execute(query.outerjoin(target, target.c.id == ANNOUNCEMENTS.c.target).order_by(*_ORDER))
    return [Sending(**{field.name: getattr(row, field.name) for field in fields(Sending)}) for row in found]


async def due(
    connection: AsyncConnection,
    announcements: Sequence[Sending],
    in_hand: Collection[tuple[int, int]],
    most: int,
    now: datetime,
) -> list[Delivery]:
    """The deliveries that are next: in the order of `announcements`, and not before earlier ones to the same chat.

    `announcements`: all that are being sent. `in_hand`: announcement and chat of those that the caller has already.
    """
    if is_shared(connection):
        await connection.execute(_BY_INDEX)
    found: list[Delivery] = []
    for number, announcement in enumerate(announcements):
        if len(found) < most:
            held = [chat_id for id_, chat_id in in_hand if id_ == announcement.id]
            wanted = _pending(announcement, [other.id for other in announcements[:number]], held, now)
            for row in await connection.execute(wanted.limit(most - len(found))):
                messages = tuple(map(int, (row.messages or "").split()))
                known = (row.chat_id, row.topic, row.attempts, row.language, row.ended)
                found.append(Delivery(announcement, *known, messages, row.at))
    return found


def _pending(announcement: Sending, earlier: Sequence[int], held: Sequence[int], now: datetime) -> Select[Any]:
    """What is to be tried again comes before what was not tried yet."""
    columns, other, original = DELIVERIES.c, DELIVERIES.alias(), DELIVERIES.alias()
    waits = exists().where(
        other.c.announcement.in_(earlier), other.c.chat_id == columns.chat_id, other.c.state == "pending"
    )
    in_chat = (original.c.chat_id == columns.chat_id) & (original.c.state == "sent")
    got = original.c.announcement.in_(with_resent(announcement.target)) & in_chat
    # The actions that are for chats that are subscribed, and not for those that have the target.
    ended = (_ENDED if announcement.action in ("send", "resend") else null()).label("ended")
    wanted = (
        select(columns.chat_id, columns.topic, columns.attempts, CHATS.c.language, ended)
        .outerjoin_from(DELIVERIES, CHATS, CHATS.c.chat_id == columns.chat_id)
        .where(columns.announcement == announcement.id, _PENDING, columns.next_attempt_at <= now)
        .where(~waits if earlier else true(), columns.chat_id.not_in(held) if held else true())
        .order_by(columns.next_attempt_at.desc(), columns.chat_id.desc())
    )
    if announcement.target is None:
        return wanted.add_columns(null().label("messages"), null().label("at"))
    return wanted.outerjoin(original, got).add_columns(original.c.messages, original.c.at)


def with_resent(target: int | None) -> Select[Any]:
    """The ids of an announcement and of what was resent of it."""
    resent = (ANNOUNCEMENTS.c.target == target) & (ANNOUNCEMENTS.c.action == "resend")
    return select(ANNOUNCEMENTS.c.id).where((ANNOUNCEMENTS.c.id == target) | resent)


async def recover(connection: AsyncConnection, longest_pause: float, now: datetime) -> None:
    """Makes due what an earlier version, or a clock that was set back, has left without a proper moment."""
    columns = DELIVERIES.c
    open_ = select(ANNOUNCEMENTS.c.id).where(ANNOUNCEMENTS.c.state.in_(("queued", "sending")))
    latest = now + timedelta(seconds=longest_pause)
    never = columns.next_attempt_at.is_(None) | (columns.next_attempt_at > latest)
    pending = update(DELIVERIES).where(columns.announcement.in_(open_), _PENDING, never)
    await connection.execute(pending.values(next_attempt_at=AT_ONCE))


async def record(connection: AsyncConnection, results: Sequence[DeliveryResult], now: datetime) -> None:
    """Writes them down; what is no longer pending, or not there any more, stays as it is and is not counted."""
    groups: defaultdict[tuple[int, DeliveryState], list[Values]] = defaultdict(list)
    for (announcement, chat), outcome in results:
        if not isinstance(outcome, Moved):
            groups[announcement, outcome.state].append({"of": announcement, "chat": chat, **_values(outcome, now)})
    for (announcement, state), rows in groups.items():
        changed = (await connection.execute(_RECORD, rows)).rowcount
        if state != "pending":
            counted = update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == announcement)
            await connection.execute(counted.values({state: ANNOUNCEMENTS.c[state] + changed}))
    for (_, chat), outcome in results:
        match outcome:
            case Moved():
                await chat_moved(chat, outcome.new_id)(connection)
            case Failed(ends="chat"):
                await chat_ended(chat, outcome.error, now)(connection)
            case Failed(ends="subscription"):
                await subscription_ended(chat, outcome.error)(connection)


def _values(outcome: Sent | Failed | Skipped | Unclear, now: datetime) -> Values:
    return {
        "becomes": outcome.state,
        "ids": " ".join(map(str, outcome.messages)) if isinstance(outcome, Sent) else None,
        "reason": outcome.error if isinstance(outcome, Failed | Unclear) else None,
        "tried": int(not isinstance(outcome, Skipped)),
        "now": now,
        "again_at": now + timedelta(seconds=outcome.again_in) if isinstance(outcome, Unclear) else None,
    }
