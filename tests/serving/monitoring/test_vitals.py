"""What /status tells of the process."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from clocks import JumpingClock
from telegram.error import RetryAfter

from bot.serving.monitoring.metrics import Metrics
from bot.serving.monitoring.vitals import LatestErrors, vitals
from bot.serving.reload.cluster_reload import ClusterReload
from bot.serving.transport.outgoing import Outgoing
from bot.serving.transport.update_workers import UpdateWorkers

pytestmark = pytest.mark.asyncio


class StandingClock(JumpingClock):
    """Whoever sleeps does so until `go` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        await self.go.wait()
        await super().sleep(seconds)


async def test_errors_are_forgotten_after_an_hour() -> None:
    clock = JumpingClock()
    errors = LatestErrors(clock)
    errors.add()
    clock.time += 1800
    errors.add()
    assert len(errors) == 2
    clock.time += 1800
    assert len(errors) == 1
    clock.time += 1800
    assert len(errors) == 0


async def test_what_waits_is_counted() -> None:
    clock = StandingClock()
    metrics = Metrics()
    workers, outgoing = UpdateWorkers(metrics), Outgoing(0, metrics, clock, paced=False)
    reload = cast("ClusterReload", SimpleNamespace(name="a:1", problem="is empty"))
    now = vitals(workers, outgoing, LatestErrors(clock), reload, clock)
    begun = asyncio.Event()
    calls = iter([RetryAfter(timedelta(seconds=5)), {"ok": True}])

    async def call() -> dict[str, Any]:
        begun.set()
        result = next(calls)
        if isinstance(result, Exception):
            raise result
        return result

    async def handle() -> None:
        await outgoing.process_request(call, (), {}, "sendMessage", {"chat_id": 7}, None)

    update = asyncio.create_task(workers.process_update(object(), handle()))
    other = asyncio.create_task(workers.process_update(object(), asyncio.sleep(0)))
    await asyncio.wait_for(begun.wait(), 5)
    held = asyncio.create_task(outgoing.process_request(call, (), {}, "sendMessage", {"chat_id": 7}, None))
    await asyncio.sleep(0)
    found = now()
    assert (found.updates, found.messages) == (1, 1)
    assert (found.replica, found.problem, found.errors) == ("a:1", "is empty", 0)
    clock.time += 61
    assert now().uptime == timedelta(seconds=61)
    held.cancel()
    clock.go.set()
    await asyncio.gather(update, other)
    with pytest.raises(asyncio.CancelledError):
        await held
    assert (now().updates, now().messages) == (0, 0)
