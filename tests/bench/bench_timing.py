"""Times calls so that a busy moment of the machine does not show, and prints what came out."""

import sys
import time
import unicodedata
from statistics import median

from bot.answering.evaluation import read_questions
from tests.support.repository import ROOT


def asked(path=ROOT / "tests" / "questions" / "jinan-hightech-2021.jsonl") -> list[str]:
    """The questions of a file, as a rule of the repository's own."""
    return [question.q for question in read_questions(path)]


def alternated(calls, questions, rounds: int) -> list[list[float]]:
    """Seconds that each of `calls` takes for each question: medians over rounds in which the calls take turns."""
    taken: list[list[list[float]]] = [[[] for _ in questions] for _ in calls]
    for _ in range(rounds):
        for at, question in enumerate(questions):
            for call, times in zip(calls, taken, strict=True):
                times[at].append(seconds(lambda call=call, question=question: call(question)))
    return [[median(times) for times in one] for one in taken]


def seconds(call) -> float:
    """How long the call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def percentile(values, share: float) -> float:
    """The value that `share` (0..1) of the values do not exceed."""
    return sorted(values)[max(0, round(share * len(values)) - 1)]


def duration(value: float) -> str:
    """Seconds in a unit that shows three digits."""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.2f} ms"


def verdict(value: float, most: float) -> str:
    """A measured ratio beside its target."""
    return f"{value:.3f} (target {most:g}: {'met' if value <= most else 'MISSED'})"


def table(title: str, head, rows) -> None:
    """Prints a table; Chinese characters count as the two columns that they take."""
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    lines = (
        "  ".join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, ["-" * width for width in widths], *rows)
    )
    sys.stdout.write("\n".join(["", title, *lines, ""]))
    sys.stdout.flush()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
