"""`python tests/announcing_proof`: all the proofs at full size, on SQLite and on PostgreSQL, in some twenty minutes.

Words as arguments run those proofs alone whose names have one of them.
"""

import sys
from contextlib import nullcontext
from functools import partial

from tests.announcing_proof import announcing_proofs as proofs
from tests.announcing_proof.stage import staged
from tests.support.proofs import run
from tests.support.storage.databases import postgresql_server

_PROOFS = {
    "killed": partial(proofs.killed, kills=10),
    "killed beside another": partial(proofs.killed_beside_another, kills=10),
    "stopped and started": partial(proofs.stopped_and_started, stops=3),
    "floods": proofs.within_one_process(partial(proofs.flooded, storms=5, seconds=3.0)),
    "database": proofs.within_one_process(
        *(partial(proofs.broken_database, how=how, seconds=10.0) for how in proofs.BROKEN)
    ),
    "away from two": partial(proofs.away_beside_another, outages=3, seconds=7.0),
    "chats": proofs.within_one_process(partial(proofs.unsubscribed, count=200), proofs.stopped, proofs.a_third_gone),
    "100 at once": proofs.within_one_process(partial(proofs.many_at_once, count=100)),
}


async def _proved(name: str, postgresql: str | None) -> str:
    rate, chats = (1_000, 100) if name == "100 at once" else (100, 2_000)
    async with staged(postgresql, rate, chats) as stage:
        return await _PROOFS[name](stage)


if __name__ == "__main__":
    failed = 0
    for kind, server in (("SQLite", nullcontext()), ("PostgreSQL", postgresql_server(durable=True))):
        with server as postgresql:
            named = {f"{kind}, {name}": partial(_proved, name, postgresql) for name in _PROOFS}
            failed |= run(named, sys.argv[1:])
    sys.exit(failed)
