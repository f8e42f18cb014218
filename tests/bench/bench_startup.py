"""Start-up: one question from a shell, against what importing the libraries alone takes."""

import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.bench.bench_timing import duration, seconds, table, verdict


def start_up(knowledge: Path, rounds: int = 11) -> None:
    """The commands take turns; at most 3 times the imports."""
    ask = ("--knowledge", str(knowledge), "ask", "前三季度GDP是多少")
    commands = {
        'python -c "import pydantic, rapidfuzz, yaml"': (sys.executable, "-c", "import pydantic, rapidfuzz, yaml"),
        "shushuo ask": (str(Path(sys.executable).with_name("shushuo")), *ask),
        "python -m bot ask": (sys.executable, "-m", "bot", *ask),
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(seconds(lambda command=command: _run(command)))
    base, *asks = [(name, median(times)) for name, times in taken.items()]
    rows = [
        (base[0], duration(base[1]), "1"),
        *((name, duration(time), verdict(time / base[1], 3)) for name, time in asks),
    ]
    table(f"Start-up (medians of {rounds} runs)", ("command", "time", "ratio"), rows)


def _run(command) -> None:
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)  # noqa: S603
