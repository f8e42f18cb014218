"""The proofs at a size that takes seconds; `python tests/announcing_proof` runs them at full size."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from functools import partial

import pytest
from killing import killed, killed_beside_another
from stage import staged
from troubles import (
    Proof,
    a_third_gone,
    broken_database,
    flooded,
    many_at_once,
    stopped,
    unsubscribed,
    within_one_process,
)

pytestmark = pytest.mark.asyncio

CHATS = 220
RATE = 180


async def test_every_chat_gets_it_whatever_happens(postgresql: str) -> None:
    """All at the same time: most of it is waiting for processes to start, and for what the dead ones have left."""
    amid_troubles = within_one_process(
        partial(flooded, storms=1, seconds=1.0),
        partial(unsubscribed, count=20),
        *(partial(broken_database, how=how, seconds=1.0) for how in ("locked", "full", "away")),
        partial(many_at_once, count=3),
        stopped,
        a_third_gone,
    )
    proofs: list[tuple[Proof, str | None]] = [
        (partial(killed, kills=2), None),
        (partial(killed_beside_another, kills=2), postgresql),
        (amid_troubles, None),
        (amid_troubles, postgresql),
    ]
    async with AsyncExitStack() as stages:
        proving = [proof(await stages.enter_async_context(staged(place, RATE, CHATS))) for proof, place in proofs]
        found = await asyncio.gather(*proving, return_exceptions=True)
    if failures := [result for result in found if isinstance(result, Exception)]:
        raise ExceptionGroup("not proved", failures)
