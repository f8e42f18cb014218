"""Loading: seconds and megabytes by the number of facts, each size in a process of its own."""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.answering.generated_knowledge import generated, write
from tests.bench.bench_timing import seconds, table

_HEAD = "facts|files|YAML MB|read s|µs/fact|index s|first questions s|µs/fact|read MB|indexed MB".split("|")
# Each needs another of the tables that are made when they are first looked at: by sound, by spelling, of English.
_FIRST = ("云溪纺知产值", "yunxi fangzhi chanzhi", "texitle output of Yunxi")


def loading(sizes=(1_000, 10_000, 100_000)) -> None:
    """From the files to the first answers."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [_row(size, Path(folder) / str(size)) for size in sizes]
    table("Loading (memory: resident, above the interpreter's with all imports)", _HEAD, rows)


def _row(size: int, folder: Path) -> tuple[str, ...]:
    write(generated(size), folder)
    files = list(folder.iterdir())
    command = [sys.executable, __file__, str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    read, index, first, read_mb, indexed_mb = json.loads(done.stdout)
    return (
        f"{size:,}",
        f"{len(files)}",
        f"{sum(file.stat().st_size for file in files) / 1e6:.1f}",
        f"{read:.2f}",
        f"{read / size * 1e6:.0f}",
        f"{index:.2f}",
        f"{first:.2f}",
        f"{(index + first) / size * 1e6:.0f}",
        f"{read_mb:.0f}",
        f"{indexed_mb:.0f}",
    )


def _measure(folder: Path) -> list[float]:
    from bot.answering.answerer import Answerer  # noqa: PLC0415 - what is measured begins behind the imports
    from bot.answering.knowledge.folder import read_knowledge  # noqa: PLC0415
    from bot.answering.worker import collection_paused  # noqa: PLC0415

    before = _peak_mb()
    found = []
    answerers: list[Answerer] = []
    with collection_paused():  # as wherever the bot reads
        read = seconds(lambda: found.append(read_knowledge(folder)))
        read_mb = _peak_mb() - before
        index = seconds(lambda: answerers.append(Answerer(found[0])))
    first = seconds(lambda: [answerers[0].answer(question) for question in _FIRST])
    return [read, index, first, read_mb, _peak_mb() - before]


def _peak_mb() -> float:
    """The most memory that this process has had; on Linux, getrusage would count what its parent had, too."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # macOS counts in bytes


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(Path(sys.argv[1]))))
