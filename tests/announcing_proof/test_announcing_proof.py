"""The proofs at a size that takes seconds; `python tests/announcing_proof` runs them at full size."""

import asyncio
from functools import partial

import pytest

from tests.announcing_proof import announcing_proofs as proofs
from tests.announcing_proof.stage import staged

# More than a page of deliveries.
CHATS = 105
RATE = 120
OUTAGES = [partial(proofs.broken_database, how=how, seconds=1.0) for how in proofs.BROKEN]


@pytest.mark.asyncio
async def test_every_chat_gets_it_whatever_happens(postgresql) -> None:
    """On both databases at once, for most of it is waiting; the process that goes on lives through the rest."""
    chats = partial(proofs.unsubscribed, count=10), proofs.stopped, proofs.a_third_gone
    async with (
        staged(None, RATE, CHATS) as file,
        staged(postgresql, RATE, CHATS) as server,
        asyncio.TaskGroup() as both,
    ):
        both.create_task(
            proofs.killed(
                file, 1, *OUTAGES, partial(proofs.flooded, storms=1, seconds=1.0), partial(proofs.many_at_once, count=2)
            )
        )
        both.create_task(proofs.killed_beside_another(server, 1, *OUTAGES, *chats))
