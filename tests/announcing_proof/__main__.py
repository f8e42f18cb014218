"""`python tests/announcing_proof`: all the proofs at full size, on SQLite and on PostgreSQL, in some twenty minutes.

Words as arguments run those proofs alone whose names have one of them.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Final

sys.path += [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "support")]

import killing
import troubles
from databases import postgresql_server
from stage import staged

_CHATS: Final = 2_000
_RATE: Final = 100
# By name: how many chats, how many messages a second, and the proof.
_PROOFS: Final[dict[str, tuple[int, int, troubles.Proof]]] = {
    "killed": (_CHATS, _RATE, partial(killing.killed, kills=10)),
    "killed beside another": (_CHATS, _RATE, partial(killing.killed_beside_another, kills=10)),
    "stopped and started": (_CHATS, _RATE, partial(killing.stopped_and_started, stops=3)),
    "floods": (_CHATS, _RATE, troubles.within_one_process(partial(troubles.flooded, storms=5, seconds=3.0))),
    "database": (
        _CHATS,
        _RATE,
        troubles.within_one_process(
            *(partial(troubles.broken_database, how=how, seconds=10.0) for how in ("locked", "full", "away"))
        ),
    ),
    "away from two": (_CHATS, _RATE, partial(troubles.away_beside_another, outages=3, seconds=7.0)),
    "chats": (
        _CHATS,
        _RATE,
        troubles.within_one_process(partial(troubles.unsubscribed, count=200), troubles.stopped, troubles.a_third_gone),
    ),
    "100 at once": (100, 1_000, troubles.within_one_process(partial(troubles.many_at_once, count=100))),
}


async def _proved(name: str, postgresql: str | None) -> str:
    chats, rate, proof = _PROOFS[name]
    async with staged(postgresql, rate, chats) as stage:
        return await proof(stage)


def main(words: list[str]) -> int:
    """1 where a proof failed."""
    names = [name for name in _PROOFS if not words or any(word in name for word in words)]
    failed = 0
    for kind, server in (("SQLite", nullcontext()), ("PostgreSQL", postgresql_server(durable=True))):
        with server as postgresql:
            for name in names:
                try:
                    found = asyncio.run(_proved(name, postgresql))
                except AssertionError as error:
                    failed = 1
                    found = f"FAILED: {error}"
                sys.stdout.write(f"{kind}, {name}: {found}\n")
                sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
