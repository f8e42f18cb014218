"""`python tests/intake_proof`: all the proofs at full size, in some two minutes.

Words as arguments run those proofs alone whose names have one of them.
"""

import sys
from functools import partial
from signal import SIGKILL, SIGTERM

from tests.intake_proof.intake_proofs import asked_at_once, killed_while_asked
from tests.support.proofs import run

_PROOFS = {
    "SIGTERM": partial(asked_at_once, count=300, after=60, number=SIGTERM),
    "kill -9": partial(asked_at_once, count=300, after=60, number=SIGKILL),
    "eight kills": partial(killed_while_asked, kills=8, questions=1_150, rate=20.0),
}


if __name__ == "__main__":
    sys.exit(run(_PROOFS, sys.argv[1:]))
