"""The proofs at a size that takes seconds; `python tests/announcing_proof` runs them at full size."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from killing import killed, killed_beside_another
from stage import staged
from troubles import a_third_gone, broken_database, flooded, many_at_once, stopped, unsubscribed

CHATS = 180
RATE = 180
TROUBLES = (
    partial(flooded, storms=1, seconds=1.0),
    partial(unsubscribed, count=10),
    *(partial(broken_database, how=how, seconds=1.0) for how in ("locked", "full", "away")),
    partial(many_at_once, count=3),
    stopped,
    a_third_gone,
)


@pytest.mark.asyncio
async def test_every_chat_gets_it_whatever_happens(postgresql: str) -> None:
    """On both databases at once, for most of it is waiting; the process that goes on lives through the rest."""
    async with (
        staged(None, RATE, CHATS) as file,
        staged(postgresql, RATE, CHATS) as server,
        asyncio.TaskGroup() as both,
    ):
        both.create_task(killed(file, 1, *TROUBLES))
        both.create_task(killed_beside_another(server, 1, *TROUBLES))
