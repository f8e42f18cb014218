"""A file of the folder, the places in it, and problems that point to them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from .problem import MOST_PROBLEMS, Problem, Severity
from .yaml_reader import place_of

_MORE = f"there are more than {MOST_PROBLEMS:,} of this kind: the rest is not listed"

# Where in a document: the keys and the list positions that lead there; and a value there, or (True) its key.
Path = tuple[str | int, ...]
Location = tuple[Path, bool]


@dataclass(eq=False, slots=True)
class Document:
    """A YAML file as it was read: its name for problems and its text."""

    file: str
    text: str


DocumentPath = tuple[Document, Path]


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
    wanted: defaultdict[Document, set[Location]] = defaultdict(set)
    for problem in kept:
        wanted[problem.document].add((problem.path, problem.on_key))
        if problem.other:
            document, path = problem.other
            wanted[document].add((path, False))
    # Reading again, a file without problems, which is the usual one, needs no positions in memory.
    positions: dict[tuple[Document, Location], tuple[int, int]] = {}
    for document, places in wanted.items():
        for place, event in events(document.text):
            if place in places:
                positions.setdefault((document, place), place_of(event))
    found: list[Problem] = []
    for problem in kept:
        message = problem.message
        if problem.other:
            document, path = problem.other
            message += " {}:{}:{}".format(document.file, *positions[document, (path, False)])
        line, column = positions[problem.document, (problem.path, problem.on_key)]
        found.append(Problem(problem.document.file, line, column, message, problem.severity))
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
