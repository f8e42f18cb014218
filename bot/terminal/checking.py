"""The output of `shushuo check`: what is wrong with the knowledge, and how much of it there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from unicodedata import east_asian_width

from bot.answering.knowledge.folder import Loaded
from bot.answering.knowledge.problem import Problem, Severity

from .asking import json_line
from .streams import printable

# Of the rows of `fact_rows`.
_COLUMNS: Final = ("id", "label", "figure", "aspect", "period", "names")


def has_errors(problems: Sequence[Problem]) -> bool:
    """Whether there is more than warnings."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def problem_json(problem: Problem) -> str:
    """One line."""
    return json_line(
        {
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity.value,
            "message": problem.message,
        }
    )


def problem_text(problem: Problem) -> str:
    """`file:line:column: message`."""
    return printable(str(problem))


def fact_json(row: tuple[str, ...]) -> str:
    """How a fact is read, a row of `fact_rows`, as one line."""
    return json_line(dict(zip(_COLUMNS, row, strict=True)))


def table_lines(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The rows of `fact_rows` with a tab before each column but the first, below a row of the columns' names.

    All columns but the last are padded, so that they stand in line; a Chinese character is as wide as two letters.
    """
    table = [tuple(map(printable, row)) for row in (_COLUMNS, *rows)]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    for *row, last in table:
        padded = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)]
        yield "\t".join([*padded, last])


def _width(text: str) -> int:
    return len(text) + sum(east_asian_width(letter) in "WF" for letter in text)


def counts_text(loaded: Loaded, problems: Sequence[Problem]) -> str:
    """The last line for people: of files that cannot be read nothing is counted but their errors, which it tells."""
    sentences = [sentence for file in loaded.files for sentence in file.sentences]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    counted, reports = len(loaded.files), _count(loaded.reports, "report")
    counts = (
        _count(sum(len(sentence.facts) for sentence in sentences), "fact"),
        _count(len(sentences), "sentence"),
        reports if counted == loaded.reports else f"{counted} of {reports}",
        _count(errors, "error"),
        _count(len(problems) - errors, "warning"),
    )
    return ", ".join(counts)


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
