"""`python tests/intake_proof`: all the proofs at full size, in some three minutes.

Words as arguments run those proofs alone whose names have one of them.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import Final

sys.path += [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "support")]

import flooding
import interrupting

_PROOFS: Final[dict[str, Callable[[], Awaitable[str]]]] = {
    "SIGTERM": partial(interrupting.asked_at_once, count=300, after=60, number=SIGTERM),
    "kill -9": partial(interrupting.asked_at_once, count=300, after=60, number=SIGKILL),
    "eight kills": partial(interrupting.killed_while_asked, kills=8, questions=1_150, rate=20.0),
    "presses": partial(flooding.flooded, flooding.presses, count=650),
    "group": partial(flooding.flooded, flooding.in_a_group, count=620),
    "held back": partial(flooding.flooded, flooding.held_back, count=650),
}


def main(words: list[str]) -> int:
    """1 where a proof failed."""
    failed = 0
    for name, proof in _PROOFS.items():
        if words and not any(word in name for word in words):
            continue
        try:
            found = asyncio.run(_proved(proof))
        except AssertionError as error:
            failed = 1
            found = f"FAILED: {error}"
        sys.stdout.write(f"{name}: {found}\n")
        sys.stdout.flush()
    return failed


async def _proved(proof: Callable[[], Awaitable[str]]) -> str:
    return await proof()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
