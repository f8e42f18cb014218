"""Announcements amid troubles that the running bot lives through.

Each proof raises AssertionError, or returns in words what was measured.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from time import monotonic
from typing import Final

from stage import Stage, has

from bot.announcements.delivery.sender import workers_for

# Far from the ids of all chats that there are.
_UNKNOWN: Final = -1_000_001

Proof = Callable[[Stage], Awaitable[str]]


def within_one_process(*proofs: Proof) -> Proof:
    """All of them one after another, with one bot."""

    async def prove(stage: Stage) -> str:
        async with stage.running():
            await stage.leader()
            return "; ".join([await proof(stage) for proof in proofs])

    return prove


async def flooded(stage: Stage, storms: int, seconds: float) -> str:
    """Telegram asks to wait, again and again: it is obeyed, no longer than it asks, and nothing is repeated."""
    stage.announce("flooded")
    late = []
    for number in range(1, storms + 1):
        await stage.until_arrived("flooded", number * len(stage.chats) // (storms + 1))
        arrived, start = stage.arrived("flooded"), monotonic()
        stage.server.flood(seconds)
        await stage.until_arrived("flooded", arrived + 1)
        late.append(monotonic() - start - seconds)
        refused = len(stage.attempts(start)) - (stage.arrived("flooded") - arrived)
        assert refused <= 2 * workers_for(stage.rate), f"{refused} messages were tried while Telegram asked to wait"
    await stage.until_done()
    stage.prove("flooded")
    return f"{storms} floods of {seconds:g} s, on again {max(late):.2f} s after at most"


async def broken_database(stage: Stage, how: str, seconds: float) -> str:
    """The database is locked, full or away amid the sending: nothing is lost, and hardly anything repeated."""
    breaking = {"locked": stage.trial.locked, "full": stage.full, "away": stage.trial.away}[how]
    stage.announce(how)
    await stage.until_arrived(how, len(stage.chats) // 3)
    async with breaking():
        await asyncio.sleep(seconds)
        arrived = stage.arrived(how)
    over = monotonic()
    await stage.until_arrived(how, min(len(stage.chats), arrived + workers_for(stage.rate) + 1))
    late = monotonic() - over
    await stage.until_done()
    repeats = stage.prove(how, most_repeats=workers_for(stage.rate))
    return f"{how} for {seconds:g} s, {repeats} repeats, on again {late:.1f} s after"


async def away_beside_another(stage: Stage, outages: int, seconds: float) -> str:
    """Two replicas, and the database away from both for longer than the lease: nothing is lost or repeated."""
    async with AsyncExitStack() as replicas:
        for _ in range(2):
            await replicas.enter_async_context(stage.running(alone=False))
        await stage.until_serving()
        stage.announce("away beside")
        for number in range(1, outages + 1):
            await stage.until_arrived("away beside", number * len(stage.chats) // (outages + 1))
            async with stage.trial.away():
                await asyncio.sleep(seconds)
        await stage.until_done()
    stage.prove("away beside")
    return f"away for {seconds:g} s {outages} times, no repeats"


async def many_at_once(stage: Stage, count: int) -> str:
    """Queued together, each comes once, one after another in their order."""
    texts = [f"many {number}" for number in range(count)]
    stage.announce(*texts)
    await stage.until_done()
    stage.prove(*texts)
    return f"{count} announcements to {len(stage.chats)} chats once and in order"


async def unsubscribed(stage: Stage, count: int) -> str:
    """So many chats end their subscriptions while it is being sent: before their turn, so that they get nothing."""
    stage.announce("unsubscribed")
    await stage.until_arrived("unsubscribed", len(stage.chats) // 4)
    # Those at the end of the order of ids where it has not arrived.
    ordered = sorted(stage.chats, key=lambda chat: chat.id)
    left = ordered[-count:] if has(ordered[0], "unsubscribed") else ordered[:count]
    stage.unsubscribe(left)
    await stage.until_done()
    assert not any(has(chat, "unsubscribed") for chat in left)
    stage.chats = [chat for chat in stage.chats if chat not in left]
    stage.prove("unsubscribed", skipped=count)
    return f"{count} unsubscribed before their turn got nothing"


async def stopped(stage: Stage) -> str:
    """An admin stops it: it comes to no more chats, what was sent is counted, and the next one goes to all."""
    stage.announce("stopped")
    await stage.until_arrived("stopped", 1)
    stage.trial.rows("UPDATE announcements SET state = 'stopped' WHERE request_key = 'shell:stopped'")
    start = monotonic()
    stage.announce("next")
    await stage.until_done()
    arrived = stage.arrived("stopped")
    assert arrived < len(stage.chats)
    assert stage.counters("stopped", "stopped")["sent"] == arrived
    stage.prove("next")
    calls = stage.server.calls("sendMessage")
    last = max(call.time for call in calls if call.parameters["text"] == "stopped")
    return f"stopped {max(0.0, last - start):.2f} s after it was asked for"


async def a_third_gone(stage: Stage) -> str:
    """Chats that have removed the bot, that are no more, and that have become supergroups: a ninth each."""
    kicked, moved = stage.chats[::9], stage.chats[1::9]
    stage.subscribe(_UNKNOWN, len(kicked))
    for chat in kicked:
        chat.bot_status = "kicked"
    became = [stage.server.upgrade(chat) for chat in moved]
    stage.chats = [chat for chat in stage.chats if chat not in kicked and chat not in moved] + became
    stage.announce("gone", "gone again")
    await stage.until_done()
    assert stage.repeats("gone", "gone again") == 0
    assert stage.counters("gone") == {"sent": len(stage.chats), "failed": 2 * len(kicked)}
    errors = (
        "SELECT error, count(*) FROM deliveries JOIN announcements ON id = announcement "
        "WHERE request_key = 'shell:gone' GROUP BY error"
    )
    expected = {None: len(stage.chats), "kicked": len(kicked), "not found": len(kicked)}
    assert dict(stage.trial.rows(errors)) == expected
    subscribed = {number for (number,) in stage.trial.rows("SELECT chat_id FROM chats WHERE subscribed IS NOT NULL")}
    assert subscribed == {chat.id for chat in stage.chats}
    return f"{len(kicked)} removed, as many not found, {len(moved)} moved"
