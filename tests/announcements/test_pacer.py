import asyncio
from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.sender import Pacer
from tests.support.clocks import JumpingClock, LoopClock, without_waiting

RATES = st.integers(1, 10_000)
# What happens between two turns, in seconds.
STALLS = st.lists(st.one_of(st.just(0.0), st.floats(0, 0.01), st.floats(0, 3)), min_size=2, max_size=400)


class LateClock(JumpingClock):
    """Wakes sleepers late, by turns as much as `lateness` says."""

    def __init__(self, lateness: list[float]) -> None:
        super().__init__()
        self._lateness = lateness

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        self.time += self._lateness[len(self.slept) % len(self._lateness)]


async def turns(pacer: Pacer, clock: JumpingClock, stalls: list[float]) -> list[float]:
    times = []
    for stall in stalls:
        clock.time += stall
        await pacer.wait()
        times.append(clock.time)
    return times


@given(RATES, STALLS, st.lists(st.floats(0, 0.05), min_size=1, max_size=5), st.sets(st.integers(0, 400)))
def test_no_second_has_more_than_one_too_many(rate, stalls, lateness, pauses) -> None:
    """`pauses`: before which turns Telegram asks for one."""
    clock = LateClock(lateness)
    pacer = Pacer(rate, clock)
    times = []
    for number, stall in enumerate(stalls):
        if number in pauses:
            pacer.pause(stall)
        times += asyncio.run(turns(pacer, clock, [0.0 if number in pauses else stall]))
    assert max(bisect_left(times, start + 1) - number for number, start in enumerate(times)) <= rate + 1


@given(st.integers(1, 200), st.floats(0, 0.004))
def test_a_sleep_that_ends_a_little_late_costs_no_speed(rate, late) -> None:
    clock = LateClock([late])
    times = asyncio.run(turns(Pacer(rate, clock), clock, [0.0] * 100))
    assert times[-1] - times[0] == pytest.approx(99 / rate, abs=0.005)


@given(st.integers(1, 100), st.lists(st.floats(0.1, 60), min_size=1, max_size=5))
def test_a_pause_lasts_as_long_as_the_longest_and_no_longer(rate, pauses) -> None:
    clock = JumpingClock()
    pacer = Pacer(rate, clock)
    asyncio.run(turns(pacer, clock, [0.0]))
    began = clock.time
    for pause in pauses:
        pacer.pause(pause)
    times = asyncio.run(turns(pacer, clock, [0.0, 0.0]))
    assert times[0] - began == pytest.approx(max(*pauses, 1 / rate))
    assert times[1] - times[0] <= 1 / rate + 1e-9


@without_waiting
async def test_a_pause_holds_those_that_wait_already() -> None:
    clock = LoopClock()
    pacer = Pacer(0.1, clock)
    await pacer.wait()
    waiting = [asyncio.create_task(pacer.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    began = clock.now()
    pacer.pause(30)
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    assert clock.now() - began >= 30
    await asyncio.gather(*waiting)
