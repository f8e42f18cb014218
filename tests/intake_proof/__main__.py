"""`python tests/intake_proof`: all the proofs at full size, in some two minutes.

Words as arguments run those proofs alone whose names have one of them.
"""

import asyncio
import sys
from functools import partial
from signal import SIGKILL, SIGTERM

from tests.intake_proof.intake_proofs import asked_at_once, killed_while_asked

_PROOFS = {
    "SIGTERM": partial(asked_at_once, count=300, after=60, number=SIGTERM),
    "kill -9": partial(asked_at_once, count=300, after=60, number=SIGKILL),
    "eight kills": partial(killed_while_asked, kills=8, questions=1_150, rate=20.0),
}


def main(words: list[str]) -> int:
    """1 where a proof failed."""
    failed = 0
    for name, proof in _PROOFS.items():
        if words and not any(word in name for word in words):
            continue
        try:
            found = asyncio.run(proof())
        except AssertionError as error:
            failed = 1
            found = f"FAILED: {error}"
        sys.stdout.write(f"{name}: {found}\n")
        sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
