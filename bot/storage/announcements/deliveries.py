"""Deliveries: which are due, and what became of them; all within transactions of the sender."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Literal

from sqlalchemy import Select, and_, bindparam, case, exists, func, null, or_, select, text, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.chats import UNSUBSCRIBED, chat_ended, chat_moved, subscription_ended
from bot.storage.statements import Values, is_shared
from bot.storage.tables import ANNOUNCEMENTS, CHATS, DELIVERIES

# When a delivery is due that was not tried yet: no clock that is set back keeps it waiting.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
DeliveryState = Literal["pending", "sent", "failed", "skipped"]
Ends = Literal["chat", "subscription", ""]
# PostgreSQL knows too little of a table that fills and empties in minutes, and would sort or hash all that is pending.
_BY_INDEX = text(
    "SELECT set_config('enable_sort', 'off', true), set_config('enable_hashjoin', 'off', true), "
    "set_config('enable_seqscan', 'off', true)"
)
_PENDING = DELIVERIES.c.state == "pending"
_ENDED = case((CHATS.c.subscribed.is_(None), func.coalesce(CHATS.c.unsubscribed, UNSUBSCRIBED)), else_=None).label(
    "ended"
)
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
    """It has arrived. `messages`: the ids that the chat has it under."""

    state: ClassVar[DeliveryState] = "sent"
    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """It is in vain to try again. `error`: a word for why. `ends`: what of the chat has ended with it, if anything."""

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
    """It may have been done or not. `error`: a word for why. `again_in`: seconds until the next attempt."""

    state: ClassVar[DeliveryState] = "pending"
    error: str
    again_in: float = 0.0


DeliveryOutcome = Sent | Failed | Skipped | Moved | Unclear
# Of an announcement and a chat.
DeliveryResult = tuple[tuple[int, int], DeliveryOutcome]


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
    got = and_(
        original.c.announcement.in_(with_resent(announcement.target)),
        original.c.chat_id == columns.chat_id,
        original.c.state == "sent",
    )
    # The actions that are for chats that are subscribed, and not for those that have the target.
    ended = _ENDED if announcement.action in ("send", "resend") else null().label("ended")
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
    resent = and_(ANNOUNCEMENTS.c.target == target, ANNOUNCEMENTS.c.action == "resend")
    return select(ANNOUNCEMENTS.c.id).where(or_(ANNOUNCEMENTS.c.id == target, resent))


async def recover(connection: AsyncConnection, longest_pause: float, now: datetime) -> None:
    """Makes due what an earlier version, or a clock that was set back, has left without a proper moment."""
    columns = DELIVERIES.c
    open_ = select(ANNOUNCEMENTS.c.id).where(ANNOUNCEMENTS.c.state.in_(("queued", "sending")))
    never = or_(columns.next_attempt_at.is_(None), columns.next_attempt_at > now + timedelta(seconds=longest_pause))
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
