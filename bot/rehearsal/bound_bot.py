"""`shushuo run` with the settings of its argument and no others; it ends when whoever has started it does.

`python -m bot.rehearsal.bound_bot '{"NAME": "value"}'`, with a pipe as its standard input, which closes then.
"""

import json
import os
import runpy
import signal
import sys
from threading import Thread

from bot.settings import Settings


def _end_with_the_other_side() -> None:
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    for name in [name for name in os.environ if name.lower() in Settings.model_fields]:
        del os.environ[name]
    os.environ |= json.loads(sys.argv[1])
    sys.argv[1] = "run"
    Thread(target=_end_with_the_other_side, daemon=True).start()
    runpy.run_module("bot", run_name="__main__")
