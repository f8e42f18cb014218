"""The proofs at a size that takes seconds; `python tests/intake_proof` runs them at full size."""

import asyncio
from signal import SIGTERM

import pytest

from tests.intake_proof.intake_proofs import asked_at_once, killed_while_asked

pytestmark = pytest.mark.asyncio


async def test_no_question_is_lost_with_the_process() -> None:
    """More at once than are answered before the stop, and while they wait for their turn."""
    proofs = (asked_at_once(120, after=5, number=SIGTERM), killed_while_asked(kills=1, questions=40, rate=20.0))
    found = await asyncio.gather(*proofs, return_exceptions=True)
    if failures := [result for result in found if isinstance(result, Exception)]:
        raise ExceptionGroup("not proved", failures)
