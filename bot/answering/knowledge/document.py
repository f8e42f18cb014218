"""A file of the folder, and problems that point to places in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .problem import MOST_PROBLEMS, Problem, Severity
from .yaml_reader import Path, Place, locate

_MORE = f"there are more than {MOST_PROBLEMS:,} of this kind: the rest is not listed"


class Document:
    """A YAML file as it was read: its name for problems and its text. Equal only to itself."""

    __slots__ = ("file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text


class Finding(NamedTuple):
    """A problem whose line is still to be looked up; `other` is a place that the message ends with."""

    document: Document
    path: Path
    message: str
    severity: Severity = Severity.ERROR
    on_key: bool = False
    other: tuple[Document, Path] | None = None


def limited(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings up to the most errors that there may be, without the warnings beyond as many."""
    counts: Counter[Severity] = Counter()
    for finding in findings:
        severity = finding.severity
        counts[severity] += 1
        if counts[severity] <= MOST_PROBLEMS:
            yield finding
        elif severity is Severity.ERROR:
            yield finding._replace(message=_MORE, other=None)
            return
        elif counts[severity] == MOST_PROBLEMS + 1:
            yield finding._replace(message=_MORE, other=None)


def located(findings: Iterable[Finding]) -> list[Problem]:
    """The findings as problems with line and column. Each document is read at most once more."""
    kept = list(findings)
    wanted: dict[Document, set[Place]] = {}
    for finding in kept:
        wanted.setdefault(finding.document, set()).add((finding.path, finding.on_key))
        if finding.other:
            wanted.setdefault(finding.other[0], set()).add((finding.other[1], False))
    places = {document: locate(document.text, paths) for document, paths in wanted.items()}
    return [_problem(finding, places) for finding in kept]


def _problem(finding: Finding, places: dict[Document, dict[Place, tuple[int, int]]]) -> Problem:
    line, column = places[finding.document][finding.path, finding.on_key]
    message = finding.message
    if finding.other:
        document, path = finding.other
        message += " {}:{}:{}".format(document.file, *places[document][path, False])
    return Problem(finding.document.file, line, column, message, finding.severity)
