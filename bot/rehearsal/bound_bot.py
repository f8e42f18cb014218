"""`shushuo run` with the settings of its argument and no others.

`python -m bot.rehearsal.bound_bot '{"NAME": "value"}'`
"""

from __future__ import annotations

import json
import os
import runpy
import sys

from bot.settings import Settings

if __name__ == "__main__":
    for name in [name for name in os.environ if name.lower() in Settings.model_fields]:
        del os.environ[name]
    os.environ |= json.loads(sys.argv[1])
    sys.argv[1] = "run"
    runpy.run_module("bot", run_name="__main__")
