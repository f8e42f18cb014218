"""Announcements whose senders are killed. Each proof raises AssertionError, or returns in words what was measured."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from contextlib import AsyncExitStack
from time import monotonic
from typing import TYPE_CHECKING

from stage import Stage, until, worst_second

from bot.announcements.delivery.sender import workers_for

if TYPE_CHECKING:
    from bot_process import Bot
    from troubles import Proof


async def killed(stage: Stage, kills: int, *afterwards: Proof) -> str:
    """One process, killed at random moments and started again: nothing is lost, and hardly anything repeated.

    `afterwards`: what the last process has to prove, too.
    """
    stage.announce("killed")
    moments = []
    for number in _numbers(stage, kills):
        async with stage.running() as bot:
            moments.append(await _kill(stage, bot, "killed", number))
    async with stage.running():
        return await _proved(stage, "killed", moments, afterwards)


async def killed_beside_another(stage: Stage, kills: int, *afterwards: Proof) -> str:
    """Two replicas, of which the one that sends is killed at random moments: the other goes on."""
    moments: list[float] = []
    async with AsyncExitStack() as replicas:
        for _ in range(2):
            await replicas.enter_async_context(stage.running(alone=False))
        # Or the first one may be through with it before the second has come.
        await stage.until_serving()
        stage.announce("beside")
        for number in _numbers(stage, kills):
            if moments:
                await replicas.enter_async_context(stage.running(alone=False))
                await stage.until_serving()
                # One that is killed before it has sent anything would make one silence of two.
                await until(lambda: bool(stage.attempts(moments[-1])) or stage.is_done())
            moments.append(await _kill(stage, await stage.leader(), "beside", number))
        return await _proved(stage, "beside", moments, afterwards)


async def stopped_and_started(stage: Stage, stops: int) -> str:
    """The process is asked to end at random moments, and started again: nothing is repeated at all."""
    stage.announce("ended")
    for number in _numbers(stage, stops):
        async with stage.running() as bot:
            await stage.until_arrived("ended", number)
            bot.process.terminate()
            assert await bot.process.wait() == 0
    async with stage.running():
        await stage.until_done()
    stage.prove("ended")
    return f"{stops} stops, no repeats"


async def clock_set_back(stage: Stage) -> str:
    """A process died whose clock was years ahead: what it has left in the database holds up nobody."""
    stage.announce("clock")
    stage.trial.rows("DELETE FROM broadcaster")
    stage.trial.rows(
        "INSERT INTO broadcaster (id, owner, until, fence) VALUES (1, 'gone:1', '2040-01-01 00:00:00.000000', 7)"
    )
    async with stage.running():
        started = monotonic()
        await stage.until_done()
    stage.prove("clock")
    return f"sent to the first {stage.attempts()[0] - started:.1f} s after the start"


def _numbers(stage: Stage, count: int) -> list[int]:
    """After how many messages each is to happen."""
    return sorted(stage.random.sample(range(1, len(stage.chats)), count))


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
    pauses = [times[after] - moment for moment in moments if (after := bisect_right(times, moment)) < len(times)]
    found = (
        f"{len(moments)} kills, {repeats} repeats, on again after {max(pauses, default=0.0):.1f} s at most, "
        f"worst second {worst_second(times)} at {stage.rate}/s"
    )
    return "; ".join([found, *[await proof(stage) for proof in afterwards]])
