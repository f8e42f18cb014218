"""A file of the folder, the places in it, and problems that point to them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import yaml

from .problem import MOST_PROBLEMS, Problem, Severity
from .yaml_reader import place_of

_MORE = f"there are more than {MOST_PROBLEMS:,} of this kind: the rest is not listed"

Path = tuple[str | int, ...]
"""Where in a document: the keys and the list positions that lead there."""

Location = tuple[Path, bool]
"""A value of a document, or (True) the key that it stands under."""


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


def locate(text: str, wanted: Collection[Location]) -> dict[Location, tuple[int, int]]:
    """Line and column, from 1, of the wanted places of a document that `read_tree` has read.

    Reads the text again: a file without problems, which is the usual one, then needs no positions in memory.
    """
    found: dict[Location, tuple[int, int]] = {}
    for place, event in events(text):
        if place in wanted:
            found.setdefault(place, place_of(event))
    return found


def events(text: str) -> Iterator[tuple[Location, yaml.NodeEvent]]:
    """Each value and key of a document that `read_tree` has read, with where it is, in the order of the text."""
    path: list[str | int] = []  # of the value that comes next
    awaits_key: list[bool] = []  # whether that is a key; an entry for each open mapping or list
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            path.pop()
            awaits_key.pop()
        elif isinstance(event, yaml.NodeEvent):
            is_key = bool(awaits_key and awaits_key[-1])
            if is_key and isinstance(event, yaml.ScalarEvent):
                path[-1] = event.value
            yield (tuple(path), is_key), event
            if isinstance(event, yaml.CollectionStartEvent):
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                path.append("" if is_mapping else 0)
                awaits_key.append(is_mapping)
                continue
        if path and isinstance(last := path[-1], int):
            path[-1] = last + 1
        elif path:
            awaits_key[-1] = not awaits_key[-1]
