"""A file of the folder, and problems that point to places in it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .problem import MOST_PROBLEMS, Problem, Severity
from .yaml_reader import Location, Path, locate

_MORE = f"there are more than {MOST_PROBLEMS:,} of this kind: the rest is not listed"


class Document:
    """A YAML file as it was read: its name for problems and its text. Equal only to itself."""

    __slots__ = ("file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text


DocumentPath = tuple[Document, Path]
"""A value in one of several documents."""


class PendingProblem(NamedTuple):
    """A problem whose line is still to be looked up; `other` is a place that the message ends with."""

    document: Document
    path: Path
    message: str
    severity: Severity = Severity.ERROR
    on_key: bool = False
    other: DocumentPath | None = None


def limited(pending: Iterable[PendingProblem]) -> Iterator[PendingProblem]:
    """Yields problems up to the most errors that there may be, without the warnings beyond as many."""
    counts: Counter[Severity] = Counter()
    for problem in pending:
        counts[problem.severity] += 1
        excess = counts[problem.severity] - MOST_PROBLEMS
        if excess == 1:
            yield problem._replace(message=_MORE, other=None)
            if problem.severity is Severity.ERROR:
                return
        elif excess < 1:
            yield problem


def located(pending: Iterable[PendingProblem]) -> list[Problem]:
    """Finds line and column of problems. Each document is read at most once more."""
    kept = list(pending)
    wanted: dict[Document, set[Location]] = {}
    for problem in kept:
        wanted.setdefault(problem.document, set()).add((problem.path, problem.on_key))
        if problem.other:
            document, path = problem.other
            wanted.setdefault(document, set()).add((path, False))
    positions = {document: locate(document.text, places) for document, places in wanted.items()}
    return [_problem(problem, positions) for problem in kept]


def _problem(pending: PendingProblem, positions: dict[Document, dict[Location, tuple[int, int]]]) -> Problem:
    line, column = positions[pending.document][pending.path, pending.on_key]
    message = pending.message
    if pending.other:
        document, path = pending.other
        message += " {}:{}:{}".format(document.file, *positions[document][path, False])
    return Problem(pending.document.file, line, column, message, pending.severity)
