"""The output of `shushuo eval`: scores, and what was answered to the questions that were missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .streams import printable

if TYPE_CHECKING:
    from bot.answering.evaluation import Graded, ScoreRow

_COLUMNS = "{:<14}{:>9}{:>7}{:>8}"


def table_lines(*groups: Sequence[ScoreRow]) -> list[str]:
    """A heading and one line a row, the groups parted by an empty line."""
    lines = [_COLUMNS.format("kind", "questions", "score", "missed")]
    for group in groups:
        for row in group:
            score = "-" if row.score is None else f"{row.score:.3f}"
            lines.append(_COLUMNS.format(printable(row.name), row.questions, score, row.missed))
        lines.append("")
    return lines[:-1]


def missed_lines(graded: Iterable[Graded]) -> list[str]:
    """Three lines for each question that was missed: the question, what was expected, what was answered."""
    return [line for one in graded if one.missed for line in _missed(one)]


def _missed(graded: Graded) -> list[str]:
    expected = [" ".join(filter(None, (one.id, one.figure, one.sentence))) for one in graded.question.expect]
    answered = [f"{match.fact.id} {match.fact.figure}" for match in graded.answer.matches]
    verdict = () if graded.answer.verdict is None else (str(graded.answer.verdict).lower(),)
    return [
        printable(f"{graded.question.kind}: {' / '.join(graded.question.said)}"),
        printable(f"  expected: {'; '.join(expected) or 'no answer'}"),
        printable(f"  answered: {'; '.join((graded.answer.outcome.value, *verdict, *answered))}"),
    ]
