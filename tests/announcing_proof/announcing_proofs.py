"""Announcements amid kills and troubles. Each proof raises AssertionError, or returns in words what was measured."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

from bot.announcements.sender import workers_for
from tests.announcing_proof.stage import Stage, has, worst_second
from tests.support.processes.bot_process import Bot
from tests.support.waiting import until

# Far from the ids of all chats that there are.
_UNKNOWN = -1_000_001

# What may become of the database.
BROKEN = ("locked", "full", "away")

Proof = Callable[[Stage], Awaitable[str]]


# ---- senders are killed


async def killed(stage: Stage, kills: int, *afterwards: Proof) -> str:
    """One process, killed at random moments and started again: nothing is lost, and hardly anything repeated.

    `afterwards`: what the last process has to prove, too.
    """
    stage.announce("killed")
    moments = []
    for number in stage.numbers(kills):
        async with stage.running() as bot:
            moments.append(await _kill(stage, bot, "killed", number))
    async with stage.running():
        return await _proved(stage, "killed", moments, afterwards)


async def killed_beside_another(stage: Stage, kills: int, *afterwards: Proof) -> str:
    """Two replicas, of which the one that sends is killed at random moments: the other goes on."""
    moments: list[float] = []
    async with stage.replicas(2) as add:
        stage.announce("beside")
        for number in stage.numbers(kills):
            if moments:
                await add()
                # One that is killed before it has sent anything would make one silence of two.
                await until(lambda: bool(stage.attempts(moments[-1])) or stage.is_done())
            moments.append(await _kill(stage, await stage.leader(), "beside", number))
        return await _proved(stage, "beside", moments, afterwards)


async def stopped_and_started(stage: Stage, stops: int) -> str:
    """The process is asked to end at random moments, and started again: nothing is repeated at all."""
    stage.announce("ended")
    for number in stage.numbers(stops):
        async with stage.running() as bot:
            await stage.until_arrived("ended", number)
            bot.process.terminate()
            assert await bot.process.wait() == 0
    async with stage.running():
        await stage.until_done()
    stage.prove("ended")
    return f"{stops} stops, no repeats"


async def _kill(stage: Stage, bot: Bot, text: str, number: int) -> float:
    """Kills it at any point of sending a message and noting that it was sent; returns when (monotonic)."""
    await stage.until_arrived(text, number)
    await asyncio.sleep(stage.random.uniform(0, 2 * stage.server.latency))
    bot.process.kill()
    await bot.process.wait()
    return monotonic()


async def _proved(stage: Stage, text: str, moments: list[float], afterwards: tuple[Proof, ...]) -> str:
    """What was measured once it is sent, and `afterwards`. `moments`: those of the kills."""
    await stage.until_done()
    repeats = stage.prove(text, most_repeats=len(moments) * workers_for(stage.rate))
    times = stage.attempts()
    pauses = [later[0] - moment for moment in moments if (later := stage.attempts(moment))]
    found = (
        f"{len(moments)} kills, {repeats} repeats, on again after {max(pauses, default=0.0):.1f} s at most, "
        f"worst second {worst_second(times)} at {stage.rate}/s"
    )
    return "; ".join([found, *[await proof(stage) for proof in afterwards]])


# ---- what the running bot lives through


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
    async with stage.replicas(2):
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
    assert stage.errors("gone") == dict.fromkeys(("kicked", "not found"), len(kicked))
    subscribed = {number for (number,) in stage.trial.rows("SELECT chat_id FROM chats WHERE subscribed IS NOT NULL")}
    assert subscribed == {chat.id for chat in stage.chats}
    return f"{len(kicked)} removed, as many not found, {len(moved)} moved"
